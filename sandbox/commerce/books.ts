import type { JsonObject } from './json';
import { mailsSent } from './mails';
import type { ShipmentRecord } from './records';
import { number, type Row, text } from './row';
import type { Shop } from './shop';

const itemBooks = (item: Row): JsonObject => ({
  item_id: number(item, 'item_id'),
  ext_order_item_id: text(item, 'ext_order_item_id'),
  sku: text(item, 'sku'),
  qty_ordered: number(item, 'qty_ordered'),
  qty_invoiced: number(item, 'qty_invoiced'),
  qty_shipped: number(item, 'qty_shipped'),
  qty_canceled: number(item, 'qty_canceled'),
  qty_refunded: number(item, 'qty_refunded'),
  row_total: number(item, 'row_total'),
  tax_amount: number(item, 'tax_amount'),
  discount_amount: number(item, 'discount_amount'),
});

const shipmentBooks = ({ id, items, tracks }: ShipmentRecord): JsonObject => ({
  entity_id: id,
  items: items.map((item) => ({ order_item_id: number(item, 'order_item_id'), qty: number(item, 'qty') })),
  tracks: tracks.map((track) => ({
    entity_id: number(track, 'entity_id'),
    track_number: text(track, 'track_number'),
    carrier_code: text(track, 'carrier_code'),
    title: text(track, 'title'),
  })),
});

/** The shop's books, for comparing them with other systems: orders with their shipments, and the counters. */
export function booksOf(shop: Shop): JsonObject {
  const orders = shop.orders.all().map(({ id, columns, items, histories }) => ({
    entity_id: id,
    increment_id: text(columns, 'increment_id'),
    ext_order_id: text(columns, 'ext_order_id'),
    store_id: number(columns, 'store_id'),
    state: text(columns, 'state'),
    status: text(columns, 'status'),
    order_currency_code: text(columns, 'order_currency_code'),
    grand_total: number(columns, 'grand_total'),
    total_paid: number(columns, 'total_paid'),
    base_grand_total: number(columns, 'base_grand_total'),
    base_total_paid: number(columns, 'base_total_paid'),
    total_refunded: number(columns, 'total_refunded'),
    customer_is_guest: number(columns, 'customer_is_guest'),
    customer_id: columns.customer_id ?? null,
    items: items.map(itemBooks),
    shipments: shop.shipments.findBy('order_id', String(id)).map(shipmentBooks),
    comments: histories.length,
  }));
  return { orders, mails: mailsSent(shop), customers: shop.customers.size() };
}
