import {
  contentType,
  documents,
  envelope,
  type FeedAnswer,
  feedCalls,
  feeds,
  feedType,
  json,
  message,
  pathOf,
} from './amazon-seller-feeds';
import { minutes, openShop, type Shop, verifiedOrder } from './amazon-shop';

describe('the feeds API of the sandbox Amazon, whose feeds', () => {
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
  const place = () => shop.place(verifiedOrder());

  it('can be cancelled while they wait', async () => {
    const { orderId } = place();
    const [waiting, processed] = [
      await seller.send(envelope(message(1, orderId))),
      await seller.send(envelope(message(1, place().orderId))),
    ];
    expect((await shop.call('DELETE', `${feeds}/${waiting}`)).status).toBe(200);
    shop.clock.advance(15_000);
    expect((await shop.call('DELETE', `${feeds}/${processed}`)).status).toBe(400);
    shop.clock.advance(minutes(1));
    expect((await seller.read(waiting)).processingStatus).toBe('CANCELLED');
    expect((await shop.books()).orders.map(({ status }) => status).sort()).toEqual([
      'CANCELLED',
      'UNSHIPPED',
    ]);
    expect((await shop.read(orderId)).fulfillment?.fulfillmentStatus).toBe('UNSHIPPED');
  });

  it('are listed in pages', async () => {
    const { orderId } = place();
    const sent = [];
    for (let count = 0; count < 3; count += 1) sent.push(await seller.send(envelope(message(1, orderId))));
    const page = async (query: string) =>
      json<{ feeds: FeedAnswer[]; nextToken?: string }>(await shop.call('GET', `${feeds}?${query}`));
    const first = await page(`feedTypes=${feedType}&pageSize=2&processingStatuses=IN_QUEUE`);
    const second = await page(`nextToken=${encodeURIComponent(first.nextToken ?? '')}`);
    expect([...first.feeds, ...second.feeds].map(({ feedId }) => feedId)).toEqual(sent.toReversed());
    expect(second).not.toHaveProperty('nextToken');
    expect((await page(`feedTypes=${feedType}&processingStatuses=DONE`)).feeds).toEqual([]);
  });

  it('have addresses for their documents that open for five minutes, to their bearer alone', async () => {
    const { feedDocumentId, url } = await seller.announce();
    expect((await seller.create(feedDocumentId)).status).toBe(400);
    const refusals = [
      await seller.put(url, 'hello', { 'content-type': 'text/plain' }),
      await seller.put(url, 'hello', { 'x-amz-access-token': 'Atza|1' }),
      await seller.put(`${url}0`, 'hello'),
      await seller.put(url.replace(/Expires=\d/, 'Expires=9'), 'hello'),
      await shop.request('GET', pathOf(url), undefined, { 'content-type': contentType }),
    ];
    expect(refusals.map(({ status }) => status)).toEqual([403, 400, 403, 403, 403]);
    shop.clock.advance(minutes(4));
    expect((await seller.put(url, 'hello')).status).toBe(200);
    shop.clock.advance(minutes(2));
    const late = await seller.put(url, 'hello');
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('has expired')]);
  });

  it('have quotas of their own', async () => {
    await shop.command('PATCH', '/settings', { rates: { createFeed: { perSecond: 0.0083, burst: 1 } } });
    const { feedDocumentId, url } = await seller.announce();
    await seller.put(url, envelope(message(1, place().orderId)));
    const answers = [await seller.create(feedDocumentId), await seller.create(feedDocumentId)];
    expect(answers.map(({ status }) => status)).toEqual([202, 429]);
    expect((await shop.books()).operations).toMatchObject({
      createFeedDocument: { calls: 1, violations: 0 },
      createFeed: { calls: 2, violations: 1 },
      getFeed: { calls: 0, violations: 0 },
    });
  });

  it('are not known by other ids', async () => {
    expect((await shop.call('GET', `${feeds}/1`)).status).toBe(404);
    expect((await shop.call('GET', `${documents}/1`)).status).toBe(404);
  });
});

it('refuses requests about feeds that are none', async () => {
  const shop = await openShop();
  const seller = feedCalls(shop);
  const { feedDocumentId, url } = await seller.announce();
  await seller.put(url, '<a/>');
  const answers = [
    await seller.create(feedDocumentId, { feedType: 'JSON_LISTINGS_FEED' }),
    await seller.create(feedDocumentId, { marketplaceIds: [] }),
    await seller.create('unknown'),
    await shop.call('POST', documents, {}),
    await shop.call('POST', documents, 'hello'),
    await shop.call('GET', feeds),
    await shop.call('GET', `${feeds}?feedTypes=${feedType}&nextToken=e30%3D`),
    await shop.call('GET', `${feeds}?nextToken=e30%3D`),
    await shop.call('GET', `${feeds}?nextToken=hello`),
  ];
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 400));
  expect(shop.violations('answer')).toEqual([]);
  await shop.close();
});
