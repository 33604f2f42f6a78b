import type {
  Cancellation,
  CancellationOutcome,
  CancellationSubmission,
  CancellationTicket,
} from '../../domain/cancellation';
import type { Findings } from '../../domain/findings';
import type { Window } from '../../domain/lanes';
import type { ConfirmationResult, ShipmentConfirmation } from '../../domain/shipment-confirmation';
import type { SkuMap } from '../../domain/sku-map';
import type { ParkedOrder, PullOrderResult } from '../../workflows/intake/contract';
import type { OrderDelivery } from '../../workflows/order/contract';

export interface OrderRef {
  readonly account: string;
  readonly amazonOrderId: string;
}

/** What decides whether an order goes to its workflow. */
export interface Admittance {
  /** Amazon's time as far as the account knows it: the worker's clock may be wrong. */
  readonly asOf: string;
  /** Also orders that Amazon finished longer ago than anything is kept of them. */
  readonly anyAge?: boolean;
  /** Also orders purchased before the account's `importSince`. */
  readonly beforeImportSince?: boolean;
  /** Also an order whose workflow has this very version: the account's settings come along. */
  readonly evenUnchanged?: boolean;
}

export interface PullOrderInput extends OrderRef, Admittance {
  /** The account's; absent where it has no entries. */
  readonly skuMap?: SkuMap;
}

export interface SweepPageInput extends Admittance {
  readonly account: string;
  /** The same for all pages of a sweep. */
  readonly window: Window;
  readonly paginationToken?: string;
  /** Some orders are parked and may be so no more: the ids of the page are wanted. */
  readonly tellIds?: boolean;
  /** The account's; absent where it has no entries. */
  readonly skuMap?: SkuMap;
}

export type SweepPageResult =
  | {
      readonly kind: 'page';
      readonly nextToken?: string;
      /** Amazon's time up to which this sweep sees changes. */
      readonly upTo?: string;
      /** Hash of the ids on the page; empty where it has none. */
      readonly digest: string;
      readonly findings: Findings;
      readonly parked: readonly ParkedOrder[];
      /** Where the ids are wanted: orders whose workflows have them. */
      readonly settled: readonly string[];
      /** Where the ids are wanted: orders that are not to be imported. */
      readonly passedOver: readonly string[];
      /** Amazon's live quota, when it was told. */
      readonly ratePerSecond?: number;
    }
  /** 429: the caller waits and plans the next call. */
  | { readonly kind: 'throttled'; readonly ratePerSecond?: number }
  /** The pagination token has expired: the sweep begins again. */
  | { readonly kind: 'tokenExpired' };

export interface ConfirmShipmentInput extends OrderRef, ShipmentConfirmation {}

export interface PrepareCancellationInput extends OrderRef, Cancellation {}

export interface PrepareCancellationResult {
  readonly ticket: CancellationTicket;
}

export interface SubmitCancellationInput extends OrderRef {
  readonly marketplaceId: string;
  readonly ticket: CancellationTicket;
}

export interface FollowCancellationInput extends OrderRef {
  readonly ticket: CancellationTicket;
}

export interface AmazonActivities {
  /** Lists one page and delivers its orders to their workflows. One attempt: the intake plans the next. */
  sweepPage(input: SweepPageInput): Promise<SweepPageResult>;
  /** Reads one order and delivers it to its workflow. What cannot be read or recognised is told as parked. */
  pullOrder(input: PullOrderInput): Promise<PullOrderResult>;
  /** Reads one order for the workflow that asks; null where Amazon has none. */
  readOrder(input: OrderRef): Promise<OrderDelivery | null>;
  /** Key: `packageReferenceId`. Sending it again edits the package, so a repetition is harmless. */
  confirmShipment(input: ConfirmShipmentInput): Promise<ConfirmationResult>;
  /** Makes a cancellation ready, which has no effect yet: its ticket is to be kept before it is submitted. */
  prepareCancellation(input: PrepareCancellationInput): Promise<PrepareCancellationResult>;
  /**
   * Key: the ticket. Cancelling twice is harmless at Amazon, but what repeats a lost answer may be refused though the
   * first was taken: a refusal is to be believed once the order has been read.
   */
  submitCancellation(input: SubmitCancellationInput): Promise<CancellationSubmission>;
  /** What has become of one that was submitted. The caller waits and asks again. */
  followCancellation(input: FollowCancellationInput): Promise<CancellationOutcome>;
}
