import type { ConfirmShipmentRequest } from '@sp-api-sdk/orders-api-v0';
import type { Parcel } from '../../domain/parcel';
import type {
  ConfirmationResult,
  RefusalReason,
  ShipmentConfirmation,
} from '../../domain/shipment-confirmation';
import { cleanTracking, trackingObjection } from '../../domain/tracking';
import { amazonCarrier, shippingMethod } from './carriers';

type Refused = Extract<ConfirmationResult, { kind: 'refused' }>;

/** The body of confirmShipment (orders API v0): one package. `amazonNow` is unknown before Amazon's first answer. */
export function confirmationBody(
  { marketplaceId, purchasedAt, parcel }: ShipmentConfirmation,
  amazonNow?: number,
): ConfirmShipmentRequest {
  const method = shippingMethod(parcel);
  return {
    marketplaceId,
    packageDetail: {
      packageReferenceId: parcel.packageReferenceId,
      ...carrierOf(parcel),
      ...(method !== undefined && { shippingMethod: method }),
      trackingNumber: cleanTracking(parcel.trackingNumber),
      shipDate: shipDate(parcel, purchasedAt, amazonNow),
      orderItems: parcel.lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    },
  };
}

function carrierOf(parcel: Parcel): ReturnType<typeof amazonCarrier> {
  const carrier = amazonCarrier(parcel);
  if (!parcel.concessions?.includes('carrier') || 'carrierName' in carrier) return carrier;
  return { carrierCode: 'Other', carrierName: parcel.carrierName ?? carrier.carrierCode };
}

/** Clocks differ, and Amazon takes no date that is ahead of its own. */
const marginMs = 5_000;

/** Not after Amazon's now, and not before the purchase. */
function shipDate(
  { shippedAt }: Parcel,
  purchasedAt: string | undefined,
  amazonNow = Number.POSITIVE_INFINITY,
): string {
  const latest = Math.min(Date.parse(shippedAt), amazonNow - marginMs);
  const earliest = purchasedAt === undefined ? latest : Date.parse(purchasedAt);
  return new Date(Math.max(latest, earliest)).toISOString();
}

/** What Amazon would refuse for certain, or take and never show. */
export function certainRefusal({ parcel }: ShipmentConfirmation): Refused | undefined {
  const refused = (reason: RefusalReason, message: string): Refused => ({ kind: 'refused', reason, message });
  const objection = trackingObjection(parcel.trackingNumber);
  if (objection) return refused('invalidTracking', `It ${objection}.`);
  if (!/^[1-9]\d*$/.test(parcel.packageReferenceId)) {
    return refused('versionLimit', 'Its package has a reference under which Amazon takes no changes.');
  }
  return undefined;
}

/** Amazon gives all of them the code `InvalidInput`; only its words tell what happened. */
const reasons: readonly (readonly [RegExp, RefusalReason])[] = [
  [/InvalidPackageVersion|maximum number of allowed updates/i, 'versionLimit'],
  [/PackageToUpdateNotFound|already fulfilled/i, 'alreadyShipped'],
  [/NonexistentOrderItem|Failed to find order item list/i, 'cancelled'],
  [/FBM_SHIP_PLUS|Ship\s?\+/i, 'noConfirmationNeeded'],
  [/carrier\s?(?:code|name)/i, 'invalidCarrier'],
  [/ship\s?date/i, 'invalidShipDate'],
  [/tracking\s?(?:number|id)/i, 'invalidTracking'],
  [/quantity/i, 'invalidQuantity'],
];

/** What a 400 of confirmShipment means. */
export function refusalReason(text: string): RefusalReason {
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'invalid';
}
