import { invalidDocument } from './errors';
import { objectsOf } from './input';
import { defaultSource, putBack, releaseRefunded } from './inventory';
import { isObject, type JsonObject } from './json';
import { countMail } from './mails';
import { canCreditmemo, type OrderRecord, qtyToRefund, stateOf } from './order-record';
import { saveOrder } from './order-save';
import { applyStateRule, resolveState } from './order-state';
import { orderById } from './orders';
import { increase, number, type Row, round4, text } from './row';
import type { Shop } from './shop';

interface Line {
  item: Row;
  quantity: number;
}

type Base = 'base_' | '';

function linesToRefund(order: OrderRecord, asked: JsonObject[]): Line[] {
  const wanted = new Map(asked.map(({ order_item_id, qty }) => [Number(order_item_id), Number(qty)]));
  return order.items
    .map((item) => ({
      item,
      quantity: asked.length === 0 ? qtyToRefund(item) : (wanted.get(number(item, 'item_id')) ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);
}

function checkRefund(order: OrderRecord, lines: Line[]): void {
  const reasons: string[] = [];
  if (['payment_review', 'holded', 'canceled', 'closed'].includes(stateOf(order) ?? '')) {
    const status = text(order.columns, 'status');
    reasons.push(`A creditmemo can not be created when an order has a status of ${status}`);
  } else if (!canCreditmemo(order)) {
    reasons.push('The order does not allow a creditmemo to be created.');
  }
  for (const { item, quantity } of lines) {
    if (quantity <= qtyToRefund(item)) continue;
    const sku = text(item, 'sku');
    reasons.push(
      `The quantity to creditmemo must not be greater than the unrefunded quantity for product SKU "${sku}".`,
    );
  }
  if (lines.length === 0) reasons.push("You can't create a creditmemo without products.");
  if (reasons.length > 0) throw invalidDocument('Creditmemo', reasons);
}

/** The refunded part of what was invoiced of a line; the last units take what is left. */
function part(item: Row, invoiced: string, refunded: string, quantity: number): number {
  if (quantity === qtyToRefund(item)) return round4(number(item, invoiced) - number(item, refunded));
  return Math.round((number(item, invoiced) * quantity * 100) / number(item, 'qty_invoiced')) / 100;
}

interface Arguments {
  shipping: number | undefined;
  adjustmentPositive: number;
  adjustmentNegative: number;
  returned: readonly number[];
}

function readArguments(request: JsonObject): Arguments {
  const given = isObject(request.arguments) ? request.arguments : {};
  const extension = isObject(given.extension_attributes) ? given.extension_attributes : {};
  const returned = Array.isArray(extension.return_to_stock_items) ? extension.return_to_stock_items : [];
  return {
    shipping: given.shipping_amount === undefined ? undefined : Number(given.shipping_amount),
    adjustmentPositive: Number(given.adjustment_positive ?? 0),
    adjustmentNegative: Number(given.adjustment_negative ?? 0),
    returned: returned.map(Number),
  };
}

/** Writes the refunded amounts of one currency into lines, order and payment. */
function register(order: OrderRecord, lines: Line[], given: Arguments, base: Base): void {
  const { columns, payment } = order;
  const sums = { subtotal: 0, tax: 0, discount: 0 };
  for (const { item, quantity } of lines) {
    const row = part(item, `${base}row_invoiced`, `${base}amount_refunded`, quantity);
    const tax = part(item, `${base}tax_invoiced`, `${base}tax_refunded`, quantity);
    const discount = part(item, `${base}discount_invoiced`, `${base}discount_refunded`, quantity);
    increase(item, `${base}amount_refunded`, row);
    increase(item, `${base}tax_refunded`, tax);
    increase(item, `${base}discount_refunded`, discount);
    sums.subtotal += row;
    sums.tax += tax;
    sums.discount += discount;
  }
  const of = (column: string) => number(columns, base + column);
  const shipping = given.shipping ?? of('shipping_amount') - of('shipping_refunded');
  const share = of('shipping_amount') ? shipping / of('shipping_amount') : 0;
  const shippingTax = round4(of('shipping_tax_amount') * share);
  const adjustment = given.adjustmentPositive - given.adjustmentNegative;
  const total = round4(sums.subtotal + sums.tax + shipping + shippingTax - sums.discount + adjustment);
  for (const [column, amount] of [
    ['subtotal_refunded', sums.subtotal],
    ['tax_refunded', sums.tax + shippingTax],
    ['discount_refunded', -sums.discount],
    ['shipping_refunded', shipping],
    ['shipping_tax_refunded', shippingTax],
    ['adjustment_positive', given.adjustmentPositive],
    ['adjustment_negative', given.adjustmentNegative],
    ['total_refunded', total],
    ['total_offline_refunded', total],
  ] as const) {
    increase(columns, base + column, amount);
  }
  increase(payment, `${base}amount_refunded`, total);
  increase(payment, `${base}shipping_refunded`, shipping);
}

/**
 * `POST /V1/order/{id}/refund`, offline: a credit memo. Units that are not returned to stock free a
 * reservation nevertheless. Answers the credit memo's id as a string; 404 for an unknown order, 400 with the
 * reasons.
 */
export function refundOrder(shop: Shop, orderId: number, request: JsonObject): string {
  const order = orderById(shop, orderId);
  const lines = linesToRefund(order, objectsOf(request.items));
  checkRefund(order, lines);
  const given = readArguments(request);
  register(order, lines, given, 'base_');
  register(order, lines, given, '');
  const storeId = number(order.columns, 'store_id');
  for (const { item, quantity } of lines) {
    increase(item, 'qty_refunded', quantity);
    const sku = text(item, 'sku') ?? '';
    if (given.returned.includes(number(item, 'item_id'))) {
      putBack(shop, defaultSource(shop, storeId), sku, quantity);
    } else {
      releaseRefunded(shop, storeId, sku, quantity);
    }
  }
  order.creditMemos += 1;
  resolveState(order, false);
  applyStateRule(order);
  saveOrder(shop, order);
  if (request.notify === true) countMail(shop);
  return String(shop.next('creditmemo'));
}
