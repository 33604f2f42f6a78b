import fc from 'fast-check';
import {
  confirmationMs,
  isSameParcel,
  normaliseTracking,
  type ParcelLine,
  packageReference,
} from '../../domain/parcel';
import { aParcel } from './orders';

const units = (orderItemId: string, quantity: number): ParcelLine => ({ orderItemId, quantity });

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

describe('the time until Amazon shows all parcels', () => {
  const seenAt = '2026-11-02T12:00:00.000Z';
  const shown = (minute: number) =>
    aParcel({ seenAt, amazon: 'confirmed', confirmedAt: `2026-11-02T12:0${minute}:00.000Z` });

  it('runs from the last that was heard of to the last that was shown', () => {
    const late = { ...shown(5), seenAt: '2026-11-02T12:03:00.000Z' };
    expect(confirmationMs([late, shown(4)])).toBe(120_000);
  });

  it('is not known while Amazon does not show one, or where Amazon knew first', () => {
    expect(confirmationMs([shown(1), aParcel({ seenAt })])).toBeUndefined();
    expect(confirmationMs([aParcel({ amazon: 'confirmed', confirmedAt: seenAt })])).toBeUndefined();
  });

  it('is not known of a correction by what Amazon showed before', () => {
    expect(confirmationMs([{ ...shown(1), amazon: 'sent' }])).toBeUndefined();
  });
});
