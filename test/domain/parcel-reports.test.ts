import type { Parcel, ReportedParcel } from '../../domain/parcel';
import { showParcel, splitParcel, takeReport } from '../../domain/parcel-reports';
import { aReport } from './parcel-model';

const seenAt = '2026-11-02T12:00:00.000Z';
const take = (parcels: readonly Parcel[], ...reports: readonly ReportedParcel[]) =>
  reports.reduce((known, report) => takeReport(known, report, { seenAt, taken: [] }).parcels, parcels);
const kindOf = (parcels: readonly Parcel[], report: ReportedParcel) =>
  takeReport(parcels, report, { seenAt, taken: [] }).kind;

const by = (system: ReportedParcel['source']['system'], changes: Partial<ReportedParcel> = {}, id = '1') =>
  aReport({ source: { system, shipmentId: id }, ...changes });
const told = (parcels: readonly Parcel[]): Parcel[] =>
  parcels.map((parcel) => ({ ...parcel, amazon: 'confirmed', asked: 'as told', takenAt: seenAt }));
const two = [{ orderItemId: 'a', quantity: 2 }];

describe('what several systems tell of one parcel', () => {
  it('is one parcel, whichever comes first, and both know it from then on', () => {
    for (const [first, second] of [
      ['erp', 'commerce'],
      ['commerce', 'erp'],
    ] as const) {
      const parcels = take([], by(first), by(second, { trackingNumber: ' n-1' }));
      expect(parcels).toHaveLength(1);
      expect(parcels[0]?.commerceShipmentId).toBe('1');
      const corrected = take(parcels, by('erp', { trackingNumber: 'N2' }));
      expect(corrected).toMatchObject([{ trackingNumber: 'N2', amazon: 'waiting' }]);
      expect(take(corrected, by(second, { trackingNumber: ' n-1' }))).toHaveLength(1);
    }
  });

  it('is found by a number that was corrected since', () => {
    const parcels = take([], by('erp'), by('erp', { trackingNumber: 'N2' }), by('commerce'));
    expect(parcels).toMatchObject([{ trackingNumber: 'N2', commerceShipmentId: '1' }]);
  });

  it('is united when the second system corrects a wrong number, and Amazon’s package stays its own', () => {
    const apart = take([], by('commerce', { trackingNumber: 'N2' }), by('erp', { trackingNumber: 'TYPO' }));
    expect(apart).toHaveLength(2);
    const [commerces, erps] = apart;
    expect(take(apart, by('erp', { trackingNumber: 'N2' }))).toMatchObject([
      { packageReferenceId: commerces?.packageReferenceId },
    ]);
    const known = apart.map((parcel) => (parcel === erps ? (told([parcel])[0] ?? parcel) : parcel));
    expect(take(known, by('erp', { trackingNumber: 'N2' }))).toMatchObject([
      { packageReferenceId: erps?.packageReferenceId, commerceShipmentId: '1', amazon: 'waiting' },
    ]);
  });

  it('is two parcels where one system tells two under one number', () => {
    const parcels = take([], by('erp'), by('erp', {}, '2'), by('commerce'), by('commerce', {}, '2'));
    expect(parcels.map(({ commerceShipmentId }) => commerceShipmentId)).toEqual(['1', '2']);
  });
});

describe('a correction', () => {
  it('is what a system says otherwise than before, not what another system says', () => {
    const parcels = told(take([], by('erp', { carrierCode: 'UPS' }), by('commerce')));
    expect(kindOf(parcels, by('commerce'))).toBe('repeated');
    expect(kindOf(parcels, by('commerce', { carrierCode: 'dhl' }))).toBe('corrected');
    expect(kindOf(parcels, by('erp', { carrierCode: 'UPS', shippedAt: seenAt }))).toBe('corrected');
    expect(kindOf(parcels, by('erp', { carrierCode: 'UPS', trackingNumber: 'n 1' }))).toBe('repeated');
  });

  it('is not what a system said before it, and comes late', () => {
    const parcels = take([], by('erp', { revision: 1 }), by('erp', { trackingNumber: 'N2', revision: 2 }));
    expect(kindOf(parcels, by('erp', { revision: 1 }))).toBe('repeated');
    expect(take(parcels, by('erp', { revision: 1 }))).toEqual(parcels);
    expect(take(parcels, by('erp', { trackingNumber: 'N3', revision: 2 }))).toMatchObject([
      { trackingNumber: 'N3' },
    ]);
  });

  it('is a person’s first word, too', () => {
    const parcels = told(take([], by('commerce')));
    expect(kindOf(parcels, by('operator', { shippedAt: seenAt }))).toBe('repeated');
    expect(take(parcels, by('operator', { carrierCode: 'dhl' }))).toMatchObject([
      { carrierCode: 'dhl', amazon: 'waiting', asked: 'as told', takenAt: seenAt },
    ]);
  });

  it('made in Commerce of a shipment that the channel made there counts', () => {
    const [erps] = take([], by('erp'));
    const shown = showParcel(erps ? [erps] : [], { parcelId: 'erp-1' }, { shipmentId: '9' });
    const again = by('commerce', { parcelId: 'erp-1', carrierName: 'ups' }, '9');
    expect(kindOf(shown, again)).toBe('repeated');
    expect(take(shown, { ...again, trackingNumber: 'N2' })).toMatchObject([{ trackingNumber: 'N2' }]);
  });

  it('that came while the channel made the shipment in Commerce is not taken back by that', () => {
    const corrected = take([], by('erp'), by('erp', { trackingNumber: 'N2' }));
    const made = { shipmentId: '9', trackingNumber: 'N1' };
    const shown = showParcel(corrected, { parcelId: 'erp-1' }, made);
    const again = by('commerce', { parcelId: 'erp-1', trackingNumber: 'N1' }, '9');
    expect(kindOf(shown, again)).toBe('repeated');
    expect(take(shown, again)).toMatchObject([{ trackingNumber: 'N2' }]);
  });

  it('of contents goes to Amazon only where Amazon was not told yet', () => {
    const parcels = take([], by('erp'));
    expect(take(parcels, by('erp', { lines: two }))).toMatchObject([{ lines: two, amazon: 'waiting' }]);
    const known = told(parcels);
    const { parcel, kind } = takeReport(known, by('erp', { lines: two }), { seenAt, taken: [] });
    expect(kind).toBe('contentsDiffer');
    expect(parcel).toMatchObject({ amazon: 'confirmed', lines: aReport({}).lines });
    expect(parcel.difference).toContain('is said to hold something else by now');
    expect(take([parcel], by('erp'))[0]?.difference).toBeUndefined();
  });

  it('that takes a shipment back is final, and a difference where Amazon was told', () => {
    const parcels = take([], by('erp'));
    const back = take(parcels, by('erp', { lines: [] }));
    expect(back).toMatchObject([{ lines: [] }]);
    expect(take(back, by('erp'))).toMatchObject([{ lines: [] }]);
    expect(take(told(parcels), by('erp', { lines: [] }))[0]?.difference).toContain('was taken back');
  });

  it('without a number is none, and the first number of a shipment is one', () => {
    const parcels = told(take([], by('commerce')));
    expect(take(parcels, by('commerce', { trackingNumber: '' }))).toEqual(parcels);
    const numberless = take([], by('commerce', { trackingNumber: '' }));
    expect(take(numberless, by('commerce'))).toMatchObject([{ trackingNumber: 'N1', amazon: 'waiting' }]);
  });
});

it('a shipment without a number that turns out to be a known parcel’s is not one of its own', () => {
  const parcels = take([], by('erp'), by('commerce', { trackingNumber: '' }, '9'));
  expect(parcels).toHaveLength(2);
  expect(showParcel(parcels, { parcelId: 'erp-1' }, { shipmentId: '9' })).toMatchObject([
    { parcelId: 'erp-1', commerceShipmentId: '9' },
  ]);
  expect(take(parcels, by('commerce', {}, '9'))).toMatchObject([
    { parcelId: 'erp-1', commerceShipmentId: '9' },
  ]);
});

it('further numbers of a shipment are kept', () => {
  expect(take([], by('commerce', { furtherNumbers: ['N2', 'N3'] }))).toMatchObject([
    { furtherNumbers: ['N2', 'N3'] },
  ]);
});

describe('what a parcel was before', () => {
  it('is its last 20 numbers', () => {
    const numbers = Array.from({ length: 30 }, (_, index) => `N${index}`);
    const [parcel] = take([], ...numbers.map((trackingNumber) => by('erp', { trackingNumber })));
    expect(parcel?.formerNumbers).toEqual(numbers.slice(9, 29));
  });

  it('is one line for each item that was split off', () => {
    const one = [{ orderItemId: 'a', quantity: 1 }];
    let parcels = told(take([], by('erp', { lines: [{ orderItemId: 'a', quantity: 5 }] })));
    for (const trackingNumber of ['N2', 'N3', 'N4']) {
      const [first] = parcels;
      if (!first) throw new Error('no parcel');
      parcels = [...splitParcel(parcels, first, by('operator', { trackingNumber, lines: one }), seenAt)];
    }
    expect(parcels[0]).toMatchObject({ lines: two, movedOut: [{ orderItemId: 'a', quantity: 3 }] });
  });
});
