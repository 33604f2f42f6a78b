import type { AttentionReason } from '../../domain/attention';
import type { AmazonOrder } from '../../domain/order';
import {
  acknowledgeUpdate,
  type OrderState,
  type ParcelReport,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf, shippedOrder } from '../support/orders';

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

const acknowledge = (order: AmazonOrder, reason: AttentionReason) =>
  world.handle(order).executeUpdate(acknowledgeUpdate, { args: [{ by: 'Grace', reason }] });

describe('one parcel is confirmed once', () => {
  it('when it is reported again', async () => {
    const { order, report, handle } = await sent();
    await handle.signal(parcelShippedSignal, report);
    await handle.signal(parcelCorrectedSignal, { ...report, shipmentsSeen: 'again' });
    const { parcels, shipmentsSeen } = await world.snapshot(order);
    expect(parcels).toHaveLength(1);
    expect(shipmentsSeen).toBe('again');
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });

  it('when the ERP and Commerce both report it, the number written differently', async () => {
    const order = amazonOrder();
    const fromErp = parcelOf(order, { source: { system: 'erp', shipmentId: 'D-1' } });
    // Commerce is away, so the channel has not made the parcel's shipment there.
    world.behave(order, { shipOrder: fails('Unreachable', 'It is away') });
    const { handle } = await sent(order, fromErp);
    await handle.signal(parcelShippedSignal, {
      ...parcelOf(order),
      source: { system: 'commerce', shipmentId: '12' },
      trackingNumber: ' 1z-999aa1 0000000001',
    });
    const { parcels } = await world.snapshot(order);
    expect(parcels).toMatchObject([{ commerceShipmentId: '12' }]);
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });

  it('each of two shipments that travel under one number', async () => {
    const order = twoUnits();
    const [one, other] = ['11', '12'].map((shipmentId) =>
      parcelOf(order, {
        source: { system: 'commerce', shipmentId },
        lines: [{ orderItemId: item, quantity: 1 }],
      }),
    );
    const handle = await world.place(order);
    for (const report of [one, other]) if (report) await handle.signal(parcelShippedSignal, report);
    const isTold = ({ parcels }: OrderState) =>
      parcels.length === 2 && parcels.every(({ amazon }) => amazon === 'sent');
    const { parcels } = await world.until(order, isTold);
    expect(parcels.map(({ commerceShipmentId }) => commerceShipmentId)).toEqual(['11', '12']);
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
  });

  it('when Commerce shows the shipment that the channel made for it, by its marker', async () => {
    const order = amazonOrder();
    const { handle } = await sent(order, parcelOf(order, { source: { system: 'erp', shipmentId: 'D-2' } }));
    const [told] = await world.called(order, 'shipOrder');
    await handle.signal(parcelShippedSignal, {
      ...parcelOf(order),
      source: { system: 'commerce', shipmentId: '99' },
      carrierName: 'ups',
      shippedAt: at(121),
      parcelId: told?.parcel.parcelId ?? '',
    });
    const { parcels } = await world.snapshot(order);
    expect(parcels).toMatchObject([
      { commerceShipmentId: '99', trackingNumber: '1Z999AA10000000001', amazon: 'sent' },
    ]);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });

  it('when it was made in Seller Central: then not at all', async () => {
    const order = twoUnits();
    const shipping = held({ shipmentId: '1' });
    world.behave(order, { shipOrder: shipping.activity });
    const handle = await world.place(order);
    const lines = [{ orderItemId: item, quantity: 2 }];
    await world.deliver({
      ...order,
      lastUpdatedAt: at(90),
      packages: [{ packageReferenceId: '1', carrier: 'UPS', trackingNumber: '1Z999AA10000000001', lines }],
    });
    await world.called(order, 'shipOrder');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    expect((await world.snapshot(order)).parcels).toHaveLength(1);
    shipping.answer();
    await handle.signal(parcelShippedSignal, parcelOf(order));
    expect((await world.snapshot(order)).parcels).toHaveLength(1);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(0);
  });
});

it('a number that is corrected in the shipment that the channel made is told to Amazon, and makes no second parcel', async () => {
  const order = amazonOrder();
  const { handle } = await sent(
    order,
    parcelOf(order, { source: { system: 'operator', shipmentId: 'by-hand' } }),
  );
  const { parcels } = await world.until(order, (state) => state.parcels[0]?.commerceShipmentId !== undefined);
  const shipmentId = parcels[0]?.commerceShipmentId ?? '';
  const late = parcelOf(order, { source: { system: 'commerce', shipmentId }, trackingNumber: '1ZOTHER' });
  await handle.signal(parcelShippedSignal, late);
  const [first, second] = await world.called(order, 'confirmShipment', 2);
  expect(second?.parcel).toMatchObject({ trackingNumber: '1ZOTHER' });
  expect(second?.parcel.packageReferenceId).toBe(first?.parcel.packageReferenceId);
  const state = await world.until(order, isSent);
  expect(state.parcels).toHaveLength(1);
  expect(state.attention).toEqual([]);
});

describe('a parcel that cannot be right', () => {
  it.each([
    ['more units than are left', [{ orderItemId: item, quantity: 3 }]],
    ['more units than are left, over two lines', [1, 2].map((quantity) => ({ orderItemId: item, quantity }))],
    ['an item that is not in the order', [{ orderItemId: '999', quantity: 1 }]],
  ])('with %s is shown to a person, and nothing is sent', async (_, lines) => {
    const order = twoUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines }));
    const { parcels, attention } = await world.until(order, (state) => state.parcels.length === 1);
    expect(parcels).toMatchObject([{ amazon: 'refused' }]);
    expect(attention).toMatchObject([{ reason: 'shipmentRefused' }]);

    // Another number makes it no smaller.
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { lines, trackingNumber: '1ZNEW' }));
    expect((await world.snapshot(order)).parcels).toMatchObject([
      { amazon: 'refused', trackingNumber: '1ZNEW' },
    ]);

    // It does not stand in the way of the right one.
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { source: { system: 'commerce', shipmentId: '2' }, trackingNumber: '1ZRIGHT' }),
    );
    await world.until(order, (state) => state.parcels[1]?.amazon === 'sent');
    expect(world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.trackingNumber)).toEqual([
      '1ZRIGHT',
    ]);
  });
});

describe('a parcel of a cancelled order', () => {
  it('is shown to a person and told to nobody, and the order goes on to its end', async () => {
    const policy = { settleForMs: 4_000 };
    const order = amazonOrder();
    const handle = await world.place(order, { policy });
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(50) }, { policy });
    await world.until(order, ({ completed }) => completed);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    expect((await world.snapshot(order)).attention).toMatchObject([{ reason: 'cancelledAfterShipping' }]);
    await acknowledge(order, 'cancelledAfterShipping');
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(0);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(0);
  });
});

it('units that Amazon cancels before a parcel is told of are not told', async () => {
  const order = twoUnits();
  const unreachable = fails('Unreachable', 'Amazon answered 503');
  world.behave(order, { confirmShipment: unreachable });
  const handle = await world.place(order, { policy: { retryBlockedMs: [60_000] } });
  for (const shipmentId of ['1', '2'])
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, {
        source: { system: 'commerce', shipmentId },
        trackingNumber: `1Z${shipmentId}`,
        lines: [{ orderItemId: item, quantity: 1 }],
      }),
    );
  await world.until(order, ({ attention }) => attention[0]?.reason === 'amazonUnreachable');
  await world.deliver({
    ...order,
    lastUpdatedAt: at(90),
    lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 1 })],
  });
  const { parcels, attention } = await world.until(order, (state) => state.parcels[1]?.amazon === 'refused');
  expect(parcels.map(({ amazon }) => amazon)).toEqual(['waiting', 'refused']);
  expect(attention.map(({ reason }) => reason)).toContain('shipmentRefused');
});

it('further numbers of a shipment are noted once', async () => {
  const order = amazonOrder();
  const report = parcelOf(order, { furtherNumbers: ['1ZSECOND', '1ZTHIRD'] });
  const { handle } = await sent(order, report);
  await handle.signal(parcelShippedSignal, report);
  const { notes, parcels } = await world.snapshot(order);
  const told = notes.filter(({ text }) => text.includes('1ZSECOND, 1ZTHIRD'));
  expect(told).toHaveLength(1);
  expect(parcels).toHaveLength(1);
});
