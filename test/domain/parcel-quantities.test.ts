import fc from 'fast-check';
import type { OrderLine } from '../../domain/order';
import type { Parcel, ParcelLine } from '../../domain/parcel';
import { fitsOrder, holdParcels, openLines, shippedQuantities } from '../../domain/parcel-quantities';
import { aLine, anOrder, aParcel } from './orders';

const units = (orderItemId: string, quantity: number): ParcelLine => ({ orderItemId, quantity });

/** Parcels that share out some units of each of three lines. */
const shipments = fc
  .array(
    fc.record({
      orderItemId: fc.constantFrom('a', 'b', 'c'),
      quantity: fc.integer({ min: 1, max: 3 }),
      refused: fc.boolean(),
    }),
    { maxLength: 6 },
  )
  .map((lots) =>
    lots.map(({ orderItemId, quantity, refused }, index) =>
      aParcel({
        parcelId: `parcel-${index}`,
        lines: [units(orderItemId, quantity)],
        amazon: refused ? 'refused' : 'sent',
      }),
    ),
  );

const orderOf = (quantityOrdered: number) =>
  anOrder({ lines: ['a', 'b', 'c'].map((orderItemId) => aLine({ orderItemId, quantityOrdered })) });

describe('the units of an order', () => {
  it('are each either open or in a parcel that is not refused, and none is counted twice', () => {
    fc.assert(
      fc.property(shipments, (parcels) => {
        const shipped = shippedQuantities(parcels);
        const open = openLines(orderOf(18), parcels);
        for (const id of ['a', 'b', 'c']) {
          const left = open.find((line) => line.orderItemId === id)?.quantity ?? 0;
          expect(left + (shipped[id] ?? 0)).toBe(18);
        }
      }),
    );
  });

  it('are never open below nothing, however many the parcels hold', () => {
    fc.assert(
      fc.property(shipments, fc.nat(2), (parcels, ordered) => {
        expect(openLines(orderOf(ordered), parcels).every((line) => line.quantity > 0)).toBe(true);
      }),
    );
  });

  it('are not open once Amazon has cancelled them', () => {
    const line = aLine({ quantityOrdered: 3, quantityFulfilled: 1, quantityUnfulfilled: 1 });
    const parcels = [aParcel({ lines: [units('item-1', 1)], amazon: 'sent' })];
    expect(openLines(anOrder({ lines: [line] }), parcels)).toEqual([units('item-1', 1)]);
    expect(openLines(anOrder({ lines: [line] }), [...parcels, ...parcels])).toEqual([]);
  });
});

describe('the lines of a parcel', () => {
  it('fit the order exactly if no item has more units in them than are open, over however many lines', () => {
    const lines = fc.array(
      fc.record({
        orderItemId: fc.constantFrom('a', 'b', 'c', 'unknown'),
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, shipments, (wanted, parcels) => {
        const order = orderOf(6);
        const open = openLines(order, parcels);
        const total = (all: readonly ParcelLine[], id: string) =>
          all.filter((one) => one.orderItemId === id).reduce((units, { quantity }) => units + quantity, 0);
        const fits = ['a', 'b', 'c', 'unknown'].every((id) => total(wanted, id) <= total(open, id));
        expect(fitsOrder(wanted, order, parcels)).toBe(fits);
      }),
    );
  });
});

describe('holding parcels against the order', () => {
  const order = (changes: Partial<OrderLine> = {}) =>
    anOrder({ lines: [aLine({ quantityOrdered: 3, ...changes })] });
  const states = (parcels: readonly Parcel[]) => parcels.map(({ amazon }) => amazon);
  const of = (parcelId: string, quantity: number, changes: Partial<Parcel> = {}) =>
    aParcel({ parcelId, lines: [units('item-1', quantity)], ...changes });

  it('lets wait what fits, in the order in which it came, and says why the rest does not', () => {
    const held = holdParcels(order(), [of('a', 2), of('b', 2), of('c', 1)]);
    expect(states(held)).toEqual(['waiting', 'refused', 'waiting']);
    expect(held[1]?.objection).toBe(
      'Parcel 1Z 999-aa1 holds more than is left to ship, so Amazon was not told: check what was shipped.',
    );
  });

  it('lets wait again what fits by now, without its objection', () => {
    const [, refused] = holdParcels(order(), [of('a', 2), of('b', 2)]);
    const [waiting] = holdParcels(order(), refused ? [refused] : []);
    expect(waiting).toEqual(of('b', 2));
  });

  it('counts what Amazon fulfilled without showing it', () => {
    const shippedOne = order({ quantityFulfilled: 1, quantityUnfulfilled: 2 });
    expect(states(holdParcels(shippedOne, [of('a', 3)]))).toEqual(['refused']);
    expect(states(holdParcels(shippedOne, [of('a', 1, { amazon: 'sent' }), of('b', 2)]))).toEqual([
      'sent',
      'waiting',
    ]);
  });

  it('refuses what waits once Amazon has cancelled its units, but never what Amazon may have', () => {
    const twoCancelled = order({ quantityUnfulfilled: 1 });
    const asked = of('a', 2, { asked: 'as it was' });
    expect(states(holdParcels(twoCancelled, [of('a', 2)]))).toEqual(['refused']);
    expect(states(holdParcels(twoCancelled, [asked]))).toEqual(['waiting']);
    expect(states(holdParcels(twoCancelled, [of('a', 2, { amazon: 'confirmed' })]))).toEqual(['confirmed']);
  });

  it('counts the units of a parcel whose correction Amazon refused, for it has the version before', () => {
    const refused = of('a', 2, { amazon: 'refused', asked: 'corrected', takenAt: '2026-11-02T12:00:00Z' });
    expect(states(holdParcels(order(), [refused, of('b', 2)]))).toEqual(['refused', 'refused']);
    expect(openLines(order(), [refused])).toEqual([units('item-1', 1)]);
    expect(
      states(holdParcels(order(), [of('a', 2, { amazon: 'refused', asked: 'all' }), of('b', 2)])),
    ).toEqual(['refused', 'waiting']);
  });

  it('tells nobody of what has left for a cancelled order', () => {
    const [late] = holdParcels(anOrder({ status: 'CANCELLED' }), [aParcel()]);
    expect(late).toMatchObject({
      amazon: 'refused',
      objection: 'Parcel 1Z 999-aa1 left although Amazon had cancelled the order: get it back.',
    });
  });

  it('refuses what has no tracking number, and names its shipment instead', () => {
    const [refused] = holdParcels(order(), [of('a', 1, { trackingNumber: ' ' })]);
    expect(refused?.objection).toBe(
      'The parcel of commerce shipment 7 has no tracking number, and Amazon takes no parcel without one. Correct it there.',
    );
  });
});
