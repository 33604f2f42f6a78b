import { badRequest, invalidDocument } from './errors';
import { objectsOf } from './input';
import type { JsonObject } from './json';
import { countMail } from './mails';
import { canInvoice, type OrderRecord, qtyToInvoice, stateOf } from './order-record';
import { saveOrder } from './order-save';
import { applyStateRule, resolveState } from './order-state';
import { orderById } from './orders';
import { increase, increaseBoth, number, type Row, round4, text } from './row';
import { nextIncrementId, type Shop } from './shop';

/** Units to invoice by item id: what was asked for, or all that is left. */
function wantedQuantities(order: OrderRecord, asked: JsonObject[]): Map<number, number> {
  if (asked.length === 0)
    return new Map(order.items.map((item) => [number(item, 'item_id'), qtyToInvoice(item)]));
  return new Map(asked.map(({ order_item_id, qty }) => [Number(order_item_id), Number(qty)]));
}

function checkInvoice(order: OrderRecord, wanted: Map<number, number>): void {
  const reasons: string[] = [];
  let total = 0;
  for (const item of order.items) {
    const quantity = wanted.get(number(item, 'item_id')) ?? 0;
    if (quantity > qtyToInvoice(item)) {
      throw badRequest('We found an invalid quantity to invoice item "%1".', [text(item, 'name') ?? '']);
    }
    total += quantity;
  }
  if (total <= 0) {
    reasons.push("The invoice can't be created without products. Add products and try again.");
  }
  const state = stateOf(order) ?? '';
  if (['payment_review', 'holded', 'canceled', 'complete', 'closed'].includes(state)) {
    reasons.push(
      `An invoice cannot be created when an order has a status of ${text(order.columns, 'status')}`,
    );
  } else if (!canInvoice(order)) {
    reasons.push('The order does not allow an invoice to be created.');
  }
  if (reasons.length > 0) throw invalidDocument('Invoice', reasons);
}

/** The part of a line's amount that falls on `quantity` units; the last units take what is left of it. */
function part(item: Row, amount: string, invoiced: string, quantity: number): number {
  if (quantity === qtyToInvoice(item)) return round4(number(item, amount) - number(item, invoiced));
  const share = (number(item, amount) * quantity) / number(item, 'qty_ordered');
  return Math.round(share * 100) / 100;
}

interface Sums {
  subtotal: number;
  tax: number;
  discount: number;
  compensation: number;
}

/** Writes the invoiced amounts into a line and returns them. */
function invoiceItem(item: Row, quantity: number, base: 'base_' | ''): Sums {
  const amounts: Sums = {
    subtotal: part(item, `${base}row_total`, `${base}row_invoiced`, quantity),
    tax: part(item, `${base}tax_amount`, `${base}tax_invoiced`, quantity),
    discount: part(item, `${base}discount_amount`, `${base}discount_invoiced`, quantity),
    compensation: part(
      item,
      `${base}discount_tax_compensation_amount`,
      `${base}discount_tax_compensation_invoiced`,
      quantity,
    ),
  };
  increase(item, `${base}row_invoiced`, amounts.subtotal);
  increase(item, `${base}tax_invoiced`, amounts.tax);
  increase(item, `${base}discount_invoiced`, amounts.discount);
  increase(item, `${base}discount_tax_compensation_invoiced`, amounts.compensation);
  return amounts;
}

/** The invoice's amounts in one currency. Shipping and its discount fall on the first invoice as a whole. */
function invoiceAmounts(order: OrderRecord, wanted: Map<number, number>, base: 'base_' | '') {
  const sums: Sums = { subtotal: 0, tax: 0, discount: 0, compensation: 0 };
  for (const item of order.items) {
    const quantity = wanted.get(number(item, 'item_id')) ?? 0;
    if (quantity === 0) continue;
    const amounts = invoiceItem(item, quantity, base);
    for (const key of ['subtotal', 'tax', 'discount', 'compensation'] as const) sums[key] += amounts[key];
  }
  const first = order.columns.total_invoiced === undefined || order.columns.total_invoiced === null;
  const ofOrder = (column: string) => (first ? number(order.columns, `${base}${column}`) : 0);
  const shipping = ofOrder('shipping_amount');
  const tax = sums.tax + ofOrder('shipping_tax_amount');
  const discount = sums.discount + ofOrder('shipping_discount_amount');
  const total = round4(sums.subtotal + tax + sums.compensation + shipping - discount);
  return { ...sums, shipping, tax, discount, total };
}

function register(order: OrderRecord, wanted: Map<number, number>): void {
  const { columns, payment } = order;
  const base = invoiceAmounts(order, wanted, 'base_');
  const own = invoiceAmounts(order, wanted, '');
  const both = (row: Row, column: string, key: keyof typeof own, sign = 1) =>
    increaseBoth(row, column, sign * own[key], sign * base[key]);
  both(columns, 'subtotal_invoiced', 'subtotal');
  both(columns, 'tax_invoiced', 'tax');
  both(columns, 'shipping_invoiced', 'shipping');
  both(columns, 'discount_invoiced', 'discount', -1);
  both(columns, 'discount_tax_compensation_invoiced', 'compensation');
  both(columns, 'total_invoiced', 'total');
  both(columns, 'total_paid', 'total');
  increase(columns, 'base_total_invoiced_cost', 0);
  both(payment, 'amount_paid', 'total');
  both(payment, 'shipping_captured', 'shipping');
  for (const item of order.items) {
    increase(item, 'qty_invoiced', wanted.get(number(item, 'item_id')) ?? 0);
    item.weee_tax_applied = '[]';
  }
}

/**
 * `POST /V1/order/{id}/invoice`: an invoice, paid whether captured or not. It resets a custom status to the
 * state's default. Answers the invoice's id as a string; 404 for an unknown order, 400 with the reasons.
 */
export function createInvoice(shop: Shop, orderId: number, request: JsonObject): string {
  const order = orderById(shop, orderId);
  const wanted = wantedQuantities(order, objectsOf(request.items));
  checkInvoice(order, wanted);
  register(order, wanted);
  resolveState(order, true);
  applyStateRule(order);
  saveOrder(shop, order);
  nextIncrementId(shop, 'invoice', number(order.columns, 'store_id'));
  if (request.notify === true) countMail(shop);
  return String(shop.next('invoice'));
}
