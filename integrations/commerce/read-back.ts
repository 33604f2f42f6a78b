import type { OrderEntity } from './order-entity';
import type { CommerceOrder, OrderTotals } from './records';

/**
 * In what Commerce keeps an order otherwise than it was sent, beside what {@link differences} of `adoption.ts` says
 * of every order; in sentences, often none. What it is known to rewrite was made fit before it was sent.
 */
export function storedDifferences(entity: OrderEntity, stored: CommerceOrder): string[] {
  const { base_currency_code: baseCurrency, order_currency_code: currency } = entity;
  return [
    ...changed('number', entity.increment_id ?? stored.number, stored.number),
    ...changed('state', expectedState(entity), stored.state),
    ...totalsDifferences(sentTotals(entity), { ...stored.totals, grandTotal: entity.grand_total }, currency),
    // In one currency both are one amount, told already.
    ...(baseCurrency === currency && isTwice(stored)
      ? []
      : totalsDifferences(sentBaseTotals(entity), stored.baseTotals, baseCurrency)),
    ...shippedDifferences(entity, stored),
  ];
}

/** Commerce closes an order at once of which nothing is left to ship or to pay back. */
function expectedState({ state, grand_total: total }: OrderEntity): string {
  return state === 'complete' && total === 0 ? 'closed' : state;
}

function changed(what: string, sent: string, kept: string): string[] {
  return sent === kept ? [] : [`The ${what} is ${kept || 'empty'}, sent was ${sent}.`];
}

const sentTotals = (entity: OrderEntity): OrderTotals => ({
  subtotal: entity.subtotal,
  tax: entity.tax_amount,
  shipping: entity.shipping_amount,
  discount: entity.discount_amount,
  grandTotal: entity.grand_total,
});

const sentBaseTotals = (entity: OrderEntity): OrderTotals => ({
  subtotal: entity.base_subtotal,
  tax: entity.base_tax_amount,
  shipping: entity.base_shipping_amount,
  discount: entity.base_discount_amount,
  grandTotal: entity.base_grand_total,
});

const totalNames = {
  subtotal: 'subtotal',
  tax: 'tax',
  shipping: 'shipping amount',
  discount: 'discount',
  grandTotal: 'grand total',
} as const satisfies Record<keyof OrderTotals, string>;
const totals = ['subtotal', 'tax', 'shipping', 'discount', 'grandTotal'] as const;

function totalsDifferences(sent: OrderTotals, kept: OrderTotals, currency: string): string[] {
  return totals
    .filter((name) => sent[name].toFixed(4) !== kept[name].toFixed(4))
    .map((name) => `The ${totalNames[name]} is ${kept[name]} ${currency}, sent was ${sent[name]}.`);
}

const isTwice = ({ totals: own, baseTotals }: CommerceOrder): boolean =>
  totals.every((name) => own[name].toFixed(4) === baseTotals[name].toFixed(4));

/** What is looked at of a line; charges of the order have none of it. */
interface SentLine {
  readonly sku: string;
  readonly ext_order_item_id?: string;
  readonly qty_shipped?: number | undefined;
}

function shippedDifferences({ items }: OrderEntity, stored: CommerceOrder): string[] {
  return items.flatMap(({ sku, ext_order_item_id: id, qty_shipped: shipped }: SentLine) => {
    const kept = stored.items.find(({ orderItemId }) => id !== undefined && orderItemId === id);
    if (!kept || shipped === undefined || kept.shipped === shipped) return [];
    return [`Of ${sku}, ${kept.shipped} are shipped in Commerce, sent were ${shipped}.`];
  });
}
