import {
  cancelOrderUpdate,
  commerceOrderChangedSignal,
  erpOrderChangedSignal,
  parcelShippedSignal,
  recordParcelUpdate,
  resendToErpUpdate,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, minutes, parcelOf, shippedOrder } from '../support/orders';
import { quiet } from '../support/quiet';

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { erp: 'x', confirmWithinMs: 50, retryBlockedMs: [minutes(60)] } });
});
afterAll(() => world.close());

type Order = ReturnType<typeof amazonOrder>;
const lines = [line({ orderItemId: 'a' }), line({ orderItemId: 'b', sku: 'POT-RED' })];
const twoLines = () => amazonOrder({ lines });
const wished = (order: Order, minute = 40): Order => ({
  ...order,
  lastUpdatedAt: at(minute),
  lines: order.lines.map((each) => ({ ...each, cancellationRequested: true })),
});
const firstLine = (order: Order) => parcelOf(order, { lines: [{ orderItemId: 'a', quantity: 1 }] });
const aParcel = { trackingNumber: '1Z999AA10000000001', carrierCode: 'UPS' };

const reasonsOf = async (order: Order) =>
  (await world.snapshot(order)).attention.map(({ reason }) => reason).sort();
const shows = (order: Order, reason: string) =>
  world.until(order, ({ attention }) => attention.some((each) => each.reason === reason));

describe('trouble of one step', () => {
  it('stays shown when another step goes well, and a retry decides anew by the settings of today', async () => {
    const order = amazonOrder();
    world.behave(order, {
      placeOrder: [fails('AccessDenied', 'Commerce says 401.')],
      readOrder: async () => deliveryOf(order, { ...world.policy, store: 'right' }),
    });
    await world.deliver(order, { policy: { store: 'wrong' } });
    await shows(order, 'accountProblem');
    await world.ask(order, recordParcelUpdate, aParcel);
    await world.until(order, ({ parcels }) => parcels[0]?.amazon === 'sent');
    expect(await reasonsOf(order)).toEqual(['accountProblem']);
    await world.ask(order, retryOrderUpdate);
    const { pinned } = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(pinned?.store).toBe('right');
    await quiet(world.handle(order));
    expect(await reasonsOf(order)).not.toContain('accountProblem');
  });

  it('may be retried while the order is created: what was pinned stays until the settings are read', async () => {
    const order = amazonOrder();
    const placed = held({
      kind: 'placed' as const,
      commerce: { entityId: 424_242, number: 'n', state: 'processing', itemIds: { [line().orderItemId]: 1 } },
      adopted: false,
      differences: [],
    });
    world.behave(order, {
      placeOrder: [fails('Refused', 'no'), placed.activity],
      confirmShipment: [fails('Unreachable', 'x'), fails('Unreachable', 'x')],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [1_000, minutes(60)] } });
    await shows(order, 'refused');
    await world.ask(order, recordParcelUpdate, aParcel);
    await world.called(order, 'placeOrder', 2);
    await world.called(order, 'confirmShipment', 2);
    await world.until(order, ({ waits }) => waits.shipping !== undefined);
    await world.ask(order, retryOrderUpdate);
    placed.answer();
    const { pinned, commerce } = await world.until(
      order,
      ({ parcels }) => parcels[0]?.commerceShipmentId !== undefined,
    );
    expect([pinned?.store, commerce?.entityId]).toEqual(['amazon_us', 424_242]);
  });
});

describe('a buyer’s wish', () => {
  it('that comes with an order which was shipped already does not keep it from Commerce', async () => {
    const order = amazonOrder();
    await world.deliver(wished(shippedOrder(order, []), 600));
    const { commerce } = await world.until(order, (state) => state.commerce !== undefined);
    expect(commerce).toBeDefined();
    expect(world.callsOf(order, 'prepareCancellation')).toHaveLength(0);
  });

  it('is followed in a run that began while the order was being submitted', async () => {
    const order = amazonOrder();
    const submitting = held({ kind: 'accepted' as const, erpOrderNumber: 'SO-1' });
    world.behave(order, {
      submitOrder: submitting.activity,
      readOrder: async () =>
        deliveryOf({ ...order, status: 'CANCELLED', lastUpdatedAt: at(90) }, world.policy),
    });
    await world.place(order);
    const state = await world.until(order, ({ handOff }) => handOff.underWay === true);
    await world.handle(order).terminate('by mistake');
    submitting.answer();
    await world.deliver(wished(order), { input: { state, resumed: 'terminated' } });
    await world.until(order, ({ channelStatus }) => channelStatus === 'Canceled');
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
  });

  it('for which the ERP has stopped leaves a person with the order when a parcel has left all the same', async () => {
    const order = twoLines();
    world.behave(order, { prepareCancellation: [fails('Unreachable', 'x')] });
    await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver(wished(order));
    await world.until(order, ({ waits }) => waits.cancelRequest !== undefined);
    await world.handle(order).signal(parcelShippedSignal, firstLine(order));
    const { attention } = await shows(order, 'erpRejected');
    expect(attention.map(({ note }) => note)).toContain(
      'The ERP has stopped the order, which is not cancelled after all: hand it to the ERP again, or ship it by hand.',
    );
  });
});

describe('the ERP', () => {
  it('gets of what has left meanwhile only the rest', async () => {
    const order = twoLines();
    world.behave(order, {
      submitOrder: [async () => ({ kind: 'rejected', code: 'X', message: 'no' })],
    });
    await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'rejected');
    await world.handle(order).signal(parcelShippedSignal, firstLine(order));
    await world.until(order, ({ parcels }) => parcels[0]?.amazon === 'sent');
    await world.ask(order, resendToErpUpdate);
    const [, again] = await world.called(order, 'submitOrder', 2);
    expect(again?.order.lines.map((each) => [each.quantityFulfilled, each.quantityUnfulfilled])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('that decides while a submission waits for its next attempt is not told again', async () => {
    const order = amazonOrder();
    world.behave(order, { submitOrder: fails('Unreachable', 'time-out') });
    await world.place(order, { policy: { retryBlockedMs: [3_000] } });
    await world.until(order, ({ waits }) => waits.handOff !== undefined);
    await world.handle(order).signal(erpOrderChangedSignal, { eventId: 'c', kind: 'cancelled' });
    await shows(order, 'erpRejected');
    await new Promise((done) => setTimeout(done, 3_500));
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(1);
  });

  it('that accepts after a parcel has left is said to have the whole order', async () => {
    const order = twoLines();
    world.behave(order, { submitOrder: fails('Unreachable', 'time-out') });
    await world.place(order);
    await world.until(order, ({ waits }) => waits.handOff !== undefined);
    await world.handle(order).signal(parcelShippedSignal, firstLine(order));
    await world.until(order, ({ handOff }) => handOff.stage === 'missed');
    const accepted = { eventId: 'a', kind: 'accepted', erpOrderNumber: 'SO-9' } as const;
    await world.handle(order).signal(erpOrderChangedSignal, accepted);
    const { attention } = await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(attention).toMatchObject([
      { reason: 'notHandedOff', note: expect.stringContaining('The ERP has the whole order') },
    ]);
  });

  it('is not handed an order again of which all has left', async () => {
    const order = amazonOrder();
    world.behave(order, {
      submitOrder: async () => ({ kind: 'rejected', code: 'X', message: 'no' }),
      invoiceOrder: async () => ({ state: 'processing' }),
    });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'rejected');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    await shows(order, 'notComplete');
    await expect(world.ask(order, resendToErpUpdate)).rejects.toMatchObject({
      cause: { message: 'All of it has left: enter it in the ERP by hand.' },
    });
  });

  it('is not quoted where its words name the buyer', async () => {
    const order = amazonOrder({ shipTo: { name: 'Ada Sample', lines: ['1 Hidden Street'] } });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(erpOrderChangedSignal, {
      eventId: 'r',
      kind: 'rejected',
      code: 'A1',
      message: 'Ada Sample, 1 Hidden Street is unknown',
    });
    const { attention, notes } = await shows(order, 'erpRejected');
    expect(JSON.stringify({ attention, notes })).not.toMatch(/Ada|Hidden/);
    expect(attention[0]?.note).toContain('A1');
  });
});

describe('what goes by itself', () => {
  it('is a hold in Commerce, whoever sees its end first', async () => {
    const order = amazonOrder();
    world.behave(order, {
      invoiceOrder: [async () => ({ state: 'holded' }), async () => ({ state: 'complete' })],
    });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(commerceOrderChangedSignal, { state: 'holded', status: 'holded' });
    await shows(order, 'heldInCommerce');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    await world.until(order, ({ waits }) => waits.completion !== undefined);
    await world.ask(order, retryOrderUpdate);
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(await reasonsOf(order)).toEqual([]);
  });

  it('is being late, for an order that was shipped while its workflow was not there', async () => {
    const order = amazonOrder({ shipBy: at(-60) });
    await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    const state = await shows(order, 'late');
    await world.handle(order).terminate('by mistake');
    await world.deliver(
      { ...shippedOrder(order, []), shipBy: at(-60) },
      { input: { state, resumed: 'terminated' } },
    );
    await world.settled(order);
    expect(await reasonsOf(order)).toEqual(['restarted']);
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
  });
});

it('a cancellation that Amazon calls done and never shows is given up, and may be asked for again', async () => {
  const order = amazonOrder();
  world.behave(order, { readOrder: async () => deliveryOf(order, world.policy) });
  await world.place(order);
  await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
  const { cancelRequest } = await shows(order, 'cancellationIncomplete');
  expect(cancelRequest).toBeUndefined();
  expect(await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' })).toContain('NoInventory');
});
