import { watchTroubles } from '../../activities/watch-troubles';
import { type ShipmentWatchState, shipmentWatchWorkflowId } from '../../workflows/shipments/contract';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { orderPolicy } from '../support/orders';

const long = '2026-10-01T12:00:00.000Z';
const minute = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * minute).toISOString();
const account = (name: string, ...shops: readonly string[]) => ({
  name,
  marketplaces: shops.map((commerce) => ({ id: 'ATVPDKIKX0DER', policy: orderPolicy({ commerce }) })),
});

let list: List;
beforeEach(async () => {
  list = await openList();
});
afterEach(() => list.close());

/** Of the shop that has the name of the list. */
const troubles = (silentBefore = {}) => {
  const shops = [{ name: list.account, shipmentsEveryMs: minute }];
  const accounts = [
    account('one', list.account, list.account),
    account('other', 'elsewhere', list.account),
    account('stranger', 'elsewhere'),
  ];
  return watchTroubles(list.client, { shops, accounts }, silentBefore);
};

describe('a shipment watch', () => {
  it('that does not run is a trouble of each account that uses its shop, since the first look at it', async () => {
    const id = shipmentWatchWorkflowId(list.account);
    const { silentSince: first } = await troubles();
    expect(Object.keys(first)).toEqual([id]);
    const { troubles: found, silentSince } = await troubles({ [id]: long, 'shipment-watch/gone': long });
    const trouble = {
      commerce: list.account,
      reason: 'watchSilent',
      note: `Shipments may be missed since ${long}. The shipment watch of Commerce ${list.account} does not run or does not answer.`,
      since: long,
    };
    expect(found).toEqual([
      { account: 'one', ...trouble },
      { account: 'other', ...trouble },
    ]);
    expect(silentSince).toEqual({ [id]: long });
  });

  it.each<[string, Partial<ShipmentWatchState>, string]>([
    [
      'whose last look failed',
      { lastLookAt: ago(1), problem: 'list shipments answered 401' },
      'answered 401',
    ],
    ['that has not looked for long', { lastLookAt: ago(12) }, 'has not looked since'],
    ['that has never looked', {}, 'has not looked yet'],
  ])('%s is one, too', async (_, state, problem) => {
    await list.startShipmentWatch(state);
    await withStandIn(list, async () => {
      const { troubles: found } = await troubles();
      expect(found).toMatchObject([
        { account: 'one', note: expect.stringContaining(problem) },
        { account: 'other' },
      ]);
    });
  });

  it('that looked well not long ago is none', async () => {
    await list.startShipmentWatch({ lastLookAt: ago(10) });
    const seen = await withStandIn(list, () => troubles({ [shipmentWatchWorkflowId(list.account)]: long }));
    expect(seen).toEqual({ troubles: [], silentSince: {} });
  });
});
