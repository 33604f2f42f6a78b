import { tempFolders } from '../support/temp-folder';
import { minutes, opening, openShop, type Shop, verifiedOrder } from './amazon-shop';

describe('an order at the sandbox Amazon', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    expect(shop.violations()).toEqual([]);
    await shop.close();
  });
  const statusOf = async (orderId: string) => (await shop.read(orderId)).fulfillment?.fulfillmentStatus;
  const parcel = (orderItemId: string, quantity: number, packageReferenceId: string) => ({
    packageReferenceId,
    carrierCode: 'UPS',
    shippingMethod: 'Ground',
    trackingNumber: `1Z${packageReferenceId}`,
    shipDate: shop.clock.now().toISOString(),
    orderItems: [{ orderItemId, quantity }],
  });

  it('is shipped by the merchant in two parcels: pending, unshipped, partially shipped, shipped', async () => {
    const { orderId, lines } = shop.place({ lines: verifiedOrder().lines });
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    expect(await statusOf(orderId)).toBe('PENDING');
    shop.clock.advance(minutes(31));
    expect(await statusOf(orderId)).toBe('UNSHIPPED');

    expect((await shop.confirm(orderId, parcel(mugs, 3, '17'))).status).toBe(204);
    const partly = await shop.read(orderId);
    expect(partly.fulfillment?.fulfillmentStatus).toBe('PARTIALLY_SHIPPED');
    expect(partly.packages).toEqual([]);
    expect(partly.orderItems[0]?.fulfillment).toMatchObject({ quantityFulfilled: 3, quantityUnfulfilled: 0 });

    expect((await shop.confirm(orderId, parcel(board, 1, '18'))).status).toBe(204);
    shop.clock.advance(30_000);
    const whole = await shop.read(orderId);
    expect(whole.fulfillment?.fulfillmentStatus).toBe('SHIPPED');
    expect(whole.packages).toMatchObject([
      {
        packageReferenceId: '17',
        trackingNumber: '1Z17',
        packageItems: [{ orderItemId: mugs, quantity: 3 }],
      },
      {
        packageReferenceId: '18',
        trackingNumber: '1Z18',
        packageItems: [{ orderItemId: board, quantity: 1 }],
      },
    ]);
  });

  it('is updated when it changes, not when it is read', async () => {
    const { orderId } = shop.place({ lines: [{ sku: 'JAR-GLASS-6', quantity: 1 }] });
    const placed = await shop.read(orderId);
    expect(placed.lastUpdatedTime).toBe(placed.createdTime);
    shop.clock.advance(minutes(90));
    const read = await shop.read(orderId);
    expect(Date.parse(read.lastUpdatedTime) - Date.parse(read.createdTime)).toBe(minutes(30));
    const item = read.orderItems[0]?.orderItemId ?? '';
    await shop.confirm(orderId, parcel(item, 1, '1'));
    const confirmedAt = Date.parse((await shop.read(orderId)).lastUpdatedTime);
    shop.clock.advance(minutes(5));
    expect(Date.parse((await shop.read(orderId)).lastUpdatedTime) - confirmedAt).toBe(30_000);
  });

  it('is shipped by Amazon without a package, a buyer or an address', async () => {
    const { orderId } = shop.place({ fulfilledBy: 'AMAZON', lines: [{ sku: 'JAR-GLASS-6', quantity: 2 }] });
    shop.clock.advance(minutes(31));
    expect(await statusOf(orderId)).toBe('UNSHIPPED');
    shop.clock.advance(minutes(180));
    const order = await shop.read(orderId);
    expect(order.fulfillment?.fulfillmentStatus).toBe('SHIPPED');
    expect(order.orderItems[0]?.fulfillment).toEqual({ quantityFulfilled: 2, quantityUnfulfilled: 0 });
    expect(order).not.toHaveProperty('packages');
    expect(order).not.toHaveProperty('buyer');
    expect(order).not.toHaveProperty('recipient');
    expect(order.proceeds?.grandTotal).toEqual({ amount: '66.66', currencyCode: 'USD' });
  });

  it('has no price, buyer or address while pending, and no address once cancelled', async () => {
    const lines = [{ sku: 'JAR-GLASS-6', quantity: 1, giftWrapMinor: 300, giftMessage: 'For you' }];
    const { orderId } = shop.place({ lines });
    const pending = await shop.read(orderId);
    for (const hidden of ['buyer', 'recipient', 'proceeds']) expect(pending).not.toHaveProperty(hidden);
    expect(JSON.stringify(pending)).not.toContain('For you');

    await shop.command('POST', `/orders/${orderId}/verify`);
    const verified = await shop.read(orderId);
    expect(verified.buyer).toEqual({
      buyerName: 'Ada Sample',
      buyerEmail: 'ada.sample@marketplace.amazon.com',
    });
    expect(verified.recipient?.deliveryAddress.phone).toBe('+1 206-555-0100');
    expect(JSON.stringify(verified)).toContain('For you');

    await shop.command('POST', `/orders/${orderId}/cancel`, { by: 'BUYER' });
    const cancelled = await shop.read(orderId);
    expect(cancelled.fulfillment?.fulfillmentStatus).toBe('CANCELLED');
    expect(cancelled.orderItems[0]?.cancellation?.cancellationExecution.cancelledBy).toBe('BUYER');
    expect(cancelled.orderItems[0]?.fulfillment).toMatchObject({ quantityUnfulfilled: 0 });
    for (const hidden of ['buyer', 'recipient']) expect(cancelled).not.toHaveProperty(hidden);
  });

  it('loses its phone number when it is shipped and its delivery time is over', async () => {
    const { orderId } = shop.place(verifiedOrder());
    await shop.command('POST', `/orders/${orderId}/ship`);
    expect((await shop.read(orderId)).recipient?.deliveryAddress).toHaveProperty('phone');
    shop.clock.advance(minutes(8 * 24 * 60));
    const address = (await shop.read(orderId)).recipient?.deliveryAddress;
    expect(address).toHaveProperty('name');
    expect(address).not.toHaveProperty('phone');
  });

  it('gives only the data that is asked for, the status with FULFILLMENT alone', async () => {
    const { orderId } = shop.place(verifiedOrder());
    const basic = await shop.read(orderId, '');
    expect(Object.keys(basic).sort()).toEqual([
      'createdTime',
      'lastUpdatedTime',
      'orderId',
      'orderItems',
      'programs',
      'salesChannel',
    ]);
    expect((await shop.read(orderId, 'FULFILLMENT')).fulfillment?.fulfillmentStatus).toBe('UNSHIPPED');
  });

  it('begins as a pre-order if it is planned so', async () => {
    const at = (count: number) => new Date(opening.getTime() + minutes(count)).toISOString();
    const plan = { placedAt: at(0), availableAt: at(60), verifiedAt: at(90) };
    const { orderId } = shop.place(verifiedOrder({ plan }));
    expect(await statusOf(orderId)).toBe('PENDING_AVAILABILITY');
    shop.clock.advance(minutes(61));
    expect(await statusOf(orderId)).toBe('PENDING');
    shop.clock.advance(minutes(30));
    expect(await statusOf(orderId)).toBe('UNSHIPPED');
  });

  it('is not there before it is placed', async () => {
    const placedAt = new Date(opening.getTime() + minutes(60)).toISOString();
    const { orderId } = shop.place(verifiedOrder({ plan: { placedAt, verifiedAt: placedAt } }));
    expect((await shop.call('GET', `/orders/2026-01-01/orders/${orderId}`)).status).toBe(404);
    expect((await shop.books()).orders).toMatchObject([{ orderId, status: 'NOT_PLACED' }]);
    shop.clock.advance(minutes(61));
    expect(await statusOf(orderId)).toBe('UNSHIPPED');
  });

  it('can be shipped in Seller Central: a package that nobody confirmed', async () => {
    const { orderId } = shop.place(verifiedOrder());
    await shop.command('POST', `/orders/${orderId}/ship`, { carrier: 'USPS', trackingNumber: '9400' });
    expect((await shop.read(orderId)).packages).toMatchObject([
      { packageReferenceId: 'PKG-1', carrier: 'USPS', trackingNumber: '9400' },
    ]);
    const [booked] = (await shop.books()).orders;
    expect(booked).toMatchObject({ status: 'SHIPPED', packages: [{ confirmations: 0, visible: true }] });
  });
});

describe('a sandbox Amazon that is stopped and started', () => {
  const newFolder = tempFolders();

  it('goes on with its orders, packages, clock, quotas and tokens', async () => {
    const folder = newFolder();
    const before = await openShop(folder);
    const token = (await before.authorize()).body.access_token ?? '';
    const { orderId, lines } = before.place(verifiedOrder());
    before.clock.advance(minutes(10));
    const answer = await before.confirm(orderId, {
      packageReferenceId: '5',
      carrierCode: 'UPS',
      trackingNumber: '1Z5',
      shipDate: opening.toISOString(),
      orderItems: lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    });
    expect(answer.status).toBe(204);
    await before.close();

    const after = await openShop(folder);
    after.useToken(token);
    expect(after.clock.now().getTime()).toBeGreaterThanOrEqual(opening.getTime() + minutes(10));
    after.clock.advance(30_000);
    expect((await after.read(orderId)).packages).toMatchObject([{ trackingNumber: '1Z5' }]);
    expect((await after.books()).operations.confirmShipment).toEqual({ calls: 1, violations: 0 });
    expect(after.violations()).toEqual([]);
    await after.close();
  });
});
