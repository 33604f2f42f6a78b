import {
  type OrderState,
  type ParcelReport,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, minutes, parcelOf, shippedOrder } from '../support/orders';

const isSent = ({ parcels }: OrderState) => parcels[0]?.amazon === 'sent';
const item = line().orderItemId;
const twoUnits = () => amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function sent(order = amazonOrder(), report: ParcelReport = parcelOf(order)) {
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, report);
  await world.until(order, isSent);
  return { order, report, handle };
}

describe('a corrected parcel', () => {
  it('is told again under the same reference', async () => {
    const { order, report, handle } = await sent();
    await handle.signal(parcelCorrectedSignal, { ...report, trackingNumber: '1ZNEW' });
    const [first, second] = await world.called(order, 'confirmShipment', 2);
    expect(second?.parcel).toMatchObject({ trackingNumber: '1ZNEW' });
    expect(second?.parcel.packageReferenceId).toBe(first?.parcel.packageReferenceId);
    const { notes, parcels } = await world.until(order, isSent);
    expect(notes.at(-1)?.text).toBe('Parcel corrected: ups 1ZNEW.');
    expect(parcels).toHaveLength(1);
  });

  it.each([
    ['number', { trackingNumber: '1ZNEW' }],
    ['carrier', { carrierCode: 'fedex' }],
    ['carrier’s name', { carrierName: 'Own van' }],
    ['ship date', { shippedAt: at(180) }],
  ])('is told even if its %s came while the first confirmation was under way', async (_, correction) => {
    const order = amazonOrder();
    const first = held({ kind: 'taken' as const });
    world.behave(order, { confirmShipment: [first.activity] });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.called(order, 'confirmShipment');
    await handle.signal(parcelCorrectedSignal, { ...parcelOf(order), ...correction });
    await world.until(order, ({ notes }) => notes.at(-1)?.text.startsWith('Parcel corrected') === true);
    first.answer();
    const calls = await world.called(order, 'confirmShipment', 2);
    expect(calls[1]?.parcel).toMatchObject(correction);
    expect(new Set(calls.map(({ parcel }) => parcel.packageReferenceId)).size).toBe(1);
    await world.until(order, isSent);
  });

  it('is told even if Amazon refused the first confirmation meanwhile', async () => {
    const order = amazonOrder();
    const first = held({ kind: 'refused' as const, reason: 'invalid' as const, message: 'Not a number.' });
    world.behave(order, { confirmShipment: [first.activity] });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.called(order, 'confirmShipment');
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    first.answer();
    expect((await world.until(order, isSent)).attention).toEqual([]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
  });

  it('is told once, in its last version, where several come while a confirmation is under way', async () => {
    const order = amazonOrder();
    const first = held({ kind: 'taken' as const });
    world.behave(order, { confirmShipment: [first.activity] });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.called(order, 'confirmShipment');
    for (const trackingNumber of ['1ZA', '1ZB', '1ZC'])
      await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber }));
    await world.until(order, ({ notes }) => notes.at(-1)?.text.endsWith('1ZC.') === true);
    first.answer();
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    const numbers = world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.trackingNumber);
    expect(numbers).toEqual(['1Z999AA10000000001', '1ZC']);
  });

  it('is told even if a sweep shows the version before it first, under the same number', async () => {
    const { order, report, handle } = await sent();
    const { parcels } = await world.snapshot(order);
    world.behave(order, { confirmShipment: fails('Unreachable', 'Amazon answered 503') });
    await handle.signal(parcelCorrectedSignal, { ...report, carrierCode: 'fedex' });
    await world.called(order, 'confirmShipment', 2);
    world.behave(order, { confirmShipment: async () => ({ kind: 'taken' }) });
    await world.deliver(shippedOrder(order, parcels));
    const calls = await world.called(order, 'confirmShipment', 3);
    expect(calls[2]?.parcel).toMatchObject({ carrierCode: 'fedex' });
    await world.until(order, isSent);
  });

  it('is told while the order only settles', async () => {
    const policy = { settleForMs: 4_000 };
    const order = amazonOrder();
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await world.until(order, ({ channelStatus }) => channelStatus === 'Shipped');
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZLATE' }));
    const calls = await world.called(order, 'confirmShipment', 2);
    expect(calls[1]?.parcel.packageReferenceId).toBe(calls[0]?.parcel.packageReferenceId);
    const late = await world.until(order, isSent);
    await world.deliver({ ...shippedOrder(order, late.parcels), lastUpdatedAt: at(700) }, { policy });
    expect(await handle.result()).toMatchObject({ parcels: 1, confirmedAfterMs: expect.any(Number) });
    expect(world.callsOf(order, 'readOrder')).toHaveLength(0);
  });

  it('keeps an order open beyond its settling until Amazon shows it, and asks a person meanwhile', async () => {
    const policy = { settleForMs: 3_000, confirmWithinMs: 50 };
    const order = amazonOrder();
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await world.settled(order);
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZLATE' }));
    const unshown = await world.until(order, ({ buyerForgotten }) => buyerForgotten === true);
    expect(unshown.parcels).toMatchObject([{ trackingNumber: '1ZLATE', amazon: 'sent' }]);
    expect(unshown.attention.map(({ reason }) => reason)).toEqual(['shipmentUnconfirmed']);
    expect(world.callsOf(order, 'readOrder').length).toBeGreaterThan(0);
    await world.deliver({ ...shippedOrder(order, unshown.parcels), lastUpdatedAt: at(700) }, { policy });
    await world.handle(order).result();
    expect((await world.snapshot(order)).parcels).toMatchObject([{ amazon: 'confirmed' }]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
  });

  it('goes to Amazon at once while Commerce refuses the invoice, and is looked for', async () => {
    const policy = { retryBlockedMs: [minutes(15)], confirmWithinMs: 50 };
    const order = amazonOrder();
    world.behave(order, { invoiceOrder: fails('Refused', 'No invoice.') });
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'refused');
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZLATE' }));
    const { attention } = await world.until(order, (state) => state.attention.length > 1);
    expect(attention.map(({ reason }) => reason)).toEqual(['refused', 'shipmentUnconfirmed']);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
    expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(1);
  });
});

describe('a parcel whose contents change', () => {
  const half = [{ orderItemId: item, quantity: 1 }];

  it('is told as it is then, where Amazon does not know it yet', async () => {
    const order = twoUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { trackingNumber: '' }));
    await handle.signal(parcelShippedSignal, parcelOf(order, { trackingNumber: '1Z1', lines: half }));
    await world.until(order, isSent);
    expect(world.callsOf(order, 'confirmShipment')).toMatchObject([{ parcel: { lines: half } }]);
  });

  it('after all has left is told while the ERP still takes the order, and the order ends', async () => {
    const order = amazonOrder();
    const receipt = held({ kind: 'accepted' as const, erpOrderNumber: 'SO-1' });
    world.behave(order, { submitOrder: receipt.activity });
    const policy = { erp: world.name };
    const handle = await world.place(order, { policy });
    await world.called(order, 'submitOrder');
    const report = parcelOf(order);
    await handle.signal(parcelShippedSignal, report);
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder(order, parcels), { policy });
    await world.until(order, ({ parcels: [parcel] }) => parcel?.commerceShipmentId !== undefined);
    await handle.signal(parcelCorrectedSignal, { ...report, trackingNumber: '1ZNEW' });
    await world.called(order, 'confirmShipment', 2);
    receipt.answer();
    const corrected = await world.until(order, isSent);
    await world.deliver({ ...shippedOrder(order, corrected.parcels), lastUpdatedAt: at(900) }, { policy });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
  });

  it('is a matter for a person once Amazon knows it: nothing is changed there', async () => {
    const { order, report, handle } = await sent(twoUnits());
    await handle.signal(parcelShippedSignal, { ...report, lines: half });
    const { attention, parcels } = await world.snapshot(order);
    expect(attention).toMatchObject([
      { reason: 'shipmentRefused', note: expect.stringContaining('is said to hold something else by now') },
    ]);
    expect(parcels).toMatchObject([{ amazon: 'sent', lines: report.lines }]);
    await handle.signal(parcelShippedSignal, report);
    expect((await world.snapshot(order)).attention).toEqual([]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });

  it('because its shipment was taken back is not told, or is a matter for a person', async () => {
    const order = twoUnits();
    world.behave(order, { confirmShipment: fails('Unreachable', 'Amazon answered 503') });
    const handle = await world.place(order, { policy: { retryBlockedMs: [60_000] } });
    const [first, second] = ['1', '2'].map((shipmentId) =>
      parcelOf(order, {
        source: { system: 'erp', shipmentId },
        trackingNumber: `1Z${shipmentId}`,
        lines: half,
      }),
    );
    for (const report of [first, second]) if (report) await handle.signal(parcelShippedSignal, report);
    await world.until(order, ({ attention }) => attention[0]?.reason === 'amazonUnreachable');
    for (const report of [first, second])
      if (report) await handle.signal(parcelShippedSignal, { ...report, lines: [] });
    const { attention, parcels } = await world.snapshot(order);
    expect(parcels).toMatchObject([{ lines: half }, { lines: [], amazon: 'refused' }]);
    expect(attention.filter(({ reason }) => reason === 'shipmentRefused')).toMatchObject([
      { note: expect.stringMatching(/^Parcel 1Z1 was taken back/) },
    ]);
  });
});
