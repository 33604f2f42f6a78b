import { queueArn, subscribe } from './amazon-queue';
import { envelope, feedCalls, message } from './amazon-seller-feeds';
import { minutes, opening, verifiedOrder } from './amazon-shop';
import { oneLine, subscriberFixture } from './amazon-subscriber';

const { shop, queue, endpoint, settings, subscribed, told, statuses } = subscriberFixture();

const parcel = (packageReferenceId: string, orderItemId: string, quantity: number) => ({
  packageReferenceId,
  carrierCode: 'UPS',
  trackingNumber: `1Z${packageReferenceId}`,
  shipDate: shop().clock.now().toISOString(),
  orderItems: [{ orderItemId, quantity }],
});

describe('a subscriber is told that an order', () => {
  beforeEach(() => subscribed());

  it('is placed, verified, shipped in two parcels', async () => {
    const { orderId, lines } = shop().place({ lines: verifiedOrder().lines });
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    expect(await statuses()).toEqual(['Pending']);
    shop().clock.advance(minutes(31));
    expect(await statuses()).toEqual(['Unshipped']);
    await shop().confirm(orderId, parcel('1', mugs, 3));
    const [partly, ...others] = await told();
    expect(others).toEqual([]);
    expect(partly).toMatchObject({
      SellerId: 'A1SANDBOXSELLER',
      AmazonOrderId: orderId,
      OrderChangeType: 'OrderStatusChange',
      Summary: {
        OrderStatus: 'PartiallyShipped',
        DestinationPostalCode: '98101',
        FulfillmentType: 'MFN',
        NumberOfItemsShipped: 3,
        NumberOfItemsUnshipped: 1,
        OrderItems: [
          { OrderItemId: mugs, SellerSKU: 'MUG-BLUE-350', Quantity: 3, QuantityShipped: 3 },
          { OrderItemId: board, QuantityShipped: 0 },
        ],
      },
    });
    await shop().confirm(orderId, parcel('2', board, 1));
    expect(await statuses()).toEqual(['Shipped']);
    shop().clock.advance(minutes(60));
    expect(await statuses()).toEqual([]);
  });

  it('is cancelled, by its plan or on command', async () => {
    const at = (count: number) => new Date(opening.getTime() + minutes(count)).toISOString();
    shop().place({ ...oneLine, plan: { placedAt: at(1), cancelledAt: at(20) } });
    const { orderId } = shop().place({ ...oneLine, plan: { placedAt: at(2) } });
    expect(await statuses()).toEqual([]);
    shop().clock.advance(minutes(3));
    expect(await statuses()).toEqual(['Pending', 'Pending']);
    await shop().command('POST', `/orders/${orderId}/cancel`);
    expect((await told()).map(({ AmazonOrderId, Summary }) => [AmazonOrderId, Summary.OrderStatus])).toEqual([
      [orderId, 'Canceled'],
    ]);
    shop().clock.advance(minutes(20));
    expect(await statuses()).toEqual(['Canceled']);
  });

  it('is cancelled by the seller’s feed, or shipped by what is cancelled beside it', async () => {
    const { orderId } = shop().place(verifiedOrder());
    const { orderId: parted, lines } = shop().place(verifiedOrder());
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    await shop().confirm(parted, parcel('1', mugs, 3));
    await told();
    await feedCalls(shop()).send(envelope(message(1, orderId)));
    shop().clock.advance(minutes(1));
    const items = [{ orderItemId: board, quantity: 1 }];
    await shop().command('POST', `/orders/${parted}/cancel`, { items });
    expect((await told()).map(({ AmazonOrderId, Summary }) => [AmazonOrderId, Summary.OrderStatus])).toEqual([
      [orderId, 'Canceled'],
      [parted, 'Shipped'],
    ]);
  });

  it('is verified or shipped on command', async () => {
    const { orderId } = shop().place(oneLine);
    await shop().command('POST', `/orders/${orderId}/verify`);
    await shop().command('POST', `/orders/${orderId}/ship`);
    expect((await statuses()).at(-1)).toBe('Shipped');
  });

  it('of Amazon’s own fulfilment is shipped, without a postal code', async () => {
    shop().place({ ...oneLine, fulfilledBy: 'AMAZON' });
    shop().clock.advance(minutes(300));
    const changes = await told();
    expect(changes.map(({ Summary }) => Summary.OrderStatus)).toEqual(['Pending', 'Unshipped', 'Shipped']);
    expect(changes.at(-1)?.Summary).toMatchObject({ FulfillmentType: 'AFN', DestinationPostalCode: null });
  });

  it('is a pre-order that becomes available', async () => {
    const placedAt = shop().clock.now().toISOString();
    const availableAt = new Date(shop().clock.now().getTime() + minutes(5)).toISOString();
    shop().place({ ...oneLine, plan: { placedAt, availableAt } });
    shop().clock.advance(minutes(6));
    expect(await statuses()).toEqual(['PendingAvailability', 'Pending']);
  });

  it('is to be cancelled by wish of its buyer, which searchOrders and getOrder show as well', async () => {
    const { orderId, lines } = shop().place(verifiedOrder());
    const [mugs = '', board = ''] = lines.map(({ orderItemId }) => orderItemId);
    await told();
    shop().clock.advance(minutes(5));
    await shop().command('POST', `/orders/${orderId}/request-cancel`, { orderItemIds: [mugs] });
    expect(await told()).toMatchObject([
      {
        OrderChangeType: 'BuyerRequestedChange',
        OrderChangeTrigger: { ChangeReason: 'Buyer Requested Cancel' },
        Summary: {
          OrderStatus: 'Unshipped',
          OrderItems: [
            { OrderItemId: mugs, IsBuyerRequestedCancel: true },
            { OrderItemId: board, IsBuyerRequestedCancel: false },
          ],
        },
      },
    ]);
    const order = await shop().read(orderId);
    expect(order.orderItems).toMatchObject([
      { cancellation: { cancellationRequest: { requester: 'BUYER' } } },
      expect.not.objectContaining({ cancellation: expect.anything() }),
    ]);
    expect(Date.parse(order.lastUpdatedTime) - opening.getTime()).toBeGreaterThanOrEqual(minutes(5));
  });
});

describe('nothing is told', () => {
  it('without a queue server, and not later either', async () => {
    await subscribe(shop(), queue().arn);
    shop().place(oneLine);
    expect(await statuses()).toEqual([]);
    await settings({ sqsEndpoint: endpoint() });
    expect(await statuses()).toEqual([]);
  });

  it('of what was before the subscription', async () => {
    shop().place(oneLine);
    await subscribed();
    expect(await statuses()).toEqual([]);
    shop().clock.advance(minutes(31));
    expect(await statuses()).toEqual(['Unshipped']);
  });

  it('of changes of another type than the subscriber wants', async () => {
    await subscribed({}, { orderChangeTypes: ['BuyerRequestedChange'] });
    const { orderId } = shop().place(verifiedOrder());
    await shop().command('POST', `/orders/${orderId}/request-cancel`);
    expect((await told()).map(({ OrderChangeType }) => OrderChangeType)).toEqual(['BuyerRequestedChange']);
  });

  it('to a FIFO queue', async () => {
    await settings({ sqsEndpoint: endpoint() });
    await subscribe(shop(), queueArn('orders.fifo'));
    shop().place(oneLine);
    await shop().work();
    expect(await shop().command('GET', '/notifications')).toEqual({ made: 1, waiting: 0, sent: 0, lost: 1 });
  });

  it('before its time', async () => {
    await subscribed({ notificationDelayMs: minutes(10) });
    shop().place(oneLine);
    shop().clock.advance(minutes(9));
    expect(await statuses()).toEqual([]);
    shop().clock.advance(minutes(1));
    expect(await statuses()).toEqual(['Pending']);
  });
});
