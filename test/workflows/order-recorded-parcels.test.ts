import { randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import {
  type OrderState,
  parcelShippedSignal,
  type RecordParcelRequest,
  recordParcelUpdate,
} from '../../workflows/order/contract';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf, pendingOrder, shippedOrder } from '../support/orders';

const item = line().orderItemId;
const units = (quantity: number) => [{ orderItemId: item, quantity }];
const threeUnits = () => amazonOrder({ lines: [line({ quantityOrdered: 3, quantityUnfulfilled: 3 })] });
const areSent = ({ parcels }: OrderState) =>
  parcels.length > 0 && parcels.every(({ amazon }) => amazon === 'sent');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const record = (
  order: AmazonOrder,
  changes: Partial<RecordParcelRequest> = {},
  updateId: string = randomUUID(),
) =>
  world.handle(order).executeUpdate(recordParcelUpdate, {
    args: [{ by: 'Grace', trackingNumber: '1Z2', carrierCode: 'UPS', ...changes }],
    updateId,
  });
const told = (order: AmazonOrder): Parcel[] =>
  world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel);

async function refusal(answer: Promise<string>): Promise<string> {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${String(error)}`);
  return error.cause?.message ?? '';
}

describe('recordParcel', () => {
  it('tells Amazon of all that is in no parcel yet, makes its Commerce shipment, and says who and why', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: units(1) }));
    await world.until(order, areSent);
    const text = 'Recorded parcel UPS 1Z2 with 2 × MUG-BLUE-350: by courier';
    expect(await record(order, { why: 'by courier' }, 'click')).toBe(text);
    expect(await record(order, { why: 'by courier' }, 'click')).toBe(text);
    const state = await world.until(order, ({ parcels }) => parcels[1]?.commerceShipmentId !== undefined);
    expect(state.notes.filter(({ by }) => by === 'Grace').map((note) => note.text)).toEqual([text]);
    expect(told(order).map(({ lines }) => lines)).toEqual([units(1), units(2)]);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(1);
    await world.deliver(shippedOrder(order, state.parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
  });

  it('splits a shipment that travels under two numbers: Amazon’s package shrinks before the other comes', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { furtherNumbers: ['1Z2'] }));
    const { parcels } = await world.until(order, areSent);
    // Amazon counts the units in the first package still.
    const counted = shippedOrder(order, parcels);
    await world.deliver({ ...counted, status: 'PARTIALLY_SHIPPED', packages: [] });
    await record(order, { from: '1Z999AA10000000001', lines: units(1) });
    const split = await world.until(order, (state) => state.parcels.length === 2 && areSent(state));
    expect(split.attention).toEqual([]);
    expect(told(order)).toMatchObject([
      { trackingNumber: '1Z999AA10000000001', lines: units(3) },
      { trackingNumber: '1Z999AA10000000001', lines: units(2) },
      { trackingNumber: '1Z2', lines: units(1) },
    ]);
    expect(told(order)[1]?.packageReferenceId).toBe(told(order)[0]?.packageReferenceId);
    expect(split.parcels.map(({ commerceShipmentId }) => commerceShipmentId)).toEqual(['1', '1']);
    await handle.signal(parcelShippedSignal, parcelOf(order, { furtherNumbers: ['1Z2'] }));
    expect((await world.snapshot(order)).parcels).toEqual(split.parcels);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(0);
  });

  it('gives a parcel another number and carrier where nothing is left in it', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await world.until(order, areSent);
    await record(order, { from: '1Z999AA10000000001' });
    await world.called(order, 'confirmShipment', 2);
    const { parcels } = await world.until(order, areSent);
    expect(parcels).toMatchObject([{ trackingNumber: '1Z2', carrierCode: 'UPS', lines: units(3) }]);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    expect((await world.snapshot(order)).parcels).toEqual(parcels);
  });

  it('says what is in a parcel that could not be right', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { trackingNumber: '1Z2', lines: units(5) }));
    await world.until(order, ({ attention }) => attention.length === 1);
    await record(order, { lines: units(3) });
    const { attention, parcels } = await world.until(order, areSent);
    expect(attention).toEqual([]);
    expect(parcels).toMatchObject([{ commerceShipmentId: '1', lines: units(3) }]);
    expect(told(order)).toHaveLength(1);
  });

  it.each<[string, Partial<RecordParcelRequest>, string]>([
    ['nobody', { by: ' ' }, 'Say who asks for this.'],
    ['no number', { trackingNumber: 'follows' }, 'The parcel has words in place of its tracking number.'],
    ['no carrier', { carrierCode: ' ' }, 'Say which carrier has the parcel.'],
    ['no date', { shippedAt: 'yesterday' }, 'yesterday is no date.'],
    [
      'an unknown line',
      { lines: [{ orderItemId: '9', quantity: 1 }] },
      `The order has no item 9; it has ${item}.`,
    ],
    ['no unit', { lines: [] }, 'Say at least one unit.'],
    ['half a unit', { lines: units(0.5) }, '0.5 is no number of units.'],
    ['too many units', { lines: units(3) }, 'The parcel holds more than is left to ship: 2 × MUG-BLUE-350.'],
    ['an unknown parcel', { from: '1Z9' }, 'The order has no parcel 1Z9.'],
    ['more than is in a parcel', { from: '1Z1', lines: units(2) }, 'Parcel 1Z1 holds 1 × MUG-BLUE-350.'],
  ])('is refused with %s', async (_, changes, sentence) => {
    const order = threeUnits();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { trackingNumber: '1Z1', lines: units(1) }));
    await world.until(order, areSent);
    expect(await refusal(record(order, changes))).toBe(sentence);
    expect((await world.snapshot(order)).parcels).toHaveLength(1);
  });

  it('is refused where the order has nothing left, or the parcel already', async () => {
    const order = threeUnits();
    await world.place(order);
    await record(order, { lines: units(1) });
    expect(await refusal(record(order, { lines: units(1) }))).toContain('is recorded already');
    await record(order, { trackingNumber: '1Z3' });
    expect(await refusal(record(order, { trackingNumber: '1Z4' }))).toContain(
      'All of the order is in parcels',
    );
  });

  it('is refused for an order that Amazon has cancelled, or fulfils itself', async () => {
    const order = amazonOrder();
    await world.place(order);
    await world.deliver(
      { ...order, status: 'CANCELLED', lastUpdatedAt: at(90) },
      { policy: { settleForMs: 60_000 } },
    );
    await world.until(order, ({ completed }) => completed);
    expect(await refusal(record(order))).toBe('Amazon has cancelled the order: get the parcel back.');
    const fba = { ...pendingOrder(amazonOrder()), fulfilledBy: 'AMAZON' as const };
    await world.deliver(fba);
    expect(await refusal(record(fba))).toBe('Amazon ships this order itself.');
  });
});
