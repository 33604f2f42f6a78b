import { badRequest, MaskedError } from './errors';
import { validateAddress } from './order-address';
import type { OrderRecord } from './order-record';
import { number, type Row, text } from './row';
import { stored } from './rows';
import type { Shop } from './shop';
import { magentoTime, parseTime } from './time';

// Columns of sales_order_item that are 0, not null, where nothing was sent.
const itemDefaults: Row = Object.fromEntries(
  `amount_refunded base_amount_refunded base_cost base_discount_amount base_discount_invoiced base_price
   base_row_invoiced base_row_total base_tax_amount base_tax_invoiced discount_amount discount_invoiced
   discount_percent free_shipping no_discount price qty_backordered qty_canceled qty_invoiced qty_ordered
   qty_refunded qty_shipped row_invoiced row_total row_weight tax_amount tax_invoiced tax_percent weight`
    .split(/\s+/)
    .map((name) => [name, 0]),
);

/** Dates are UTC; what cannot be read as one, or refers to nothing, ends in a database error. */
export function checkColumns(shop: Shop, columns: Row): void {
  const createdAt = text(columns, 'created_at');
  if (createdAt !== null) {
    const time = parseTime(createdAt);
    if (!time) throw new MaskedError('created_at cannot be parsed');
    columns.created_at = magentoTime(time);
  }
  const customerId = number(columns, 'customer_id');
  if (customerId && !shop.customers.get(customerId)) throw new MaskedError('No such customer');
}

/** The unique index on `(increment_id, store_id)`. */
export function checkNumberIsFree(shop: Shop, columns: Row, ownId: number): void {
  const kept = stored(columns);
  const taken = shop.orders
    .findBy('increment_id', String(kept.increment_id).toLowerCase())
    .some(({ id, columns: other }) => id !== ownId && other.store_id === kept.store_id);
  if (taken) throw badRequest('Unique constraint violation found');
}

/** New lines with the next ids of their sequence. */
export const withIds = (shop: Shop, sequence: string, column: string, rows: Row[], common: Row): Row[] =>
  rows.map((row) => ({ ...row, ...common, [column]: shop.next(sequence) }));

/** Checks an address and gives it its id. */
export function saveAddress(shop: Shop, address: Row | null, orderId: number): Row | null {
  if (!address) return null;
  validateAddress(address);
  return { ...address, parent_id: orderId, entity_id: shop.next('order_address') };
}

export const storedItem = (item: Row): Row => ({ ...itemDefaults, ...stored(item) });
export const storedHistory = (history: Row, now: string): Row => ({ created_at: now, ...stored(history) });

/**
 * Writes an order back. `updated_at` moves as the database moves it: only if another column of the order
 * itself has changed, so a partial shipment or a comment that keeps the status leaves it alone.
 */
export function saveOrder(shop: Shop, order: OrderRecord): OrderRecord {
  const before = shop.orders.get(order.id)?.columns ?? {};
  const names = new Set([...Object.keys(before), ...Object.keys(order.columns)]);
  names.delete('updated_at');
  const moved = [...names].some((name) => (before[name] ?? null) !== (order.columns[name] ?? null));
  const saved = moved ? { ...order, columns: { ...order.columns, updated_at: shop.now() } } : order;
  shop.orders.put(saved);
  return saved;
}
