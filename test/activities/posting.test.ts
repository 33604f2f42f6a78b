import { MockActivityEnvironment } from '@temporalio/testing';
import { createCommerceActivities } from '../../activities/commerce';
import { toFailure } from '../../activities/failures';
import type { AmazonOrder } from '../../domain/order';
import type { CommercePort } from '../../integrations/commerce/port';
import { amazonOrder } from '../support/orders';
import { attempts, commerceShop, pinnedFor, silent } from './commerce-shop';

const shop = commerceShop();

/** With Commerce's own number, so that no index refuses a second order. */
const place = (order: AmazonOrder, activity = attempts(), port?: CommercePort) =>
  shop.place(order, { pinned: { ...pinnedFor(order), incrementId: null } }, port, activity.next());
const failureOf = (placing: Promise<unknown>) =>
  placing.then(
    () => undefined,
    (error: unknown) => toFailure(error),
  );
const creations = () =>
  shop.service.exchanges.filter(({ method, path }) => method === 'POST' && path.endsWith('/V1/orders'));

/** As a worker leaves it that is killed while it waits for the answer, whether Commerce has done it or not. */
async function killed(order: AmazonOrder) {
  const activity = attempts();
  shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'dropBefore' });
  await place(order, activity).catch(() => {});
  expect(activity.kept()).toMatchObject({ since: expect.any(String) });
  return activity;
}

describe('the attempt after one that was killed while it created the order', () => {
  it('only looks until a minute has passed, then it creates the order', async () => {
    const order = amazonOrder();
    const activity = await killed(order);
    for (let tries = 0; tries < 2; tries += 1)
      expect(await failureOf(place(order, activity))).toMatchObject({
        type: 'Throttled',
        message: expect.stringContaining('an earlier attempt may still be under way'),
      });
    expect(creations()).toHaveLength(1);
    activity.passMinute();
    expect(await place(order, activity)).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('takes the order that Commerce has made meanwhile', async () => {
    const order = amazonOrder();
    const activity = await killed(order);
    await place(order);
    expect(await place(order, activity)).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('does not give up where it is denied the look', async () => {
    const order = amazonOrder();
    const activity = await killed(order);
    shop.service.misbehave({ method: 'GET', path: '/V1/orders$', kind: 'status', status: 403 });
    expect(await failureOf(place(order, activity))).toMatchObject({
      type: 'Throttled',
      nonRetryable: false,
      message: expect.stringContaining('look up order (GET /V1/orders) answered 403'),
    });
    expect(creations()).toHaveLength(1);
  });

  it('creates it at once with Amazon’s number, which Commerce takes once', async () => {
    const order = amazonOrder();
    const activity = attempts();
    shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'dropBefore' });
    await expect(shop.place(order, {}, undefined, activity.next())).rejects.toThrow('create order');
    expect(await shop.place(order, {}, undefined, activity.next())).toMatchObject({ adopted: false });
    expect(await shop.booked()).toHaveLength(1);
  });
});

it('nothing slows an attempt whose predecessors had not begun to create the order, or surely in vain', async () => {
  const order = amazonOrder();
  const activity = attempts();
  shop.service.misbehave({ method: 'GET', path: '/V1/products$', kind: 'status', status: 502 });
  await expect(place(order, activity)).rejects.toThrow('look up products');
  expect(activity.kept()).toBeUndefined();
  shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'status', status: 429 });
  await expect(place(order, activity)).rejects.toThrow('answered 429');
  expect(await place(order, activity)).toMatchObject({ kind: 'placed', adopted: false });
  expect(await shop.booked()).toHaveLength(1);
});

it('nothing is created where what is begun cannot be kept', async () => {
  const lost = { before: undefined, keep: () => Promise.reject(new Error('another attempt has begun')) };
  await expect(shop.place(amazonOrder(), {}, undefined, lost)).rejects.toThrow('another attempt has begun');
  expect(creations()).toEqual([]);
});

it('what is kept for the next attempt has nothing of the buyer', async () => {
  const activity = attempts();
  await place(amazonOrder(), activity);
  expect(activity.kept()).toMatchObject({ sent: { lines: [{ sku: 'MUG-BLUE-350' }] } });
  expect(JSON.stringify(activity.kept())).not.toMatch(/ada|sample|seattle|98101|@/i);
});

describe('an order that was made and not read back', () => {
  it('is compared by the next attempt with what was sent, as after any creation', async () => {
    const order = amazonOrder();
    const activity = attempts();
    shop.service.misbehave({ method: 'GET', path: '/V1/orders/\\d+$', kind: 'status', status: 500 });
    await expect(place(order, activity)).rejects.toThrow('read order');
    const { orders } = shop.service.sandbox.shop;
    const [made] = orders.all();
    if (!made) throw new Error('not made');
    orders.put({ ...made, columns: { ...made.columns, tax_amount: 1.2 } });
    expect(await place(order, activity)).toMatchObject({
      kind: 'placed',
      adopted: false,
      differences: ['The tax is 1.2 USD, sent was 1.24.'],
    });
    // Nobody knows any more what an earlier activity sent.
    expect(await place(order)).toMatchObject({ adopted: true, differences: [] });
  });

  it('is another tool’s where it has not the lines that were sent', async () => {
    const order = amazonOrder();
    const activity = await killed(order);
    await place(order);
    const { orders } = shop.service.sandbox.shop;
    for (const made of orders.all())
      orders.put({ ...made, items: made.items.map((item) => ({ ...item, ext_order_item_id: null })) });
    expect(await place(order, activity)).toMatchObject({ adopted: true, differences: [] });
  });
});

it('a cancellation of the activity does not break off a creation', async () => {
  const environment = new MockActivityEnvironment({}, { logger: silent });
  const { createOrder, ...others } = shop.commerce;
  const port: CommercePort = {
    ...others,
    createOrder: (...args) => {
      environment.cancel();
      return createOrder(...args);
    },
  };
  const activities = createCommerceActivities({
    commerce: () => port,
    guard: async () => {},
    progress: attempts().next,
  });
  const order = amazonOrder();
  const input = { account: 'acme', order, pinned: pinnedFor(order), orderStatus: 'processing' };
  await environment.run(() => activities.placeOrder(input)).catch(() => {});
  expect(await shop.booked()).toHaveLength(1);
});
