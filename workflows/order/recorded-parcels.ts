import {
  linesToShow,
  normaliseTracking,
  type Parcel,
  type ParcelLine,
  type ReportedParcel,
  unitsByItem,
} from '../../domain/parcel';
import { fitsOrder, isUntold, openLines } from '../../domain/parcel-quantities';
import { isWithin, splitParcel, takeReport, withTracking } from '../../domain/parcel-reports';
import { trackingObjection } from '../../domain/tracking';
import type { OrderState, RecordParcelRequest } from './contract';
import { keepParcels } from './parcels';
import { delivered, isOnlyListed, isOrderCancelled, now, orderOf } from './state';

/** Why the order cannot have this parcel, as a sentence. */
export function recordObjection(state: OrderState, request: RecordParcelRequest): string | undefined {
  const { trackingNumber, carrierCode, shippedAt, lines, from } = request;
  if (!state.delivery) return 'The order itself has not come yet.';
  const { order } = state.delivery;
  if (order.fulfilledBy === 'AMAZON') return 'Amazon ships this order itself.';
  if (isOnlyListed(state)) return 'The channel only lists this order: confirm the parcel in Seller Central.';
  if (isOrderCancelled(state)) return 'Amazon has cancelled the order: get the parcel back.';
  const objection = trackingObjection(trackingNumber);
  if (objection !== undefined) return `The parcel ${objection}.`;
  if (carrierCode.trim() === '') return 'Say which carrier has the parcel.';
  if (shippedAt !== undefined && Number.isNaN(Date.parse(shippedAt))) return `${shippedAt} is no date.`;
  return (
    linesObjection(state, lines) ??
    (from === undefined ? newObjection(state, request) : fromObjection(state, request, from))
  );
}

function linesObjection(state: OrderState, lines?: readonly ParcelLine[]): string | undefined {
  if (lines?.length === 0) return 'Say at least one unit.';
  const known = orderOf(state).lines.map(({ orderItemId }) => orderItemId);
  for (const { orderItemId, quantity } of lines ?? []) {
    if (!known.includes(orderItemId))
      return `The order has no item ${orderItemId}; it has ${known.join(', ')}.`;
    if (!Number.isInteger(quantity) || quantity < 1) return `${quantity} is no number of units.`;
  }
  return undefined;
}

function newObjection(state: OrderState, { trackingNumber, lines }: RecordParcelRequest): string | undefined {
  const open = openLines(orderOf(state), state.parcels);
  const [same] = withNumber(state, trackingNumber);
  if (same?.statements?.some(({ system }) => system === 'operator'))
    return `Parcel ${trackingNumber} is recorded already: to change it, record it from itself.`;
  if (!lines && open.length === 0)
    return 'All of the order is in parcels: say from which one the units of this one are.';
  if (lines && !fitsOrder(lines, orderOf(state), state.parcels))
    return `The parcel holds more than is left to ship: ${inWords(state, open) || 'nothing'}.`;
  return undefined;
}

function fromObjection(
  state: OrderState,
  { trackingNumber, lines }: RecordParcelRequest,
  from: string,
): string | undefined {
  const [parcel, ...others] = withNumber(state, from);
  if (!parcel) return `The order has no parcel ${from}.`;
  if (others.length > 0) return `The order has more than one parcel ${from}.`;
  if (!lines || isWhole(parcel, lines)) return undefined;
  if (!isWithin(lines, parcel.lines)) return `Parcel ${from} holds ${inWords(state, parcel.lines)}.`;
  if (withNumber(state, trackingNumber).length > 0)
    return `The order has a parcel ${trackingNumber} already.`;
  if (!isUntold(parcel) && isMissing(state, parcel))
    return `Parcel ${from} does not stand in Commerce yet: try again once it does.`;
  return undefined;
}

/** In Commerce, where a shipment with all of it may be under way. */
const isMissing = ({ commerce, recorded }: OrderState, parcel: Parcel): boolean =>
  commerce !== undefined &&
  !recorded &&
  parcel.commerceShipmentId === undefined &&
  linesToShow(parcel).length > 0;

const withNumber = ({ parcels }: OrderState, number: string): Parcel[] =>
  parcels.filter(
    ({ trackingNumber, lines }) =>
      lines.length > 0 && normaliseTracking(trackingNumber) === normaliseTracking(number),
  );

const isWhole = ({ lines: held }: Parcel, lines: readonly ParcelLine[]): boolean =>
  isWithin(lines, held) && isWithin(held, lines);

/** Kept, and told to Amazon like any other. */
export function recordParcel(state: OrderState, request: RecordParcelRequest): string {
  const { from, trackingNumber, carrierName, carrierCode } = request;
  const { lines = from === undefined ? openLines(orderOf(state), state.parcels) : undefined } = request;
  const [parcel] = withNumber(state, from ?? trackingNumber);
  const { shippedAt = now() } = request;
  const told: ReportedParcel = {
    source: { system: 'operator', shipmentId: normaliseTracking(trackingNumber) },
    carrierCode,
    ...(carrierName !== undefined && { carrierName }),
    trackingNumber,
    shippedAt,
    lines: lines ?? parcel?.lines ?? [],
  };
  keepParcels(state, withRecorded(state, told, { parcel, request }));
  return `Recorded parcel ${carrierName ?? carrierCode} ${trackingNumber} with ${inWords(state, told.lines)}`;
}

function withRecorded(
  state: OrderState,
  told: ReportedParcel,
  { parcel, request: { from, shippedAt } }: { parcel: Parcel | undefined; request: RecordParcelRequest },
): readonly Parcel[] {
  const { parcels } = state;
  const isDated = shippedAt !== undefined;
  const put = (changed: Parcel) => parcels.map((each) => (each === parcel ? changed : each));
  if (parcel && from !== undefined) {
    return isWhole(parcel, told.lines)
      ? put(withTracking(parcel, told, isDated))
      : splitParcel(parcels, parcel, told, now());
  }
  // What could not be right as a system told it is so as a person says.
  if (parcel?.amazon === 'refused' && isUntold(parcel)) {
    return put({ ...withTracking(parcel, told, isDated), lines: told.lines });
  }
  const taken = delivered(state).order.packages.map(({ packageReferenceId }) => packageReferenceId);
  return takeReport(parcels, told, { seenAt: now(), taken }).parcels;
}

const inWords = (state: OrderState, lines: readonly ParcelLine[]): string =>
  Object.entries(unitsByItem(lines))
    .map(([orderItemId, quantity]) => {
      const line = orderOf(state).lines.find((each) => each.orderItemId === orderItemId);
      return `${quantity} × ${line?.sku ?? orderItemId}`;
    })
    .join(', ');
