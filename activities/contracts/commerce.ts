import type { CancelledUnits } from '../../domain/cancelled-units';
import type { Blocker, Pinned, PlacedOrder } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import type { OrderPolicy } from '../../domain/settings';
import type { SkuMap } from '../../domain/sku-map';
import type { Units } from '../../domain/stock';
import type { StockActivities } from './stock';

export interface PlaceOrderInput {
  readonly account: string;
  readonly order: AmazonOrder;
  readonly pinned: Pinned;
  /** For the SKUs of this order. */
  readonly skuMap?: SkuMap;
  /** Status code of the `processing` state for orders that are still to be shipped. */
  readonly orderStatus: string;
  /** Absent: the stock of the store view's own website must have all that is to be shipped. */
  readonly stock?: StockCheck;
}

export interface StockCheck {
  /** Code of the website whose stock must be able to sell what is to be shipped. */
  readonly website: string;
  /** What was taken from that stock for this order before. */
  readonly moved: Units;
}

export type PlacementResult =
  | {
      readonly kind: 'placed';
      readonly commerce: PlacedOrder;
      /** It was there already, made by another tool or an earlier activity. */
      readonly adopted: boolean;
      /** What differs between an adopted order and what would have been created, or in a created one, in words. */
      readonly differences: readonly string[];
      /** What it has beyond what is left of Amazon's order; absent where that is nothing. */
      readonly surplus?: readonly CancelledUnits[];
      /** What the operator should know of the new account that the order got, without personal data. */
      readonly note?: string;
    }
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  /** Another order has the number that this one is to get, so nothing was written. */
  | {
      readonly kind: 'numberTaken';
      readonly number: string;
      /** Of the other order. */
      readonly entityId: number;
      /** The other order's `ext_order_id`. */
      readonly extOrderId: string | null;
    }
  /** Amazon's own sums do not add up, so nothing was written. */
  | { readonly kind: 'totalsDiffer'; readonly expectedMinor: number; readonly computedMinor: number };

/** With the account's settings of this moment, so that an order that waits learns of a change by itself. */
export type PlacementAnswer = PlacementResult & { readonly policy?: OrderPolicy };

export interface CommerceOrderRef {
  readonly account: string;
  readonly commerce: string;
  readonly entityId: number;
}

export interface ShipOrderInput extends CommerceOrderRef {
  /** Code of the store view; absent in orders of earlier versions. */
  readonly store?: string;
  /** Code of the source that has the order's units; absent: one that its website sells from. */
  readonly source?: string;
  readonly parcel: Parcel;
  readonly itemIds: Readonly<Record<string, number>>;
  /** Commerce shipments that are other parcels of the order. */
  readonly takenShipmentIds?: readonly string[];
}

export interface ShipOrderResult {
  /** `virtual-…`, which no shipment has, of a parcel with nothing but virtual products: Commerce ships none of it. */
  readonly shipmentId: string;
  /** As Commerce has it: an earlier attempt may have made the shipment under an older one. Absent where it has none. */
  readonly trackingNumber?: string;
}

/** An order of which Amazon has cancelled units, and all else has been shipped. */
export interface ShrunkOrderInput extends CommerceOrderRef {
  /** Commerce's `item_id` by Amazon's `orderItemId`. */
  readonly itemIds: Readonly<Record<string, number>>;
  /** What stays of each line, by Amazon's `orderItemId`; of a line that is not named, nothing. */
  readonly units: Readonly<Record<string, number>>;
  /** Amazon's total now; null where it tells none. */
  readonly totalMinor: number | null;
}

export interface ShrunkOrderResult {
  readonly state: string;
  /** What a person has to put right. */
  readonly message?: string;
}

export type CancelOrderResult =
  | { readonly kind: 'canceled'; readonly state: string }
  /** Something has been shipped, or invoiced in part: a person decides. */
  | { readonly kind: 'tooLate'; readonly message: string };

export interface LookForShipmentsInput {
  readonly commerce: string;
  /**
   * - `all`: every waiting order, those with new shipments first; with `after` the rest of them
   * - `recent`: those with new shipments
   * - `hinted`: `orderIds`
   */
  readonly scope: 'all' | 'recent' | 'hinted';
  /** Also orders that are shipped and only settle. */
  readonly includeSettling: boolean;
  /** Commerce's ids. */
  readonly orderIds?: readonly number[];
  /** Of an earlier look: what Commerce has made since is new. */
  readonly newestAt?: string;
  /** Of an earlier look that came not to the end: go on behind this order. 0: only new shipments were looked at. */
  readonly after?: number;
}

export interface LookForShipmentsResult {
  /** How many orders wait; absent where not all were counted. */
  readonly waiting?: number;
  /** Signals that were sent, repetitions included. */
  readonly signalled: number;
  readonly tookMs: number;
  /** When the newest shipment was made, by Commerce's clock. */
  readonly newestAt?: string;
  /** The look came not to the end, but to this order. */
  readonly after?: number;
  /** Why an order could not be looked at or told, where the look went on without it. */
  readonly untold?: string;
  /** Why it came not to the end. */
  readonly trouble?: {
    readonly problem: string;
    /** Commerce does not answer, or asks for patience. */
    readonly busy: boolean;
    readonly retryAfterMs?: number;
  };
}

export interface CommerceActivities extends StockActivities {
  /**
   * Key: `ext_order_id`, looked up over all stores before every attempt. With an account, whose key is e-mail and
   * website, where the settings ask for one; it is made only for an order that is neither there nor blocked.
   */
  placeOrder(input: PlaceOrderInput): Promise<PlacementAnswer>;
  /** The Commerce order that carries Amazon's id, in whatever store; null where there is none. */
  findOrder(input: Pick<PlaceOrderInput, 'pinned' | 'order'>): Promise<PlacedOrder | null>;
  /** Key: the order's state, read before. Invoices what is not invoiced and answers the state after it. */
  invoiceOrder(input: CommerceOrderRef): Promise<{ readonly state: string }>;
  /**
   * Key: the quantities of its lines, read before. Invoices what stays, refunds offline what is invoiced beyond it, and
   * cancels what is left.
   */
  closeShrunkOrder(input: ShrunkOrderInput): Promise<ShrunkOrderResult>;
  /** Key: the marker comment, looked for before. For parcels that did not leave through Commerce. */
  shipOrder(input: ShipOrderInput): Promise<ShipOrderResult>;
  /**
   * Guarded: the order and its shipments are read before and after. What is invoiced is refunded offline, and the
   * order is then `closed`.
   */
  cancelOrder(input: CommerceOrderRef): Promise<CancelOrderResult>;
  /** One look at waiting orders in Commerce: what differs from what they have accepted is signalled to them. */
  lookForShipments(input: LookForShipmentsInput): Promise<LookForShipmentsResult>;
}
