import { acknowledgeUpdate, holdOrderUpdate } from '../../workflows/order/contract';

import { attributes } from '../../workflows/search-attributes';
import { eventually } from '../support/eventually';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, parcelOf, shippedOrder } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Amazon had shipped it before it was seen: its stock is to be checked. */
const shippedUnseen = () =>
  amazonOrder({
    status: 'SHIPPED',
    buyer: { name: 'Ada Sample', email: 'ada@example.com' },
    shipTo: { name: 'Ada Sample', lines: ['1 Hidden Street'], city: 'Springfield' },
    lines: [line({ quantityFulfilled: 1, quantityUnfulfilled: 0, giftMessage: 'Happy birthday, Zoe' })],
  });
type Order = ReturnType<typeof shippedUnseen>;

const personal = /Ada|ada@|Hidden|Zoe/;

const runOf = async (order: Order) => (await world.handle(order).describe()).runId;

async function forgotten(order: Order) {
  return world.until(order, ({ buyerForgotten }) => buyerForgotten === true);
}

describe('an order that asks for a person when it has settled', () => {
  it('stays open, in a run that knows nothing of its buyer', async () => {
    const order = shippedUnseen();
    await world.deliver(order);
    const state = await forgotten(order);
    expect(state.attention).toMatchObject([{ reason: 'stockCheck' }]);
    expect(JSON.stringify(state)).not.toMatch(personal);
    const { events } = await world.handle(order).fetchHistory();
    const [started] = events ?? [];
    expect(started?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
  });

  it('ends when that is acknowledged', async () => {
    const order = shippedUnseen();
    await world.deliver(order);
    await forgotten(order);
    const said = await world.ask(order, acknowledgeUpdate, { reason: 'stockCheck', why: 'counted' });
    expect(said).toBe('Acknowledged stockCheck: counted');
    expect(await world.handle(order).result()).toMatchObject({ channelStatus: 'Shipped' });
  });

  it('is not found by its buyer any more', async () => {
    const order = shippedUnseen();
    await world.deliver(order);
    await forgotten(order);
    const tokens = await eventually(
      async () => (await world.handle(order).describe()).typedSearchAttributes.get(attributes.buyerTokens),
      (shown) => shown === undefined || shown.length === 0,
    );
    expect(tokens ?? []).toEqual([]);
  });

  it('drops what Amazon shows of the buyer later as well', async () => {
    const order = shippedUnseen();
    await world.deliver(order);
    await forgotten(order);
    const run = await runOf(order);
    await world.deliver({ ...order, lastUpdatedAt: at(300) });
    await eventually(
      () => runOf(order),
      (latest) => latest !== run,
    );
    expect(JSON.stringify(await world.snapshot(order))).not.toMatch(personal);
  });

  it('that is still blocked drops its buyer as well, and goes through once the cause is gone', async () => {
    const order = shippedUnseen();
    let isBlocked = true;
    world.behave(order, {
      placeOrder: async ({ order: asked }) =>
        isBlocked
          ? { kind: 'blocked', blockers: [{ sku: 'MUG-BLUE-350', cause: 'notInCatalogue' }] }
          : {
              kind: 'placed',
              commerce: { entityId: 77_001, number: asked.amazonOrderId, state: 'complete', itemIds: {} },
              adopted: false,
              differences: [],
            },
    });
    await world.deliver(order);
    const { attention } = await forgotten(order);
    expect(attention).toMatchObject([{ reason: 'blocked' }]);
    isBlocked = false;
    const { commerce } = await world.until(order, (state) => state.commerce !== undefined);
    expect(commerce?.state).toBe('complete');
    const last = world.callsOf(order, 'placeOrder').at(-1);
    expect(JSON.stringify(last)).not.toMatch(personal);
  });
});

it('what goes away by itself cannot be acknowledged, nor what is not there', async () => {
  const order = amazonOrder({ shipBy: at(-60) });
  await world.deliver(order);
  await world.until(order, ({ attention }) => attention.some(({ reason }) => reason === 'late'));
  await expect(world.ask(order, acknowledgeUpdate, { reason: 'late' })).rejects.toMatchObject({
    cause: { message: 'late goes away by itself, once its cause does.' },
  });
  await expect(world.ask(order, acknowledgeUpdate, { reason: 'restarted' })).rejects.toMatchObject({
    cause: { message: 'The order has no attention restarted.' },
  });
});

it('an order of which Amazon cancelled units is closed in Commerce with what is left of it', async () => {
  const lines = [
    line({ orderItemId: 'a', quantityOrdered: 2, quantityUnfulfilled: 2, totalMinor: 2_000 }),
    line({ orderItemId: 'b', sku: 'POT-RED', totalMinor: 500 }),
  ];
  const order = amazonOrder({ lines, totalMinor: 2_500 });
  const handle = await world.place(order);
  const less = {
    ...order,
    lastUpdatedAt: at(40),
    totalMinor: 2_000,
    lines: [lines[0], { ...lines[1], quantityUnfulfilled: 0, totalMinor: 0 }] as typeof lines,
  };
  world.behave(order, {
    readOrder: async () => deliveryOf({ ...less, status: 'SHIPPED', lastUpdatedAt: at(90) }, world.policy),
  });
  await world.deliver(less);
  await world.until(order, ({ notes }) =>
    notes.some(({ text }) => text === 'Amazon cancelled 1 × POT-RED; the rest stays.'),
  );
  await world.deliver({ ...less, status: 'SHIPPED', lastUpdatedAt: at(60) });
  expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
  expect(world.callsOf(order, 'closeShrunkOrder')).toMatchObject([{ units: { a: 2, b: 0 } }]);
  expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(0);
});

describe('the buyer of an order that Amazon has ended is forgotten', () => {
  const short = { settleForMs: 100, retryBlockedMs: [200] };

  it('where Commerce refuses the order', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: fails('Refused', 'No.') });
    await world.deliver(shippedOrder(order, []), { policy: short });
    expect((await forgotten(order)).delivery?.order.buyer).toBeUndefined();
  });

  it('where Commerce refuses its shipment', async () => {
    const order = amazonOrder();
    world.behave(order, { shipOrder: fails('Refused', 'No.') });
    await world.place(order, { policy: short });
    const stranger = [{ packageReferenceId: '7', trackingNumber: '1Z9', lines: parcelOf(order).lines }];
    await world.deliver({ ...shippedOrder(order, []), packages: stranger }, { policy: short });
    expect((await forgotten(order)).delivery?.order.shipTo).toBeUndefined();
  });

  it('where an operator holds it', async () => {
    const order = amazonOrder();
    await world.deliver({ ...order, status: 'PENDING', lastUpdatedAt: at(0) }, { policy: short });
    await world.ask(order, holdOrderUpdate);
    await world.deliver(shippedOrder(order, []), { policy: short });
    expect((await forgotten(order)).held).toBe(true);
  });
});
