import { markImported, markLateShown } from '../../domain/imported-parcels';
import { linesToShow, type Parcel, type ParcelLine } from '../../domain/parcel';
import { splitParcel } from '../../domain/parcel-reports';
import { aParcel } from './orders';

const at = '2026-11-02T12:00:00.000Z';
const units = (quantity: number, orderItemId = 'item-1'): ParcelLine => ({ orderItemId, quantity });
const counting = (quantity: number) => ({ shippedBefore: { 'item-1': quantity } });

/** Made in Seller Central. */
const packed = (packageReferenceId: string, changes: Partial<Parcel> = {}): Parcel =>
  aParcel({
    parcelId: `amazon-${packageReferenceId}`,
    packageReferenceId,
    source: { system: 'amazon', shipmentId: packageReferenceId },
    amazon: 'confirmed',
    takenAt: at,
    confirmedAt: at,
    ...changes,
  });
const sent = (parcelId: string, changes: Partial<Parcel> = {}): Parcel =>
  aParcel({ parcelId, packageReferenceId: parcelId, amazon: 'sent', asked: 'it', takenAt: at, ...changes });
const packagesOf = (...parcels: readonly Parcel[]) =>
  parcels.map(({ packageReferenceId, trackingNumber, lines }) => ({
    packageReferenceId,
    trackingNumber,
    lines,
  }));

/** What of each parcel is left to show in Commerce. */
const toShow = (parcels: readonly Parcel[]) =>
  parcels.map((parcel) => [parcel.parcelId, linesToShow(parcel).map(({ quantity }) => quantity)]);

describe('what Commerce counts as shipped when the order is placed', () => {
  it('are first the packages that Amazon showed, then what it had taken', () => {
    const [taken, shown] = [sent('a'), packed('1')];
    const mark = (quantity: number) =>
      toShow(markImported([taken, shown], packagesOf(shown), counting(quantity)));
    expect(mark(0)).toEqual([
      ['a', [1]],
      ['amazon-1', [1]],
    ]);
    expect(mark(1)).toEqual([
      ['a', [1]],
      ['amazon-1', []],
    ]);
    expect(mark(2)).toEqual([
      ['a', []],
      ['amazon-1', []],
    ]);
  });

  it('is no parcel that Amazon was never told of', () => {
    const waiting = aParcel();
    expect(markImported([waiting], [], counting(1))).toEqual([waiting]);
  });

  it('can be a part of a parcel: a shipment shows the rest', () => {
    const two = packed('1', { lines: [units(2), units(1, 'item-2')] });
    const [marked] = markImported([two], packagesOf(two), counting(1));
    expect(marked).toMatchObject({
      shippedBeforeImport: true,
      lines: two.lines,
      uncounted: [units(1), units(1, 'item-2')],
    });
  });

  it('is nothing in an order of another tool that has not shipped, whose packages had left before all the same', () => {
    const shown = packed('1');
    expect(markImported([shown], packagesOf(shown), {})).toEqual([
      { ...shown, shippedBeforeImport: true, uncounted: [units(1)] },
    ]);
  });
});

describe('a package that Amazon shows later', () => {
  it('is of the units that Commerce counted, as long as there are any', () => {
    const [one, two] = [packed('1'), packed('2')];
    const first = markLateShown([one], counting(1));
    expect(toShow(first)).toEqual([['amazon-1', []]]);
    const second = markLateShown([...first, two], counting(1));
    expect(toShow(second)).toEqual([
      ['amazon-1', []],
      ['amazon-2', [1]],
    ]);
    expect(markLateShown(second, counting(1))).toEqual(second);
  });

  it('is not of them where we told Amazon of it, or Commerce has its shipment', () => {
    const own = sent('a', { amazon: 'confirmed' });
    const shipped = packed('1', { commerceShipmentId: '7' });
    expect(markLateShown([own, shipped], counting(2))).toEqual([own, shipped]);
  });

  it('leaves no more for others when a parcel of them is split', () => {
    const shown = packed('1', { lines: [units(2)] });
    const [marked = shown] = markImported([shown], packagesOf(shown), counting(2));
    const part = { ...aParcel({ trackingNumber: '1Z2' }), lines: [units(1)] };
    const split = splitParcel([marked], marked, part, at);
    expect(toShow(split)).toEqual([
      ['amazon-1', []],
      ['commerce-7', []],
    ]);
    const late = markLateShown([...split, packed('2')], counting(2));
    expect(toShow(late).at(-1)).toEqual(['amazon-2', [1]]);
  });
});
