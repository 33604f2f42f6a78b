import { createAmazonPort } from '../../../integrations/amazon/client';
import { AmazonThrottledError, AmazonTokenExpiredError } from '../../../integrations/amazon/errors';
import type { OrderPage } from '../../../integrations/amazon/port';
import {
  type AmazonService,
  fullOrder,
  longAgo,
  minutes,
  openAmazonService,
} from '../../support/amazon-service';

describe('searching orders at Amazon', () => {
  let amazon: AmazonService;
  beforeEach(async () => {
    amazon = await openAmazonService();
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });
  const search = { window: { lastUpdatedAfter: longAgo } };
  const ids = (page: OrderPage) => page.orders.map(({ amazonOrderId }) => amazonOrderId);

  it('gives a page with everything that an order needs', async () => {
    const { orderId } = amazon.place(fullOrder());
    amazon.clock.advance(minutes(3));
    const page = await createAmazonPort(amazon.account).searchOrders(search);
    expect(page).toMatchObject({ unreadable: [], ratePerSecond: 0.0056 });
    expect(page.nextToken).toBeUndefined();
    expect(Date.parse(page.upTo ?? '')).toBeLessThanOrEqual(amazon.clock.now().getTime() - minutes(2));
    expect(page.orders).toMatchObject([
      {
        amazonOrderId: orderId,
        status: 'UNSHIPPED',
        fulfilledBy: 'MERCHANT',
        currency: 'USD',
        // 3 x 14.99 + 3.71 + 5.99 + 0.49, and 38.75 + 3.20 - 3.88 + 3.49
        totalMinor: 9672,
        lines: [
          { sku: 'MUG-BLUE-350', quantityOrdered: 3, quantityUnfulfilled: 3, totalMinor: 5516 },
          { sku: 'BOARD-OAK-M', totalMinor: 4156, giftMessage: 'Happy birthday' },
        ],
        orderCharges: [],
        buyer: { name: 'Ada Sample', email: 'ada.sample@marketplace.amazon.com' },
        shipTo: { lines: ['1 Sample Street'], city: 'Seattle', countryCode: 'US' },
      },
    ]);
    const [, board] = page.orders[0]?.lines ?? [];
    expect(board?.charges).toContainEqual({
      type: 'DISCOUNT',
      subtotalMinor: -388,
      details: [{ subtype: 'ITEM', minor: -388 }],
    });
  });

  it('finds 205 orders on three pages, each once, with the same parameters on each', async () => {
    const placed = Array.from({ length: 205 }, () => amazon.place(fullOrder()).orderId);
    amazon.clock.advance(minutes(3));
    const port = createAmazonPort(amazon.account);
    const found: string[] = [];
    let paginationToken: string | undefined;
    do {
      const page = await port.searchOrders({ ...search, ...(paginationToken && { paginationToken }) });
      found.push(...ids(page));
      paginationToken = page.nextToken;
    } while (paginationToken);
    expect(found).toHaveLength(205);
    expect(found.sort()).toEqual(placed.sort());
    expect(amazon.count('/orders')).toBe(3);
    expect(amazon.count('/auth/o2/token')).toBe(1);
  });

  it('tells a pagination token that has expired from other refusals', async () => {
    for (let number = 0; number < 101; number += 1) amazon.place(fullOrder());
    amazon.clock.advance(minutes(3));
    const port = createAmazonPort(amazon.account);
    const { nextToken = '' } = await port.searchOrders(search);
    amazon.clock.advance(minutes(25 * 60));
    const next = port.searchOrders({ ...search, paginationToken: nextToken });
    await expect(next).rejects.toThrow(AmazonTokenExpiredError);
    await expect(port.searchOrders({ window: { lastUpdatedAfter: 'yesterday' } })).rejects.toMatchObject({
      name: 'AmazonRefusedError',
      code: 'InvalidInput',
      call: { operation: 'searchOrders', status: 400 },
    });
    // Wrong on purpose, so the contract need not like it.
    amazon.exchanges.pop();
  });

  it('tells the last known rate when it is throttled, and makes one attempt', async () => {
    await amazon.command('PATCH', '/settings', { rates: { searchOrders: { perSecond: 0.01, burst: 2 } } });
    const port = createAmazonPort(amazon.account);
    await port.searchOrders(search);
    await port.searchOrders(search);
    const error = await port.searchOrders(search).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AmazonThrottledError);
    expect(error).toMatchObject({ ratePerSecond: 0.01, retryAfterMs: 100_000, call: { status: 429 } });
    expect(amazon.count('/orders')).toBe(3);
  });

  it('waits by the usage plan where Amazon never told its rate', async () => {
    await amazon.command('POST', '/faults', { path: '/orders$', kind: 'status', status: 429 });
    const error = await createAmazonPort(amazon.account)
      .searchOrders(search)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'AmazonThrottledError', retryAfterMs: 178_572 });
    expect((error as AmazonThrottledError).ratePerSecond).toBeUndefined();
  });

  it('keeps a page whose one order is bad, and says what is bad about it', async () => {
    const good = amazon.place(fullOrder()).orderId;
    const bad = amazon.place(fullOrder()).orderId;
    const last = amazon.place(fullOrder()).orderId;
    amazon.clock.advance(minutes(3));
    amazon.setTamper(async (path, answer) => {
      if (!path.endsWith('/orders')) return undefined;
      const page = (await answer.json()) as { orders: { orderId: string; orderItems: object[] }[] };
      const orders = page.orders.map((order) =>
        order.orderId === bad
          ? { ...order, orderItems: [{ ...order.orderItems[0], quantityOrdered: 'three' }] }
          : order,
      );
      return Response.json({ ...page, orders: [...orders, { orderId: 'nobody' }, 'no order at all'] });
    });
    const page = await createAmazonPort(amazon.account).searchOrders(search);
    expect(ids(page)).toEqual([good, last]);
    expect(page.unreadable).toEqual([
      { amazonOrderId: bad, reason: expect.stringMatching(/^orderItems\[0\]\.quantityOrdered: /) },
      { reason: expect.stringMatching(/^createdTime: /) },
      { reason: expect.stringMatching(/^the answer: |^the order: /) },
    ]);
  });
});
