import { badRequest } from './errors';
import type { JsonObject } from './json';
import { echo } from './order-echo';
import { addressFrom, assignmentOf, billingFrom, paymentFrom, rowsFrom } from './order-input';
import type { OrderRecord } from './order-record';
import {
  checkColumns,
  checkNumberIsFree,
  saveAddress,
  storedHistory,
  storedItem,
  withIds,
} from './order-save';
import { applyStateRule } from './order-state';
import { historyType, itemType, orderType } from './order-types';
import { number, type Row, text } from './row';
import { rowFrom, stored } from './rows';
import { nextIncrementId, type Shop } from './shop';
import { type StoreView, storeById, storeName } from './stores';

const asStored = (order: OrderRecord, now: string): OrderRecord => ({
  ...order,
  columns: stored(order.columns),
  items: order.items.map(storedItem),
  billing: order.billing && stored(order.billing),
  shipping: order.shipping && stored(order.shipping),
  payment: stored(order.payment),
  histories: order.histories.map((history) => storedHistory(history, now)),
});

function newColumns(shop: Shop, entity: JsonObject, urlStore: StoreView, itemCount: number): Row {
  const columns = rowFrom(entity, orderType);
  const store = number(columns, 'store_id') ? storeById(number(columns, 'store_id')) : urlStore;
  checkColumns(shop, columns);
  const id = shop.next('order');
  return {
    ...columns,
    entity_id: id,
    increment_id: text(columns, 'increment_id') ?? nextIncrementId(shop, 'order', store.id),
    store_name: storeName(store),
    protect_code: id.toString(16).padStart(32, '0'),
    total_item_count: itemCount,
    created_at: text(columns, 'created_at') ?? shop.now(),
    updated_at: shop.now(),
  };
}

/** `POST /V1/orders` without `entity_id`. Answers what was sent, completed by the new ids. */
export function createOrder(shop: Shop, entity: JsonObject, urlStore: StoreView): JsonObject {
  const payment = paymentFrom(entity);
  if (!payment) throw badRequest('Please provide payment for the order.');
  const items = rowsFrom(entity.items, itemType);
  const columns = newColumns(shop, entity, urlStore, items.length);
  const id = number(columns, 'entity_id');
  applyStateRule({ columns, items, creditMemos: undefined });
  checkNumberIsFree(shop, columns, id);

  const assignment = number(columns, 'is_virtual') ? undefined : assignmentOf(entity);
  const addresses = [billingFrom(entity), addressFrom(assignment?.address, text(columns, 'customer_email'))];
  const [billing = null, shipping = null] = addresses.map((address) => saveAddress(shop, address, id));
  if (billing) columns.billing_address_id = number(billing, 'entity_id');

  const now = shop.now();
  const order: OrderRecord = {
    id,
    receivedAt: shop.clock.now().getTime(),
    columns: assignment?.method ? { ...columns, shipping_method: String(assignment.method) } : columns,
    items: withIds(shop, 'order_item', 'item_id', items, { order_id: id, created_at: now, updated_at: now }),
    billing,
    shipping,
    payment: { ...payment, parent_id: id, entity_id: shop.next('order_payment') },
    histories: withIds(shop, 'order_history', 'entity_id', rowsFrom(entity.status_histories, historyType), {
      parent_id: id,
    }),
    creditMemos: 0,
  };
  shop.orders.put(asStored(order, now));
  return echo(order, entity, shipping);
}
