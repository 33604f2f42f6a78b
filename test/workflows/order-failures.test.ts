import type { FailureType } from '../../domain/failures';
import { type OrderState, parcelShippedSignal, retryOrderUpdate } from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, minutes, parcelOf, shippedOrder } from '../support/orders';

const reasons = ({ attention }: OrderState) => attention.map(({ reason }) => reason);
const isSent = ({ parcels }: OrderState) =>
  parcels.length > 0 && parcels.every(({ amazon }) => amazon === 'sent');
const unreachable = fails('Unreachable', 'It does not answer');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('a system that fails', () => {
  it.each<[FailureType, string, string]>([
    ['Unreachable', 'commerceUnreachable', 'It is tried again by itself.'],
    ['Throttled', 'commerceUnreachable', 'It is tried again by itself.'],
    ['UnexpectedAnswer', 'commerceUnreachable', 'It is tried again by itself; look at its log.'],
    ['AccessDenied', 'accountProblem', 'Check the credentials and rights, then retry the order.'],
    ['NotConfigured', 'accountProblem', 'Complete the settings, then retry the order.'],
    ['Refused', 'refused', 'Put right what it names, then retry the order.'],
    [
      'WritesOff',
      'readOnly',
      'Once it may write, the order is tried again by itself; a retry does so at once.',
    ],
  ])('by %s is shown as %s, tried again and settled', async (type, reason, advice) => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [fails(type, 'POST /V1/orders answered so')] });
    await world.deliver(order, { policy: { retryBlockedMs: [2_000] } });
    const { attention } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([{ reason, note: `POST /V1/orders answered so. ${advice}` }]);
    const placed = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(placed.attention).toEqual([]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(2);
  });

  it('by a failure that nobody knows keeps the order going all the same', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [fails('Oops' as FailureType, 'A bug')] });
    await world.place(order);
    expect((await world.snapshot(order)).notes[0]?.text).toBe('A bug. It is tried again by itself.');
  });

  it('is tried again at once when the operator says so', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [unreachable] });
    await world.deliver(order, { policy: { retryBlockedMs: [minutes(15)] } });
    await world.until(order, ({ waits }) => waits.placement !== undefined);
    await world.ask(order, retryOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
  });
});

describe('an ERP', () => {
  it('that rejects the order is asked again under the next revision, at the operator’s word', async () => {
    const order = amazonOrder();
    world.behave(order, {
      submitOrder: [async () => ({ kind: 'rejected', code: 'no-tax-code', message: 'No tax code for WA' })],
    });
    await world.deliver(order, { policy: { erp: world.name } });
    const rejected = await world.until(order, ({ handOff }) => handOff.stage === 'rejected');
    expect(rejected.attention).toMatchObject([
      { reason: 'erpRejected', note: expect.stringContaining('(no-tax-code): No tax code for WA') },
    ]);
    await world.ask(order, retryOrderUpdate);
    const { attention } = await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(attention).toEqual([]);
    expect(world.callsOf(order, 'submitOrder')).toMatchObject([{ revision: 1 }, { revision: 2 }]);
  });

  it('that is down delays no parcel, and is not told of an order that has left', async () => {
    const policy = { erp: world.name, retryBlockedMs: [minutes(15)] };
    const order = amazonOrder();
    world.behave(order, { submitOrder: unreachable });
    const handle = await world.deliver(order, { policy });
    await world.until(order, (state) => reasons(state).includes('erpUnreachable'));
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels, ...state } = await world.until(order, isSent);
    expect(reasons({ parcels, ...state })).toEqual(['notHandedOff']);
    await world.deliver(shippedOrder(order, parcels), { policy });
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(1);
  });

  it('that has not decided yet keeps the order as it is, and does not hold up its end', async () => {
    const policy = { erp: world.name };
    const order = amazonOrder();
    world.behave(order, { submitOrder: async () => ({ kind: 'pending' }) });
    const handle = await world.deliver(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'submitted');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await handle.result();
    expect((await world.snapshot(order)).handOff).toMatchObject({ stage: 'submitted', revision: 1 });
  });

  it('and Commerce that do not cancel leave it to a person', async () => {
    const policy = { erp: world.name };
    const order = amazonOrder();
    world.behave(order, {
      cancelErpOrder: async () => ({ kind: 'refused', message: 'It is packed.' }),
      cancelOrder: [unreachable, async () => ({ kind: 'tooLate', message: 'It is invoiced.' })],
    });
    await world.deliver(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(50) }, { policy });
    const { attention, notes, channelStatus } = await world.until(order, ({ completed }) => completed);
    expect(channelStatus).toBe('Canceled');
    expect(attention).toMatchObject([
      {
        reason: 'cancellationIncomplete',
        note: 'The ERP does not cancel the order: It is packed. It is invoiced. Cancel the Commerce order by hand.',
      },
    ]);
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
    expect(notes.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        'The ERP does not cancel the order: It is packed.',
        'It is invoiced. Cancel the Commerce order by hand.',
      ]),
    );
  });
});

describe('Commerce', () => {
  it('that misses a shipment at the end is looked at again, and the order completes', async () => {
    const order = amazonOrder();
    world.behave(order, { invoiceOrder: [async () => ({ state: 'processing' })] });
    const handle = await world.place(order, { policy: { retryBlockedMs: [2_000] } });
    await world.deliver(shippedOrder(order, []), { policy: { retryBlockedMs: [2_000] } });
    const { attention, channelStatus } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([
      { reason: 'notComplete', note: expect.stringContaining('The Commerce order is processing') },
    ]);
    expect(channelStatus).toBe('Unshipped');
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect((await world.snapshot(order)).attention).toEqual([]);
  });

  it('that is down holds up no later parcel of the order', async () => {
    const order = amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });
    const lines = [{ orderItemId: line().orderItemId, quantity: 1 }];
    const fromErp = (shipmentId: string) =>
      parcelOf(order, { source: { system: 'erp', shipmentId }, trackingNumber: `1Z${shipmentId}`, lines });
    const made = (shipmentId: string) => async () => ({ shipmentId });
    world.behave(order, { shipOrder: [unreachable, made('11'), made('12')] });
    const handle = await world.place(order, { policy: { retryBlockedMs: [minutes(15)] } });
    await handle.signal(parcelShippedSignal, fromErp('D1'));
    await world.until(order, (state) => reasons(state).includes('commerceUnreachable'));
    await handle.signal(parcelShippedSignal, fromErp('D2'));
    await world.called(order, 'confirmShipment', 2);
    const { attention } = await world.until(order, ({ parcels }) =>
      parcels.every(({ commerceShipmentId }) => commerceShipmentId !== undefined),
    );
    expect(attention).toEqual([]);
    // Each is shown by a shipment of its own.
    expect(world.callsOf(order, 'shipOrder').map(({ takenShipmentIds }) => takenShipmentIds)).toEqual([
      undefined,
      undefined,
      ['11'],
    ]);
  });
});

describe('Amazon’s latest ship date', () => {
  it('is warned of before, and said to be over after, until the order is shipped', async () => {
    const shipBy = new Date(Date.now() + 8_000).toISOString();
    const order = amazonOrder({ shipBy });
    const handle = await world.place(order, { policy: { shipByWarningMs: 3_000 } });
    expect((await world.snapshot(order)).attention).toEqual([]);
    const warned = await world.until(order, (state) => state.attention.length > 0);
    expect(warned.attention).toMatchObject([
      { reason: 'shipByAtRisk', note: expect.stringContaining(shipBy) },
    ]);
    const late = await world.until(order, ({ attention: [first] }) => first?.reason === 'late');
    expect(reasons(late)).toEqual(['late']);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    expect((await world.snapshot(order)).attention).toEqual([]);
  });
});
