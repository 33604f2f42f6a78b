import type { CommerceOrder, CommerceOrderItem, LineAmounts, OrderTotals } from './records';
import type { SentLine, SentOrder } from './sent-order';

/**
 * In what Commerce keeps an order otherwise than it was sent, beside what {@link differences} of `adoption.ts` says
 * of every order; in sentences, often none. What it is known to rewrite was made fit before it was sent.
 */
export function storedDifferences(sent: SentOrder, stored: CommerceOrder): string[] {
  // The grand total is compared with Amazon's, by `differences`.
  const kept = { ...stored.totals, grandTotal: sent.totals.grandTotal };
  const told = [
    ...changed('number', sent.number ?? stored.number, stored.number),
    ...changed('state', expectedState(sent), stored.state),
    ...statusDifference(sent, stored),
    ...totalsDifferences(sent.totals, kept, sent.currency),
    ...totalsDifferences(sent.baseTotals, stored.baseTotals, sent.baseCurrency),
    ...sent.lines.flatMap((line) => lineDifferences(sent, line, keptLine(line, stored))),
  ];
  // In one currency an amount and its `base_` twin are told once.
  return [...new Set(told)];
}

/** Commerce closes an order at once of which nothing is left to ship or to pay back. */
function expectedState({ state, totals: { grandTotal } }: SentOrder): string {
  return state === 'complete' && grandTotal === 0 ? 'closed' : state;
}

function changed(what: string, sent: string, kept: string): string[] {
  return sent === kept ? [] : [`The ${what} is ${kept || 'empty'}, sent was ${sent}.`];
}

/** Newer versions keep no status that the state does not have. */
function statusDifference({ state, status }: SentOrder, stored: CommerceOrder): string[] {
  if (stored.state !== state || stored.status === status) return [];
  const kept = stored.status === '' ? 'no status' : `the status "${stored.status}"`;
  return [
    `The order has ${kept} instead of "${status}": see that Commerce has this status for the state ${state}.`,
  ];
}

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
    .filter((name) => !isSame(sent[name], kept[name]))
    .map((name) => `The ${totalNames[name]} is ${kept[name]} ${currency}, sent was ${sent[name]}.`);
}

/** Commerce keeps four decimals. */
const isSame = (one: number, other: number) => one.toFixed(4) === other.toFixed(4);

/** Charges of the order are there once each, by SKU. */
function keptLine({ orderItemId, sku }: SentLine, { items }: CommerceOrder): CommerceOrderItem | undefined {
  return items.find((item) =>
    orderItemId === undefined ? item.sku === sku : item.orderItemId === orderItemId,
  );
}

function lineDifferences(
  { currency, baseCurrency }: SentOrder,
  { sku, orderItemId, shipped, amounts, baseAmounts }: SentLine,
  kept: CommerceOrderItem | undefined,
): string[] {
  // Of Amazon's lines a missing one is told by `differences`.
  if (!kept) return orderItemId === undefined ? [`Commerce has no line for ${sku}.`] : [];
  return [
    ...rowDifferences(sku, amounts, kept.amounts, currency),
    ...rowDifferences(sku, baseAmounts, kept.baseAmounts, baseCurrency),
    // Somebody may have shipped more since.
    ...(shipped === undefined || kept.shipped >= shipped
      ? []
      : [`Of ${sku}, ${kept.shipped} are shipped in Commerce, sent were ${shipped}.`]),
  ];
}

const rowNames = {
  rowTotal: 'row total',
  tax: 'tax',
  discount: 'discount',
} as const satisfies Record<keyof LineAmounts, string>;
const rows = ['rowTotal', 'tax', 'discount'] as const;

function rowDifferences(sku: string, sent: LineAmounts, kept: LineAmounts, currency: string): string[] {
  return rows
    .filter((name) => !isSame(sent[name], kept[name]) && !(name === 'rowTotal' && isNet(sent, kept)))
    .map((name) => `The ${rowNames[name]} of ${sku} is ${kept[name]} ${currency}, sent was ${sent[name]}.`);
}

/** Commerce stores row totals as sent, and tells them net of the line's discount. */
const isNet = (sent: LineAmounts, kept: LineAmounts) =>
  isSame(Math.max(sent.rowTotal - sent.discount, 0), kept.rowTotal);
