import type { CustomerAddress } from './customer-address';
import type { InventoryPort } from './inventory';
import type { OrderEntity } from './order-entity';
import type {
  CommerceOrder,
  Customer,
  GlobalCurrency,
  HaltedOrder,
  Product,
  RecentShipment,
  Region,
  Shipment,
  Store,
} from './records';

/**
 * What the channel asks of one Commerce instance. One attempt per call; retrying is the caller's. Calls throw
 * the errors of `errors.ts`. Ids of orders and lines are Commerce's `entity_id` and `item_id`.
 */
export interface CommercePort {
  readonly name: string;
  /** A store view by its code; refused where there is none. Kept for some minutes. */
  store(code: string): Promise<Store>;
  /**
   * How many units of `currency` Commerce takes for one of the website's, by its own rate; null where it has none
   * for this store view, or tells none. Kept for some minutes.
   */
  exchangeRate(store: Store, currency: string): Promise<number | null>;
  /** In which Commerce adds up all its websites; the website's own where it has no other, or tells no rate to it. */
  globalCurrency(store: Store): Promise<GlobalCurrency>;
  /** The regions of a country; none where Commerce knows the country or its regions not. Kept. */
  regions(countryCode: string): Promise<readonly Region[]>;
  /** Products by SKU, as the store view sees them; unknown SKUs are absent. */
  products(store: Store, skus: readonly string[], options?: CommerceCallOptions): Promise<Product[]>;
  /** Of these quantities, the SKUs that the stock of the store's website, or of another one, cannot sell. */
  unsalable(
    store: Store,
    wanted: readonly StockRequest[],
    options?: CommerceCallOptions & { readonly website?: string | undefined },
  ): Promise<string[]>;
  /** Sources and stocks. */
  readonly inventory: InventoryPort;
  /** Orders of all stores with this `ext_order_id`, oldest first. */
  findOrders(amazonOrderId: string, options?: CommerceCallOptions): Promise<CommerceOrder[]>;
  /** Orders of this store with this `increment_id`, whosever they are: at most one. */
  findOrdersByNumber(store: Store, number: string, options?: CommerceCallOptions): Promise<CommerceOrder[]>;
  readOrders(entityIds: readonly number[], options?: CommerceCallOptions): Promise<CommerceOrder[]>;
  readOrder(entityId: number, options?: CommerceCallOptions): Promise<CommerceOrder>;
  /**
   * Answers the new order's id. What Commerce stored must be read: its answer only echoes what was sent. No caller can
   * end it, for then nobody would know what became of it.
   */
  createOrder(store: Store, entity: OrderEntity): Promise<number>;
  /** Sets a read order to canceled, with an inner comment, without any check or effect on stock. */
  markCanceled(order: CommerceOrder, comment: string, options?: CommerceCallOptions): Promise<void>;
  /** Refunds offline all that is invoiced, or these lines only, without shipping; nothing returns to stock, without mail. */
  refund(entityId: number, options?: CommerceCallOptions & LinesOnly): Promise<void>;
  /** Cancels what is neither invoiced nor canceled, whether it is shipped or not. False where Commerce finds nothing to cancel. */
  cancelRest(entityId: number, options?: CommerceCallOptions): Promise<boolean>;
  /** Adds an inner comment to an order that was just read: its status stays. */
  comment(order: CommerceOrder, text: string, options?: CommerceCallOptions): Promise<void>;
  /** Invoices all that is left, or these lines only, paid, without mail. */
  invoice(entityId: number, options?: CommerceCallOptions & LinesOnly): Promise<void>;
  /** Ships the lines without mail and answers the shipment's id. Commerce cuts quantities to what is left. */
  ship(entityId: number, parcel: NewShipment, options?: CommerceCallOptions): Promise<string>;
  /** All shipments of these orders (at most 100), oldest first. */
  shipments(entityIds: readonly number[], options?: CommerceCallOptions): Promise<Shipment[]>;
  /** Shipments created since then, by Commerce's clock, or the latest of all; newest first, at most 300. */
  recentShipments(since: string | undefined, options?: CommerceCallOptions): Promise<RecentShipment[]>;
  /** Those of these orders (at most 100) that somebody has canceled, refunded or put on hold. */
  haltedOrders(entityIds: readonly number[], options?: CommerceCallOptions): Promise<HaltedOrder[]>;
  /** Without a website: on any. */
  findCustomers(email: string, websiteId?: number, options?: CommerceCallOptions): Promise<Customer[]>;
  /** Without password. An address that Commerce refuses leaves no account. Commerce mails a welcome, which no setting prevents. */
  createCustomer(store: Store, customer: NewCustomer, options?: CommerceCallOptions): Promise<Customer>;
}

export interface CommerceCallOptions {
  /** The caller's cancellation; its reason is thrown on. */
  readonly signal?: AbortSignal;
}

export interface LinesOnly {
  readonly lines?: readonly ItemQuantity[];
}

export interface ItemQuantity {
  readonly itemId: number;
  readonly quantity: number;
}

export interface StockRequest {
  readonly sku: string;
  readonly quantity: number;
}

export interface NewShipment {
  /** Code of the source that the units leave. */
  readonly source: string;
  /** At least one: none at all would mean everything to Commerce. */
  readonly lines: readonly ItemQuantity[];
  readonly track?: { readonly number: string; readonly carrierCode: string; readonly title: string };
  /** Inner comment; comes back in the list of shipments. */
  readonly comment: string;
}

export interface NewCustomer {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly address?: CustomerAddress;
}
