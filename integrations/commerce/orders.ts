import type { Http } from './http';
import type { OrderEntity } from './order-entity';
import type { CommerceCallOptions } from './port';
import type { CommerceOrder, OrderTotals, Store } from './records';
import { type Filter, searchQuery } from './search';
import { twins } from './twins';
import { createdOrderSchema, doneSchema, itemsOf, orderFields, orderSchema } from './wire';

const pageSize = 100;

export function findOrders(
  http: Http,
  amazonOrderId: string,
  options?: CommerceCallOptions,
): Promise<CommerceOrder[]> {
  return search(http, 'look up order', [{ field: 'ext_order_id', value: amazonOrderId }], options);
}

/** Commerce takes a number once per store. */
export function findOrdersByNumber(
  http: Http,
  store: Store,
  number: string,
  options?: CommerceCallOptions,
): Promise<CommerceOrder[]> {
  const filters = [
    { field: 'increment_id', value: number },
    { field: 'store_id', value: store.id },
  ];
  return search(http, 'look up number', filters, options);
}

/** At most 100 at a time. */
export function readOrders(
  http: Http,
  entityIds: readonly number[],
  options?: CommerceCallOptions,
): Promise<CommerceOrder[]> {
  const filter = { field: 'entity_id', value: entityIds.join(','), condition: 'in' } as const;
  return search(http, 'read orders', [filter], options);
}

function search(
  http: Http,
  operation: string,
  /** All must fit. */
  filters: readonly Filter[],
  { signal }: CommerceCallOptions = {},
): Promise<CommerceOrder[]> {
  return http({
    operation,
    method: 'GET',
    // Orders of every store: a change of the store in the settings must not hide an order.
    store: 'all',
    path: '/V1/orders',
    query: searchQuery({
      groups: filters.map((filter) => [filter]),
      fields: orderFields,
      pageSize,
      sortBy: 'entity_id',
    }),
    answer: itemsOf(orderSchema),
    signal,
  });
}

export function readOrder(
  http: Http,
  entityId: number,
  { signal }: CommerceCallOptions = {},
): Promise<CommerceOrder> {
  return http({
    operation: 'read order',
    method: 'GET',
    store: 'all',
    path: '/V1/orders/{id}',
    parts: { id: entityId },
    query: [['fields', orderFields]],
    answer: orderSchema,
    signal,
  });
}

export async function createOrder(http: Http, store: Store, entity: OrderEntity): Promise<number> {
  const created = await http({
    operation: 'create order',
    method: 'POST',
    store: store.code,
    path: '/V1/orders',
    body: { entity },
    answer: createdOrderSchema,
  });
  return created.entity_id;
}

/** The columns of a cancellation are not computed on this way, so they are sent; discounts are positive here. */
export async function markCanceled(
  http: Http,
  order: CommerceOrder,
  text: string,
  { signal }: CommerceCallOptions = {},
): Promise<void> {
  await http({
    operation: 'cancel order',
    method: 'POST',
    store: 'all',
    path: '/V1/orders',
    body: {
      entity: {
        entity_id: order.entityId,
        state: 'canceled',
        status: 'canceled',
        ...twins(canceledTotals(order.totals), canceledTotals(order.baseTotals)),
        status_histories: [commentOf(order, 'canceled', text)],
        items: order.items.map((item) => ({
          item_id: item.itemId,
          qty_canceled: item.ordered - item.refunded,
        })),
      },
    },
    answer: createdOrderSchema,
    slow: true,
    signal,
  });
}

function canceledTotals({ subtotal, tax, shipping, discount, grandTotal }: OrderTotals) {
  return {
    subtotal_canceled: subtotal,
    tax_canceled: tax,
    shipping_canceled: shipping,
    discount_canceled: Math.abs(discount),
    total_canceled: grandTotal,
  };
}

export async function cancelRest(
  http: Http,
  entityId: number,
  { signal }: CommerceCallOptions = {},
): Promise<boolean> {
  return http({
    operation: 'cancel the rest of the order',
    method: 'POST',
    store: 'all',
    path: '/V1/orders/{id}/cancel',
    parts: { id: entityId },
    answer: doneSchema,
    slow: true,
    signal,
  });
}

export async function comment(
  http: Http,
  order: CommerceOrder,
  text: string,
  { signal }: CommerceCallOptions = {},
): Promise<void> {
  await http({
    operation: 'comment order',
    method: 'POST',
    store: 'all',
    path: '/V1/orders/{id}/comments',
    parts: { id: order.entityId },
    body: { statusHistory: commentOf(order, order.status, text) },
    answer: doneSchema,
    signal,
  });
}

/** Commerce gives the order the comment's status, and none where the comment has none. */
function commentOf({ entityId }: CommerceOrder, status: string, text: string) {
  return {
    comment: text,
    entity_name: 'order',
    is_customer_notified: 0,
    is_visible_on_front: 0,
    parent_id: entityId,
    status,
  };
}
