import type { PlacedOrder } from './commerce-order';
import type { AmazonPackage } from './order';
import { parcelsAmong } from './packages';
import { linesToShow, type Parcel, unitsByItem } from './parcel';
import { isAtAmazon, less, linesOf } from './parcel-quantities';

type ShippedBefore = Pick<PlacedOrder, 'shippedBefore'>;

/**
 * Marks what had left before the Commerce order was made or found. The units that it counts are likelier those that
 * Amazon showed then than those that it had only taken.
 */
export function markImported(
  parcels: readonly Parcel[],
  packages: readonly AmazonPackage[],
  commerce: ShippedBefore,
): readonly Parcel[] {
  const among = parcelsAmong(parcels, packages);
  const isShown = ({ parcelId }: Parcel) => among.has(parcelId);
  const taken = parcels.filter((parcel) => !isShown(parcel) && isAtAmazon(parcel));
  return mark(parcels, commerce, [...parcels.filter(isShown), ...taken], isShown);
}

/** Amazon counts units before it shows their package: one that it knew without us is taken for these. */
export function markLateShown(
  parcels: readonly Parcel[],
  commerce: ShippedBefore | undefined,
): readonly Parcel[] {
  if (!commerce?.shippedBefore) return parcels;
  const isAmazons = ({ amazon, asked }: Parcel) => amazon === 'confirmed' && asked === undefined;
  return mark(parcels, commerce, parcels.filter(isAmazons), () => false);
}

/** Each unit that Commerce counts stands for one of a parcel, the `possible` ones in turn. */
function mark(
  parcels: readonly Parcel[],
  { shippedBefore = {} }: ShippedBefore,
  possible: readonly Parcel[],
  hadLeft: (parcel: Parcel) => boolean,
): readonly Parcel[] {
  let left = less(shippedBefore, unitsByItem(parcels.flatMap(countedLines)));
  const marked = new Map<string, Parcel>();
  for (const parcel of possible.filter((each) => !isMarked(each))) {
    const uncounted = linesOf(less(unitsByItem(parcel.lines), unitsByItem(linesOf(left))));
    const imported: Parcel = { ...parcel, shippedBeforeImport: true, ...(uncounted[0] && { uncounted }) };
    const counted = countedLines(imported);
    if (counted.length === 0 && !hadLeft(parcel)) continue;
    left = less(left, unitsByItem(counted));
    marked.set(parcel.parcelId, imported);
  }
  return parcels.map((parcel) => marked.get(parcel.parcelId) ?? parcel);
}

const isMarked = ({ commerceShipmentId, shippedBeforeImport }: Parcel): boolean =>
  commerceShipmentId !== undefined || shippedBeforeImport === true;

/** What of it the Commerce order counts without a shipment. */
const countedLines = (parcel: Parcel) =>
  linesOf(less(unitsByItem(parcel.lines), unitsByItem(linesToShow(parcel))));
