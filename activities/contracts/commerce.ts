import type { Blocker, Pinned, PlacedOrder } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import type { OrderPolicy } from '../../domain/settings';
import type { SkuMap } from '../../domain/sku-map';
import type { Units } from '../../domain/stock';
import type { StockActivities } from './stock';

export interface CustomerInput {
  readonly account: string;
  readonly pinned: Pinned;
  readonly order: AmazonOrder;
}

export type CustomerResult =
  | {
      readonly kind: 'customer';
      readonly customerId: number;
      /** Absent where Commerce does not tell. */
      readonly groupId?: number;
      readonly created: boolean;
      /** What the operator should know of a new account, without personal data. */
      readonly note?: string;
    }
  /** Amazon gave no real e-mail, or is itself the invoicing buyer: always a guest order. */
  | { readonly kind: 'guest'; readonly reason: string };

export interface PlaceOrderInput {
  readonly account: string;
  readonly order: AmazonOrder;
  readonly pinned: Pinned;
  readonly customerId?: number;
  readonly customerGroupId?: number;
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
      /** It was there already: made by an attempt whose answer got lost, or by another tool. */
      readonly adopted: boolean;
      /** What differs between an adopted order and what would have been created, in words. */
      readonly differences: readonly string[];
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
}

export type CancelOrderResult =
  | { readonly kind: 'canceled'; readonly state: string }
  /** Something has been shipped, or invoiced in part: a person decides. */
  | { readonly kind: 'tooLate'; readonly message: string };

export interface LookForShipmentsInput {
  readonly commerce: string;
  /** Also orders that are shipped and only settle. */
  readonly includeSettling: boolean;
}

export interface LookForShipmentsResult {
  readonly waiting: number;
  readonly signalled: number;
}

export interface CommerceActivities extends StockActivities {
  /** Key: e-mail and website. A lost race takes the account that is there. */
  findOrCreateCustomer(input: CustomerInput): Promise<CustomerResult>;
  /** Key: `ext_order_id`, looked up over all stores before every attempt. */
  placeOrder(input: PlaceOrderInput): Promise<PlacementAnswer>;
  /** The Commerce order that carries Amazon's id, in whatever store; null where there is none. */
  findOrder(input: Pick<PlaceOrderInput, 'pinned' | 'order'>): Promise<PlacedOrder | null>;
  /** Key: the order's state, read before. Invoices what is not invoiced and answers the state after it. */
  invoiceOrder(input: CommerceOrderRef): Promise<{ readonly state: string }>;
  /** Key: the marker comment, looked for before. For parcels that did not leave through Commerce. */
  shipOrder(input: ShipOrderInput): Promise<{ readonly shipmentId: string }>;
  /**
   * Guarded: the order and its shipments are read before and after. What is invoiced is refunded offline, and the
   * order is then `closed`.
   */
  cancelOrder(input: CommerceOrderRef): Promise<CancelOrderResult>;
  /** One look at the shipments of all waiting orders; what differs is signalled to their workflows. */
  lookForShipments(input: LookForShipmentsInput): Promise<LookForShipmentsResult>;
}
