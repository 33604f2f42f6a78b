import type { AmazonOrder } from '../../domain/order';
import type { ConfirmationResult } from '../../domain/shipment-confirmation';
import { type OrderState, parcelCorrectedSignal, parcelShippedSignal } from '../../workflows/order/contract';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, line, minutes, parcelOf } from '../support/orders';

const refusal: ConfirmationResult = {
  kind: 'refused',
  reason: 'invalidQuantity',
  message: 'Amazon says no.',
};
const units = (quantity: number) => [{ orderItemId: line().orderItemId, quantity }];
const threeUnits = () => amazonOrder({ lines: [line({ quantityOrdered: 3, quantityUnfulfilled: 3 })] });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const calls = (order: AmazonOrder) => world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel);

describe('a refused parcel whose order cannot be read', () => {
  const policy = { retryBlockedMs: [minutes(15)] };
  const isAway = ({ attention }: OrderState) => attention[0]?.reason === 'amazonUnreachable';
  const away = fails('Unreachable', 'Amazon answered 503');

  async function refusedAndUnread() {
    const order = threeUnits();
    world.behave(order, { confirmShipment: [async () => refusal], readOrder: [away] });
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: units(2) }));
    await world.until(order, isAway);
    return { order, handle };
  }
  const other = (order: AmazonOrder) =>
    parcelOf(order, {
      source: { system: 'commerce', shipmentId: '2' },
      trackingNumber: '1ZSECOND',
      lines: units(1),
    });

  it('holds up no other parcel, and is left to a person', async () => {
    const { order, handle } = await refusedAndUnread();
    await handle.signal(parcelShippedSignal, other(order));
    const { parcels, attention } = await world.until(order, (state) => state.parcels[1]?.amazon === 'sent');
    expect(parcels[0]?.amazon).toBe('refused');
    expect(attention).toMatchObject([
      { reason: 'shipmentRefused', note: expect.stringContaining('Compare its contents with the order') },
    ]);
    expect(calls(order).map(({ trackingNumber }) => trackingNumber)).toEqual([
      '1Z999AA10000000001',
      '1ZSECOND',
    ]);
    expect(world.callsOf(order, 'readOrder')).toHaveLength(1);
  });

  it('is looked for once, though another one waits already', async () => {
    const order = threeUnits();
    const first = held(refusal);
    world.behave(order, { confirmShipment: [first.activity], readOrder: [away] });
    const handle = await world.place(order, { policy });
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: units(2) }));
    await world.called(order, 'confirmShipment');
    await handle.signal(parcelShippedSignal, other(order));
    await world.until(order, ({ parcels }) => parcels.length === 2);
    first.answer();
    const { parcels } = await world.until(order, (state) => state.parcels[1]?.amazon === 'sent');
    expect(parcels[0]?.amazon).toBe('refused');
    expect(world.callsOf(order, 'readOrder')).toHaveLength(1);
  });

  it('goes at once with its correction', async () => {
    const { order, handle } = await refusedAndUnread();
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { lines: units(2), trackingNumber: '1ZNEW' }));
    expect((await world.until(order, ({ parcels }) => parcels[0]?.amazon === 'sent')).attention).toEqual([]);
    expect(calls(order).map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z999AA10000000001', '1ZNEW']);
  });
});
