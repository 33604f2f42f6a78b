import type { AmazonPackage } from '../../domain/order';
import {
  isSameParcel,
  isShownByAmazon,
  openLines,
  type Parcel,
  type ParcelLine,
  packageReference,
} from '../../domain/parcel';
import type { OrderState, ParcelReport } from './contract';
import { addNote, orderOf, raise } from './state';

/**
 * Takes what a system says about a parcel, as often and in whatever order it comes. A known parcel is completed
 * or corrected, never doubled; one that holds more than is left to ship is kept and not sent.
 */
export function takeParcel(state: OrderState, report: ParcelReport): void {
  if (report.shipmentsSeen !== undefined) state.shipmentsSeen = report.shipmentsSeen;
  const known = state.parcels.find((parcel) => isAbout(report, parcel));
  if (!known) {
    addParcel(state, report);
    return;
  }
  const corrected = isSameSource(report, known) ? correction(report, known) : known;
  replace(state, withShipmentId(report, corrected));
  if (corrected !== known) {
    addNote(state, `Tracking number corrected to ${corrected.trackingNumber}.`);
  }
}

const isSameSource = (report: ParcelReport, { source }: Parcel) =>
  source.system === report.source.system && source.shipmentId === report.source.shipmentId;

const isAbout = (report: ParcelReport, parcel: Parcel) =>
  report.parcelId === parcel.parcelId || isSameSource(report, parcel) || isSameParcel(report, parcel);

/** Sending the same reference again edits the package at Amazon. */
function correction(report: ParcelReport, known: Parcel): Parcel {
  const { carrierCode, carrierName, trackingNumber } = report;
  if (carrierCode === known.carrierCode && trackingNumber === known.trackingNumber) return known;
  const { carrierName: _, ...kept } = known;
  return {
    ...kept,
    carrierCode,
    trackingNumber,
    ...(carrierName !== undefined && { carrierName }),
    amazon: 'waiting',
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
  if (!fits(state, parcel.lines)) {
    raise(
      state,
      'shipmentRefused',
      `Parcel ${parcel.trackingNumber} holds more than is left to ship, so Amazon was not told: check what was shipped.`,
    );
    state.parcels.push({ ...parcel, amazon: 'refused' });
    return;
  }
  state.parcels.push(parcel);
}

function takenReferences(state: OrderState): string[] {
  const shown = state.delivery?.order.packages ?? [];
  return [...shown, ...state.parcels].map(({ packageReferenceId }) => packageReferenceId);
}

function fits(state: OrderState, lines: readonly ParcelLine[]): boolean {
  if (!state.delivery) return true;
  const open = openLines(state.delivery.order, state.parcels);
  return lines.every(({ orderItemId, quantity }) =>
    open.some((line) => line.orderItemId === orderItemId && line.quantity >= quantity),
  );
}

export function replace(state: OrderState, parcel: Parcel): void {
  state.parcels = state.parcels.map((known) => (known.parcelId === parcel.parcelId ? parcel : known));
}

/** A parcel that Amazon shows counts as confirmed, whoever told Amazon. */
export function confirmShown(state: OrderState): void {
  const { packages } = orderOf(state);
  state.parcels = state.parcels.map((parcel) =>
    parcel.amazon === 'sent' && isShownByAmazon(parcel, packages)
      ? { ...parcel, amazon: 'confirmed' as const }
      : parcel,
  );
}

/** Packages that the seller made in Seller Central become parcels of their own. */
export function takeAmazonPackages(state: OrderState): void {
  for (const shown of orderOf(state).packages) {
    if (!state.parcels.some((parcel) => isKnownAs(shown, parcel))) state.parcels.push(fromAmazon(shown));
  }
}

const isKnownAs = (shown: AmazonPackage, parcel: Parcel) =>
  parcel.packageReferenceId === shown.packageReferenceId ||
  isSameParcel(parcel, { trackingNumber: shown.trackingNumber ?? '', lines: shown.lines });

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
