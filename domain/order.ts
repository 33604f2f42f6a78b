/** An Amazon order as the channel knows it: what Amazon's Orders API 2026-01-01 says, in our units. */

export const amazonOrderStatuses = [
  'PENDING_AVAILABILITY',
  'PENDING',
  'UNSHIPPED',
  'PARTIALLY_SHIPPED',
  'SHIPPED',
  'CANCELLED',
  'UNFULFILLABLE',
] as const;
export type AmazonOrderStatus = (typeof amazonOrderStatuses)[number];

export type FulfilledBy = 'MERCHANT' | 'AMAZON';

/** Amazon's breakdown types; `DELIVERY_TIP` occurs on the order only. */
export type ChargeType =
  | 'ITEM'
  | 'SHIPPING'
  | 'GIFT_WRAP'
  | 'COD_FEE'
  | 'TAX'
  | 'DISCOUNT'
  | 'OTHER'
  | 'DELIVERY_TIP';

export interface Charge {
  readonly type: ChargeType;
  readonly subtotalMinor: number;
  /** What the subtotal is made of; Amazon gives it for TAX and DISCOUNT only. */
  readonly details: readonly { readonly subtype: string; readonly minor: number }[];
}

export interface OrderLine {
  readonly orderItemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantityOrdered: number;
  readonly quantityFulfilled: number;
  /** Still to be shipped; where Amazon does not say, what is ordered and not fulfilled. */
  readonly quantityUnfulfilled: number;
  readonly charges: readonly Charge[];
  /** Amazon's own sum over `charges`; null while the order is pending without prices. */
  readonly totalMinor: number | null;
  readonly giftMessage?: string;
  readonly promotionIds?: readonly string[];
  /** Amazon withholds the tax of this line and remits it itself (`MARKETPLACE_FACILITATOR`). */
  readonly taxCollectedByAmazon?: boolean;
  /** The buyer asked to cancel this line; Amazon leaves the decision to the seller. */
  readonly cancellationRequested?: boolean;
}

export interface AmazonPackage {
  readonly packageReferenceId: string;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly shippedAt?: string;
  readonly lines: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

/** Personal data: only in payloads, which the codec encrypts. */
export interface Buyer {
  readonly name?: string;
  readonly email?: string;
  readonly companyName?: string;
}

/** Personal data: only in payloads, which the codec encrypts. */
export interface Address {
  readonly name?: string;
  readonly companyName?: string;
  readonly lines: readonly string[];
  readonly city?: string;
  readonly stateOrRegion?: string;
  readonly postalCode?: string;
  readonly countryCode?: string;
  readonly phone?: string;
}

export interface AmazonOrder {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly status: AmazonOrderStatus;
  readonly fulfilledBy: FulfilledBy;
  readonly purchasedAt: string;
  readonly lastUpdatedAt: string;
  readonly programs: readonly string[];
  readonly serviceLevel?: string;
  /** Amazon's latest ship date. */
  readonly shipBy?: string;
  readonly purchaseOrderNumber?: string;
  /** Amazon’s id of the order that this one replaces, or was exchanged for. */
  readonly replaces?: string;
  /** Null while Amazon shows no price yet. */
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly lines: readonly OrderLine[];
  /** Charges that Amazon lists on the order but on no line, e.g. a tip. */
  readonly orderCharges: readonly Charge[];
  readonly packages: readonly AmazonPackage[];
  readonly buyer?: Buyer;
  readonly shipTo?: Address;
}

/** `113-1234567-1234567` */
export const amazonOrderIdPattern = /^\d{3}-\d{7}-\d{7}$/;

export function isVerified({ status }: Pick<AmazonOrder, 'status'>): boolean {
  return status === 'UNSHIPPED' || status === 'PARTIALLY_SHIPPED' || status === 'SHIPPED';
}

export function isCancelled(order: AmazonOrder): boolean {
  return order.status === 'CANCELLED';
}

/**
 * Units that are not cancelled. Amazon does not document whether a cancelled unit leaves `quantityOrdered`, but
 * it is neither fulfilled nor unfulfilled.
 */
export function quantityToShip(line: OrderLine): number {
  return Math.min(line.quantityOrdered, line.quantityFulfilled + line.quantityUnfulfilled);
}

/** Amazon will not change the order any more, but for packages and late personal data. */
export function isFinal(order: AmazonOrder): boolean {
  return order.status === 'SHIPPED' || isCancelled(order);
}

/** Verified, and nothing of it shipped: Amazon lets a seller cancel it. */
export function isUntouched({ status }: Pick<AmazonOrder, 'status'>): boolean {
  return status === 'UNSHIPPED';
}
