import type { AmazonOrder, AmazonPackage } from './order';
import { isSameParcel, normaliseTracking, type Parcel, versionOf } from './parcel';
import { holdParcels, isAtAmazon, isUntold } from './parcel-quantities';
import { isWithin } from './parcel-reports';

export interface PackageMatch {
  /** The package of each parcel that Amazon shows as it is now, by the parcel's id. */
  readonly shown: ReadonlyMap<string, AmazonPackage>;
  /** Parcels, by their id, that Amazon shows as they were before. */
  readonly outdated: ReadonlySet<string>;
  /** Packages that are none of the parcels. */
  readonly strangers: readonly AmazonPackage[];
}

/**
 * Holds Amazon's packages against the parcels: by our reference, else by number and contents, as they are or were, for
 * Amazon may show references of its own. One package stands for one parcel, because two boxes can travel under one
 * number.
 */
export function matchPackages(parcels: readonly Parcel[], packages: readonly AmazonPackage[]): PackageMatch {
  const shown = new Map<string, AmazonPackage>();
  const outdated = new Set<string>();
  const own = (parcel: Parcel) =>
    packages.find(({ packageReferenceId }) => packageReferenceId === parcel.packageReferenceId);
  const strangers = packages.filter((each) => !parcels.some((parcel) => own(parcel) === each));
  // What Amazon was told of comes first: it is likelier to be what Amazon shows.
  const untold = ({ amazon }: Parcel) => amazon === 'waiting';
  for (const parcel of [...parcels.filter((each) => !untold(each)), ...parcels.filter(untold)]) {
    const named = own(parcel);
    const seen = named ?? take(strangers, (each) => isSameParcel(parcel, numbered(each)));
    if (!seen) continue;
    if ((!named && isUntold(parcel)) || isLatest(seen, parcel)) shown.set(parcel.parcelId, seen);
    else outdated.add(parcel.parcelId);
  }
  for (const parcel of parcels.filter(({ parcelId }) => !shown.has(parcelId) && !outdated.has(parcelId))) {
    const isKnown = ({ packageReferenceId }: AmazonPackage) => packageReferenceId === parcel.shownAs;
    const former = take(strangers, isKnown) ?? take(strangers, (each) => wasTold(parcel, numbered(each)));
    if (former) outdated.add(parcel.parcelId);
  }
  return { shown, outdated, strangers };
}

/** The first that fits, out of the others. */
function take(packages: AmazonPackage[], fits: (each: AmazonPackage) => boolean): AmazonPackage | undefined {
  const index = packages.findIndex(fits);
  return index < 0 ? undefined : packages.splice(index, 1)[0];
}

const numbered = ({ trackingNumber = '', lines }: AmazonPackage) => ({ trackingNumber, lines });

/** Before a correction of its number, or before some of its units were recorded as other parcels. */
function wasTold(
  parcel: Parcel,
  { trackingNumber, lines }: Pick<Parcel, 'trackingNumber' | 'lines'>,
): boolean {
  if (!isAtAmazon(parcel)) return false;
  const { formerNumbers = [], movedOut = [] } = parcel;
  const number = normaliseTracking(trackingNumber);
  return (
    [normaliseTracking(parcel.trackingNumber), ...formerNumbers].includes(number) &&
    isWithin(parcel.lines, lines) &&
    isWithin(lines, [...parcel.lines, ...movedOut])
  );
}

/** Ids of the parcels that are among the packages, if only in an earlier version. */
export function parcelsAmong(
  parcels: readonly Parcel[],
  packages: readonly AmazonPackage[],
): ReadonlySet<string> {
  const { shown, outdated } = matchPackages(parcels, packages);
  return new Set([...shown.keys(), ...outdated]);
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
    return follow(order, seen ? shownAs(confirmed(parcel, at, seen), seen) : parcel);
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

const shownAs = (parcel: Parcel, { packageReferenceId }: AmazonPackage): Parcel =>
  packageReferenceId === (parcel.shownAs ?? parcel.packageReferenceId)
    ? parcel
    : { ...parcel, shownAs: packageReferenceId };

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
