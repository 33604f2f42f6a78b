import { tempFolders } from '../support/temp-folder';
import {
  envelope,
  type FeedAnswer,
  feedCalls,
  feeds,
  feedType,
  item,
  json,
  message,
} from './amazon-seller-feeds';
import { minutes, openShop, type Shop, verifiedOrder } from './amazon-shop';

describe('the feeds of the sandbox Amazon', () => {
  let shop: Shop;
  let seller: ReturnType<typeof feedCalls>;
  beforeEach(async () => {
    shop = await openShop();
    seller = feedCalls(shop);
  });
  afterEach(async () => {
    expect(shop.violations()).toEqual([]);
    await shop.close();
  });
  const place = (changes = {}) => {
    const { orderId, lines } = shop.place(verifiedOrder(changes));
    return { orderId, items: lines.map(({ orderItemId }) => orderItemId) };
  };
  const statusOf = async (orderId: string) => (await shop.read(orderId)).fulfillment?.fulfillmentStatus;

  it('cancel orders once they are processed, at that time and in the seller’s name', async () => {
    const { orderId, items } = place();
    const [mugs = '', board = ''] = items;
    const text = envelope(message(1, orderId, item(mugs, 'NoInventory', 3) + item(board, 'NoInventory', 1)));
    const feedId = await seller.send(text);
    const statuses = [];
    for (const wait of [0, 11_000, 20_000]) {
      shop.clock.advance(wait);
      statuses.push([(await seller.read(feedId)).processingStatus, await statusOf(orderId)]);
    }
    expect(statuses).toEqual([
      ['IN_QUEUE', 'UNSHIPPED'],
      ['IN_PROGRESS', 'UNSHIPPED'],
      ['DONE', 'CANCELLED'],
    ]);
    const order = await shop.read(orderId);
    expect(order.orderItems[1]?.cancellation).toEqual({
      cancellationExecution: { cancelledBy: 'MERCHANT', cancelReason: 'NoInventory' },
    });
    shop.clock.advance(minutes(60));
    expect((await shop.read(orderId)).lastUpdatedTime).toBe(order.lastUpdatedTime);
    const told = await seller.report(feedId);
    expect(told).toContain('<MessageType>ProcessingReport</MessageType>');
    expect(told).not.toContain('<Result>');
  });

  it('take the same cancellation twice, and one of an order without items', async () => {
    const { orderId } = place();
    const text = envelope(message(1, orderId) + message(2, orderId));
    expect(await seller.outcome(text)).toEqual({ successful: 2, errors: [] });
    expect(await seller.outcome(text)).toEqual({ successful: 2, errors: [] });
    expect(await statusOf(orderId)).toBe('CANCELLED');
  });

  it('cancel some units, and those no second time', async () => {
    const { orderId, items } = place();
    const [mugs = ''] = items;
    const text = envelope(message(1, orderId, item(mugs, 'PricingError', 3)));
    expect(await seller.outcome(text)).toEqual({ successful: 1, errors: [] });
    expect(await seller.outcome(text)).toEqual({ successful: 1, errors: [] });
    expect((await shop.read(orderId)).orderItems.map(({ fulfillment }) => fulfillment)).toMatchObject([
      { quantityUnfulfilled: 0 },
      { quantityUnfulfilled: 1 },
    ]);
  });

  it('leave orders alone that are only acknowledged', async () => {
    const { orderId } = place();
    const text = envelope(message(1, orderId, '', 'Success'));
    expect(await seller.outcome(text)).toEqual({ successful: 1, errors: [] });
    expect(await statusOf(orderId)).toBe('UNSHIPPED');
  });

  it('report what is wrong message by message', async () => {
    const [cancelled, shipped, tooMany, wrongReason, pending] = [place(), place(), place(), place(), place()];
    const unpaid = place({ plan: { placedAt: shop.clock.now().toISOString() } });
    const fba = place({ fulfilledBy: 'AMAZON' });
    await shop.command('POST', `/orders/${shipped.orderId}/ship`);
    const text = envelope(
      [
        message(1, cancelled.orderId),
        message(2, shipped.orderId),
        message(3, tooMany.orderId, item(tooMany.items[0] ?? '', 'NoInventory', 4)),
        message(4, wrongReason.orderId, item(wrongReason.items[0] ?? '', 'BadMood', 1)),
        message(5, pending.orderId, item('unknown', 'NoInventory', 1)),
        message(6, '111-0000000-0000001'),
        message(7, unpaid.orderId),
        message(8, fba.orderId),
      ].join(''),
    );
    expect(await seller.outcome(text)).toEqual({
      successful: 1,
      errors: ['2: 18021', '3: 18021', '4: 5002', '5: 18028', '6: 18028', '7: 18028', '8: 18028'],
    });
    const untouched = [tooMany, wrongReason, pending];
    expect(await Promise.all(untouched.map(({ orderId }) => statusOf(orderId)))).toEqual(
      untouched.map(() => 'UNSHIPPED'),
    );
  });

  it.each([
    ['no XML', 'hello'],
    ['broken XML', '<AmazonEnvelope><Header></AmazonEnvelope>'],
    ['of another seller', envelope(message(1, '111-0000000-0000001'), 'A1OTHER')],
    ['of another type', envelope(message(1, '111-0000000-0000001'), undefined, 'OrderFulfillment')],
    ['without a message', envelope('')],
  ])('report a document that is %s as a whole', async (_, text) => {
    expect(await seller.outcome(text)).toEqual({ successful: 0, errors: ['0: 5000'] });
  });

  it('end FATAL on command, once, with or without their effect', async () => {
    const orders = [place(), place(), place()];
    for (const [index, nextFeed] of ['fatal', 'fatalAfterEffect'].entries()) {
      await shop.command('PATCH', '/settings', { nextFeed });
      await seller.send(envelope(message(1, orders[index]?.orderId ?? '')));
    }
    const last = await seller.send(envelope(message(1, orders[2]?.orderId ?? '')));
    shop.clock.advance(minutes(1));
    const { feeds: all } = await json<{ feeds: FeedAnswer[] }>(
      await shop.call('GET', `${feeds}?feedTypes=${feedType}`),
    );
    expect(all.map(({ processingStatus }) => processingStatus)).toEqual(['DONE', 'FATAL', 'FATAL']);
    expect(all.map(({ resultFeedDocumentId }) => resultFeedDocumentId !== undefined)).toEqual([
      true,
      false,
      false,
    ]);
    expect(all[0]?.feedId).toBe(last);
    expect(await Promise.all(orders.map(({ orderId }) => statusOf(orderId)))).toEqual([
      'UNSHIPPED',
      'CANCELLED',
      'CANCELLED',
    ]);
  });
});

describe('a sandbox Amazon that is stopped while it processes a feed', () => {
  const newFolder = tempFolders();

  it('goes on with it', async () => {
    const folder = newFolder();
    const before = await openShop(folder);
    const { orderId } = before.place(verifiedOrder());
    const feedId = await feedCalls(before).send(envelope(message(1, orderId)));
    await before.close();
    const after = await openShop(folder);
    after.clock.advance(minutes(1));
    expect((await after.read(orderId)).fulfillment?.fulfillmentStatus).toBe('CANCELLED');
    expect(await feedCalls(after).report(feedId)).toContain('<MessagesSuccessful>1<');
    await after.close();
  });
});
