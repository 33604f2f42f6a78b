import type { AmazonPackage } from '../../domain/order';
import {
  fitsOrder,
  hasSameTracking,
  isSameParcel,
  matchPackages,
  type Parcel,
  packageReference,
} from '../../domain/parcel';
import type { OrderState, ParcelReport } from './contract';
import { addNote, isOrderCancelled, orderOf, raise, resolve } from './state';

/**
 * Takes what a system says about a parcel, as often and in whatever order it comes. A known parcel is completed
 * or corrected, never doubled; one that cannot be right is kept and not sent.
 */
export function takeParcel(state: OrderState, report: ParcelReport): void {
  if (report.shipmentsSeen !== undefined) state.shipmentsSeen = report.shipmentsSeen;
  const known = state.parcels.find((parcel) => isAbout(report, parcel));
  if (!known) {
    addParcel(state, report);
    return;
  }
  const corrected = isSameSource(report, known) ? correction(state, report, known) : known;
  replace(state, withShipmentId(report, corrected));
  if (corrected === known) return;
  addNote(state, `Parcel corrected: ${corrected.carrierCode} ${corrected.trackingNumber}.`);
  resolveRefusals(state);
}

const isSameSource = (report: ParcelReport, { source }: Parcel) =>
  source.system === report.source.system && source.shipmentId === report.source.shipmentId;

const isAbout = (report: ParcelReport, parcel: Parcel) =>
  report.parcelId === parcel.parcelId ||
  isSameSource(report, parcel) ||
  (report.source.system === 'commerce' && report.source.shipmentId === parcel.commerceShipmentId) ||
  isSameFromAnother(report, parcel);

/** One system tells two parcels apart by itself; another one's is the same by number and contents. */
function isSameFromAnother(report: ParcelReport, parcel: Parcel): boolean {
  const { system } = report.source;
  if (system === parcel.source.system) return false;
  if (system === 'commerce' && parcel.commerceShipmentId !== undefined) return false;
  return isSameParcel(report, parcel);
}

/** Sending the same reference again edits the package at Amazon. Contents that cannot be right stay refused. */
function correction(state: OrderState, report: ParcelReport, known: Parcel): Parcel {
  if (hasSameTracking(report, known)) return known;
  const { carrierCode, carrierName, trackingNumber, shippedAt } = report;
  const { carrierName: _, ...kept } = known;
  return {
    ...kept,
    carrierCode,
    trackingNumber,
    shippedAt,
    ...(carrierName !== undefined && { carrierName }),
    amazon: known.amazon === 'refused' && objection(state, known) ? 'refused' : 'waiting',
  };
}

function withShipmentId({ source }: ParcelReport, parcel: Parcel): Parcel {
  if (source.system !== 'commerce' || parcel.commerceShipmentId === source.shipmentId) return parcel;
  return { ...parcel, commerceShipmentId: source.shipmentId };
}

function addParcel(state: OrderState, report: ParcelReport): void {
  const {
    shipmentsSeen: _,
    parcelId = `${report.source.system}-${report.source.shipmentId}`,
    ...told
  } = report;
  const parcel: Parcel = withShipmentId(report, {
    ...told,
    parcelId,
    packageReferenceId: packageReference(parcelId, takenReferences(state)),
    amazon: 'waiting',
  });
  const objected = objection(state, parcel);
  if (objected) raise(state, objected.reason, objected.note);
  state.parcels.push(objected ? { ...parcel, amazon: 'refused' } : parcel);
}

function takenReferences(state: OrderState): string[] {
  const shown = state.delivery?.order.packages ?? [];
  return [...shown, ...state.parcels].map(({ packageReferenceId }) => packageReferenceId);
}

/** Why Amazon is not told of a parcel that is in no other one's way: a person has to look at what was shipped. */
function objection(state: OrderState, { trackingNumber, lines }: Parcel) {
  if (isOrderCancelled(state)) {
    return {
      reason: 'cancelledAfterShipping',
      note: `Parcel ${trackingNumber} left although Amazon had cancelled the order: get it back.`,
    } as const;
  }
  if (!state.delivery || fitsOrder(lines, state.delivery.order, state.parcels)) return undefined;
  return {
    reason: 'shipmentRefused',
    note: `Parcel ${trackingNumber} holds more than is left to ship, so Amazon was not told: check what was shipped.`,
  } as const;
}

function resolveRefusals(state: OrderState): void {
  if (state.parcels.every(({ amazon }) => amazon !== 'refused')) resolve(state, 'shipmentRefused');
}

export function replace(state: OrderState, parcel: Parcel): void {
  state.parcels = state.parcels.map((known) => (known.parcelId === parcel.parcelId ? parcel : known));
}

/** A parcel that Amazon shows counts as confirmed, whoever told Amazon. */
export function confirmShown(state: OrderState): void {
  const { shown } = matchPackages(state.parcels, orderOf(state).packages);
  state.parcels = state.parcels.map((parcel) =>
    shown.has(parcel.parcelId) ? { ...parcel, amazon: 'confirmed' as const } : parcel,
  );
  resolveRefusals(state);
}

/** Packages that the seller made in Seller Central become parcels of their own. */
export function takeAmazonPackages(state: OrderState): void {
  const { strangers } = matchPackages(state.parcels, orderOf(state).packages);
  state.parcels.push(...strangers.map(fromAmazon));
}

function fromAmazon({
  packageReferenceId,
  carrier,
  trackingNumber,
  shippedAt,
  lines,
}: AmazonPackage): Parcel {
  return {
    parcelId: `amazon-${packageReferenceId}`,
    packageReferenceId,
    source: { system: 'amazon', shipmentId: packageReferenceId },
    carrierCode: carrier ?? 'Other',
    trackingNumber: trackingNumber ?? '',
    shippedAt: shippedAt ?? new Date().toISOString(),
    lines,
    amazon: 'confirmed',
  };
}
