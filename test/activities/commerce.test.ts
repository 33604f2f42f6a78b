import type { AmazonOrder } from '../../domain/order';
import { demoRates } from '../../sandbox/seed-features';
import { amazonOrder, line } from '../support/orders';
import { readSeededOrders } from '../support/seeded-orders';
import { commerceShop, pinnedFor, twoMugs } from './commerce-shop';

const shop = commerceShop();

describe('placing an order', () => {
  it('creates a guest order in five calls, without mail and without touching the stock', async () => {
    const before = shop.service.stock('MUG-BLUE-350');
    await shop.placed(amazonOrder());
    const spent = shop.service.exchanges.length;
    const order = amazonOrder();
    const result = await shop.place(order);
    expect(shop.service.exchanges.length - spent).toBe(5);
    expect(result).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    const { entityId, number, state, itemIds } = await shop.placed(order);
    expect({ number, state }).toEqual({ number: order.amazonOrderId, state: 'processing' });
    expect(Object.keys(itemIds)).toEqual(['70000000000001']);
    expect((await shop.booked()).find(({ entity_id }) => entity_id === entityId)).toMatchObject({
      ext_order_id: order.amazonOrderId,
      store_id: 2,
      customer_is_guest: 1,
      grand_total: 16.23,
      items: [{ sku: 'MUG-BLUE-350', qty_shipped: 0, qty_invoiced: 0 }],
    });
    expect(shop.service.stock('MUG-BLUE-350')).toBe(before);
    expect(await shop.service.books()).toMatchObject({ mails: 0 });
  });

  it("takes Commerce's own number and the customer where it is told to", async () => {
    const order = amazonOrder();
    const pinned = { ...pinnedFor(order), incrementId: null, customer: 'newAccount' } as const;
    expect(await shop.placed(order, { pinned })).toMatchObject({ number: '2000000001' });
    expect(await shop.booked()).toMatchObject([{ customer_is_guest: 0, customer_id: 1 }]);
  });

  it('writes every demo order with its exact total', async () => {
    await shop.service.changeCurrencies('amazon', { rates: demoRates });
    const orders = await readSeededOrders('exact totals', 40);
    expect(orders.length).toBeGreaterThan(30);
    for (const order of orders)
      expect(await shop.place(order)).toMatchObject({ kind: 'placed', differences: [] });
    const books = await shop.booked();
    const totals = (list: { id: string; minor: number }[]) => list.sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(
      totals(books.map((each) => ({ id: each.ext_order_id, minor: Math.round(each.grand_total * 100) }))),
    ).toEqual(totals(orders.map((each) => ({ id: each.amazonOrderId, minor: each.totalMinor ?? 0 }))));
    // Commerce closes what costs nothing.
    expect(books.filter(({ state }) => state === 'complete' || state === 'closed')).toHaveLength(
      orders.filter(({ status }) => status === 'SHIPPED').length,
    );
    expect(await shop.service.books()).toMatchObject({ mails: 0 });
  });

  it('writes what Amazon has shipped as complete, paid, without documents or stock', async () => {
    const { buyer: _, shipTo: __, ...order } = twoMugs({ status: 'SHIPPED', fulfilledBy: 'AMAZON' });
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 1 });
    expect(await shop.placed(order)).toMatchObject({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([
      { state: 'complete', total_paid: 29.98, shipments: [], items: [{ qty_shipped: 2, qty_invoiced: 2 }] },
    ]);
    expect(shop.service.stock('MUG-BLUE-350')).toBe(1);
    expect(await shop.service.books()).toMatchObject({ mails: 0, customers: 0 });
  });

  it("writes nothing where Amazon's sums do not add up", async () => {
    expect(await shop.place(amazonOrder({ totalMinor: 1624 }))).toEqual({
      kind: 'totalsDiffer',
      expectedMinor: 1624,
      computedMinor: 1623,
    });
    expect(await shop.booked()).toEqual([]);
  });

  it('refuses a website of another currency before it writes anything', async () => {
    await expect(shop.place(amazonOrder({ currency: 'EUR' }))).rejects.toThrow(
      'calculates in USD, the order is in EUR, and Commerce tells no rate',
    );
    expect(await shop.booked()).toEqual([]);
  });
});

describe('blockers', () => {
  const blockers = async (order: AmazonOrder) => {
    const result = await shop.place(order);
    return result.kind === 'blocked' ? result.blockers : result.kind;
  };
  const selling = (...skus: string[]) =>
    amazonOrder({
      lines: skus.map((sku, index) => line({ orderItemId: String(index), sku })),
      totalMinor: 1623 * skus.length,
    });

  it('name each SKU that the catalogue does not sell', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { status: 'disabled' });
    await shop.service.changeProduct('MUG-SET', { typeId: 'bundle' });
    expect(await blockers(selling('MUG-BLUE-350', 'NONE', 'MUG-SAND-350', 'MUG-SET'))).toEqual([
      { sku: 'NONE', cause: 'notInCatalogue' },
      { sku: 'MUG-SAND-350', cause: 'disabled' },
      { sku: 'MUG-SET', cause: 'notSellable' },
    ]);
    expect(await shop.booked()).toEqual([]);
  });

  it('count the units of a SKU over all lines, and go once there is stock', async () => {
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 1 });
    const order = selling('MUG-BLUE-350', 'MUG-BLUE-350');
    expect(await blockers(order)).toEqual([{ sku: 'MUG-BLUE-350', cause: 'outOfStock' }]);
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 2 });
    expect(await blockers(order)).toBe('placed');
  });

  it('do not ask for stock that is not managed, or has left already', async () => {
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 0, manageStock: false });
    expect(await blockers(amazonOrder())).toBe('placed');
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 0, manageStock: true });
    const [mug = line()] = twoMugs().lines;
    const left = { ...mug, quantityFulfilled: 1, quantityUnfulfilled: 1 };
    expect(await blockers(twoMugs({ status: 'PARTIALLY_SHIPPED', lines: [left] }))).toEqual([
      { sku: 'MUG-BLUE-350', cause: 'outOfStock' },
    ]);
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 1 });
    expect(await blockers(twoMugs({ status: 'PARTIALLY_SHIPPED', lines: [left] }))).toBe('placed');
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 0 });
    expect(await blockers(twoMugs({ status: 'SHIPPED' }))).toBe('placed');
  });

  it('know SKUs as Commerce does, without regard to case', async () => {
    expect(await blockers(selling('mug-blue-350'))).toBe('placed');
    expect(await shop.booked()).toMatchObject([{ items: [{ sku: 'MUG-BLUE-350' }] }]);
  });
});
