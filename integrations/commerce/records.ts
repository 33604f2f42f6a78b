/** What Commerce has, as far as the channel reads it. */

export interface Store {
  readonly id: number;
  readonly code: string;
  readonly websiteId: number;
  readonly websiteCode: string;
  /** The website's own currency, in which all `base_` amounts are. */
  readonly baseCurrency: string;
}

export interface GlobalCurrency {
  readonly currency: string;
  /** How many units of it make one of the website's currency. */
  readonly rate: number;
}

export interface Region {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

export interface Product {
  readonly id: number;
  /** As Commerce spells it; Commerce compares SKUs without regard to case. */
  readonly sku: string;
  readonly name: string;
  /** `simple`, `virtual`, `configurable`, … */
  readonly type: string;
  readonly enabled: boolean;
  readonly weight: number;
}

export interface OrderTotals {
  readonly subtotal: number;
  readonly tax: number;
  readonly shipping: number;
  /** Negative or 0, as Commerce keeps it. */
  readonly discount: number;
  readonly grandTotal: number;
}

export interface LineAmounts {
  /** Commerce tells it net of the line's discount. */
  readonly rowTotal: number;
  readonly tax: number;
  /** Positive or 0. */
  readonly discount: number;
}

export interface CommerceOrder {
  readonly entityId: number;
  readonly number: string;
  readonly state: string;
  /** Empty where Commerce has none. */
  readonly status: string;
  /** `ext_order_id`: Amazon's order id in orders of the channel; null in orders that nobody has given one. */
  readonly extOrderId: string | null;
  readonly currency: string;
  readonly totals: OrderTotals;
  /** The same in the website's currency. */
  readonly baseTotals: OrderTotals;
  /** Invoiced and not refunded, in the order's currency. */
  readonly kept: number;
  readonly items: readonly CommerceOrderItem[];
}

export interface CommerceOrderItem {
  readonly itemId: number;
  /** The line that this one is a part of, for bundles and configurable products. */
  readonly parentItemId: number | null;
  readonly sku: string;
  /** Commerce ships nothing of it. */
  readonly isVirtual: boolean;
  /** Amazon's `orderItemId`; null in orders that another tool has made. */
  readonly orderItemId: string | null;
  readonly ordered: number;
  readonly invoiced: number;
  readonly shipped: number;
  readonly canceled: number;
  readonly refunded: number;
  readonly amounts: LineAmounts;
  /** The same in the website's currency. */
  readonly baseAmounts: LineAmounts;
}

export interface Shipment {
  readonly id: number;
  readonly orderId: number;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
  readonly lines: readonly { readonly itemId: number; readonly quantity: number }[];
  /** Oldest first, with a number. */
  readonly tracks: readonly Track[];
  readonly comments: readonly string[];
}

/** That there is one; what is in it is read with the other shipments of its order. */
export interface RecentShipment {
  readonly orderId: number;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}

export interface HaltedOrder {
  readonly entityId: number;
  /** `canceled`, `closed` or `holded`. */
  readonly state: string;
}

export interface Track {
  readonly id: number;
  readonly number: string;
  readonly carrierCode: string;
  readonly title: string;
}

export interface Customer {
  readonly id: number;
  /** Absent where Commerce does not tell. */
  readonly groupId?: number;
  readonly websiteId: number;
}
