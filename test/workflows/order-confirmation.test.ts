import type { AmazonOrder } from '../../domain/order';
import type { ConfirmationResult, RefusalReason } from '../../domain/shipment-confirmation';
import {
  acknowledgeUpdate,
  type OrderState,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, minutes, parcelOf, shippedOrder } from '../support/orders';

const refuse = (reason: RefusalReason) => async (): Promise<ConfirmationResult> => ({
  kind: 'refused',
  reason,
  message: 'Amazon says no.',
});
const first = ({ parcels }: OrderState) => parcels[0]?.amazon;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** As Amazon would show the order if it were read now. */
const reads = (order: AmazonOrder) => async () => deliveryOf(order, world.policy);

async function ship(order: AmazonOrder, policy = {}) {
  const handle = await world.place(order, { policy });
  await handle.signal(parcelShippedSignal, parcelOf(order));
  return handle;
}

describe('a confirmation that Amazon refuses', () => {
  it('as invalid waits for a person, and for a correction, which settles it', async () => {
    const order = amazonOrder();
    world.behave(order, { confirmShipment: [refuse('invalid')] });
    const handle = await ship(order);
    const { attention } = await world.until(order, (state) => first(state) === 'refused');
    expect(attention).toMatchObject([
      { reason: 'shipmentRefused', note: expect.stringContaining('1Z999AA10000000001: Amazon says no.') },
    ]);
    expect(world.callsOf(order, 'readOrder')).toHaveLength(0);
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    const sent = await world.until(order, (state) => first(state) === 'sent');
    expect(sent.attention).toEqual([]);
    const references = world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.packageReferenceId);
    expect(references[1]).toBe(references[0]);
  });

  it('is settled too when the seller told Amazon himself', async () => {
    const order = amazonOrder();
    world.behave(order, { confirmShipment: [refuse('invalid')] });
    const handle = await ship(order);
    const { parcels } = await world.until(order, (state) => first(state) === 'refused');
    const shipped = shippedOrder(order, parcels);
    await world.deliver({
      ...shipped,
      packages: shipped.packages.map((each) => ({ ...each, packageReferenceId: '1' })),
    });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
    expect((await world.snapshot(order)).attention).toEqual([]);
  });

  it('because it has it already is confirmed when Amazon shows it', async () => {
    const order = amazonOrder();
    let shipped = order;
    world.behave(order, {
      confirmShipment: [
        async ({ parcel }) => {
          shipped = shippedOrder(order, [parcel]);
          return refuse('alreadyShipped')();
        },
      ],
      readOrder: async () => deliveryOf(shipped, world.policy),
    });
    const handle = await ship(order);
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
    const { attention, parcels } = await world.snapshot(order);
    expect(parcels).toMatchObject([{ amazon: 'confirmed' }]);
    expect(attention).toEqual([]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });

  it('because it has it already waits for a person when Amazon does not show it', async () => {
    const order = amazonOrder();
    world.behave(order, { confirmShipment: [refuse('alreadyShipped')], readOrder: reads(order) });
    await ship(order);
    const { attention } = await world.until(order, (state) => first(state) === 'refused');
    expect(attention).toMatchObject([{ reason: 'shipmentRefused' }]);
    expect(world.callsOf(order, 'readOrder')).toHaveLength(1);
  });

  it('because the order is cancelled leads to the cancellation', async () => {
    const order = amazonOrder();
    world.behave(order, {
      confirmShipment: [refuse('cancelled')],
      readOrder: reads({ ...order, status: 'CANCELLED', lastUpdatedAt: at(200) }),
    });
    await ship(order);
    const { attention, channelStatus } = await world.until(order, ({ completed }) => completed);
    expect(attention).toMatchObject([{ reason: 'cancelledAfterShipping' }]);
    expect(channelStatus).toBe('Canceled');
  });

  it('because it needs none counts as confirmed', async () => {
    const order = amazonOrder();
    world.behave(order, { confirmShipment: [refuse('noConfirmationNeeded')] });
    const handle = await ship(order);
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect((await world.snapshot(order)).attention).toEqual([]);
  });
});

describe('a parcel that Amazon has taken and does not show', () => {
  it('is looked for, and the order is shipped when the look shows it', async () => {
    const order = amazonOrder();
    let shipped = order;
    world.behave(order, {
      confirmShipment: async ({ parcel }) => {
        shipped = shippedOrder(order, [parcel]);
        return { kind: 'taken' };
      },
      readOrder: async () => deliveryOf(shipped, world.policy),
    });
    const handle = await ship(order, { confirmWithinMs: 100 });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'readOrder')).toHaveLength(1);
    expect((await world.snapshot(order)).attention).toEqual([]);
  });

  it('is asked of a person after one look, looked for again, and settled when it shows', async () => {
    const order = amazonOrder();
    world.behave(order, { readOrder: [async () => null, reads(order)] });
    const handle = await ship(order, { confirmWithinMs: 50, retryBlockedMs: [50] });
    const { attention, parcels } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([{ reason: 'shipmentUnconfirmed' }]);
    await world.called(order, 'readOrder', 2);
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect((await world.snapshot(order)).attention).toEqual([]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });
});

describe('an order that Amazon cancels while it cannot be reached', () => {
  it('is not confirmed any more and comes to its end', async () => {
    const policy = { retryBlockedMs: [minutes(15)], settleForMs: 300 };
    const order = amazonOrder();
    world.behave(order, { confirmShipment: fails('Unreachable', 'Amazon answered 503') });
    const handle = await ship(order, policy);
    await world.until(order, ({ attention }) => attention[0]?.reason === 'amazonUnreachable');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(200) }, { policy });
    const { attention } = await world.until(order, ({ completed }) => completed);
    expect(attention.map(({ reason }) => reason)).toEqual(['cancelledAfterShipping']);
    await handle.executeUpdate(acknowledgeUpdate, {
      args: [{ by: 'Grace', reason: 'cancelledAfterShipping' }],
    });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });
});
