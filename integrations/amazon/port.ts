import type {
  Cancellation,
  CancellationOutcome,
  CancellationSubmission,
  CancellationTicket,
} from '../../domain/cancellation';
import type { Window } from '../../domain/lanes';
import type { AmazonOrder } from '../../domain/order';
import type { ConfirmationResult, ShipmentConfirmation } from '../../domain/shipment-confirmation';

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
