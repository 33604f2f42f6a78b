import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { type AlertActivityDeps, createAlertActivities } from '../../activities/alerts';
import type {
  AlertActivities,
  FindAlertsInput,
  FindAlertsResult,
  SendAlertInput,
  SendAlertResult,
} from '../../activities/contracts/alerts';
import { NotConfiguredError } from '../../activities/not-configured';
import type { AccountMode } from '../../config/config';
import { nothingTold } from '../../domain/alert-memory';
import { alertReasons } from '../../domain/alerts';
import type { Attention, AttentionReason } from '../../domain/attention';
import type { Alert } from '../../integrations/alerts/port';
import { shipmentWatchWorkflowId } from '../../workflows/shipments/contract';
import { eventually } from '../support/eventually';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { orderPolicy } from '../support/orders';

const page = 'https://channel.example.com';
const long = '2026-10-01T12:00:00.000Z';
const buyer = 'Ada Sample';
const minute = 60_000;
/** Failures are expected here, so their warnings are left out. */
const logger = new DefaultLogger('ERROR');

const attention = (reason: AttentionReason, since = long): Attention => ({
  reason,
  note: `Note of ${reason}.`,
  since,
});
const memo = (...reasons: readonly Attention[]) => ({ buyer, note: 'Held by Bob', attention: reasons });

let list: List;
beforeEach(async () => {
  list = await openList();
});
afterEach(() => list.close());

interface Changes extends Partial<AlertActivityDeps> {
  mode?: AccountMode;
}

const account = (mode: AccountMode) => ({
  name: list.account,
  mode,
  staleAfterMs: 30 * minute,
  marketplaces: [],
});

function open({ mode = 'live', ...changes }: Changes = {}) {
  const sent: Alert[] = [];
  const activities = createAlertActivities({
    client: list.client,
    taskQueue: list.account,
    settings: () => ({ reasons: alertReasons, afterMs: 15 * minute, page }),
    accounts: () => [account(mode)],
    commerce: () => [],
    port: (destination) =>
      destination === 'mail'
        ? {
            send: async (alert) => {
              sent.push(alert);
              return { problem: 'one address is refused' };
            },
          }
        : undefined,
    ...changes,
  });
  const environment = new MockActivityEnvironment({}, { logger });
  const find = async (input: Partial<FindAlertsInput> = {}): Promise<FindAlertsResult> => {
    const whole: FindAlertsInput = { told: nothingTold, silentSince: {}, tell: true, ...input };
    return environment.run<[FindAlertsInput], FindAlertsResult, AlertActivities['findAlerts']>(
      activities.findAlerts,
      whole,
    );
  };
  const send = (input: SendAlertInput): Promise<SendAlertResult> =>
    environment.run<[SendAlertInput], SendAlertResult, AlertActivities['sendAlert']>(
      activities.sendAlert,
      input,
    );
  return { find, send, sent };
}

/** The reasons of each order, by its id. */
const reasonsIn = ({ digest }: FindAlertsResult) =>
  Object.fromEntries(
    (digest?.first ?? []).map(({ amazonOrderId, troubles }) => [
      amazonOrderId,
      troubles.map(({ reason }) => reason).toSorted(),
    ]),
  );

describe('what needs a person', () => {
  it('is found among the running orders, with its notes and without the buyer', async () => {
    const shipBy = '2026-10-01T07:00:00.000Z';
    const late = await list.start({ memo: memo(attention('late'), attention('blocked')), shipBy });
    await list.start({ memo: { buyer } });
    const ended = await list.start({ memo: memo(attention('stockCheck')) });
    await list.end(ended);
    await list.startIntake();
    const found = await withStandIn(list, () => open().find());
    expect(found).toMatchObject({ open: 2, untold: 0, silentSince: {} });
    expect(found.digest).toMatchObject({ orders: 1, late: 1, intakes: [] });
    expect(found.digest?.first).toEqual([
      {
        account: list.account,
        amazonOrderId: late,
        shipBy,
        troubles: [
          { reason: 'late', note: 'Note of late.' },
          { reason: 'blocked', note: 'Note of blocked.' },
        ],
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/Ada|Sample|Bob/);
  });

  it('is told once', async () => {
    await list.start({ memo: memo(attention('late')) });
    await list.startIntake();
    await withStandIn(list, async () => {
      const { find } = open();
      const first = await find();
      const again = await find({ told: first.told ?? nothingTold });
      expect(again).toMatchObject({ open: 1, untold: 0 });
      expect(again).not.toHaveProperty('digest');
      expect(again).not.toHaveProperty('told');
    });
  });

  it('waits where it is not to be told now', async () => {
    await list.start({ memo: memo(attention('late')) });
    await list.startIntake();
    const found = await withStandIn(list, () => open().find({ tell: false }));
    expect(found).toEqual({ open: 1, untold: 1, silentSince: {} });
  });

  it('leaves out what mostly goes by itself until it has lasted, and what nobody wants to know', async () => {
    const young = await list.start({
      memo: memo(attention('commerceUnreachable', new Date().toISOString()), attention('refused')),
    });
    const old = await list.start({ memo: memo(attention('commerceUnreachable')) });
    await list.start({ memo: memo(attention('restarted')) });
    await list.startIntake();
    const settings = () => ({
      reasons: ['commerceUnreachable', 'refused'] as const,
      afterMs: 15 * minute,
      page,
    });
    const found = await withStandIn(list, () => open({ settings }).find());
    expect(reasonsIn(found)).toEqual({ [young]: ['refused'], [old]: ['commerceUnreachable'] });
  });

  it('does not speak of an account that somebody has set read-only, but of one that looks like a copy', async () => {
    const id = await list.start({ memo: memo(attention('readOnly')) });
    await list.startIntake();
    await withStandIn(list, async () => {
      expect((await open({ mode: 'readOnly' }).find()).open).toBe(0);
      expect(reasonsIn(await open().find())).toEqual({ [id]: ['readOnly'] });
    });
  });

  it('is known by its reasons alone where the key ring does not open the notes', async () => {
    const id = await list.start({ memo: memo(attention('late')) });
    const other = await openList();
    const found = await open({ client: other.client, accounts: () => [] }).find();
    await other.environment.teardown();
    expect(reasonsIn(found)).toEqual({ [id]: ['late'] });
  });

  it('are orders that cannot be imported, and an Amazon that does not answer', async () => {
    const parked = [
      { amazonOrderId: '113-0000000-0000001', reason: 'Its currency XYZ is unknown.' },
      { reason: 'It cannot be read.' },
    ];
    await list.startIntake({ parked, parkedMore: 2, lastAnswerAt: long });
    const found = await withStandIn(list, () => open().find());
    expect(found.digest).toMatchObject({
      orders: 1,
      first: [{ troubles: [{ reason: 'parked', note: 'Not imported: Its currency XYZ is unknown.' }] }],
      intakes: [
        {
          account: list.account,
          troubles: [
            { reason: 'parked', note: expect.stringMatching(/^3 orders without/) },
            { reason: 'amazonSilent', note: expect.stringContaining(long) },
          ],
        },
      ],
    });
  });

  it('is an intake that does not run, once that has lasted', async () => {
    const { find } = open();
    const first = await find();
    expect(first).not.toHaveProperty('digest');
    expect(first.silentSince).toHaveProperty([list.account]);
    const { digest, silentSince } = await find({ silentSince: { [list.account]: long } });
    expect(digest?.intakes).toMatchObject([
      { account: list.account, troubles: [{ reason: 'intakeSilent' }] },
    ]);
    expect(silentSince).toEqual({ [list.account]: long });
    await list.startIntake();
    const again = await withStandIn(list, () =>
      eventually(
        () => find({ silentSince }),
        (seen) => seen.open === 0,
      ),
    );
    expect(again.silentSince).toEqual({});
  });

  it('is a shop whose shipments are not found, once that has lasted', async () => {
    const commerce = list.account;
    const marketplaces = [{ id: 'ATVPDKIKX0DER', policy: orderPolicy({ commerce }) }];
    await list.startIntake();
    const { find } = open({
      accounts: () => [{ ...account('live'), marketplaces }],
      commerce: () => [{ name: commerce, shipmentsEveryMs: minute }],
    });
    const watch = shipmentWatchWorkflowId(commerce);
    await withStandIn(list, async () => {
      expect(await find()).toMatchObject({ open: 0, silentSince: { [watch]: expect.any(String) } });
      const { digest, silentSince } = await find({ silentSince: { [watch]: long } });
      expect(digest?.intakes).toMatchObject([{ troubles: [{ reason: 'watchSilent' }] }]);
      expect(silentSince).toEqual({ [watch]: long });
    });
  });
});

describe('an alert', () => {
  const digest = { at: long, orders: 1, late: 0, first: [], intakes: [] };

  it('goes to its destination under its id, and what is wrong with it comes back', async () => {
    const { send, sent } = open();
    const result = await send({ destination: 'mail', id: 'msg_1', digest });
    expect(result).toEqual({ problem: 'one address is refused' });
    expect(sent).toMatchObject([{ id: 'msg_1', at: long, summary: '1 Amazon order needs you' }]);
    expect(sent[0]?.text).toContain(page);
  });

  it('to a destination that the settings do not have is refused', async () => {
    const sending = open().send({ destination: 'webhook', id: 'msg_1', digest });
    await expect(sending).rejects.toThrow(NotConfiguredError);
  });
});
