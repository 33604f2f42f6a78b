import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import type { PlacementResult } from '../../activities/contracts/commerce';
import { toFailure } from '../../activities/failures';
import type { AmazonOrder } from '../../domain/order';
import { createCommercePort } from '../../integrations/commerce/client';
import type { CommercePort } from '../../integrations/commerce/port';
import { amazonOrder } from '../support/orders';
import { attempts, commerceShop, pinnedFor } from './commerce-shop';
import { type CreationFault, creationFaults, restMs, timeoutMs } from './creation-faults';

const shop = commerceShop();
const modes = ['amazon', 'commerce'] as const;
type Mode = (typeof modes)[number];

const rows = Object.entries(creationFaults).flatMap(([name, each]) =>
  modes.map((mode) => ({ name, mode, each })),
);

const pinnedIn = (mode: Mode, order: AmazonOrder) => ({
  ...pinnedFor(order),
  ...(mode === 'commerce' && { incrementId: null }),
});

type Ended = { kind: 'result'; result: PlacementResult } | { kind: 'failure'; failure: ApplicationFailure };

/** One attempt as a worker runs it; the first one, unless it is told of others. */
async function attempt(
  mode: Mode,
  order: AmazonOrder,
  port?: CommercePort,
  activity = attempts(),
): Promise<Ended> {
  try {
    const pinned = pinnedIn(mode, order);
    return { kind: 'result', result: await shop.place(order, { pinned }, port, activity.next()) };
  } catch (error) {
    const failure = toFailure(error);
    if (failure instanceof ApplicationFailure) return { kind: 'failure', failure };
    throw error;
  }
}

const creations = () =>
  shop.service.exchanges.filter(({ method, path }) => method === 'POST' && path.endsWith('/V1/orders'));

const oursOf = async ({ amazonOrderId }: AmazonOrder) =>
  (await shop.booked()).filter((each) => each.ext_order_id === amazonOrderId);

function expectFirst({ first, reason = /./, after }: CreationFault, ended: Ended): void {
  if (ended.kind === 'result') {
    expect(ended.result).toMatchObject({ kind: first, adopted: false, differences: [] });
    return;
  }
  const { failure } = ended;
  expect(failure.message).toMatch(reason);
  expect(failure.message).not.toMatch(/ada|sample|seattle/i);
  expect({ type: failure.type, waits: failure.nextRetryDelay ?? undefined }).toEqual({
    type: first,
    waits: after,
  });
}

/** What comes right after a creation that may still be under way. */
function expectPatience(ended: Ended): void {
  if (ended.kind === 'result') {
    expect(ended.result).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    return;
  }
  const { type, nonRetryable, nextRetryDelay, message } = ended.failure;
  expect({ type, nonRetryable }).toEqual({ type: 'Throttled', nonRetryable: false });
  expect(Number(nextRetryDelay)).toBeGreaterThan(0);
  expect(Number(nextRetryDelay)).toBeLessThanOrEqual(60_000);
  expect(message).toContain('an earlier attempt may still be under way');
}

describe('an order whose creation is', () => {
  it.each(rows)('$name is there once or never, the number being $mode’s', async ({ mode, each }) => {
    const order = amazonOrder();
    const port = createCommercePort(shop.service.connection, { timeoutMs });
    const activity = attempts();
    await port.store('amazon_us');
    for (const fault of each.faults) shop.service.misbehave(fault);
    let ended = await attempt(mode, order, port, activity);
    expectFirst(each, ended);
    if (each.grace && mode === 'commerce') {
      ended = await attempt(mode, order, port, activity);
      expectPatience(ended);
      expect(creations().length).toBeLessThanOrEqual(1);
      await delay(each.faults.some(({ kind }) => kind === 'delay') ? restMs : 0);
      activity.passMinute();
    }
    for (let tries = 0; ended.kind === 'failure' && !ended.failure.nonRetryable; tries += 1) {
      expect(tries).toBeLessThan(3);
      ended = await attempt(mode, order, port, activity);
    }
    if (ended.kind === 'result') expect(ended.result).toMatchObject({ kind: 'placed', adopted: false });
    expect(await oursOf(order)).toHaveLength(each.orders);
    await delay(each.faults.some(({ kind }) => kind === 'delay') ? restMs : 0);
    const found = await oursOf(order);
    expect(found.map(({ grand_total }) => grand_total)).toEqual(each.orders === 1 ? [16.23] : []);
    expect(await attempt(mode, order)).toMatchObject(
      each.orders === 1 ? { result: { kind: 'placed', adopted: true } } : { kind: 'failure' },
    );
  });
});

describe.each(modes)('with wrong credentials, the number being %s’s', (mode) => {
  it('nothing is made, and the reason is named', async () => {
    const { connection } = shop.service;
    const order = amazonOrder();
    const strange = createCommercePort({
      ...connection,
      credentials: { ...connection.credentials, accessToken: 'x'.repeat(32) },
    });
    expect(await attempt(mode, order, strange)).toMatchObject({
      failure: { type: 'AccessDenied', nonRetryable: true, message: expect.stringContaining('token') },
    });
    shop.service.sandbox.settings.change({ deniedResources: ['Magento_Sales::create'] });
    expect(await attempt(mode, order)).toMatchObject({
      failure: {
        type: 'AccessDenied',
        nonRetryable: true,
        message: expect.stringMatching(/create order.*Magento_Sales::create/),
      },
    });
    expect(await shop.booked()).toEqual([]);
  });
});

describe('a number that another order has', () => {
  const disown = (entityId: number) => {
    const { orders } = shop.service.sandbox.shop;
    const found = orders.get(entityId);
    if (found) orders.put({ ...found, columns: { ...found.columns, ext_order_id: null } });
  };
  it.each([
    ['another Amazon order', true],
    ['an order of nobody', false],
  ])('is told with both, where it is %s: nothing is written, nothing adopted', async (_, isAmazons) => {
    const [other, order] = [amazonOrder(), amazonOrder()];
    const { entityId } = await shop.placed(other, { pinned: pinnedFor(order) });
    if (!isAmazons) disown(entityId);
    const before = await shop.booked();
    for (let tries = 0; tries < 2; tries += 1) {
      expect(await shop.place(order)).toEqual({
        kind: 'numberTaken',
        number: order.amazonOrderId,
        entityId,
        extOrderId: isAmazons ? other.amazonOrderId : null,
      });
    }
    expect(await shop.booked()).toEqual(before);
  });

  it('is no obstacle in another store, nor where Commerce numbers', async () => {
    const [other, order] = [amazonOrder(), amazonOrder()];
    await shop.placed(other, { pinned: { ...pinnedFor(order), store: 'default' } });
    await shop.placed(order);
    await shop.placed(amazonOrder(), { pinned: { ...pinnedFor(order), incrementId: null } });
    expect(await shop.booked()).toHaveLength(3);
  });
});
