import type { Blocker, Pinned, PlacedOrder } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';

export interface CustomerInput {
  readonly account: string;
  readonly pinned: Pinned;
  readonly order: AmazonOrder;
}

export type CustomerResult =
  | { readonly kind: 'customer'; readonly customerId: number; readonly created: boolean }
  /** Amazon gave no real e-mail, or is itself the invoicing buyer: always a guest order. */
  | { readonly kind: 'guest'; readonly reason: string };

export interface PlaceOrderInput {
  readonly account: string;
  readonly order: AmazonOrder;
  readonly pinned: Pinned;
  readonly customerId?: number;
  /** Status code of the `processing` state for orders that are still to be shipped. */
  readonly orderStatus: string;
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
  /** Amazon's own sums do not add up, so nothing was written. */
  | { readonly kind: 'totalsDiffer'; readonly expectedMinor: number; readonly computedMinor: number };

export interface CommerceOrderRef {
  readonly account: string;
  readonly commerce: string;
  readonly entityId: number;
}

export interface ShipOrderInput extends CommerceOrderRef {
  readonly parcel: Parcel;
  readonly itemIds: Readonly<Record<string, number>>;
}

export type CancelOrderResult =
  | { readonly kind: 'canceled'; readonly state: string }
  /** Something has been shipped or invoiced: a person decides. */
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

export interface CommerceActivities {
  /** Key: e-mail and website. A lost race takes the account that is there. */
  findOrCreateCustomer(input: CustomerInput): Promise<CustomerResult>;
  /** Key: `ext_order_id`, looked up over all stores before every attempt. */
  placeOrder(input: PlaceOrderInput): Promise<PlacementResult>;
  /** The Commerce order that carries Amazon's id, in whatever store; null where there is none. */
  findOrder(input: Pick<PlaceOrderInput, 'pinned' | 'order'>): Promise<PlacedOrder | null>;
  /** Key: the order's state, read before. Invoices what is not invoiced and answers the state after it. */
  invoiceOrder(input: CommerceOrderRef): Promise<{ readonly state: string }>;
  /** Key: the marker comment, looked for before. For parcels that did not leave through Commerce. */
  shipOrder(input: ShipOrderInput): Promise<{ readonly shipmentId: string }>;
  /** Guarded: shipments and invoices are read before and after. */
  cancelOrder(input: CommerceOrderRef): Promise<CancelOrderResult>;
  /** One look at the shipments of all waiting orders; what differs is signalled to their workflows. */
  lookForShipments(input: LookForShipmentsInput): Promise<LookForShipmentsResult>;
}
