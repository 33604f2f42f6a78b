import fc from 'fast-check';
import {
  fitsOrder,
  isSameParcel,
  matchPackages,
  normaliseTracking,
  openLines,
  type ParcelLine,
  packageReference,
  shippedQuantities,
} from '../../domain/parcel';
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
    const parcels = [aParcel({ lines: [units('item-1', 1)] })];
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

describe('a package reference', () => {
  const ids = fc.string({ unit: 'grapheme', maxLength: 60 });

  it('is a positive number of at most nine digits, the same every time', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const reference = packageReference(id, []);
        expect(reference).toMatch(/^[1-9]\d{0,8}$/);
        expect(packageReference(id, [])).toBe(reference);
      }),
    );
  });

  it('is never one that is taken', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 20 }), (parcelIds) => {
        const taken: string[] = [];
        for (const id of parcelIds) taken.push(packageReference(id, taken));
        expect(new Set(taken).size).toBe(parcelIds.length);
      }),
    );
  });

  it('begins again at one after the highest', () => {
    const first = packageReference('a parcel', []);
    const upToHighest = ['1', '2', first];
    const next = packageReference('a parcel', upToHighest);
    expect(next).toBe(String((Number(first) % 999_999_999) + 1));
  });
});

describe('the same parcel', () => {
  it('is known by its number and contents, however they are written', () => {
    const told = {
      trackingNumber: '1z999 AA1',
      lines: [units('b', 1), units('item-1', 1), units('b', 1)],
    };
    const parcel = aParcel({ lines: [units('item-1', 1), units('b', 2)] });
    expect(isSameParcel(parcel, told)).toBe(true);
    expect(isSameParcel(told, parcel)).toBe(true);
  });

  it.each([
    ['another number', { trackingNumber: '1Z999AA2' }],
    ['other contents', { lines: [units('item-1', 2)] }],
  ])('has not %s', (_, changes) => {
    expect(isSameParcel(aParcel(), aParcel(changes))).toBe(false);
  });

  it.each(['', ' ', '--'])('cannot be known without a number: %j', (trackingNumber) => {
    expect(isSameParcel(aParcel({ trackingNumber }), aParcel({ trackingNumber }))).toBe(false);
  });

  it('has a number that does not change when it is normalised again', () => {
    fc.assert(
      fc.property(fc.string(), (number) => {
        const once = normaliseTracking(number);
        expect(normaliseTracking(once)).toBe(once);
      }),
    );
  });
});

describe('a parcel at Amazon', () => {
  const { lines } = aParcel();

  it('is shown by our reference, once it has our tracking number', () => {
    const shown = { packageReferenceId: '4711', trackingNumber: '1Z999AA1', lines: [] };
    expect(matchPackages([aParcel()], [shown]).shown.size).toBe(1);
    expect(matchPackages([aParcel()], [{ ...shown, trackingNumber: '1Z000' }]).shown.size).toBe(0);
  });

  it('is shown by its number and contents where the seller told Amazon himself', () => {
    const shown = { packageReferenceId: '1', trackingNumber: '1Z999AA1', lines };
    expect(matchPackages([aParcel()], [shown]).shown.size).toBe(1);
    expect(matchPackages([aParcel()], [{ ...shown, lines: [units('item-1', 2)] }]).shown.size).toBe(0);
  });

  it('stands for one parcel only, where two travel under one number', () => {
    const [one, other] = [
      aParcel({ packageReferenceId: '11', parcelId: 'a' }),
      aParcel({ packageReferenceId: '12', parcelId: 'b' }),
    ];
    const named = { packageReferenceId: '12', trackingNumber: one.trackingNumber, lines: one.lines };
    expect([...matchPackages([one, other], [named]).shown]).toEqual(['b']);
    const foreign = { ...named, packageReferenceId: 'PKG-1' };
    expect([...matchPackages([one, other], [foreign]).shown]).toEqual(['a']);
    const match = matchPackages([one], [foreign, { ...foreign, packageReferenceId: 'PKG-2' }]);
    expect(match.strangers).toMatchObject([{ packageReferenceId: 'PKG-2' }]);
  });

  it('is not shown by anything else', () => {
    expect(matchPackages([aParcel()], []).shown.size).toBe(0);
    expect(matchPackages([aParcel()], [{ packageReferenceId: '1', lines }]).shown.size).toBe(0);
  });
});
