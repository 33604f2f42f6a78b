import type { ParcelReport } from '../../workflows/order/contract';
import {
  commerceOrderChangedSignal,
  type OrderState,
  parcelCorrectedSignal,
  parcelShippedSignal,
  recordParcelUpdate,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, minutes, parcelOf, shippedOrder } from '../support/orders';

const items = ['70000000000001', '70000000000002'] as const;
const policy = { retryBlockedMs: [minutes(15)] };

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy });
});
afterAll(() => world.close());

const twoLines = () => amazonOrder({ lines: items.map((orderItemId) => line({ orderItemId })) });
type Order = ReturnType<typeof twoLines>;

/** One parcel of the ERP for each line. */
const boxOf = (order: Order, index: 0 | 1, changes: Partial<ParcelReport> = {}): ParcelReport =>
  parcelOf(order, {
    source: { system: 'erp', shipmentId: `E${index}` },
    trackingNumber: `1Z000${index}`,
    lines: [{ orderItemId: items[index], quantity: 1 }],
    ...changes,
  });

const reasonsOf = ({ attention }: OrderState) => attention.map(({ reason }) => reason);
const shown = (order: Order) =>
  world.callsOf(order, 'shipOrder').map(({ parcel }) => parcel.source.shipmentId);

describe('a parcel that Commerce refuses', () => {
  async function refused(order: Order, changes = {}) {
    world.behave(order, {
      shipOrder: async ({ parcel }) =>
        parcel.trackingNumber === '1Z0000' ? fails('Refused', 'No.')() : { shipmentId: '5' },
    });
    const handle = await world.place(order, { policy: { ...policy, ...changes } });
    await handle.signal(parcelShippedSignal, boxOf(order, 0));
    await world.until(order, (state) => reasonsOf(state).includes('refused'));
    return handle;
  }

  it('holds up neither another parcel nor the look at Amazon', async () => {
    const order = twoLines();
    const handle = await refused(order, { confirmWithinMs: 300 });
    await handle.signal(parcelShippedSignal, boxOf(order, 1));
    const { parcels } = await world.until(
      order,
      (state) => state.parcels[1]?.commerceShipmentId === '5' && reasonsOf(state).length > 1,
    );
    expect(parcels.map(({ commerceShipmentId }) => commerceShipmentId)).toEqual([undefined, '5']);
    await world.called(order, 'readOrder');
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
    // With the new one, the refused one is tried once more, and then waits.
    expect(shown(order)).toEqual(['E0', 'E0', 'E1']);
    const state = await world.until(order, (each) => reasonsOf(each).length > 1);
    expect(reasonsOf(state).sort()).toEqual(['refused', 'shipmentUnconfirmed']);
    expect(Object.keys(state.waits)).toContain('commerceShipments');
  });

  it('is tried again when it is corrected, and its trouble is over', async () => {
    const order = twoLines();
    const handle = await refused(order);
    await handle.signal(parcelCorrectedSignal, boxOf(order, 0, { trackingNumber: '1ZNEW' }));
    const { attention } = await world.until(order, ({ parcels }) => parcels[0]?.commerceShipmentId === '5');
    expect(attention).toEqual([]);
    expect(shown(order)).toEqual(['E0', 'E0']);
  });

  it('is tried again at the operator’s word', async () => {
    const order = twoLines();
    await refused(order);
    world.behave(order, { shipOrder: async () => ({ shipmentId: '6' }) });
    await world.ask(order, retryOrderUpdate);
    const { attention } = await world.until(order, ({ parcels }) => parcels[0]?.commerceShipmentId === '6');
    expect(attention).toEqual([]);
  });
});

it('nothing of what a parcel was before goes to another system', async () => {
  const order = twoLines();
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, boxOf(order, 0));
  await handle.signal(parcelCorrectedSignal, boxOf(order, 0, { trackingNumber: '1ZNEW' }));
  await world.until(order, ({ parcels: [parcel] }) => parcel?.trackingNumber === '1ZNEW');
  await handle.signal(parcelCorrectedSignal, boxOf(order, 0, { trackingNumber: '1ZLAST' }));
  await world.until(order, ({ parcels: [parcel] }) => parcel?.amazon === 'sent');
  const told = [...world.callsOf(order, 'confirmShipment'), ...world.callsOf(order, 'shipOrder')];
  for (const { parcel } of told) {
    expect(Object.keys(parcel)).not.toEqual(expect.arrayContaining(['formerNumbers']));
    expect(Object.keys(parcel)).not.toEqual(expect.arrayContaining(['statements']));
  }
  expect(told.length).toBeGreaterThan(1);
});

it('a parcel that was told while the order was blocked, and that Amazon shows, gets no shipment of its own', async () => {
  const order = twoLines();
  const blockers = [{ sku: 'MUG-BLUE-350', cause: 'notInCatalogue' }] as const;
  world.behave(order, { placeOrder: [async () => ({ kind: 'blocked', blockers })] });
  await world.deliver(order);
  await world.until(order, (state) => reasonsOf(state).includes('blocked'));
  const lines = [{ orderItemId: items[0], quantity: 1 }];
  await world.ask(order, recordParcelUpdate, { trackingNumber: '1Z0000', carrierCode: 'UPS', lines });
  const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
  await world.deliver({
    ...shippedOrder(order, parcels),
    status: 'PARTIALLY_SHIPPED',
    lastUpdatedAt: at(300),
    lines: [line({ quantityFulfilled: 1, quantityUnfulfilled: 0 }), line({ orderItemId: items[1] })],
  });
  await world.until(order, (state) => state.parcels[0]?.amazon === 'confirmed');
  await world.ask(order, retryOrderUpdate);
  await world.until(order, ({ commerce }) => commerce !== undefined);
  await world.handle(order).signal(parcelShippedSignal, boxOf(order, 1));
  const placed = await world.until(order, (state) => state.parcels[1]?.commerceShipmentId !== undefined);
  expect(placed.parcels.map(({ shippedBeforeImport }) => shippedBeforeImport)).toEqual([true, undefined]);
  expect(shown(order)).toEqual(['E1']);
});

describe('an invoice on import that Commerce refuses', () => {
  it('keeps the order neither from the ERP nor from being shipped, and is made at completion', async () => {
    const changes = { erp: world.name, invoice: 'onImport' as const };
    const order = twoLines();
    world.behave(order, { invoiceOrder: [fails('Refused', 'No.')] });
    const handle = await world.place(order, { policy: { ...policy, ...changes } });
    const accepted = await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(accepted.handOff.erpOrderNumber).toBe('SO-1');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels), { policy: { ...policy, ...changes } });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(2);
  });
});

it('an order that is on hold in Commerce when all has left says that the hold has to end, and sees that it did', async () => {
  const order = twoLines();
  world.behave(order, { invoiceOrder: [async () => ({ state: 'holded' })] });
  const handle = await world.place(order);
  await handle.signal(commerceOrderChangedSignal, { state: 'holded', status: 'holded' });
  await handle.signal(parcelShippedSignal, parcelOf(order));
  const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
  await world.deliver(shippedOrder(order, parcels));
  const { attention } = await world.until(order, (state) => reasonsOf(state).includes('notComplete'));
  expect(attention.find(({ reason }) => reason === 'notComplete')?.note).toBe(
    'The Commerce order is holded, although all is shipped at Amazon: end the hold there. It is looked at again by itself.',
  );
  await handle.signal(commerceOrderChangedSignal, { state: 'processing', status: 'processing' });
  expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
  expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(2);
});
