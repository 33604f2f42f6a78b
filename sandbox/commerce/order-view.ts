import { regionCode } from './directory';
import type { Json, JsonObject } from './json';
import type { OrderRecord } from './order-record';
import { addressType, historyType, itemType, orderType, paymentType, shippingTotalType } from './order-types';
import { number, type Row, round4, text } from './row';
import { viewRow } from './rows';

/** What an order answer is made of: a stored order, or what the client has just sent of one. */
export type OrderParts = Pick<OrderRecord, 'columns' | 'items' | 'billing' | 'payment' | 'histories'>;

const requiredOfAddress = [
  'address_type',
  'city',
  'country_id',
  'firstname',
  'lastname',
  'postcode',
  'telephone',
];

export function addressView(row: Row): JsonObject {
  const street = text(row, 'street');
  const code = regionCode(text(row, 'country_id'), number(row, 'region_id')) ?? text(row, 'region');
  const view = viewRow({ ...row, region_code: code, street: null }, addressType, requiredOfAddress);
  return street === null ? view : { ...view, street: street.split('\n') };
}

/** Row totals are shown net of the line's discount, though they are stored as sent. Measured on 2.4.6. */
export function itemView(row: Row): JsonObject {
  const net = (column: string, discount: string) =>
    round4(Math.max(number(row, column) - number(row, discount), 0));
  return {
    ...viewRow(row, itemType, ['sku']),
    row_total: net('row_total', 'discount_amount'),
    base_row_total: net('base_row_total', 'base_discount_amount'),
    row_total_incl_tax: net('row_total_incl_tax', 'discount_amount'),
    base_row_total_incl_tax: net('base_row_total_incl_tax', 'base_discount_amount'),
  };
}

const additionalInformation = (payment: Row): [string, Json][] => {
  const written = text(payment, 'additional_information');
  return written === null ? [] : Object.entries(JSON.parse(written) as JsonObject);
};

const paymentView = (row: Row): JsonObject => ({
  ...viewRow({ ...row, additional_information: null }, paymentType, ['account_status', 'cc_last4', 'method']),
  additional_information: additionalInformation(row).map(([, value]) => value),
});

export const historyView = (row: Row): JsonObject =>
  viewRow(row, historyType, ['comment', 'is_customer_notified', 'is_visible_on_front', 'parent_id']);

const due = (columns: Row, base: 'base_' | '') =>
  round4(Math.max(number(columns, `${base}grand_total`) - number(columns, `${base}total_paid`), 0));

/** Total due is always computed, never the column's value. */
export const orderView = (parts: OrderParts): JsonObject => ({
  ...viewRow(parts.columns, orderType, ['base_grand_total', 'customer_email', 'grand_total']),
  base_total_due: due(parts.columns, 'base_'),
  total_due: due(parts.columns, ''),
  items: parts.items.map(itemView),
  ...(parts.billing && { billing_address: addressView(parts.billing) }),
  payment: paymentView(parts.payment),
  status_histories: parts.histories.map(historyView),
});

/** Newest first, as Magento lists an order's comments with the order. */
export const newestFirst = (histories: Row[]): Row[] =>
  [...histories].sort((a, b) => number(b, 'entity_id') - number(a, 'entity_id'));

function shippingAssignment({ columns, shipping, items }: OrderRecord): JsonObject {
  return {
    shipping: {
      ...(shipping && { address: addressView(shipping) }),
      ...(columns.shipping_method && { method: columns.shipping_method }),
      total: viewRow(columns, shippingTotalType),
    },
    items: items.map(itemView),
  };
}

/** A stored order as `GET /V1/orders/{id}` and the order search answer it. */
export const storedOrderView = (order: OrderRecord): JsonObject => ({
  ...orderView({ ...order, histories: newestFirst(order.histories) }),
  extension_attributes: {
    shipping_assignments: [shippingAssignment(order)],
    payment_additional_info: additionalInformation(order.payment).map(([key, value]) => ({ key, value })),
    applied_taxes: [],
    item_applied_taxes: [],
  },
});
