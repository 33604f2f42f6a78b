import type { ShopStock } from './stock';

/** What a merchant decides per account and marketplace; rides as {@link OrderPolicy} on every order signal. */

export interface OrderNumbering {
  readonly source: 'amazon' | 'commerce';
  /** Put before Amazon's order id; with `amazon` only. */
  readonly prefix: string;
}

export type CustomerMode = 'guest' | 'newAccount';
export type InvoiceTime = 'onShipment' | 'onImport';

/**
 * - `none`: Commerce's stock is left alone
 * - `sourceTransfer`: an order's units move to a source of their own when it is placed
 * - `dedicatedWebsite`: the website of the orders sells from the shop's own sources through a stock of its own
 */
export const inventoryStrategies = ['none', 'sourceTransfer', 'dedicatedWebsite'] as const;
export type InventoryStrategy = (typeof inventoryStrategies)[number];

export interface OrderPolicy {
  readonly importOrders: 'enabled' | 'disabled';
  /** Slug of the Commerce instance. */
  readonly commerce: string;
  /** Store view code. */
  readonly store: string;
  readonly customer: CustomerMode;
  readonly orderNumber: OrderNumbering;
  /** Status code of Commerce's `processing` state; `processing` is its default. */
  readonly orderStatus: string;
  readonly inventory: InventoryStrategy;
  /** Of the Commerce instance; absent with `none`. */
  readonly stock?: ShopStock;
  /** With `sourceTransfer` only: units are moved while Amazon has not verified the payment. */
  readonly pendingStock?: 'reserve';
  readonly fbaOrders: 'createComplete' | 'ignore';
  readonly invoice: InvoiceTime;
  /** Slug of the ERP that takes the order; absent: Commerce's own integration picks it up. */
  readonly erp?: string;
  /** Waits before a blocked order is tried again; the last one repeats. */
  readonly retryBlockedMs: readonly number[];
  /** Before Amazon's latest ship date. */
  readonly shipByWarningMs: number;
  /** How long an ended order stays open for corrections. */
  readonly settleForMs: number;
  /** How long a parcel may stay unseen at Amazon before the order is read again. */
  readonly confirmWithinMs: number;
}
