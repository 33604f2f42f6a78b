import { type AmazonOrder, isCancelled, quantityToShip } from './order';
import { linesToShow, nameOf, type Parcel, type ParcelLine, type Units, unitsByItem } from './parcel';
import { trackingObjection } from './tracking';

/** Amazon took it, or may have taken it. */
export const isAtAmazon = ({ amazon, asked, takenAt }: Parcel): boolean =>
  amazon === 'sent' ||
  amazon === 'confirmed' ||
  takenAt !== undefined ||
  (amazon === 'waiting' && asked !== undefined);

/** Amazon was never asked to take it, so it can still be changed in every way. */
export const isUntold = (parcel: Parcel): boolean => !isAtAmazon(parcel) && parcel.asked === undefined;

const unitsIn = (parcels: readonly Parcel[]): Units => unitsByItem(parcels.flatMap(({ lines }) => lines));

/** Units per order line that lie in a parcel, whether Amazon knows it yet or not; those that it refused do not. */
export const shippedQuantities = (parcels: readonly Parcel[]): Units =>
  unitsIn(parcels.filter((parcel) => parcel.amazon !== 'refused' || isAtAmazon(parcel)));

/** Units that are neither cancelled nor gone by Amazon's count or by ours, which may be ahead of each other. */
function roomAtAmazon(order: AmazonOrder, parcels: readonly Parcel[]): Units {
  const told = unitsIn(parcels.filter(isAtAmazon));
  const moved = unitsByItem(parcels.flatMap(({ movedOut = [] }) => movedOut));
  return Object.fromEntries(
    order.lines.map((line) => [
      line.orderItemId,
      quantityToShip(line) -
        Math.max(told[line.orderItemId] ?? 0, line.quantityFulfilled - (moved[line.orderItemId] ?? 0)),
    ]),
  );
}

/** Ordered, not cancelled units that no parcel holds yet, per line with any. */
export function openLines(order: AmazonOrder, parcels: readonly Parcel[]): readonly ParcelLine[] {
  const waiting = parcels.filter((parcel) => parcel.amazon === 'waiting' && !isAtAmazon(parcel));
  return linesOf(less(roomAtAmazon(order, parcels), unitsIn(waiting)));
}

/** Whether `lines` hold only units of the order that no parcel holds yet. */
export const fitsOrder = (
  lines: readonly ParcelLine[],
  order: AmazonOrder,
  parcels: readonly Parcel[],
): boolean => fits(lines, unitsByItem(openLines(order, parcels)));

const fits = (lines: readonly ParcelLine[], room: Units): boolean =>
  Object.entries(unitsByItem(lines)).every(([orderItemId, quantity]) => quantity <= (room[orderItemId] ?? 0));

/** Items that only `taken` has are left out. */
export const less = (units: Units, taken: Units): Units =>
  Object.fromEntries(
    Object.entries(units).map(([orderItemId, quantity]) => [
      orderItemId,
      quantity - (taken[orderItemId] ?? 0),
    ]),
  );

/** One line for each item with any units. */
export const linesOf = (units: Units): ParcelLine[] =>
  Object.entries(units).flatMap(([orderItemId, quantity]) =>
    quantity > 0 ? [{ orderItemId, quantity }] : [],
  );

/**
 * Holds the parcels that Amazon was not asked to take against what is left of the order, the waiting ones first: what
 * does not fit is refused, with the reason, and waits again once it fits.
 */
export function holdParcels(order: AmazonOrder, parcels: readonly Parcel[]): readonly Parcel[] {
  let room = roomAtAmazon(order, parcels);
  const held = new Map(parcels.map((parcel) => [parcel.parcelId, parcel]));
  const untold = parcels.filter(isUntold);
  if (isCancelled(order)) return parcels.map((parcel) => (untold.includes(parcel) ? late(parcel) : parcel));
  const isWaiting = ({ amazon }: Parcel) => amazon === 'waiting';
  for (const parcel of [...untold.filter(isWaiting), ...untold.filter((each) => !isWaiting(each))]) {
    const judged = judge(parcel, room, [...held.values()]);
    for (const each of judged) held.set(each.parcelId, each);
    const [own] = judged;
    if (own?.amazon === 'waiting') room = less(room, unitsByItem(own.lines));
  }
  return [...held.values()];
}

/** The parcel as it may wait, or with the reason why not, and those that its contents cover. */
function judge(parcel: Parcel, room: Units, parcels: readonly Parcel[]): readonly [Parcel, ...Parcel[]] {
  const { objection: _, ...sound } = parcel;
  if (parcel.lines.length === 0) return [{ ...sound, amazon: 'refused' }];
  const wrong = trackingObjection(parcel.trackingNumber);
  if (wrong) {
    const { system, shipmentId } = parcel.source;
    return [refused(parcel, `The parcel of ${system} shipment ${shipmentId} ${wrong}. Correct it there.`)];
  }
  if (fits(parcel.lines, room)) return [{ ...sound, amazon: 'waiting' }];
  return (
    withoutPackages(sound, room, parcels) ?? [
      refused(
        parcel,
        `Parcel ${nameOf(parcel)} holds more than is left to ship, so Amazon was not told: check what was shipped.`,
      ),
    ]
  );
}

const late = (parcel: Parcel): Parcel =>
  refused(parcel, `Parcel ${nameOf(parcel)} left although Amazon had cancelled the order: get it back.`);

const refused = (parcel: Parcel, objection: string): Parcel => ({ ...parcel, amazon: 'refused', objection });

/**
 * A shipment of Commerce or the ERP over units that the seller has confirmed in Seller Central himself, and over more:
 * Amazon is told of the rest. One over nothing else has another number than Amazon's, which a person has to look at.
 */
function withoutPackages(
  parcel: Omit<Parcel, 'objection'>,
  room: Units,
  parcels: readonly Parcel[],
): readonly [Parcel, ...Parcel[]] | undefined {
  let units = unitsByItem(parcel.lines);
  const covered: Parcel[] = [];
  for (const each of parcels.filter((other) => mayCover(parcel, other))) {
    const lines = linesOf(units);
    if (fits(lines, room)) break;
    if (!fits(each.lines, units)) continue;
    units = less(units, unitsByItem(each.lines));
    const { commerceShipmentId } = parcel;
    covered.push({
      ...each,
      coveredBy: parcel.parcelId,
      ...(commerceShipmentId !== undefined && { commerceShipmentId }),
    });
  }
  const lines = linesOf(units);
  if (lines.length === 0 || !fits(lines, room)) return undefined;
  return [{ ...parcel, lines, amazon: 'waiting' }, ...covered];
}

/** The system of the parcel does not know that package for itself. */
const mayCover = (parcel: Omit<Parcel, 'objection'>, other: Parcel): boolean =>
  other.source.system === 'amazon' &&
  linesToShow(other).length > 0 &&
  other.coveredBy === undefined &&
  !(other.statements ?? []).some(({ system }) => system === parcel.source.system) &&
  !(parcel.commerceShipmentId !== undefined && other.commerceShipmentId !== undefined);
