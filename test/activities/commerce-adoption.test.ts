import { createCommercePort } from '../../integrations/commerce/client';
import { CommerceRefusedError, CommerceUnreachableError } from '../../integrations/commerce/errors';
import type { CommercePort } from '../../integrations/commerce/port';
import { amazonOrder, line } from '../support/orders';
import { attempts, commerceShop, inShop, parcel, pinnedFor, twoMugs } from './commerce-shop';

const shop = commerceShop();

describe('an order that is there already', () => {
  it('is taken over, in whatever store it is, and never made a second time', async () => {
    const order = amazonOrder();
    const first = await shop.placed(order, { pinned: { ...pinnedFor(order), store: 'default' } });
    expect(await shop.place(order)).toEqual({
      kind: 'placed',
      commerce: first,
      adopted: true,
      differences: [],
    });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('is compared in words', async () => {
    const order = twoMugs();
    await shop.placed(order);
    const [mug = line()] = order.lines;
    const changed = {
      ...order,
      totalMinor: 3000,
      lines: [
        { ...mug, quantityOrdered: 3, quantityUnfulfilled: 3 },
        line({ orderItemId: '2', sku: 'BOARD-OAK-M' }),
      ],
    };
    expect(await shop.place(changed)).toMatchObject({
      adopted: true,
      differences: [
        'The grand total is 29.98 USD, Amazon’s is 30.00 USD.',
        'Of MUG-BLUE-350, 2 are ordered in Commerce and 3 at Amazon.',
        'Commerce has no line for 1 × BOARD-OAK-M.',
      ],
    });
    const [{ entity_id: entityId } = { entity_id: 0 }] = await shop.booked();
    await shop.run((activities) => activities.cancelOrder({ ...inShop, entityId }));
    expect(await shop.place(order)).toMatchObject({ differences: ['The order is canceled in Commerce.'] });
  });

  it('is the one that is alive, or else the one that is closed, where there are several', async () => {
    const order = amazonOrder();
    const states = ['canceled', 'closed', 'processing'];
    const { orders } = shop.service.sandbox.shop;
    const made: number[] = [];
    for (const state of states) {
      const { entityId } = await shop.placed(amazonOrder());
      const record = orders.get(entityId);
      if (!record) throw new Error('not made');
      const { amazonOrderId } = order;
      orders.put({ ...record, columns: { ...record.columns, state, ext_order_id: amazonOrderId } });
      made.push(entityId);
      const { entityId: chosen } = await shop.placed(order);
      expect([state, chosen]).toEqual([state, made.at(-1)]);
    }
    expect(await shop.place(order)).toMatchObject({
      adopted: true,
      differences: [expect.stringMatching(/^Commerce has several orders for this one: (\S+, ){2}\S+\.$/)],
    });
    expect(await shop.booked()).toHaveLength(3);
  });

  it('is the only one when eight workers place it at the same time', async () => {
    const order = amazonOrder();
    const results = await Promise.all(
      Array.from({ length: 8 }, () => shop.place(order, {}, createCommercePort(shop.service.connection))),
    );
    const ids = results.map((result) => (result.kind === 'placed' ? result.commerce.entityId : result.kind));
    expect(new Set(ids).size).toBe(1);
    expect(results.filter((result) => result.kind === 'placed' && !result.adopted)).toHaveLength(1);
    expect(await shop.booked()).toHaveLength(1);
  });

  it.each([
    { kind: 'dropAfter' },
    { kind: 'statusAfter', status: 503 },
    { kind: 'statusAfter', status: 200 },
  ] as const)('is found again after %j', async (fault) => {
    shop.service.misbehave({ method: 'POST', path: '/V1/orders$', ...fault });
    expect(await shop.place(amazonOrder())).toMatchObject({
      kind: 'placed',
      adopted: false,
      differences: [],
    });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('is found by the next attempt where Commerce made it after our time-out', async () => {
    await shop.commerce.store('amazon_us');
    shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'delay', delayMs: 4_500 });
    const order = amazonOrder();
    const hasty = createCommercePort(shop.service.connection, { timeoutMs: 3_000 });
    const activity = attempts();
    await expect(shop.place(order, {}, hasty, activity.next())).rejects.toThrow(CommerceUnreachableError);
    await new Promise((later) => setTimeout(later, 2_000));
    expect(await shop.place(order, {}, hasty, activity.next())).toMatchObject({
      kind: 'placed',
      adopted: false,
      differences: [],
    });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('is not taken for ours where only its number is the same', async () => {
    const [other, order] = [amazonOrder(), amazonOrder()];
    await shop.placed(other, { pinned: pinnedFor(order) });
    expect(await shop.place(order)).toMatchObject({ kind: 'numberTaken', number: order.amazonOrderId });
    expect(await shop.booked()).toHaveLength(1);
  });
});

describe('an order that Amazon has changed since it was made in Commerce', () => {
  const [mug = line()] = twoMugs().lines;

  it('counts as shipped before what it was made with, and not what has its shipment', async () => {
    const left = { ...mug, quantityFulfilled: 1, quantityUnfulfilled: 1 };
    const order = twoMugs({ status: 'PARTIALLY_SHIPPED', lines: [left] });
    const { entityId, itemIds, shippedBefore } = await shop.placed(order);
    expect(shippedBefore).toEqual({ [mug.orderItemId]: 1 });
    expect(await shop.placed(order)).toMatchObject({ entityId, shippedBefore });
    await shop.run((activities) =>
      activities.shipOrder({ ...inShop, entityId, itemIds, parcel: parcel(order, 'p1', 1) }),
    );
    const now = { ...mug, quantityFulfilled: 2, quantityUnfulfilled: 0 };
    const found = await shop.placed({ ...order, status: 'SHIPPED', lines: [now] });
    expect(found).toMatchObject({ entityId, shippedBefore });
    expect(await shop.booked()).toMatchObject([{ items: [{ qty_shipped: 2 }], shipments: [{}] }]);
  });

  it('counts nothing as shipped before that somebody ships before it is read', async () => {
    const faster: CommercePort = {
      ...shop.commerce,
      createOrder: async (...asked) => {
        const id = await shop.commerce.createOrder(...asked);
        const { items } = await shop.commerce.readOrder(id);
        const lines = items.map(({ itemId }) => ({ itemId, quantity: 1 }));
        await shop.commerce.ship(id, { source: 'default', lines, comment: 'by hand' });
        return id;
      },
    };
    const placed = await shop.place(twoMugs(), {}, faster);
    expect(placed).toMatchObject({ kind: 'placed', adopted: false });
    expect(placed).not.toHaveProperty('commerce.shippedBefore');
    expect(await shop.booked()).toMatchObject([{ items: [{ qty_shipped: 1 }] }]);
  });

  it('counts nothing as shipped before where it has all shipments, or none', async () => {
    const order = twoMugs();
    const placed = await shop.placed(order);
    expect(placed.shippedBefore).toBeUndefined();
    const { entityId, itemIds } = placed;
    await shop.run((activities) =>
      activities.shipOrder({ ...inShop, entityId, itemIds, parcel: parcel(order, 'p1', 1) }),
    );
    const left = { ...mug, quantityFulfilled: 1, quantityUnfulfilled: 1 };
    const found = await shop.placed({ ...order, status: 'PARTIALLY_SHIPPED', lines: [left] });
    expect(found).toEqual(placed);
  });

  it('tells what Amazon has cancelled, with which it ends complete and without', async () => {
    const pot = line({ orderItemId: 'pot', sku: 'TEAPOT-IRON-08' });
    const order = amazonOrder({ lines: [line(), pot], totalMinor: 3246 });
    const { entityId, itemIds } = await shop.placed(order);
    const gone = { ...pot, quantityUnfulfilled: 0, charges: [], totalMinor: null };
    const changed = { ...order, lines: [line(), gone], totalMinor: 1623 };
    const result = await shop.place(changed);
    expect(result).toMatchObject({
      commerce: { entityId, itemIds },
      surplus: [{ sku: 'TEAPOT-IRON-08', quantity: 1 }],
    });
    const [{ orderItemId } = line()] = changed.lines;
    const box = { ...parcel(order, 'p1', 1), lines: [{ orderItemId, quantity: 1 }] };
    await shop.run((activities) => activities.shipOrder({ ...inShop, entityId, itemIds, parcel: box }));
    const units = { [orderItemId]: 1, pot: 0 };
    expect(
      await shop.run((activities) =>
        activities.closeShrunkOrder({ ...inShop, entityId, itemIds, units, totalMinor: 1623 }),
      ),
    ).toEqual({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([
      { total_paid: 16.23, items: [{ qty_canceled: 0 }, { qty_canceled: 1, qty_invoiced: 0 }] },
    ]);
  });
});

it('has nothing of the buyer in its errors and results', async () => {
  const order = amazonOrder();
  shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'status', status: 400 });
  const error: unknown = await shop.place(order).catch((reason: unknown) => reason);
  if (!(error instanceof CommerceRefusedError)) throw new Error('it went well');
  const outcomes = [error.stack, error, await shop.place(order), await shop.place(order)];
  expect(JSON.stringify(outcomes)).not.toMatch(/ada|sample|seattle|98101/i);
});
