import type { AmazonPackage } from '../../domain/order';
import { matchPackages, parcelsAmong, takePackages } from '../../domain/packages';
import { type Parcel, type ParcelLine, versionOf } from '../../domain/parcel';
import { splitParcel, withTracking } from '../../domain/parcel-reports';
import { aLine, anOrder, aParcel } from './orders';

const units = (orderItemId: string, quantity: number): ParcelLine => ({ orderItemId, quantity });
const at = '2026-11-02T12:00:00.000Z';
const later = '2026-11-03T12:00:00.000Z';

const sent = (changes: Partial<Parcel> = {}) => {
  const parcel = aParcel({ amazon: 'sent', takenAt: at, ...changes });
  return { ...parcel, asked: versionOf(parcel) };
};
const shownOf = (parcels: readonly Parcel[], packages: readonly AmazonPackage[]) => [
  ...matchPackages(parcels, packages).shown.keys(),
];

describe('a parcel at Amazon', () => {
  const { lines } = aParcel();

  it('is shown by our reference, once it has our tracking number', () => {
    const shown = { packageReferenceId: '4711', trackingNumber: '1Z999AA1', lines: [] };
    expect(shownOf([sent()], [shown])).toEqual(['commerce-7']);
    expect(shownOf([sent()], [{ ...shown, trackingNumber: '1Z000' }])).toEqual([]);
  });

  it('is shown by its number and contents where the seller told Amazon himself', () => {
    const shown = { packageReferenceId: '1', trackingNumber: '1Z999AA1', lines };
    expect(shownOf([aParcel()], [shown])).toEqual(['commerce-7']);
    expect(shownOf([aParcel()], [{ ...shown, lines: [units('item-1', 2)] }])).toEqual([]);
  });

  it('stands for one parcel only, where two travel under one number', () => {
    const [one, other] = [
      sent({ packageReferenceId: '11', parcelId: 'a' }),
      sent({ packageReferenceId: '12', parcelId: 'b' }),
    ];
    const named = { packageReferenceId: '12', trackingNumber: one.trackingNumber, lines: one.lines };
    expect(shownOf([one, other], [named])).toEqual(['b']);
    const foreign = { ...named, packageReferenceId: 'PKG-1' };
    expect(shownOf([one, other], [foreign])).toEqual(['a']);
    const match = matchPackages([one], [foreign, { ...foreign, packageReferenceId: 'PKG-2' }]);
    expect(match.strangers).toMatchObject([{ packageReferenceId: 'PKG-2' }]);
  });

  it('is not shown by anything else', () => {
    expect(shownOf([aParcel()], [])).toEqual([]);
    expect(shownOf([aParcel()], [{ packageReferenceId: '1', lines }])).toEqual([]);
  });

  it('is not shown in a version that Amazon was not told, even under the same number', () => {
    const shown = { packageReferenceId: '4711', trackingNumber: '1Z999AA1', lines };
    const corrected = { ...sent(), amazon: 'waiting' as const, carrierCode: 'dhl' };
    expect(shownOf([corrected], [shown])).toEqual([]);
    const { takenAt: _, ...unanswered } = { ...sent(), amazon: 'waiting' as const };
    expect(shownOf([unanswered], [shown])).toEqual(['commerce-7']);
    expect(shownOf([{ ...unanswered, carrierCode: 'dhl' }], [shown])).toEqual([]);
  });
});

describe('the packages of an order', () => {
  const order = (packages: readonly AmazonPackage[]) =>
    anOrder({ packages, lines: [aLine({ quantityOrdered: 3 })] });
  const sellers = { packageReferenceId: '1', trackingNumber: 'SC1', lines: [units('item-1', 1)] };

  it('confirm the parcels that they show, at the time of the look, and keep the time of the first', () => {
    const shown = { packageReferenceId: '4711', trackingNumber: '1Z999AA1', lines: [] };
    const [first] = takePackages(order([shown]), [sent()], later);
    expect(first).toMatchObject({ amazon: 'confirmed', takenAt: at, confirmedAt: later });
    expect(takePackages(order([shown]), [first ?? sent()], '2026-11-04T00:00:00Z')).toEqual([first]);
  });

  it('that the seller made become parcels, which follow what he changes', () => {
    const [parcel] = takePackages(order([sellers]), [], at);
    expect(parcel).toMatchObject({
      parcelId: 'amazon-1',
      packageReferenceId: '1',
      amazon: 'confirmed',
      trackingNumber: 'SC1',
      lines: sellers.lines,
    });
    const changed = { ...sellers, trackingNumber: 'SC2', carrier: 'DHL' };
    const after = takePackages(order([changed]), parcel ? [parcel] : [], later);
    expect(after).toMatchObject([{ parcelId: 'amazon-1', trackingNumber: 'SC2', carrierCode: 'DHL' }]);
  });

  it('that the seller made for our parcel are edited under his reference from then on', () => {
    const parcel = aParcel({ trackingNumber: 'SC1' });
    const [seen] = takePackages(order([sellers]), [parcel], at);
    expect(seen).toMatchObject({ parcelId: 'commerce-7', packageReferenceId: '1', amazon: 'confirmed' });
    const displayed = { ...sellers, packageReferenceId: 'PKG-2026-1' };
    expect(takePackages(order([displayed]), [parcel], at)).toMatchObject([{ packageReferenceId: '4711' }]);
    const told = sent({ trackingNumber: 'SC1' });
    expect(takePackages(order([sellers]), [told], at)).toMatchObject([{ packageReferenceId: '4711' }]);
  });

  it('leave a shipment over the same and more units only the rest to be told', () => {
    const shipment = aParcel({ commerceShipmentId: '7', lines: [units('item-1', 3)] });
    const [rest, covered, ...others] = takePackages(order([sellers]), [shipment], at);
    expect(others).toEqual([]);
    expect(rest).toMatchObject({ parcelId: 'commerce-7', amazon: 'waiting', lines: [units('item-1', 2)] });
    expect(covered).toMatchObject({ parcelId: 'amazon-1', commerceShipmentId: '7', coveredBy: 'commerce-7' });
  });

  it('and a shipment of the same units under another number are a matter for a person', () => {
    const shipment = aParcel({ commerceShipmentId: '7', lines: [units('item-1', 3)] });
    const all = { ...sellers, lines: [units('item-1', 3)] };
    const [refused] = takePackages(order([all]), [shipment], at);
    expect(refused).toMatchObject({ amazon: 'refused', objection: expect.stringContaining('1Z 999-aa1') });
  });
});

describe('a package that Amazon shows by a reference of its own', () => {
  const held = [units('item-1', 2)];
  const package1 = { packageReferenceId: 'PKG-1', trackingNumber: '1Z999AA1', lines: held };
  const package2 = { ...package1, trackingNumber: '1ZNEW' };
  const order = (...packages: readonly AmazonPackage[]) =>
    anOrder({ packages, lines: [aLine({ quantityOrdered: 4 })] });
  const told = (parcels: readonly Parcel[]) =>
    parcels.map((parcel) => ({ ...parcel, amazon: 'sent' as const, asked: versionOf(parcel) }));
  const own = sent({ lines: held });
  const renumbered = (parcel: Parcel) => withTracking(parcel, { ...parcel, trackingNumber: '1ZNEW' }, false);
  const states = (parcels: readonly Parcel[]) =>
    parcels.map(({ parcelId, amazon }) => `${parcelId} ${amazon}`);

  it.each([
    ['was seen before', () => takePackages(order(package1), [own], at)],
    ['was not seen before', () => [own]],
  ])('is still our parcel, which %s, after a correction of its number', (_, seen) => {
    const corrected = told(seen().map(renumbered));
    const before = takePackages(order(package1), corrected, later);
    expect(states(before)).toEqual(['commerce-7 sent']);
    expect([...parcelsAmong(corrected, [package1])]).toEqual(['commerce-7']);
    const after = takePackages(order(package2), before, later);
    expect(states(after)).toEqual(['commerce-7 confirmed']);
    expect(after).toMatchObject([{ packageReferenceId: '4711', shownAs: 'PKG-1' }]);
  });

  it('is still our parcel after a split of its units', () => {
    const [shown = own] = takePackages(order(package1), [own], at);
    const part = { source: { system: 'operator' as const, shipmentId: '1ZPART' }, carrierCode: 'ups' };
    const box = { ...part, trackingNumber: '1ZPART', shippedAt: at, lines: [units('item-1', 1)] };
    const split = told(splitParcel([shown], shown, box, at));
    const before = takePackages(order(package1), split, later);
    expect(states(before)).toEqual(['commerce-7 sent', 'operator-1ZPART sent']);
    const other = { packageReferenceId: 'PKG-2', trackingNumber: '1ZPART', lines: box.lines };
    const after = takePackages(order({ ...package1, lines: box.lines }, other), before, later);
    expect(states(after)).toEqual(['commerce-7 confirmed', 'operator-1ZPART confirmed']);
  });

  it('is still our parcel where the seller edits it in Seller Central', () => {
    const shown = takePackages(order(package1), [own], at);
    expect(states(takePackages(order(package2), shown, later))).toEqual(['commerce-7 confirmed']);
  });

  it('does not confirm a new carrier that Amazon was not told', () => {
    const [shown = own] = takePackages(order(package1), [own], at);
    const corrected = withTracking(shown, { ...shown, carrierCode: 'dhl' }, false);
    expect(states(takePackages(order(package1), [corrected], later))).toEqual(['commerce-7 waiting']);
  });

  it('is a stranger’s beside the one that shows our parcel, and where our parcel never was at Amazon', () => {
    const shown = takePackages(order(package1), [own], at);
    const both = takePackages(order(package1, { ...package2, packageReferenceId: 'PKG-2' }), shown, later);
    expect(states(both)).toEqual(['commerce-7 confirmed', 'amazon-PKG-2 confirmed']);
    const untold = renumbered(aParcel({ lines: held }));
    expect(matchPackages([untold], [package1]).strangers).toEqual([package1]);
  });
});

it('parcels that Amazon showed are known again, whoever told them, and if they were corrected since', () => {
  const own = sent({ parcelId: 'erp-1', packageReferenceId: '11', trackingNumber: '1ZNEW' });
  const sellers = sent({ parcelId: 'erp-2', packageReferenceId: '12' });
  const other = sent({ parcelId: 'erp-3', packageReferenceId: '13', trackingNumber: '1ZOTHER' });
  const packages = [
    { packageReferenceId: '11', trackingNumber: '1ZOLD', lines: own.lines },
    { packageReferenceId: '1', trackingNumber: sellers.trackingNumber, lines: sellers.lines },
  ];
  expect([...parcelsAmong([own, sellers, other], packages)].sort()).toEqual(['erp-1', 'erp-2']);
});
