import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { AmazonOrder } from '../../domain/order';
import {
  holdOrderUpdate,
  type OrderState,
  parcelShippedSignal,
  releaseOrderUpdate,
  resendToErpUpdate,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, minutes, parcelOf, pendingOrder, shippedOrder } from '../support/orders';

const blocked = async () => ({
  kind: 'blocked' as const,
  blockers: [{ sku: 'MUG-BLUE-350', cause: 'outOfStock' as const }],
});
const isBlocked = ({ waits, attention }: OrderState) =>
  waits.placement !== undefined && attention[0]?.reason === 'blocked';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** The sentence that an update is refused with. */
async function refusal(answer: Promise<string>): Promise<string> {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${String(error)}`);
  return error.cause?.message ?? '';
}

const eventsOf = async (order: AmazonOrder) => (await world.handle(order).fetchHistory()).events?.length ?? 0;

describe('what the state does not allow', () => {
  it('is refused with a sentence, and leaves no trace in the history', async () => {
    const order = amazonOrder();
    await world.place(order);
    const before = await eventsOf(order);
    const { notes } = await world.snapshot(order);
    expect(await refusal(world.ask(order, retryOrderUpdate))).toBe(
      'Nothing of this order waits for another attempt.',
    );
    expect(await refusal(world.ask(order, releaseOrderUpdate))).toBe('The order is not held.');
    for (const update of [retryOrderUpdate, holdOrderUpdate, releaseOrderUpdate]) {
      expect(await refusal(world.ask(order, update, { by: ' ' }))).toBe('Say who asks for this.');
    }
    expect(await eventsOf(order)).toBe(before);
    expect((await world.snapshot(order)).notes).toEqual(notes);

    await world.ask(order, holdOrderUpdate);
    expect(await refusal(world.ask(order, holdOrderUpdate))).toBe('The order is held already.');
  });

  it('is to hold an order that is over', async () => {
    const policy = { settleForMs: minutes(1) };
    const shipped = amazonOrder({ status: 'SHIPPED' });
    await world.deliver(shipped, { policy });
    await world.until(shipped, ({ channelStatus }) => channelStatus === 'Shipped');
    expect(await refusal(world.ask(shipped, holdOrderUpdate))).toBe(
      'The order is Shipped, there is nothing to hold.',
    );
    const cancelled = amazonOrder();
    await world.deliver(pendingOrder(cancelled), { policy });
    await world.deliver({ ...cancelled, status: 'CANCELLED' }, { policy });
    expect(await refusal(world.ask(cancelled, holdOrderUpdate))).toBe(
      'The order is Canceled, there is nothing to hold.',
    );
  });
});

describe('a held order', () => {
  it('is not placed until it is released', async () => {
    const order = amazonOrder();
    await world.deliver(pendingOrder(order));
    expect(await world.ask(order, holdOrderUpdate, { why: 'the buyer called' })).toBe(
      'Held: the buyer called',
    );
    await world.deliver(order);
    const { held, notes } = await world.until(order, (state) => state.channelStatus === 'Unshipped');
    expect(held).toBe(true);
    expect(notes).toMatchObject([{ text: 'Held: the buyer called', by: 'Grace' }]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);

    expect(await world.ask(order, releaseOrderUpdate)).toBe('Released.');
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
  });

  it('is not placed either when it is held while it waits for its next attempt', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [blocked] });
    await world.deliver(order, { policy: { retryBlockedMs: [3_000] } });
    await world.until(order, isBlocked);
    await world.ask(order, holdOrderUpdate);
    await new Promise((done) => setTimeout(done, 3_300));
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
    await world.ask(order, releaseOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
  });

  it('is not handed to the ERP, and its parcel is confirmed all the same', async () => {
    const order = amazonOrder();
    const policy = { erp: world.name, retryBlockedMs: [1_000] };
    world.behave(order, { submitOrder: fails('Unreachable', 'The ERP does not answer') });
    const handle = await world.deliver(order, { policy });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'erpUnreachable');
    await world.ask(order, holdOrderUpdate);
    const submitted = world.callsOf(order, 'submitOrder').length;
    await new Promise((done) => setTimeout(done, 1_300));
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(submitted);

    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels), { policy });
    const { attention } = await world.until(order, ({ completed }) => completed);
    expect(attention).toMatchObject([{ reason: 'notHandedOff' }]);
    expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(1);
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
  });

  it('ends when Amazon cancels it', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(pendingOrder(order));
    await world.ask(order, holdOrderUpdate);
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(40) });
    expect(await handle.result()).toEqual({ channelStatus: 'Canceled', parcels: 0 });
  });
});

describe('a cancellation request of the engine', () => {
  it('holds the order, which lives on and goes through when it is released', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(pendingOrder(order));
    await handle.cancel();
    const state = await world.until(order, ({ held }) => held);
    expect(state.notes.at(-1)?.text).toContain('asked to cancel');
    await world.deliver(order);
    await world.until(order, ({ channelStatus }) => channelStatus === 'Unshipped');
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);

    await world.ask(order, releaseOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, ({ parcels: [parcel] }) => parcel?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
  });

  it('does nothing to an order that only settles', async () => {
    const order = amazonOrder({ status: 'SHIPPED' });
    const handle = await world.deliver(order, { policy: { settleForMs: 3_000 } });
    await world.until(order, ({ completed }) => completed);
    await handle.cancel();
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
    expect((await world.snapshot(order)).held).toBe(false);
  });
});

describe('a request that is repeated', () => {
  it('has the same answer and one note', async () => {
    const order = amazonOrder();
    await world.deliver(pendingOrder(order));
    const request = { updateId: 'hold-1', why: 'stock count' };
    const first = await world.ask(order, holdOrderUpdate, request);
    expect(await world.ask(order, holdOrderUpdate, request)).toBe(first);
    expect((await world.snapshot(order)).notes).toHaveLength(1);
  });
});

describe('retryOrder', () => {
  it('takes away the wait of a blocked order, which goes through once the cause is gone', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [blocked, blocked] });
    await world.deliver(order, { policy: { retryBlockedMs: [minutes(15)] } });
    await world.until(order, isBlocked);
    expect(await world.ask(order, retryOrderUpdate, { why: 'stock is there' })).toBe(
      'Tried again at once: stock is there',
    );
    await world.called(order, 'placeOrder', 2);
    await world.until(order, isBlocked);
    await world.ask(order, retryOrderUpdate);
    const { attention, commerce } = await world.until(order, (state) => state.commerce !== undefined);
    expect(commerce?.number).toBe(order.amazonOrderId);
    expect(attention).toEqual([]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(3);
  });
});

describe('resendToErp', () => {
  it('hands the order over once nothing holds it, which the answer says', async () => {
    const order = amazonOrder();
    const policy = { erp: world.name };
    world.behave(order, { submitOrder: [async () => ({ kind: 'rejected', code: 'X', message: 'no' })] });
    await world.place(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'rejected');
    await world.ask(order, holdOrderUpdate);
    expect(await world.ask(order, resendToErpUpdate)).toMatch(
      /^To be handed .* once nothing holds the order/,
    );
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(1);
    await world.ask(order, releaseOrderUpdate);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(2);
  });
});
