import { createOrders, type Orders } from '../../client/orders';
import { channelStatuses } from '../../domain/channel-status';
import { createKeyRing } from '../../integrations/temporal/key-ring';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import { orderWorkflowId } from '../../workflows/order/contract';
import { type List, openList } from '../support/listed-orders';
import { newOrderId } from '../support/orders';

const blocked = {
  reason: 'blocked',
  note: 'SKU MUG-1 is not in the catalogue.',
  since: '2026-10-01T12:00:00Z',
} as const;

describe('the Orders list', () => {
  let list: List;
  let orders: Orders;
  let account: string;

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    orders = createOrders(list.client, channelHash(list.keyRing), {
      taskQueue: account,
      answerWithinMs: 300,
    });
  });
  afterEach(() => list.close());

  const ids = async (filter: Parameters<Orders['list']>[0] = {}) =>
    (await orders.list({ account, ...filter })).orders.map(({ amazonOrderId }) => amazonOrderId);

  it('shows what search attributes and memo hold', async () => {
    const amazonOrderId = await list.start({
      commerceOrderNumber: '000000012',
      shipBy: '2026-10-03T06:59:59Z',
      memo: {
        buyer: 'Ada Sample',
        note: 'Blocked.',
        noteAt: '2026-10-01T12:00:01Z',
        held: true,
        erpOrderNumber: 'SO7',
        attention: [blocked],
      },
    });
    const [row] = (await orders.list({ account })).orders;
    expect(row).toEqual({
      workflowId: orderWorkflowId(account, amazonOrderId),
      runId: expect.any(String),
      account,
      amazonOrderId,
      channelStatus: 'Unshipped',
      fulfilledBy: 'MERCHANT',
      marketplace: 'ATVPDKIKX0DER',
      commerceOrderNumber: '000000012',
      buyer: 'Ada Sample',
      totalMinor: 1623,
      currency: 'USD',
      purchasedAt: '2026-10-01T12:00:00.000Z',
      shipBy: '2026-10-03T06:59:59.000Z',
      note: 'Blocked.',
      noteAt: '2026-10-01T12:00:01Z',
      held: true,
      attention: [blocked],
      erpOrderNumber: 'SO7',
      executionStatus: 'RUNNING',
    });
  });

  it('hides pending orders unless they are asked for', async () => {
    const pending = await list.start({ status: 'Pending' });
    const unshipped = await list.start();
    expect(await ids()).toEqual([unshipped]);
    expect((await ids({ includePending: true })).sort()).toEqual([pending, unshipped].sort());
    expect(await ids({ channelStatus: ['Pending'] })).toEqual([pending]);
  });

  it('finds orders by their numbers, and by words of the buyer', async () => {
    const ada = await list.start({ commerceOrderNumber: '000000077', memo: { buyer: 'Ada O’Brien Sample' } });
    const zoe = await list.start({ memo: { buyer: 'Zoë Sample' } });
    expect(await ids({ number: ada })).toEqual([ada]);
    expect(await ids({ number: '000000077' })).toEqual([ada]);
    expect(await ids({ buyer: 'sample zoe' })).toEqual([zoe]);
    expect((await ids({ buyer: 'SAMPLE' })).sort()).toEqual([ada, zoe].sort());
    expect(await ids({ search: "o'brien" })).toEqual([ada]);
    expect(await ids({ search: ` ${zoe} ` })).toEqual([zoe]);
    expect(await ids({ search: 'nobody' })).toEqual([]);
  });

  it.each(["' OR 'a' = 'a", '" OR "a" = "a', "\\' OR 1 = 1 --", 'x"y', 'tail\\', '%', '\u0000'])(
    'takes %j for a text to look for, not for a part of the query',
    async (text) => {
      await list.start({ memo: { buyer: 'Ada Sample' } });
      for (const filter of [{ number: text }, { buyer: text }, { search: text }]) {
        expect(await ids(filter)).toEqual([]);
      }
      expect((await orders.list({ account: text })).orders).toEqual([]);
      await expect(orders.find(text)).rejects.toThrow('There is no order');
    },
  );

  it('filters by attention, by date of purchase and by what still runs', async () => {
    const early = await list.start({ purchasedAt: '2026-09-01T00:00:00Z', memo: { attention: [blocked] } });
    const late = await list.start({ purchasedAt: '2026-10-05T00:00:00Z' });
    expect(await ids({ attention: true })).toEqual([early]);
    expect(await ids({ purchasedFrom: '2026-10-01T00:00:00Z' })).toEqual([late]);
    expect(await ids({ purchasedBefore: '2026-10-01T00:00:00Z' })).toEqual([early]);
    await list.end(late);
    expect(await ids({ open: true })).toEqual([early]);
    expect(await ids()).toEqual([late, early]);
  });

  it('shows an order once after it was terminated and started again, in list and counts', async () => {
    const amazonOrderId = await list.start({ status: 'Unshipped' });
    const other = await list.start({ status: 'Unshipped' });
    await list.end(amazonOrderId);
    await list.end(other);
    await list.start({ amazonOrderId, status: 'Shipped' });
    expect((await ids()).sort()).toEqual([amazonOrderId, other].sort());
    expect(await ids({ channelStatus: ['Unshipped'] })).toEqual([other]);
    expect((await orders.find(amazonOrderId)).channelStatus).toBe('Shipped');
    expect(await orders.count({ account })).toEqual({
      Pending: 0,
      Unshipped: 1,
      PartiallyShipped: 0,
      Shipped: 1,
      Canceled: 0,
    });
  });

  it('pages through all orders, each once', async () => {
    const started: string[] = [];
    for (let count = 0; count < 7; count++) started.push(await list.start());
    const seen: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await orders.list({ account }, { pageSize: 3, pageToken });
      expect(page.orders.length).toBeLessThanOrEqual(3);
      seen.push(...page.orders.map(({ amazonOrderId }) => amazonOrderId));
      pageToken = page.nextPageToken;
    } while (pageToken);
    expect(seen.sort()).toEqual(started.sort());
    await expect(orders.list({ account }, { pageToken: 'bm9uc2Vuc2U.12345678' })).rejects.toThrow(
      'begin again',
    );
  });

  it('counts each status under the filter', async () => {
    for (const status of channelStatuses) await list.start({ status, memo: { buyer: 'Ada Sample' } });
    await list.start({ status: 'Shipped' });
    expect(await orders.count({ account })).toEqual({
      Pending: 1,
      Unshipped: 1,
      PartiallyShipped: 1,
      Shipped: 2,
      Canceled: 1,
    });
    expect((await orders.count({ account, buyer: 'ada', channelStatus: ['Canceled'] })).Shipped).toBe(1);
  });

  it('asks for the account where two have the same order id', async () => {
    const other = `${account}-eu`;
    const amazonOrderId = await list.start();
    await list.start({ amazonOrderId, account: other });
    await expect(orders.find(amazonOrderId)).rejects.toThrow(/Several accounts have an order/);
    expect((await orders.find(amazonOrderId, other)).account).toBe(other);
    await expect(orders.find(newOrderId(), account)).rejects.toThrow(`Account ${account} has no order`);
  });

  it('lists an order whose buyer it cannot decrypt, and says so', async () => {
    const amazonOrderId = await list.start({ memo: { buyer: 'Ada Sample' } });
    const { connection, options } = list.client;
    const { Client } = await import('@temporalio/client');
    const { createDataConverter } = await import('../../integrations/temporal/data-converter');
    const dataConverter = createDataConverter(createKeyRing());
    const stranger = createOrders(
      new Client({ connection, namespace: options.namespace, dataConverter }),
      undefined,
      { taskQueue: account },
    );
    const row = await stranger.find(amazonOrderId);
    expect(row.buyer).toBeUndefined();
    expect(row.note).toMatch(/cannot be read/);
  });
});
