import type { ConfirmShipmentRequest } from '@sp-api-sdk/orders-api-v0';
import { amazonCarrier } from './carriers';
import type { ConfirmationResult, ShipmentConfirmation } from './port';

type RefusalReason = Extract<ConfirmationResult, { kind: 'refused' }>['reason'];

/** The body of confirmShipment (orders API v0): one package. */
export function confirmationBody({ marketplaceId, parcel }: ShipmentConfirmation): ConfirmShipmentRequest {
  return {
    marketplaceId,
    packageDetail: {
      packageReferenceId: parcel.packageReferenceId,
      ...amazonCarrier(parcel),
      trackingNumber: parcel.trackingNumber,
      shipDate: new Date(parcel.shippedAt).toISOString(),
      orderItems: parcel.lines.map(({ orderItemId, quantity }) => ({ orderItemId, quantity })),
    },
  };
}

/** Amazon gives all of them the code `InvalidInput`; only its words tell what happened. */
const reasons: readonly (readonly [RegExp, RefusalReason])[] = [
  [/PackageToUpdateNotFound|InvalidPackageVersion|maximum number of allowed updates/i, 'alreadyShipped'],
  [/NonexistentOrderItem|Failed to find order item list/i, 'cancelled'],
  [/FBM_SHIP_PLUS|Ship\s?\+/i, 'noConfirmationNeeded'],
];

/** What a 400 of confirmShipment means. */
export function refusalReason(text: string): RefusalReason {
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? 'invalid';
}
