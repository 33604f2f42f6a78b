import { MockActivityEnvironment } from '@temporalio/testing';
import { createCommerceActivities } from '../../activities/commerce';
import { toFailure } from '../../activities/failures';
import type { PlacedOrder } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import type { CommercePort } from '../../integrations/commerce/port';
import { amazonOrder } from '../support/orders';
import { attempts, commerceShop, inShop, parcel, pinnedFor, silent, twoMugs } from './commerce-shop';

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

describe('a document of the order that an earlier attempt may have under way', () => {
  type Activities = Parameters<Parameters<typeof shop.run>[0]>[0];
  const refOf = ({ entityId, itemIds }: PlacedOrder) => ({ ...inShop, entityId, itemIds });
  type Making = (activities: Activities) => Promise<object>;
  type Document = 'ship' | 'invoice' | 'refund' | 'refund of all';
  const documents: Record<Document, (order: AmazonOrder, ref: ReturnType<typeof refOf>) => Making> = {
    ship: (order, ref) => (activities) => activities.shipOrder({ ...ref, parcel: parcel(order, 'p1', 1) }),
    invoice: (_, ref) => (activities) => activities.invoiceOrder(ref),
    // One of two is cancelled, after both were invoiced.
    refund: (order, ref) => (activities) =>
      activities.closeShrunkOrder({
        ...ref,
        units: { [order.lines[0]?.orderItemId ?? '']: 1 },
        totalMinor: null,
      }),
    'refund of all': (_, ref) => (activities) => activities.cancelOrder(ref),
  };
  const names = Object.keys(documents) as Document[];
  const callOf = (name: Document) => name.replace(' of all', '');

  async function begun(name: Document, kind: 'dropBefore' | 'dropAfter' | 'tooBusy' = 'dropBefore') {
    const order = twoMugs();
    const ref = refOf(await shop.placed(order));
    if (callOf(name) === 'refund') await shop.run(({ invoiceOrder }) => invoiceOrder(ref));
    const activity = attempts();
    const make = () => shop.run(documents[name](order, ref), shop.commerce, activity.next());
    const call = { method: 'POST', path: `/${callOf(name)}$` } as const;
    shop.service.misbehave(kind === 'tooBusy' ? { ...call, kind: 'status', status: 429 } : { ...call, kind });
    const count = () => callsOf(callOf(name));
    const before = count();
    const first = await failureOf(make());
    return { activity, make, first, meant: documents[name](order, ref), calls: () => count() - before };
  }
  const callsOf = (name: string) =>
    shop.service.exchanges.filter(({ method, path }) => method === 'POST' && path.endsWith(`/${name}`))
      .length;
  const made = async () => {
    const [{ shipments, items } = { shipments: [], items: [] }] = await shop.booked();
    return { shipments: shipments.length, items };
  };

  it.each(names)('is not made again within a minute, then once (%s)', async (name) => {
    const { activity, make, calls } = await begun(name);
    for (let tries = 0; tries < 2; tries += 1) {
      const failure = await failureOf(make());
      expect(failure).toMatchObject({
        type: 'Throttled',
        message: expect.stringContaining(`${callOf(name)} order`),
      });
      const { nextRetryDelay } = failure as { nextRetryDelay: number };
      expect(nextRetryDelay).toBeGreaterThan(0);
      expect(nextRetryDelay).toBeLessThanOrEqual(60_000);
    }
    expect(calls()).toBe(1);
    activity.passMinute();
    await make();
    expect(calls()).toBe(2);
  });

  it.each(names)('is taken as soon as it is there (%s)', async (name) => {
    const { make, meant, calls } = await begun(name);
    await shop.run(meant);
    const before = await made();
    await make();
    expect(calls()).toBe(2);
    expect(await made()).toEqual(before);
  });

  it.each(names)('is found at once where only its answer was lost (%s)', async (name) => {
    const { make, calls } = await begun(name, 'dropAfter');
    await make();
    expect(calls()).toBe(1);
  });

  it.each(names)('is made at once where Commerce was too busy to begin (%s)', async (name) => {
    const { make, first, calls } = await begun(name, 'tooBusy');
    expect(first).toMatchObject({ message: expect.stringContaining('answered 429') });
    await make();
    expect(calls()).toBe(2);
  });

  it('holds up no other step of an order’s closing', async () => {
    const order = twoMugs();
    const ref = refOf(await shop.placed(order));
    const activity = attempts();
    const close = () => shop.run(documents.refund(order, ref), shop.commerce, activity.next());
    shop.service.misbehave({ method: 'POST', path: '/invoice$', kind: 'dropAfter' });
    await expect(close()).rejects.toThrow('invoice order');
    expect(activity.kept()).toMatchObject({ step: 'invoice' });
    await close();
    expect([callsOf('invoice'), callsOf('cancel')]).toEqual([1, 1]);
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
