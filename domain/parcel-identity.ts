import {
  contentsKey,
  isSameParcel,
  normaliseTracking,
  type Parcel,
  type ParcelSource,
  type ReportedParcel,
  type Tracking,
} from './parcel';
import { isUntold } from './parcel-quantities';

export const isNumberless = ({ trackingNumber }: Tracking) => normaliseTracking(trackingNumber) === '';

export const isOf = ({ source }: ReportedParcel) => {
  const { system, shipmentId } = source;
  return (other: { system: string; shipmentId: string }) =>
    other.system === system && other.shipmentId === shipmentId;
};

export const parcelIdOf = ({ system, shipmentId }: ParcelSource): string => `${system}-${shipmentId}`;

/** By what is surer first: two boxes can travel under one number. */
export function findParcel(parcels: readonly Parcel[], report: ReportedParcel): Parcel | undefined {
  const { source, parcelId: own = parcelIdOf(source) } = report;
  const isSource = isOf(report);
  const isShipment = ({ commerceShipmentId, coveredBy }: Parcel) =>
    source.system === 'commerce' && coveredBy === undefined && commerceShipmentId === source.shipmentId;
  return (
    parcels.find(({ source: first, statements }) => statements?.some(isSource) ?? isSource(first)) ??
    parcels.find(({ parcelId }) => parcelId === own) ??
    parcels.find(isShipment) ??
    findStranger(parcels, report)
  );
}

/** The same physical parcel as another system told it, also if that has corrected the number since. */
function findStranger(parcels: readonly Parcel[], report: ReportedParcel): Parcel | undefined {
  if (isNumberless(report)) return undefined;
  const number = normaliseTracking(report.trackingNumber);
  const strangers = parcels.filter((parcel) => isUnknownTo(report, parcel) && hasContents(report, parcel));
  return (
    strangers.find(({ trackingNumber }) => normaliseTracking(trackingNumber) === number) ??
    strangers.find(({ formerNumbers = [] }) => formerNumbers.includes(number))
  );
}

const isUnknownTo = ({ source: { system } }: ReportedParcel, parcel: Parcel): boolean =>
  !systemsOf(parcel).includes(system);

/** That tell the parcel apart from others by themselves. */
function systemsOf({ source, statements, commerceShipmentId }: Parcel): readonly string[] {
  const told: readonly ParcelSource[] = statements ?? [source];
  return [...told.map(({ system }) => system), ...(commerceShipmentId === undefined ? [] : ['commerce'])];
}

const hasContents = ({ lines }: ReportedParcel, parcel: Parcel): boolean => {
  const contents = contentsKey(lines);
  return (
    contents === contentsKey(parcel.lines) ||
    (parcel.statements ?? []).some((statement) => statement.contents === contents)
  );
};

/** Two systems told one parcel under two numbers, until one of them was corrected. */
export function unite(
  parcels: readonly Parcel[],
  parcel: Parcel,
): {
  readonly parcels: readonly Parcel[];
  readonly parcel: Parcel;
} {
  const twin = parcels.find((each) => each !== parcel && areOne(each, parcel));
  if (!twin) return { parcels, parcel };
  const [kept, dropped] = isUntold(parcel) ? [twin, parcel] : [parcel, twin];
  const { commerceShipmentId = dropped.commerceShipmentId } = kept;
  const united: Parcel = {
    ...kept,
    statements: [...(kept.statements ?? []), ...(dropped.statements ?? [])],
    ...(commerceShipmentId !== undefined && { commerceShipmentId }),
  };
  const others = parcels.filter((each) => each !== dropped);
  return { parcels: others.map((each) => (each === kept ? united : each)), parcel: united };
}

const areOne = (a: Parcel, b: Parcel): boolean =>
  isSameParcel(a, b) &&
  !systemsOf(a).some((system) => systemsOf(b).includes(system)) &&
  (isUntold(a) || isUntold(b));
