import { markLateShown } from '../../domain/imported-parcels';
import { takePackages } from '../../domain/packages';
import { nameOf, type Parcel } from '../../domain/parcel';
import { holdParcels } from '../../domain/parcel-quantities';
import { takeReport } from '../../domain/parcel-reports';
import type { OrderState, ParcelReport } from './contract';
import { addNote, isOrderCancelled, now, orderOf, raise, resolve } from './state';

/** Takes what a system says about a parcel, as often and in whatever order it comes. */
export function takeParcel(state: OrderState, { shipmentsSeen, ...report }: ParcelReport): void {
  if (shipmentsSeen !== undefined) state.shipmentsSeen = shipmentsSeen;
  const taken = state.delivery?.order.packages.map(({ packageReferenceId }) => packageReferenceId) ?? [];
  const numbersBefore = furtherNumbers(state);
  const { parcels, parcel, kind } = takeReport(state.parcels, report, { seenAt: now(), taken });
  if (kind === 'corrected') {
    addNote(state, `Parcel corrected: ${parcel.carrierCode} ${parcel.trackingNumber}.`);
  }
  keepParcels(state, parcels);
  if (furtherNumbers(state) !== numbersBefore) noteFurtherNumbers(state, parcel);
}

/** Held against the order as it is now. Tells of what is newly refused; of nothing, once nothing is. */
export function keepParcels(state: OrderState, parcels: readonly Parcel[]): void {
  const before = state.parcels.flatMap(complaints);
  const kept = state.delivery ? holdParcels(state.delivery.order, parcels) : parcels;
  state.parcels = [...kept];
  const after = kept.flatMap(complaints);
  const isLate = state.delivery !== null && isOrderCancelled(state);
  if (after.some((complaint) => !before.includes(complaint))) {
    raise(state, isLate ? 'cancelledAfterShipping' : 'shipmentRefused', after.join(' '));
  } else if (after.length > 0) {
    renewNote(state, after.join(' '));
  }
  if (after.length === 0) resolve(state, 'shipmentRefused');
}

/** What is solved is not said any more, which is no news. */
function renewNote(state: OrderState, note: string): void {
  state.attention = state.attention.map((each) =>
    each.reason === 'shipmentRefused' ? { ...each, note } : each,
  );
}

const complaints = ({ objection, difference }: Parcel): string[] =>
  [objection, difference].filter((sentence) => sentence !== undefined);

/** A parcel that Amazon shows counts as confirmed, whoever told Amazon; others were made in Seller Central. */
export const takeAmazonPackages = (state: OrderState): void =>
  keepParcels(state, markLateShown(takePackages(orderOf(state), state.parcels, now()), state.commerce));

export const replace = (state: OrderState, parcel: Parcel): void =>
  keepParcels(
    state,
    state.parcels.map((known) => (known.parcelId === parcel.parcelId ? parcel : known)),
  );

const furtherNumbers = ({ parcels }: OrderState): string =>
  parcels.flatMap((parcel) => parcel.furtherNumbers ?? []).join();

function noteFurtherNumbers(state: OrderState, parcel: Parcel): void {
  const numbers = parcel.furtherNumbers?.join(', ');
  if (!numbers) return;
  addNote(
    state,
    `Parcel ${nameOf(parcel)} travels under more numbers, of which Amazon is not told: ${numbers}. Record a parcel of its own for a number that holds some of the units.`,
  );
}
