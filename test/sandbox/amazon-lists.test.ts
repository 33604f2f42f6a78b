import { minutes, opening, openShop, type Shop, verifiedOrder } from './amazon-shop';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  expect(shop.violations()).toEqual([]);
  await shop.close();
});

const settings = (changes: object) => shop.command('PATCH', '/settings', changes);
/** Status and time of update by order, as searchOrders shows them. */
const listed = async (lastUpdatedAfter = opening.toISOString()) =>
  (await shop.find({ lastUpdatedAfter })).orders.map(({ orderId, lastUpdatedTime, fulfillment }) => ({
    orderId,
    lastUpdatedTime,
    status: fulfillment?.fulfillmentStatus,
  }));

describe('a list that lags', () => {
  it('shows an order and each of its changes later than getOrder, under the time of the change', async () => {
    await settings({ listLagMs: minutes(60) });
    const at = (count: number) => new Date(opening.getTime() + minutes(count)).toISOString();
    const { orderId } = shop.place(verifiedOrder({ plan: { placedAt: at(0), verifiedAt: at(30) } }));
    shop.clock.advance(minutes(59));
    expect((await shop.read(orderId)).fulfillment?.fulfillmentStatus).toBe('UNSHIPPED');
    expect(await listed()).toEqual([]);
    shop.clock.advance(minutes(2));
    expect(await listed()).toEqual([{ orderId, lastUpdatedTime: at(0), status: 'PENDING' }]);
    shop.clock.advance(minutes(30));
    expect(await listed()).toEqual([{ orderId, lastUpdatedTime: at(30), status: 'UNSHIPPED' }]);
    expect(await listed(at(31))).toEqual([]);
  });

  it('shows shipments later, item by item', async () => {
    await settings({ listLagMs: minutes(60) });
    const { orderId, lines } = shop.place(verifiedOrder());
    shop.clock.advance(minutes(120));
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    for (const [reference, orderItemId, quantity] of [['1', mugs, 3] as const, ['2', board, 1] as const]) {
      await shop.confirm(orderId, {
        packageReferenceId: reference,
        carrierCode: 'UPS',
        trackingNumber: `1Z${reference}`,
        shipDate: opening.toISOString(),
        orderItems: [{ orderItemId, quantity }],
      });
      shop.clock.advance(minutes(29));
    }
    expect((await shop.read(orderId)).fulfillment?.fulfillmentStatus).toBe('SHIPPED');
    expect(await listed()).toMatchObject([{ status: 'UNSHIPPED' }]);
    shop.clock.advance(minutes(3));
    const [order] = (await shop.find({ lastUpdatedAfter: opening.toISOString() })).orders;
    expect(order?.fulfillment?.fulfillmentStatus).toBe('PARTIALLY_SHIPPED');
    expect(order?.packages).toMatchObject([{ packageReferenceId: '1' }]);
    expect(order?.orderItems.map(({ fulfillment }) => fulfillment?.quantityFulfilled)).toEqual([3, 0]);
  });
});

it('leaves orders out of lists for good where told so', async () => {
  const [missing, there] = [shop.place(verifiedOrder()), shop.place(verifiedOrder())];
  await settings({ missingFromLists: [missing.orderId] });
  shop.clock.advance(minutes(5));
  expect(await listed()).toMatchObject([{ orderId: there.orderId }]);
  const byCreation = await shop.find({ createdAfter: opening.toISOString() });
  expect(byCreation.orders.map(({ orderId }) => orderId)).toEqual([there.orderId]);
  expect((await shop.read(missing.orderId)).orderId).toBe(missing.orderId);
});
