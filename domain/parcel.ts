import { type AmazonOrder, type AmazonPackage, quantityToShip } from './order';

export interface ParcelLine {
  readonly orderItemId: string;
  readonly quantity: number;
}

/** Where a parcel was first seen, and its id there. */
export interface ParcelSource {
  readonly system: 'commerce' | 'erp' | 'operator' | 'amazon';
  readonly shipmentId: string;
}

/**
 * - `waiting`: not told to Amazon yet
 * - `sent`: Amazon answered 204, which proves nothing
 * - `confirmed`: seen among Amazon's packages
 * - `refused`: Amazon will not take it; a person decides
 */
export type AmazonParcelState = 'waiting' | 'sent' | 'confirmed' | 'refused';

export interface Parcel {
  readonly parcelId: string;
  /** Amazon's key of the package: sending it again edits that package. Never recomputed. */
  readonly packageReferenceId: string;
  readonly source: ParcelSource;
  readonly carrierCode: string;
  readonly carrierName?: string;
  readonly trackingNumber: string;
  readonly shippedAt: string;
  readonly lines: readonly ParcelLine[];
  readonly amazon: AmazonParcelState;
  /** Of the shipment in Commerce that shows this parcel. */
  readonly commerceShipmentId?: string;
  /** Had left before the Commerce order was created, which says so in its quantities and needs no shipment. */
  readonly shippedBeforeImport?: boolean;
}

/**
 * A positive number of at most nine digits from the parcel's id (FNV-1a), moved on past `taken` references.
 * Deterministic, because workflow code calls it.
 */
export function packageReference(parcelId: string, taken: readonly string[]): string {
  let hash = 0x811c9dc5;
  for (const character of parcelId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  let reference = (hash % 999_999_999) + 1;
  while (taken.includes(String(reference))) reference = (reference % 999_999_999) + 1;
  return String(reference);
}

export function normaliseTracking(trackingNumber: string): string {
  return trackingNumber.replace(/[\s-]/g, '').toUpperCase();
}

/** What Amazon is told of a parcel beside its contents. */
export function hasSameTracking(
  a: Pick<Parcel, 'carrierCode' | 'carrierName' | 'trackingNumber' | 'shippedAt'>,
  b: Pick<Parcel, 'carrierCode' | 'carrierName' | 'trackingNumber' | 'shippedAt'>,
): boolean {
  return (
    a.carrierCode === b.carrierCode &&
    a.carrierName === b.carrierName &&
    a.trackingNumber === b.trackingNumber &&
    a.shippedAt === b.shippedAt
  );
}

/** Equal for equal contents, however the units of an order line are spread over parcel lines. */
function contentsKey(lines: readonly ParcelLine[]): string {
  const units = Object.entries(unitsByItem(lines)).filter(([, quantity]) => quantity !== 0);
  return units
    .map(([orderItemId, quantity]) => `${orderItemId}=${quantity}`)
    .sort()
    .join(',');
}

function unitsByItem(lines: readonly ParcelLine[]): Readonly<Record<string, number>> {
  const units: Record<string, number> = {};
  for (const line of lines) units[line.orderItemId] = (units[line.orderItemId] ?? 0) + line.quantity;
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

export interface PackageMatch {
  /** Ids of the parcels that Amazon shows as they are now. */
  readonly shown: ReadonlySet<string>;
  /** Packages that are none of the parcels. */
  readonly strangers: readonly AmazonPackage[];
}

/**
 * Holds Amazon's packages against the parcels: by our reference, else by number and contents. One package stands for
 * one parcel, because two boxes can travel under one number.
 */
export function matchPackages(parcels: readonly Parcel[], packages: readonly AmazonPackage[]): PackageMatch {
  const shown = new Set<string>();
  const own = (parcel: Parcel) =>
    packages.find(({ packageReferenceId }) => packageReferenceId === parcel.packageReferenceId);
  const strangers = packages.filter((each) => !parcels.some((parcel) => own(parcel) === each));
  // What Amazon was told of comes first: it is likelier to be what Amazon shows.
  const untold = ({ amazon }: Parcel) => amazon === 'waiting';
  for (const parcel of [...parcels.filter((each) => !untold(each)), ...parcels.filter(untold)]) {
    const named = own(parcel);
    const index = named
      ? -1
      : strangers.findIndex(({ trackingNumber = '', lines }) =>
          isSameParcel(parcel, { trackingNumber, lines }),
        );
    if (index >= 0) strangers.splice(index, 1);
    if (index >= 0 || (named && hasNumber(named, parcel))) shown.add(parcel.parcelId);
  }
  return { shown, strangers };
}

const hasNumber = ({ trackingNumber = '' }: AmazonPackage, parcel: Parcel) =>
  normaliseTracking(trackingNumber) === normaliseTracking(parcel.trackingNumber);

/** Units per order line that lie in a parcel, whether Amazon knows it yet or not; refused parcels do not count. */
export function shippedQuantities(parcels: readonly Parcel[]): Readonly<Record<string, number>> {
  return unitsByItem(
    parcels.filter((parcel) => parcel.amazon !== 'refused').flatMap((parcel) => parcel.lines),
  );
}

/** Ordered, not cancelled units that no parcel holds yet, per line with any. */
export function openLines(order: AmazonOrder, parcels: readonly Parcel[]): readonly ParcelLine[] {
  const shipped = shippedQuantities(parcels);
  return order.lines
    .map((line) => ({
      orderItemId: line.orderItemId,
      quantity: quantityToShip(line) - (shipped[line.orderItemId] ?? 0),
    }))
    .filter((line) => line.quantity > 0);
}

/** Whether `lines` hold only units of the order that no parcel holds yet. */
export function fitsOrder(
  lines: readonly ParcelLine[],
  order: AmazonOrder,
  parcels: readonly Parcel[],
): boolean {
  const open = unitsByItem(openLines(order, parcels));
  return Object.entries(unitsByItem(lines)).every(
    ([orderItemId, quantity]) => quantity <= (open[orderItemId] ?? 0),
  );
}
