import { badRequest } from './errors';
import type { JsonObject } from './json';
import { echo } from './order-echo';
import { addressFrom, assignmentOf, billingFrom, paymentFrom, rowsFrom } from './order-input';
import type { OrderRecord } from './order-record';
import {
  checkColumns,
  checkNumberIsFree,
  saveAddress,
  saveOrder,
  storedHistory,
  storedItem,
  withIds,
} from './order-save';
import { applyStateRule } from './order-state';
import { historyType, itemType, orderType } from './order-types';
import { newestFirst } from './order-view';
import { number, type Row, text } from './row';
import { rowFrom, stored } from './rows';
import type { Shop } from './shop';

/** Lines with a known `item_id` are changed, the others added. */
function mergeItems(shop: Shop, order: OrderRecord, sent: Row[]): { merged: Row[]; echoed: Row[] } {
  const now = shop.now();
  const merged = [...order.items];
  const echoed = sent.map((row) => {
    const itemId = number(row, 'item_id') || shop.next('order_item');
    const change = { ...row, item_id: itemId, order_id: order.id, created_at: now, updated_at: now };
    const index = merged.findIndex((item) => item.item_id === itemId);
    const known = merged[index];
    if (known) merged[index] = { ...known, ...stored({ ...row, updated_at: now }) };
    else if (!row.item_id) merged.push(storedItem(change));
    return change;
  });
  return { merged, echoed };
}

interface Change {
  /** The order's own columns as sent. */
  sent: Row;
  items: { merged: Row[]; echoed: Row[] } | undefined;
  billing: Row | null;
  shipping: Row | null;
  payment: Row | undefined;
  histories: Row[];
}

function readChange(shop: Shop, order: OrderRecord, entity: JsonObject): Change {
  const sent = rowFrom(entity, orderType);
  checkColumns(shop, sent);
  const sentItems = entity.items === undefined ? undefined : rowsFrom(entity.items, itemType);
  applyStateRule({ columns: sent, items: sentItems ?? order.items, creditMemos: order.creditMemos });
  const address = number(sent, 'is_virtual') ? undefined : assignmentOf(entity)?.address;
  return {
    sent,
    items: sentItems && mergeItems(shop, order, sentItems),
    billing: saveAddress(shop, billingFrom(entity), order.id),
    shipping: saveAddress(shop, addressFrom(address, text(sent, 'customer_email')), order.id),
    payment: paymentFrom(entity),
    histories: withIds(shop, 'order_history', 'entity_id', rowsFrom(entity.status_histories, historyType), {
      parent_id: order.id,
    }),
  };
}

function applied(shop: Shop, order: OrderRecord, change: Change): OrderRecord {
  const { sent, items, billing, shipping, payment, histories } = change;
  return {
    ...order,
    columns: { ...order.columns, ...stored(sent) },
    items: items?.merged ?? order.items,
    billing: billing ? stored(billing) : order.billing,
    shipping: shipping ? stored(shipping) : order.shipping,
    payment: { ...order.payment, ...(payment && stored(payment)) },
    histories: [...order.histories, ...histories.map((history) => storedHistory(history, shop.now()))],
  };
}

/**
 * `POST /V1/orders` with `entity_id`: changes the columns sent. The state rule sees only those, and the answer
 * has nulls for what was not sent. 400 for an unknown order.
 */
export function updateOrder(shop: Shop, entity: JsonObject): JsonObject {
  const order = shop.orders.get(Number(entity.entity_id));
  if (!order) throw badRequest('Please provide payment for the order.');
  const change = readChange(shop, order, entity);
  const changed = applied(shop, order, change);
  checkNumberIsFree(shop, changed.columns, order.id);
  const saved = saveOrder(shop, changed);
  const { sent, items, payment, histories, shipping } = change;
  const parts = {
    columns: {
      ...sent,
      billing_address_id: saved.columns.billing_address_id ?? null,
      created_at: text(sent, 'created_at') ?? text(saved.columns, 'created_at'),
      updated_at: text(saved.columns, 'updated_at'),
    },
    items: items?.echoed ?? saved.items,
    billing: saved.billing,
    payment: payment
      ? { ...payment, parent_id: order.id, entity_id: number(order.payment, 'entity_id') }
      : saved.payment,
    histories: histories.length > 0 ? histories : newestFirst(saved.histories),
  };
  return echo(parts, entity, shipping);
}
