import type { CancellationTicket, CancelReason } from '../../domain/cancel-reason';
import type { Window } from '../../domain/lanes';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';

/**
 * What the channel asks of Amazon for one account. One attempt per call; retrying is the caller's. Calls throw
 * the errors of `errors.ts`.
 */
export interface AmazonPort {
  /** One page of changed orders. An order that cannot be read is told apart and never spoils the page. */
  searchOrders(search: OrderSearch, options?: AmazonCallOptions): Promise<OrderPage>;
  /** Null where Amazon has no such order. Throws `AmazonUnreadableOrderError` for one that the channel cannot map. */
  getOrder(amazonOrderId: string, options?: AmazonCallOptions): Promise<AmazonOrder | null>;
  confirmShipment(
    confirmation: ShipmentConfirmation,
    options?: AmazonCallOptions,
  ): Promise<ConfirmationResult>;
  readonly cancellation: CancellationPort;
}

/**
 * Cancels whole orders that have not shipped, in three steps, so that what serves as the key is known before Amazon is
 * told. Ways that need fewer calls leave a step empty.
 */
export interface CancellationPort {
  /** Without effect on the order. */
  prepare(cancellation: Cancellation, options?: AmazonCallOptions): Promise<CancellationTicket>;
  submit(
    ticket: CancellationTicket,
    target: Pick<Cancellation, 'marketplaceId'>,
    options?: AmazonCallOptions,
  ): Promise<CancellationSubmission>;
  follow(ticket: CancellationTicket, options?: AmazonCallOptions): Promise<CancellationOutcome>;
}

export interface AmazonCallOptions {
  /** The caller's cancellation. */
  readonly signal?: AbortSignal;
}

export interface OrderSearch {
  readonly window: Window;
  readonly paginationToken?: string;
}

export interface OrderPage {
  readonly orders: readonly AmazonOrder[];
  readonly unreadable: readonly UnreadableOrder[];
  readonly nextToken?: string;
  /** Amazon's time up to which the search saw changes, or purchases. */
  readonly upTo?: string;
  /** `x-amzn-RateLimit-Limit`, when it came. */
  readonly ratePerSecond?: number;
}

export interface UnreadableOrder {
  readonly amazonOrderId?: string;
  /** Names the field and what is wrong with it, quotes no value of a personal field. */
  readonly reason: string;
}

export interface ShipmentConfirmation {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  /** No ship date is earlier. */
  readonly purchasedAt?: string;
  readonly parcel: Parcel;
}

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

export type ConfirmationResult =
  /** `warning`: the number does not look like one of its carrier; a sentence. */
  | { readonly kind: 'taken'; readonly warning?: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string };

export interface Cancellation {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly reason: CancelReason;
  /** All units that are still open. */
  readonly lines: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

export interface CancellationRefused {
  readonly kind: 'refused';
  /** In sentences, without personal data. */
  readonly message: string;
  /** Amazon does not say that nothing was cancelled: the order has to be read. */
  readonly mayHaveApplied?: true;
}

export type CancellationSubmission =
  | { readonly kind: 'submitted'; readonly ticket: CancellationTicket }
  | CancellationRefused;

export type CancellationOutcome =
  | { readonly kind: 'inProgress' }
  | { readonly kind: 'done' }
  | CancellationRefused;
