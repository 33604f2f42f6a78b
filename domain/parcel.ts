import { hashOf } from './hash';

export interface ParcelLine {
  readonly orderItemId: string;
  readonly quantity: number;
}

/** Where a parcel was first seen, and its id there. */
export interface ParcelSource {
  readonly system: 'commerce' | 'erp' | 'operator' | 'amazon';
  readonly shipmentId: string;
}

/** What Amazon is told of a parcel beside its contents. */
export interface Tracking {
  /** As the source names it; the channel maps it to Amazon's codes. */
  readonly carrierCode: string;
  readonly carrierName?: string;
  /** E.g. "Express", where the source tells it apart from the carrier. */
  readonly service?: string;
  /** Empty where the source has none and is set to tell of such parcels, too. */
  readonly trackingNumber: string;
  readonly shippedAt: string;
}

/** A parcel as one system tells it, as often and as differently as it likes. */
export interface ReportedParcel extends Tracking {
  readonly source: ParcelSource;
  /** From the marker comment: the shipment was created by the channel for this known parcel. */
  readonly parcelId?: string;
  /** None: the system has taken the shipment back. */
  readonly lines: readonly ParcelLine[];
  /** Grows with every change, where the system counts them: what has a smaller one than the last comes late. */
  readonly revision?: number;
  /** Of the same shipment. Amazon takes one number for a package. */
  readonly furtherNumbers?: readonly string[];
}

/** A parcel by a person's word. */
export interface RecordedParcel {
  readonly trackingNumber: string;
  readonly carrierCode: string;
  readonly carrierName?: string;
  /** Now, where it is not said. */
  readonly shippedAt?: string;
  /** Without: all that is not in a parcel yet, or with `from` all of that parcel. */
  readonly lines?: readonly ParcelLine[];
  /**
   * Tracking number of a parcel of this order, which all of `lines` are taken out of; where that leaves nothing in it,
   * it gets this number and carrier.
   */
  readonly from?: string;
}

/** What a system said last of a parcel: only where it says something else then does it correct the parcel. */
export interface Statement extends ParcelSource {
  readonly trackingNumber: string;
  readonly carrier?: string;
  readonly shippedAt?: string;
  /** `contentsKey` of its lines. */
  readonly contents?: string;
  readonly revision?: number;
}

/**
 * - `waiting`: Amazon does not know it as it is now
 * - `sent`: Amazon answered 204, which proves nothing
 * - `confirmed`: seen among Amazon's packages
 * - `refused`: Amazon will not take it, or was not asked because it cannot be right; a person decides
 */
export type AmazonParcelState = 'waiting' | 'sent' | 'confirmed' | 'refused';

/** What Amazon refused in a parcel once; it is asked again with something that it always takes. */
export type Concession = 'carrier' | 'shipDate';

export interface Parcel extends Tracking {
  readonly parcelId: string;
  /** Amazon's key of the package: sending it again edits that package. Never recomputed; a seller's own goes before it. */
  readonly packageReferenceId: string;
  /** By which reference Amazon showed it last, where that is another one. */
  readonly shownAs?: string;
  readonly source: ParcelSource;
  readonly lines: readonly ParcelLine[];
  readonly amazon: AmazonParcelState;
  /** Every system's last word; absent for what only Amazon has shown. */
  readonly statements?: readonly Statement[];
  /** That it had before it was corrected, normalised, the latest of them: other systems may still know it by these. */
  readonly formerNumbers?: readonly string[];
  readonly furtherNumbers?: readonly string[];
  /** `versionOf` the parcel when Amazon was last asked to take it: from then on its units may be there. */
  readonly asked?: string;
  /** When Amazon took it first, in whatever version. */
  readonly takenAt?: string;
  readonly concessions?: readonly Concession[];
  /** Why it is refused: a sentence for the operator. */
  readonly objection?: string;
  /** What it is said to hold by now, where Amazon was told something else: a sentence likewise. */
  readonly difference?: string;
  /** When the channel first heard of it, and when it first saw it at Amazon. */
  readonly seenAt?: string;
  readonly confirmedAt?: string;
  /** Of the shipment in Commerce that shows this parcel. */
  readonly commerceShipmentId?: string;
  /** Units that it held at Amazon before they were recorded as other parcels; Amazon may still count them here. */
  readonly movedOut?: readonly ParcelLine[];
  /** A package of Seller Central whose units are part of this other parcel, too. */
  readonly coveredBy?: string;
  /** Had left before the Commerce order was made or found, which counts its units as shipped, but for `uncounted`. */
  readonly shippedBeforeImport?: boolean;
  /** Those that the Commerce order did not count. */
  readonly uncounted?: readonly ParcelLine[];
}

/** What of it a shipment in Commerce has to show. */
export const linesToShow = ({ lines, shippedBeforeImport, uncounted = [] }: Parcel): readonly ParcelLine[] =>
  shippedBeforeImport ? uncounted : lines;

/** A positive number of at most nine digits from the parcel's id, moved on past `taken` references. */
export function packageReference(parcelId: string, taken: readonly string[]): string {
  let reference = (hashOf(parcelId) % 999_999_999) + 1;
  while (taken.includes(String(reference))) reference = (reference % 999_999_999) + 1;
  return String(reference);
}

/** For comparing only: Amazon gets the number as it was told. */
export function normaliseTracking(trackingNumber: string): string {
  return trackingNumber.replace(/[\s-]/g, '').toUpperCase();
}

export const carrierKey = ({
  carrierCode,
  carrierName = '',
}: Pick<Tracking, 'carrierCode' | 'carrierName'>): string => `${carrierCode}|${carrierName}`;

/** Equal for equal contents, however the units of an order line are spread over parcel lines. */
export function contentsKey(lines: readonly ParcelLine[]): string {
  const units = Object.entries(unitsByItem(lines)).filter(([, quantity]) => quantity !== 0);
  return units
    .map(([orderItemId, quantity]) => `${orderItemId}=${quantity}`)
    .sort()
    .join(',');
}

/** Equal where Amazon would be told the same. */
export const versionOf = (parcel: Tracking & Pick<Parcel, 'lines'>): string =>
  [carrierKey(parcel), parcel.trackingNumber, parcel.shippedAt, contentsKey(parcel.lines)].join('|');

export type Units = Readonly<Record<string, number>>;

export function unitsByItem(lines: readonly ParcelLine[]): Units {
  const units: Record<string, number> = {};
  for (const { orderItemId, quantity } of lines) units[orderItemId] = (units[orderItemId] ?? 0) + quantity;
  return units;
}

/** The same physical parcel, reported by another system: same tracking number and same contents. */
export function isSameParcel(
  a: Pick<Parcel, 'trackingNumber' | 'lines'>,
  b: Pick<Parcel, 'trackingNumber' | 'lines'>,
): boolean {
  const trackingNumber = normaliseTracking(a.trackingNumber);
  return (
    trackingNumber !== '' &&
    trackingNumber === normaliseTracking(b.trackingNumber) &&
    contentsKey(a.lines) === contentsKey(b.lines)
  );
}

/** As another system is told of it. What was said of it before stays here, for it grows. */
export const withoutPast = ({ statements: _, formerNumbers: __, movedOut: ___, ...parcel }: Parcel): Parcel =>
  parcel;

/** Its shipment was taken back. */
export const isEmpty = ({ lines }: Pick<Parcel, 'lines'>): boolean => lines.length === 0;

/** In a sentence. */
export const nameOf = ({ trackingNumber, source }: Pick<Parcel, 'trackingNumber' | 'source'>): string =>
  trackingNumber.trim() === '' ? `of ${source.system} shipment ${source.shipmentId}` : trackingNumber;

/**
 * From the channel's first knowledge of the last parcel until Amazon showed all; undefined while it does not, also of a
 * correction, or where Amazon knew first.
 */
export function confirmationMs(parcels: readonly Parcel[]): number | undefined {
  const own = parcels.filter((parcel) => parcel.seenAt !== undefined && !isEmpty(parcel));
  if (own.length === 0 || own.some(({ amazon }) => amazon !== 'confirmed')) return undefined;
  const latest = (of: (parcel: Parcel) => string | undefined) =>
    Math.max(...own.map((parcel) => Date.parse(of(parcel) ?? '')));
  return Math.max(latest(({ confirmedAt }) => confirmedAt) - latest(({ seenAt }) => seenAt), 0);
}
