import type { WorkflowHandle } from '@temporalio/client';
import type { AmazonOrder } from '../../domain/order';
import {
  erpOrderChangedSignal,
  holdOrderUpdate,
  type OrderState,
  parcelCorrectedSignal,
  parcelShippedSignal,
  releaseOrderUpdate,
} from '../../workflows/order/contract';
import { eventually } from '../support/eventually';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, minutes, parcelOf, pendingOrder, shippedOrder } from '../support/orders';
import { eventsOfARun } from '../support/test-server';

const isSent = ({ parcels }: OrderState) =>
  parcels.length > 0 && parcels.every(({ amazon }) => amazon === 'sent');
const half = [{ orderItemId: line().orderItemId, quantity: 1 }];
const twoUnits = (changes: Partial<AmazonOrder> = {}) =>
  amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })], ...changes });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const runOf = async (order: AmazonOrder) => (await world.handle(order).describe()).runId;

/** More signals than a run may have; each says what the order knows already. */
async function flood(handle: WorkflowHandle): Promise<void> {
  const known = { eventId: 'told often', kind: 'accepted', erpOrderNumber: 'SO-1' } as const;
  for (let sent = 0; sent < eventsOfARun; sent += 50) {
    await Promise.all(Array.from({ length: 50 }, () => handle.signal(erpOrderChangedSignal, known)));
  }
}

async function continued(order: AmazonOrder, run: string): Promise<OrderState> {
  await eventually(
    () => runOf(order),
    (latest) => latest !== run,
  );
  return world.snapshot(order);
}

/** Floods a settled picture of the order, and answers the state before and after it has continued as new. */
async function carriedOver(order: AmazonOrder): Promise<{ before: OrderState; after: OrderState }> {
  const handle = world.handle(order);
  await handle.signal(erpOrderChangedSignal, {
    eventId: 'told often',
    kind: 'accepted',
    erpOrderNumber: 'SO-1',
  });
  const before = await world.snapshot(order);
  const run = await runOf(order);
  await flood(handle);
  return { before, after: await continued(order, run) };
}

describe('an order with a long history continues as new', () => {
  it('and knows everything that it knew: parcels, hold, attention, notes, waits', async () => {
    const shipBy = new Date(Date.now() - minutes(1)).toISOString();
    const order = twoUnits({ shipBy });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: half, shipmentsSeen: 'one' }));
    await world.until(order, isSent);
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { lines: half, trackingNumber: '1ZNEW' }));
    await world.called(order, 'confirmShipment', 2);
    await world.until(order, isSent);
    await world.ask(order, holdOrderUpdate, { why: 'stock count' });

    const { before, after } = await carriedOver(order);
    expect(after).toEqual(before);
    expect(after).toMatchObject({ held: true, attention: [{ reason: 'late' }], shipmentsSeen: 'one' });
    expect(after.waits.confirmation).toBeDefined();

    const rest = parcelOf(order, {
      source: { system: 'commerce', shipmentId: '2' },
      trackingNumber: '1ZREST',
      lines: half,
    });
    await handle.signal(parcelShippedSignal, rest);
    const { parcels } = await world.until(order, (state) => state.parcels.length === 2 && isSent(state));
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    const told = world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.packageReferenceId);
    expect(told).toEqual([told[0], told[0], parcels[1]?.packageReferenceId]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
  });

  it('and waits on until the time that it waited for', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [fails('Unreachable', 'Commerce answered 503')] });
    await world.deliver(order, { policy: { retryBlockedMs: [10_000] } });
    await world.until(order, ({ waits }) => waits.placement !== undefined);
    const { before, after } = await carriedOver(order);
    expect(after).toEqual(before);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
    const placed = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(Date.parse(placed.notes.at(-1)?.at ?? '')).toBeGreaterThanOrEqual(
      Date.parse(before.waits.placement ?? ''),
    );
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(2);
  });

  it('only when the activity that is under way has answered, whose result is kept', async () => {
    const order = amazonOrder();
    const answer = held({ kind: 'taken' as const });
    world.behave(order, { confirmShipment: [answer.activity] });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.called(order, 'confirmShipment');
    const run = await runOf(order);
    await flood(handle);
    expect((await world.snapshot(order)).parcels).toMatchObject([{ amazon: 'waiting' }]);
    expect(await runOf(order)).toBe(run);

    answer.answer();
    expect((await continued(order, run)).parcels).toMatchObject([{ amazon: 'sent' }]);
    const { parcels } = await world.snapshot(order);
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    for (const effect of ['placeOrder', 'confirmShipment'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(1);
    }
  });

  it('and stays held by a cancellation request of the engine', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(pendingOrder(order));
    await handle.cancel();
    await world.until(order, (state) => state.held);
    const { before, after } = await carriedOver(order);
    expect(after).toEqual(before);
    expect(after.held).toBe(true);
    await world.ask(order, releaseOrderUpdate);
    await world.deliver(order);
    await world.until(order, ({ commerce }) => commerce !== undefined);
  });

  it('and settles until the same time, with the ERP’s word and nothing done again', async () => {
    const policy = { erp: world.name, settleForMs: 12_000 };
    const order = amazonOrder();
    const handle = await world.deliver(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await world.until(order, ({ completed }) => completed);
    const { before, after } = await carriedOver(order);
    expect(after).toEqual(before);
    expect(after.handOff.stage).toBe('accepted');
    await handle.result();
    for (const effect of ['placeOrder', 'submitOrder', 'confirmShipment', 'invoiceOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(1);
    }
  });
});

describe('an order that somebody terminated', () => {
  it('is started again with what it knew, says so and doubles nothing', async () => {
    const policy = { erp: world.name };
    const order = amazonOrder();
    const first = await world.deliver(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await first.signal(parcelShippedSignal, parcelOf(order));
    const state = await world.until(order, isSent);
    await first.terminate('by mistake');

    const again = await world.deliver(order, { policy, input: { state, resumed: 'terminated' } });
    const { attention, ...known } = await world.until(order, (now) => now.attention.length > 0);
    expect(attention).toMatchObject([{ reason: 'restarted' }]);
    expect(known.parcels).toEqual(state.parcels);
    await again.signal(parcelShippedSignal, parcelOf(order));
    await world.deliver(shippedOrder(order, state.parcels), { policy });
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
    for (const effect of ['placeOrder', 'submitOrder', 'confirmShipment', 'invoiceOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(1);
    }
  });

  it('finds the Commerce order again even where its state is lost', async () => {
    const order = amazonOrder();
    await (await world.place(order)).terminate('by mistake');
    await world.place({ ...order, lastUpdatedAt: at(40) }, { input: { resumed: 'terminated' } });
    const [before, again] = world.callsOf(order, 'placeOrder');
    expect(again?.pinned).toEqual(before?.pinned);
    expect((await world.snapshot(order)).attention).toMatchObject([{ reason: 'restarted' }]);
  });
});
