import {
  carrierKey,
  contentsKey,
  nameOf,
  normaliseTracking,
  type Parcel,
  type ParcelLine,
  packageReference,
  type ReportedParcel,
  type Statement,
  type Tracking,
  unitsByItem,
} from './parcel';
import { findParcel, isNumberless, isOf, parcelIdOf, unite } from './parcel-identity';
import { isAtAmazon, linesOf } from './parcel-quantities';

const numbersKept = 20;

export interface TakenReport {
  readonly parcels: readonly Parcel[];
  /** The one that the report is about, as it is now. */
  readonly parcel: Parcel;
  /**
   * - `new`: the first that is heard of it
   * - `repeated`: nothing that Amazon has to know
   * - `corrected`: Amazon is to be told anew
   * - `contentsDiffer`: a parcel that Amazon knows already is said to hold something else; nothing is changed
   */
  readonly kind: 'new' | 'repeated' | 'corrected' | 'contentsDiffer';
}

/**
 * Takes what a system says about a parcel, as often and in whatever order it comes. A known parcel is completed or
 * corrected, never doubled. `taken` are package references that Amazon has already.
 */
export function takeReport(
  parcels: readonly Parcel[],
  report: ReportedParcel,
  { seenAt, taken }: { readonly seenAt: string; readonly taken: readonly string[] },
): TakenReport {
  const known = findParcel(parcels, report);
  if (!known) {
    const parcel = create(report, seenAt, [...taken, ...parcels.map((each) => each.packageReferenceId)]);
    return { parcels: [...parcels, parcel], parcel, kind: 'new' };
  }
  if (isLate(known, report)) return { parcels, parcel: known, kind: 'repeated' };
  const { parcel, kind } = isNumberless(report) ? attach(known, report) : follow(known, report);
  const followed = parcels.map((each) => (each === known ? parcel : each));
  return { ...(kind === 'repeated' ? { parcels: followed, parcel } : unite(followed, parcel)), kind };
}

/** The system has said something newer of the parcel. */
function isLate({ statements }: Parcel, report: ReportedParcel): boolean {
  const { revision } = statements?.find(isOf(report)) ?? {};
  return revision !== undefined && report.revision !== undefined && report.revision < revision;
}

type Followed = Pick<TakenReport, 'parcel' | 'kind'>;

/** A shipment that has no number yet, or lost it, says nothing of the one that is known. */
const attach = (parcel: Parcel, { source }: ReportedParcel): Followed => ({
  parcel: source.system === 'commerce' ? { ...parcel, commerceShipmentId: source.shipmentId } : parcel,
  kind: 'repeated',
});

function create(report: ReportedParcel, seenAt: string, taken: readonly string[]): Parcel {
  const { source, lines, parcelId = parcelIdOf(source) } = report;
  const { carrierCode, carrierName, service, trackingNumber, shippedAt } = report;
  const parcel: Parcel = {
    parcelId,
    packageReferenceId: packageReference(parcelId, taken),
    source,
    carrierCode,
    ...(carrierName !== undefined && { carrierName }),
    ...(service !== undefined && { service }),
    trackingNumber,
    shippedAt,
    lines,
    amazon: 'waiting',
    seenAt,
  };
  return complete(parcel, report);
}

/** With what the report adds and Amazon need not know. */
function complete(parcel: Parcel, report: ReportedParcel): Parcel {
  const { source, trackingNumber, shippedAt, lines, furtherNumbers, revision } = report;
  const statement: Statement = {
    ...source,
    trackingNumber,
    carrier: carrierKey(report),
    shippedAt,
    contents: contentsKey(lines),
    ...(revision !== undefined && { revision }),
  };
  const known = parcel.statements ?? [];
  const isKnown = known.some(isOf(report));
  const statements = isKnown
    ? known.map((each) => (isOf(report)(each) ? statement : each))
    : [...known, statement];
  return {
    ...parcel,
    statements,
    ...(furtherNumbers && { furtherNumbers }),
    ...(source.system === 'commerce' && { commerceShipmentId: source.shipmentId }),
  };
}

/** The first word of a system only shows that it knows the parcel, unless it is a person's. */
function follow(known: Parcel, report: ReportedParcel): Followed {
  const parcel = complete(known, report);
  const isPersons = report.source.system === 'operator';
  const past = known.statements?.find(isOf(report)) ?? (isPersons ? statementOf(known) : undefined);
  if (!past) return { parcel, kind: 'repeated' };
  const isDated = past.shippedAt !== undefined && past.shippedAt !== report.shippedAt;
  const isCorrected =
    isDated ||
    normaliseTracking(past.trackingNumber) !== normaliseTracking(report.trackingNumber) ||
    (past.carrier !== undefined && past.carrier !== carrierKey(report));
  const corrected = isCorrected ? withTracking(parcel, report, isDated) : parcel;
  const contents = contentsKey(report.lines);
  if (past.contents !== undefined && past.contents !== contents) return withContents(corrected, report);
  return { parcel: corrected, kind: isCorrected ? 'corrected' : 'repeated' };
}

/** What Amazon was told of holds what it was told; what was taken back once does not come again under the same id. */
function withContents(parcel: Parcel, report: ReportedParcel): Followed {
  const { difference: _, ...plain } = parcel;
  if (parcel.lines.length === 0 || contentsKey(parcel.lines) === contentsKey(report.lines)) {
    return { parcel: plain, kind: 'repeated' };
  }
  if (!isAtAmazon(parcel)) return { parcel: renewed({ ...plain, lines: report.lines }), kind: 'corrected' };
  const change = report.lines.length === 0 ? 'was taken back' : 'is said to hold something else by now';
  const difference = `Parcel ${nameOf(parcel)} ${change}, which Amazon was not told: see what was shipped, and record it.`;
  return { parcel: { ...parcel, difference }, kind: 'contentsDiffer' };
}

/** To be told anew; what Amazon never took counts as never told. */
function renewed(parcel: Parcel): Parcel {
  const { asked, concessions: _, objection: __, ...kept } = parcel;
  const isKnown = asked !== undefined && isAtAmazon(parcel);
  return { ...kept, ...(isKnown && { asked }), amazon: 'waiting' };
}

/** Without the date: a person who only repeats number and carrier does not correct that. */
const statementOf = (parcel: Parcel): Statement => ({
  ...parcel.source,
  trackingNumber: parcel.trackingNumber,
  carrier: carrierKey(parcel),
});

/** Sending the same reference again edits the package at Amazon. */
export function withTracking(
  parcel: Parcel,
  { carrierCode, carrierName, service, trackingNumber, shippedAt }: Tracking,
  isDated: boolean,
): Parcel {
  const { carrierName: _, service: __, formerNumbers = [], ...kept } = renewed(parcel);
  const former = normaliseTracking(parcel.trackingNumber);
  const isRenumbered = former !== '' && former !== normaliseTracking(trackingNumber);
  const older = formerNumbers.filter((number) => number !== former);
  const numbers = isRenumbered ? [...older, former].slice(-numbersKept) : formerNumbers;
  return {
    ...kept,
    carrierCode,
    ...(carrierName !== undefined && { carrierName }),
    ...(service !== undefined && { service }),
    trackingNumber,
    ...(isDated && { shippedAt }),
    ...(numbers.length > 0 && { formerNumbers: numbers }),
  };
}

/**
 * The channel made, or found, the shipment that shows the parcel in Commerce, under the number that it had then: the
 * parcel may have been corrected since.
 */
export function showParcel(
  parcels: readonly Parcel[],
  { parcelId }: Pick<Parcel, 'parcelId'>,
  { shipmentId, trackingNumber: number }: { readonly shipmentId: string; readonly trackingNumber?: string },
): readonly Parcel[] {
  const source = { system: 'commerce', shipmentId } as const;
  const isOther = (each: Parcel) =>
    each.parcelId !== parcelId && each.commerceShipmentId === shipmentId && each.trackingNumber.trim() === '';
  return parcels
    .filter((each) => !isOther(each))
    .map((each) => {
      if (each.parcelId !== parcelId) return each;
      const { statements = [] } = each;
      const trackingNumber = number ?? each.trackingNumber;
      const isKnown = statements.some(({ system }) => system === 'commerce');
      return {
        ...each,
        commerceShipmentId: shipmentId,
        ...(each.statements && !isKnown && { statements: [...statements, { ...source, trackingNumber }] }),
      };
    });
}

export const isWithin = (lines: readonly ParcelLine[], others: readonly ParcelLine[]): boolean => {
  const held = unitsByItem(others);
  return Object.entries(unitsByItem(lines)).every(([item, quantity]) => quantity <= (held[item] ?? 0));
};

/** Some of the parcel's units travel in a parcel of their own, by a person's word. Amazon is told of the rest first. */
export function splitParcel(
  parcels: readonly Parcel[],
  parcel: Parcel,
  part: ReportedParcel,
  seenAt: string,
): readonly Parcel[] {
  const { difference: _, ...plain } = parcel;
  const taken = unitsByItem(part.lines);
  const left = Object.entries(unitsByItem(parcel.lines)).map(([orderItemId, quantity]) => ({
    orderItemId,
    quantity: quantity - (taken[orderItemId] ?? 0),
  }));
  const rest = renewed({
    ...plain,
    lines: left.filter(({ quantity }) => quantity > 0),
    movedOut: linesOf(unitsByItem([...(parcel.movedOut ?? []), ...part.lines])),
  });
  const { commerceShipmentId, shippedBeforeImport } = parcel;
  const other: Parcel = {
    ...create(
      part,
      seenAt,
      parcels.map(({ packageReferenceId }) => packageReferenceId),
    ),
    ...(commerceShipmentId !== undefined && { commerceShipmentId }),
    ...(shippedBeforeImport && { shippedBeforeImport }),
  };
  return [...parcels.map((each) => (each === parcel ? rest : each)), other];
}
