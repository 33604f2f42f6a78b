import type { CommercePort } from '../../integrations/commerce/port';
import { line } from '../support/orders';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const shop = commerceShop();

const cancel = (entityId: number, port?: CommercePort) =>
  shop.run((activities) => activities.cancelOrder({ ...inShop, entityId }), port);
const ship = (
  order: ReturnType<typeof twoMugs>,
  entityId: number,
  itemIds: Record<string, number>,
  units: number,
) =>
  shop.run((activities) =>
    activities.shipOrder({ ...inShop, entityId, itemIds, parcel: parcel(order, 'p1', units) }),
  );
const columnsOf = (entityId: number) => shop.service.sandbox.shop.orders.get(entityId)?.columns;
const historyOf = (entityId: number) =>
  (shop.service.sandbox.shop.orders.get(entityId)?.histories ?? []).map(({ comment, status }) => [
    comment,
    status,
  ]);

describe('canceling', () => {
  it('cancels an open order once, with its totals and without an effect on stock', async () => {
    const { entityId } = await shop.placed(twoMugs());
    expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'canceled' });
    expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'canceled' });
    expect(await shop.booked()).toMatchObject([{ state: 'canceled', items: [{ qty_canceled: 2 }] }]);
    expect(columnsOf(entityId)).toMatchObject({
      grand_total: 29.98,
      total_canceled: 29.98,
      base_subtotal_canceled: 29.98,
    });
    expect(historyOf(entityId).slice(1)).toEqual([['Cancelled at Amazon.', 'canceled']]);
    const store = await shop.commerce.store('amazon_us');
    expect(await shop.commerce.unsalable(store, [{ sku: 'MUG-BLUE-350', quantity: 501 }])).toHaveLength(1);
  });

  it('is too late once something is shipped, invoiced or not', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    await ship(order, entityId, itemIds, 1);
    const tooLate = { kind: 'tooLate', message: expect.stringContaining('shipped') };
    expect(await cancel(entityId)).toMatchObject(tooLate);
    await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }));
    expect(await cancel(entityId)).toMatchObject(tooLate);
    expect(await shop.booked()).toMatchObject([{ state: 'processing', items: [{ qty_canceled: 0 }] }]);
  });

  it('tells of a shipment that was made meanwhile', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const { markCanceled, ...others } = shop.commerce;
    const raced: CommercePort = {
      ...others,
      markCanceled: async (...args) => {
        await ship(order, entityId, itemIds, 2);
        await markCanceled(...args);
      },
    };
    expect(await cancel(entityId, raced)).toMatchObject({
      kind: 'tooLate',
      message: expect.stringContaining('while the channel was canceling it'),
    });
  });
});

it('canceling tells of an invoice that was made meanwhile', async () => {
  const { entityId } = await shop.placed(twoMugs());
  const { markCanceled, ...others } = shop.commerce;
  const raced: CommercePort = {
    ...others,
    markCanceled: async (...args) => {
      await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }));
      await markCanceled(...args);
    },
  };
  expect(await cancel(entityId, raced)).toMatchObject({
    kind: 'tooLate',
    message: expect.stringContaining('was invoiced while it was canceled'),
  });
});

describe('canceling an order that is invoiced', () => {
  const invoiced = async (order = twoMugs()) => {
    const placed = await shop.placed(order);
    await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId: placed.entityId }));
    return placed;
  };
  const refunds = () => shop.service.exchanges.filter(({ path }) => path.endsWith('/refund'));

  it('refunds it offline once, charges without a slot and shipping included, and closes it', async () => {
    const order = twoMugs({
      totalMinor: 2998 + 599 + 350,
      lines: [
        line({
          quantityOrdered: 2,
          quantityUnfulfilled: 2,
          charges: [
            { type: 'ITEM', subtotalMinor: 2998, details: [] },
            { type: 'SHIPPING', subtotalMinor: 599, details: [] },
            { type: 'GIFT_WRAP', subtotalMinor: 350, details: [] },
          ],
          totalMinor: 3947,
        }),
      ],
    });
    const { entityId } = await invoiced(order);
    const stock = shop.service.stock('MUG-BLUE-350');
    for (let times = 0; times < 2; times += 1)
      expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'closed' });
    expect(refunds()).toHaveLength(1);
    expect(columnsOf(entityId)).toMatchObject({ total_paid: 39.47, total_refunded: 39.47, status: 'closed' });
    expect(historyOf(entityId).at(-1)).toEqual([expect.stringContaining('refunded offline'), 'closed']);
    expect(shop.service.stock('MUG-BLUE-350')).toBe(stock);
    expect(await shop.service.books()).toMatchObject({ mails: 0 });
  });

  it.each(['dropAfter', 'statusAfter'] as const)(
    'refunds it once although the answer is lost: %s',
    async (kind) => {
      const { entityId } = await invoiced();
      shop.service.misbehave({ method: 'POST', path: '/refund$', kind });
      expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'closed' });
      expect(columnsOf(entityId)).toMatchObject({ total_refunded: 29.98 });
      expect(refunds()).toHaveLength(1);
    },
  );

  it('leaves it as it is where it does not come through, and goes on with the next attempt', async () => {
    const { entityId } = await invoiced();
    shop.service.misbehave({ method: 'POST', path: '/refund$', kind: 'dropBefore' });
    await expect(cancel(entityId)).rejects.toThrow('refund order');
    expect(columnsOf(entityId)).toMatchObject({ state: 'processing' });
    expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'closed' });
  });

  it('needs no comment to succeed', async () => {
    const { entityId } = await invoiced();
    shop.service.misbehave({ method: 'POST', path: '/comments$', kind: 'status', status: 503 });
    expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'closed' });
  });

  it('takes what a person has refunded', async () => {
    const { entityId } = await invoiced();
    await shop.commerce.refund(entityId);
    expect(await cancel(entityId)).toEqual({ kind: 'canceled', state: 'closed' });
    expect(refunds()).toHaveLength(1);
  });

  it('tells why Commerce does not refund it', async () => {
    const { entityId, number } = await invoiced();
    const message = 'The most money available to refund is 0.';
    shop.service.misbehave({
      method: 'POST',
      path: '/refund$',
      kind: 'body',
      status: 400,
      body: JSON.stringify({ message }),
    });
    expect(await cancel(entityId)).toEqual({
      kind: 'tooLate',
      message: `Order ${number} is invoiced in Commerce, which does not refund it: ${message}`,
    });
  });

  it('tells of a parcel that left meanwhile', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await invoiced(order);
    const { refund, ...others } = shop.commerce;
    const raced: CommercePort = {
      ...others,
      refund: async (...args) => {
        await ship(order, entityId, itemIds, 1);
        await refund(...args);
      },
    };
    expect(await cancel(entityId, raced)).toMatchObject({
      kind: 'tooLate',
      message: expect.stringContaining('while the channel was canceling it'),
    });
  });

  it('leaves one that is invoiced in part to a person', async () => {
    const { entityId } = await shop.placed(twoMugs());
    const { orders } = shop.service.sandbox.shop;
    const stored = orders.get(entityId);
    if (!stored) throw new Error('not there');
    orders.put({ ...stored, items: stored.items.map((item) => ({ ...item, qty_invoiced: 1 })) });
    expect(await cancel(entityId)).toMatchObject({
      kind: 'tooLate',
      message: expect.stringContaining('invoiced in part'),
    });
    expect(refunds()).toEqual([]);
  });
});

it('a comment keeps the status that the order has, a custom one too', async () => {
  const { entityId } = await shop.placed(twoMugs(), { orderStatus: 'amazon_processing' });
  const order = await shop.commerce.readOrder(entityId);
  await shop.commerce.comment(order, 'Seen.');
  expect(await shop.commerce.readOrder(entityId)).toMatchObject({
    state: 'processing',
    status: 'amazon_processing',
  });
  expect(historyOf(entityId).at(-1)).toEqual(['Seen.', 'amazon_processing']);
});
