import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import type { ConfirmationResult, RefusalReason } from '../../domain/shipment-confirmation';
import { type OrderState, parcelCorrectedSignal, parcelShippedSignal } from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, minutes, parcelOf, shippedOrder } from '../support/orders';

const refuse = (reason: RefusalReason) => async (): Promise<ConfirmationResult> => ({
  kind: 'refused',
  reason,
  message: 'Amazon says no.',
});
const item = line().orderItemId;
const units = (quantity: number) => [{ orderItemId: item, quantity }];
const threeUnits = () => amazonOrder({ lines: [line({ quantityOrdered: 3, quantityUnfulfilled: 3 })] });
const withUnits = (order: AmazonOrder, quantityFulfilled: number, quantityUnfulfilled: number) => ({
  ...order,
  lastUpdatedAt: at(200),
  lines: order.lines.map((each) => ({ ...each, quantityFulfilled, quantityUnfulfilled })),
});
const is = (state: string) => (order: OrderState) => order.parcels[0]?.amazon === state;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** As Amazon would show the order if it were read now. */
const reads = (order: AmazonOrder) => async () => deliveryOf(order, world.policy);
const calls = (order: AmazonOrder) => world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel);

async function ship(order: AmazonOrder, answers: readonly (() => Promise<ConfirmationResult>)[]) {
  world.behave(order, { confirmShipment: answers });
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, parcelOf(order));
  return handle;
}

describe('a carrier or ship date that Amazon refuses', () => {
  it.each([
    ['invalidCarrier', 'carrier', 'It is told again with its carrier as “Other”.'],
    ['invalidShipDate', 'shipDate', 'It is told again with a ship date by Amazon’s clock.'],
  ] as const)('(%s) is given up at once, and a note says so', async (reason, concession, sentence) => {
    const order = amazonOrder();
    await ship(order, [refuse(reason)]);
    const { attention, notes } = await world.until(order, is('sent'));
    expect(attention).toEqual([]);
    expect(notes.at(-1)?.text).toContain(sentence);
    const [first, second, ...others] = calls(order);
    expect(others).toEqual([]);
    expect(first?.concessions).toBeUndefined();
    expect(second).toMatchObject({ concessions: [concession] });
    expect(second?.packageReferenceId).toBe(first?.packageReferenceId);
    expect(world.callsOf(order, 'readOrder')).toHaveLength(0);
  });

  it('is given up once: then a person decides, and a correction begins anew', async () => {
    const order = amazonOrder();
    const handle = await ship(order, [refuse('invalidCarrier'), refuse('invalidCarrier')]);
    const { attention } = await world.until(order, is('refused'));
    expect(attention).toMatchObject([
      { reason: 'shipmentRefused', note: expect.stringContaining('Amazon says no. Correct the carrier.') },
    ]);
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { carrierCode: 'dhl' }));
    expect((await world.until(order, is('sent'))).attention).toEqual([]);
    expect(calls(order)).toHaveLength(3);
    expect(calls(order)[2]?.concessions).toBeUndefined();
  });
});

describe('contents that Amazon refuses', () => {
  it('are held against the order as it is now: units were cancelled meanwhile', async () => {
    const order = threeUnits();
    world.behave(order, { readOrder: reads(withUnits(order, 0, 2)) });
    await ship(order, [refuse('invalidQuantity')]);
    const { attention, parcels } = await world.until(order, is('refused'));
    expect(attention).toMatchObject([{ note: expect.stringContaining('holds more than is left to ship') }]);
    expect(parcels[0]?.asked).toBeUndefined();
    expect(world.callsOf(order, 'readOrder')).toHaveLength(1);
    expect(calls(order)).toHaveLength(1);
  });

  it('are told without the units that the seller has confirmed in Seller Central', async () => {
    const order = threeUnits();
    const byHand = { packageReferenceId: '1', carrier: 'DHL', trackingNumber: 'SC1', lines: units(1) };
    world.behave(order, { readOrder: reads({ ...withUnits(order, 1, 2), packages: [byHand] }) });
    await ship(order, [refuse('invalidQuantity')]);
    const { attention, parcels } = await world.until(order, is('sent'));
    expect(calls(order).map(({ lines }) => lines)).toEqual([units(3), units(2)]);
    expect(parcels).toMatchObject([
      { commerceShipmentId: '1', lines: units(2) },
      { parcelId: 'amazon-1', commerceShipmentId: '1' },
    ]);
    expect(attention).toEqual([]);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(0);
  });

  it('are a matter for a person where the order, read again, has room for them', async () => {
    const order = threeUnits();
    world.behave(order, { readOrder: reads(order) });
    await ship(order, [refuse('invalidQuantity')]);
    const { attention } = await world.until(order, is('refused'));
    expect(attention[0]?.note).toContain('Amazon says no. Compare its contents with the order');
    expect(calls(order)).toHaveLength(1);
  });
});

describe('a correction too many', () => {
  it('waits for a person, and its units stay where Amazon has them', async () => {
    const order = amazonOrder();
    world.behave(order, { readOrder: reads(order) });
    const handle = await ship(order, [async () => ({ kind: 'taken' }), refuse('versionLimit')]);
    await world.until(order, is('sent'));
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    const { attention } = await world.until(order, is('refused'));
    expect(attention[0]?.note).toContain('parcel 1ZNEW: Amazon says no. Correct it in Seller Central.');
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { source: { system: 'commerce', shipmentId: '2' }, trackingNumber: '1ZSECOND' }),
    );
    const { parcels } = await world.snapshot(order);
    expect(parcels.map(({ amazon }) => amazon)).toEqual(['refused', 'refused']);
    expect(calls(order)).toHaveLength(2);
  });

  it.each([
    ['its reference', (parcel: Parcel) => parcel],
    ['a reference of Amazon’s own', (parcel: Parcel) => ({ ...parcel, packageReferenceId: 'PKG-1' })],
  ])('is settled where Amazon turns out to have it, by %s', async (_, asShown) => {
    const order = amazonOrder();
    const handle = await ship(order, [async () => ({ kind: 'taken' }), refuse('versionLimit')]);
    const { parcels } = await world.until(order, is('sent'));
    const corrected = parcels.map((parcel) => asShown({ ...parcel, trackingNumber: '1ZNEW' }));
    world.behave(order, { readOrder: reads(shippedOrder(order, corrected)) });
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
    expect((await world.snapshot(order)).attention).toEqual([]);
    expect(calls(order)).toHaveLength(2);
  });
});

describe('a tracking number', () => {
  it('that Amazon refuses waits for its correction', async () => {
    const order = amazonOrder();
    const handle = await ship(order, [refuse('invalidTracking')]);
    const { attention } = await world.until(order, is('refused'));
    expect(attention[0]?.note).toContain('Correct the tracking number.');
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    expect((await world.until(order, is('sent'))).attention).toEqual([]);
  });

  it.each(['', 'n/a', 'https://example.com/1Z999'])(
    'that is certainly none (%j) is not sent before it is corrected',
    async (trackingNumber) => {
      const order = amazonOrder();
      const handle = await world.place(order);
      await handle.signal(parcelShippedSignal, parcelOf(order, { trackingNumber }));
      const { attention } = await world.until(order, is('refused'));
      expect(attention).toMatchObject([
        {
          reason: 'shipmentRefused',
          note: expect.stringContaining('The parcel of commerce shipment 1 has '),
        },
      ]);
      await handle.signal(parcelShippedSignal, parcelOf(order));
      expect((await world.until(order, is('sent'))).attention).toEqual([]);
      expect(calls(order).map((parcel) => parcel.trackingNumber)).toEqual(['1Z999AA10000000001']);
    },
  );

  it('that looks odd is told, and a note says that it does', async () => {
    const order = amazonOrder();
    await ship(order, [async () => ({ kind: 'taken', warning: 'That looks odd: check it.' })]);
    const { attention, notes } = await world.until(order, is('sent'));
    expect(attention).toEqual([]);
    expect(notes.at(-1)?.text).toBe('That looks odd: check it.');
  });
});

describe('a parcel that waits while Amazon cannot be reached', () => {
  it('goes with its latest correction, at once', async () => {
    const order = amazonOrder();
    world.behave(order, { confirmShipment: [fails('Unreachable', 'Amazon answered 503')] });
    const policy = { retryBlockedMs: [minutes(15)] };
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.until(order, ({ attention }) => attention[0]?.reason === 'amazonUnreachable');
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { trackingNumber: '1ZNEW' }));
    expect((await world.until(order, is('sent'))).attention).toEqual([]);
    expect(calls(order).map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z999AA10000000001', '1ZNEW']);
  });
});

it('what is solved of two refused parcels is not said any more, and the rest is no news', async () => {
  const order = amazonOrder();
  const handle = await world.place(order);
  const refusedAs = (shipmentId: string, trackingNumber: string) =>
    parcelOf(order, {
      source: { system: 'erp', shipmentId },
      trackingNumber,
      lines: [{ orderItemId: line().orderItemId, quantity: 2 }],
    });
  for (const [id, number] of [
    ['1', '1ZA'],
    ['2', '1ZB'],
  ] as const)
    await handle.signal(parcelShippedSignal, refusedAs(id, number));
  const before = await world.until(order, ({ parcels }) => parcels.length === 2);
  expect(before.attention).toMatchObject([{ note: expect.stringMatching(/Parcel 1ZA .*Parcel 1ZB /) }]);
  await handle.signal(parcelShippedSignal, parcelOf(order, { ...refusedAs('1', '1ZA'), lines: [] }));
  const { attention, notes } = await world.until(order, ({ parcels }) => parcels[0]?.lines.length === 0);
  expect(attention).toMatchObject([
    {
      reason: 'shipmentRefused',
      note: expect.stringMatching(/^Parcel 1ZB /),
      since: before.attention[0]?.since,
    },
  ]);
  const refusals = notes.filter(({ text }) => text.includes('1ZB'));
  expect(refusals).toHaveLength(1);
});
