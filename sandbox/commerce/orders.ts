import { badRequest, MaskedError, noSuchEntity } from './errors';
import { release } from './inventory';
import type { JsonObject } from './json';
import { countMail } from './mails';
import {
  canCancel,
  canHold,
  isHeld,
  type OrderRecord,
  qtyToCancel,
  qtyToRefund,
  qtyToShip,
} from './order-record';
import { saveOrder, storedHistory, withIds } from './order-save';
import { applyStateRule, setState } from './order-state';
import { historyType, orderType } from './order-types';
import { historyView, storedOrderView } from './order-view';
import { increase, increaseBoth, number, type Row, round4, text } from './row';
import { rowFrom } from './rows';
import { type Criteria, search } from './search';
import type { Shop } from './shop';

/** A stored order; 404 if there is none. */
export function orderById(shop: Shop, id: number): OrderRecord {
  const order = shop.orders.get(id);
  if (!order) throw noSuchEntity();
  return order;
}

const columnsOfOrders = new Set([
  ...Object.entries(orderType.fields).flatMap(([name, type]) => (typeof type === 'string' ? [name] : [])),
  'shipping_method',
]);

/** `GET /V1/orders`: by the order's own columns; any other column is a masked 500. */
export const searchOrders = (shop: Shop, criteria: Criteria): JsonObject =>
  search(
    {
      table: shop.orders,
      columns: columnsOfOrders,
      indexed: ['entity_id', 'increment_id', 'ext_order_id'],
      read: ({ columns }, column) => columns[column] ?? null,
      unknownColumn: (column) => new MaskedError(`Unknown column '${column}'`),
    },
    criteria,
    storedOrderView,
  );

/**
 * `POST /V1/orders/{id}/comments`. The order takes the comment's status, whatever it is, and none if the
 * comment has none.
 */
export function addComment(shop: Shop, orderId: number, comment: JsonObject): true {
  const order = orderById(shop, orderId);
  const row = { entity_name: 'order', ...rowFrom(comment, historyType), parent_id: orderId };
  const [history = row] = withIds(shop, 'order_history', 'entity_id', [row], {});
  order.columns.status = text(row, 'status');
  saveOrder(shop, { ...order, histories: [...order.histories, storedHistory(history, shop.now())] });
  if (number(row, 'is_customer_notified')) countMail(shop);
  return true;
}

/** `GET /V1/orders/{id}/comments`: in the order in which they were made. */
export function comments(shop: Shop, orderId: number): JsonObject {
  const items = (shop.orders.get(orderId)?.histories ?? []).map(historyView);
  const filter = { field: 'parent_id', value: String(orderId), condition_type: 'eq' };
  return { items, search_criteria: { filter_groups: [{ filters: [filter] }] }, total_count: items.length };
}

/** `POST /V1/orders/{id}/hold` */
export function hold(shop: Shop, orderId: number): true {
  const order = orderById(shop, orderId);
  if (!canHold(order)) throw badRequest('A hold action is not available.');
  const { columns } = order;
  columns.hold_before_state = text(columns, 'state');
  columns.hold_before_status = text(columns, 'status');
  setState(columns, 'holded');
  saveOrder(shop, order);
  return true;
}

/** `POST /V1/orders/{id}/unhold` */
export function unhold(shop: Shop, orderId: number): true {
  const order = orderById(shop, orderId);
  if (!isHeld(order)) throw badRequest('You cannot remove the hold.');
  const { columns } = order;
  columns.state = text(columns, 'hold_before_state');
  columns.status = text(columns, 'hold_before_status');
  columns.hold_before_state = null;
  columns.hold_before_status = null;
  saveOrder(shop, order);
  return true;
}

function cancelItem(item: Row): void {
  const quantity = qtyToCancel(item);
  const share = number(item, 'qty_ordered') ? quantity / number(item, 'qty_ordered') : 0;
  increase(item, 'qty_canceled', quantity);
  increase(item, 'tax_canceled', number(item, 'base_tax_amount') * share);
  increase(
    item,
    'discount_tax_compensation_canceled',
    number(item, 'discount_tax_compensation_amount') * share,
  );
}

/** The state of a cancelled order: lines that were invoiced stay, and must still be shipped or are done. */
function stateAfterCancel(items: readonly Row[]): string {
  const invoiced = items.filter((item) => qtyToRefund(item) > 0);
  if (invoiced.length === 0) return 'canceled';
  const open = invoiced.some((item) => qtyToShip(item) > qtyToCancel(item));
  return open ? 'processing' : 'complete';
}

/**
 * `POST /V1/orders/{id}/cancel`. False if there is nothing to invoice, or the order is held, cancelled or
 * done. It does not look at shipments: shipped units that are not invoiced are cancelled with the order.
 */
export function cancelOrder(shop: Shop, orderId: number): boolean {
  const order = orderById(shop, orderId);
  if (!canCancel(order)) return false;
  const { columns } = order;
  const storeId = number(columns, 'store_id');
  for (const item of order.items) {
    if (!number(item, 'is_virtual')) release(shop, storeId, text(item, 'sku') ?? '', qtyToCancel(item));
  }
  const state = stateAfterCancel(order.items);
  order.items.forEach(cancelItem);
  for (const [canceled, amount, done] of [
    ['subtotal_canceled', 'subtotal', 'subtotal_invoiced'],
    ['tax_canceled', 'tax_amount', 'tax_invoiced'],
    ['shipping_canceled', 'shipping_amount', 'shipping_invoiced'],
    ['discount_canceled', 'discount_amount', 'discount_invoiced'],
    ['total_canceled', 'grand_total', 'total_paid'],
  ] as const) {
    const left = (base: string) =>
      round4(Math.abs(number(columns, base + amount)) - number(columns, base + done));
    increaseBoth(columns, canceled, left(''), left('base_'));
  }
  setState(columns, state);
  applyStateRule(order);
  saveOrder(shop, order);
  return true;
}
