import type { Parcel } from '../../domain/parcel';
import type { ParkedOrder, PullOrderResult } from '../../workflows/intake/contract';
import type { OrderDelivery } from '../../workflows/order/contract';

export interface OrderRef {
  readonly account: string;
  readonly amazonOrderId: string;
}

export interface SweepPageInput {
  readonly account: string;
  /** Amazon's time. The same for all pages of a sweep. */
  readonly lastUpdatedAfter: string;
  readonly paginationToken?: string;
  /** Ids of orders that were parked before and may have become readable. */
  readonly parked?: readonly string[];
}

export type SweepPageResult =
  | {
      readonly kind: 'page';
      readonly nextToken?: string;
      /** Amazon's time up to which this sweep sees changes. */
      readonly lastUpdatedBefore?: string;
      /** Orders signalled, because they are new or have changed. */
      readonly delivered: number;
      readonly unchanged: number;
      readonly parked: readonly ParkedOrder[];
      /** Those of the input's `parked` that this page has brought to their workflow, or that are to be ignored. */
      readonly released: readonly string[];
      /** Amazon's live quota, when it was told. */
      readonly ratePerSecond?: number;
    }
  /** 429: the caller waits and plans the next call. */
  | { readonly kind: 'throttled'; readonly ratePerSecond?: number }
  /** The pagination token has expired: the sweep begins again. */
  | { readonly kind: 'tokenExpired' };

export interface ConfirmShipmentInput extends OrderRef {
  readonly marketplaceId: string;
  readonly parcel: Parcel;
}

/** `reason` is ours, `message` is Amazon's. */
export type ConfirmShipmentResult =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'refused';
      readonly reason: 'alreadyShipped' | 'cancelled' | 'noConfirmationNeeded' | 'invalid';
      readonly message: string;
    };

export interface AmazonActivities {
  /** Lists one page and delivers its orders to their workflows. One attempt: the intake plans the next. */
  sweepPage(input: SweepPageInput): Promise<SweepPageResult>;
  /** Reads one order and delivers it to its workflow, whatever its version. */
  pullOrder(input: OrderRef): Promise<PullOrderResult>;
  /** Reads one order for the workflow that asks; null where Amazon has none. */
  readOrder(input: OrderRef): Promise<OrderDelivery | null>;
  /** Key: `packageReferenceId`. Sending it again edits the package, so a repetition is harmless. */
  confirmShipment(input: ConfirmShipmentInput): Promise<ConfirmShipmentResult>;
}
