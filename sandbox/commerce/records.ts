import type { JsonObject } from './json';
import type { Row } from './row';

/** A shipment with its lines, tracks and comments. */
export interface ShipmentRecord {
  id: number;
  orderId: number;
  columns: Row;
  items: Row[];
  tracks: Row[];
  comments: Row[];
  sourceCode: string;
}

export interface ProductRecord {
  id: number;
  sku: string;
  name: string;
  price: number;
  weight: number | null;
  typeId: string;
  /** 1 enabled, 2 disabled. */
  status: number;
  websiteIds: number[];
  manageStock: boolean;
  createdAt: string;
  updatedAt: string;
}

/** A cart with its lines; `active` until its order is placed. */
export interface CartRecord {
  id: number;
  storeId: number;
  customerId: number | null;
  items: { id: number; sku: string; quantity: number }[];
  /** Addresses as they were sent; null before a way of delivery is chosen. */
  delivery: { shipping: JsonObject; billing: JsonObject } | null;
  active: boolean;
}

export interface CustomerRecord {
  id: number;
  columns: Row;
  addresses: JsonObject[];
}

/** Units of a SKU at a source. */
export interface SourceItem {
  sku: string;
  sourceCode: string;
  quantity: number;
  /** 1 in stock, 0 out of stock. */
  status: number;
}

/** A stock and the websites that sell from it. */
export interface Stock {
  id: number;
  name: string;
  websites: string[];
}

export interface SourceLink {
  stockId: number;
  sourceCode: string;
  priority: number;
}

/** One order in the warehouse. Times are sandbox milliseconds. */
export interface WarehouseJob {
  orderId: number;
  arrivedAt: number;
  /** When its first parcel left. */
  firstParcelAt?: number;
}

/** Sum of the reservations of a SKU on a stock; a positive one adds to what can be sold. */
export interface Reservation {
  sku: string;
  stockId: number;
  quantity: number;
}

/** A shipment that waits for its tracking number. */
export interface LateTrack {
  shipmentId: number;
  /** Sandbox milliseconds. */
  dueAt: number;
}
