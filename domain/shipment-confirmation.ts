import type { Parcel } from './parcel';

/** A parcel as Amazon is told of it. */
export interface ShipmentConfirmation {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  /** No ship date is earlier. */
  readonly purchasedAt?: string;
  readonly parcel: Parcel;
}

/** Why Amazon does not take a parcel, as far as its words tell. */
export type RefusalReason =
  | 'alreadyShipped'
  | 'cancelled'
  | 'noConfirmationNeeded'
  | 'invalidCarrier'
  | 'invalidQuantity'
  | 'invalidShipDate'
  | 'invalidTracking'
  | 'versionLimit'
  | 'invalid';

/** `reason` is ours, `message` is Amazon's. */
export type ConfirmationResult =
  /** `warning`: a sentence for the operator, where the number does not look like one of its carrier. */
  | { readonly kind: 'taken'; readonly warning?: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string };
