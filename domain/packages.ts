import type { AmazonOrder, AmazonPackage } from './order';
import { isSameParcel, normaliseTracking, type Parcel, versionOf } from './parcel';
import { holdParcels } from './parcel-quantities';

export interface PackageMatch {
  /** The package of each parcel that Amazon shows as it is now, by the parcel's id. */
  readonly shown: ReadonlyMap<string, AmazonPackage>;
  /** Packages that are none of the parcels. */
  readonly strangers: readonly AmazonPackage[];
}

/**
 * Holds Amazon's packages against the parcels: by our reference, else by number and contents. One package stands for
 * one parcel, because two boxes can travel under one number.
 */
export function matchPackages(parcels: readonly Parcel[], packages: readonly AmazonPackage[]): PackageMatch {
  const shown = new Map<string, AmazonPackage>();
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
    const [stranger] = index < 0 ? [] : strangers.splice(index, 1);
    if (stranger) shown.set(parcel.parcelId, stranger);
    else if (named && isLatest(named, parcel)) shown.set(parcel.parcelId, named);
  }
  return { shown, strangers };
}

/** Ids of the parcels that are among the packages, if only in an earlier version. */
export function parcelsAmong(
  parcels: readonly Parcel[],
  packages: readonly AmazonPackage[],
): ReadonlySet<string> {
  const { shown } = matchPackages(parcels, packages);
  const named = parcels.filter((parcel) =>
    packages.some(({ packageReferenceId }) => packageReferenceId === parcel.packageReferenceId),
  );
  return new Set([...shown.keys(), ...named.map(({ parcelId }) => parcelId)]);
}

/** A correction that Amazon was not told of is not in what it shows, even where the number is the same. */
function isLatest({ trackingNumber = '' }: AmazonPackage, parcel: Parcel): boolean {
  const { amazon, asked, takenAt } = parcel;
  if (amazon === 'waiting' && (takenAt !== undefined || asked !== versionOf(parcel))) return false;
  return normaliseTracking(trackingNumber) === normaliseTracking(parcel.trackingNumber);
}

/**
 * Takes the packages that Amazon shows. What it shows is confirmed, whoever told it; packages of nobody's were made in
 * Seller Central and become parcels of their own. Then the others are held against what is left.
 */
export function takePackages(order: AmazonOrder, parcels: readonly Parcel[], at: string): readonly Parcel[] {
  const { shown, strangers } = matchPackages(parcels, order.packages);
  const looked = parcels.map((parcel) => {
    const seen = shown.get(parcel.parcelId);
    return follow(order, seen ? confirmed(parcel, at, seen) : parcel);
  });
  return holdParcels(order, [...looked, ...strangers.map((each) => fromAmazon(each, at))]);
}

export function confirmed(parcel: Parcel, at: string, shown?: AmazonPackage): Parcel {
  if (parcel.amazon === 'confirmed') return parcel;
  const { objection: _, ...sound } = parcel;
  const { takenAt = at, confirmedAt = at } = parcel;
  return {
    ...sound,
    packageReferenceId: referenceFor(parcel, shown),
    amazon: 'confirmed',
    takenAt,
    confirmedAt,
  };
}

/** A package that the seller made is edited under his reference, or it would be there twice. */
function referenceFor({ packageReferenceId, takenAt }: Parcel, shown: AmazonPackage | undefined): string {
  const isSellers = takenAt === undefined && /^[1-9]\d*$/.test(shown?.packageReferenceId ?? '');
  return isSellers && shown ? shown.packageReferenceId : packageReferenceId;
}

/** What only Amazon knows is as Amazon shows it now. */
function follow({ packages }: AmazonOrder, parcel: Parcel): Parcel {
  if (parcel.source.system !== 'amazon' || parcel.statements || parcel.amazon !== 'confirmed') return parcel;
  const shown = packages.find((each) => each.packageReferenceId === parcel.packageReferenceId);
  return shown ? { ...parcel, ...told(shown, parcel.shippedAt) } : parcel;
}

const told = (
  { carrier = 'Other', trackingNumber = '', shippedAt, lines }: AmazonPackage,
  otherwise: string,
): Pick<Parcel, 'carrierCode' | 'trackingNumber' | 'shippedAt' | 'lines'> => ({
  carrierCode: carrier,
  trackingNumber,
  shippedAt: shippedAt ?? otherwise,
  lines,
});

function fromAmazon(shown: AmazonPackage, at: string): Parcel {
  const { packageReferenceId } = shown;
  return {
    parcelId: `amazon-${packageReferenceId}`,
    packageReferenceId,
    source: { system: 'amazon', shipmentId: packageReferenceId },
    ...told(shown, at),
    amazon: 'confirmed',
    takenAt: at,
    confirmedAt: at,
  };
}
