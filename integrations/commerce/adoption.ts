import type { PlacedOrder } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import { type AmazonOrder, type OrderLine, quantityToShip } from '../../domain/order';
import { extraSkuPrefix } from './order-items';
import type { CommerceOrder, CommerceOrderItem } from './records';

export function placedOrder(order: AmazonOrder, found: CommerceOrder): PlacedOrder {
  const pairs = pairLines(order, found);
  return {
    entityId: found.entityId,
    number: found.number,
    state: found.state,
    itemIds: Object.fromEntries(
      pairs.flatMap(({ line, item }) => (item ? [[line.orderItemId, item.itemId]] : [])),
    ),
  };
}

/** What differs between a Commerce order and what the channel would have created, in sentences; often nothing. */
export function differences(order: AmazonOrder, found: CommerceOrder): string[] {
  const pairs = pairLines(order, found);
  const paired = new Set(pairs.map(({ item }) => item?.itemId));
  const ids = new Set<string | null>(order.lines.map(({ orderItemId }) => orderItemId));
  const isExpected = (item: CommerceOrderItem) =>
    paired.has(item.itemId) || ids.has(item.orderItemId) || item.sku.startsWith(extraSkuPrefix);
  return [
    ...stateDifference(found),
    ...totalDifference(order, found),
    ...pairs.flatMap(({ line, item }) => lineDifference(line, item)),
    ...ownLines(found)
      .filter((item) => !isExpected(item))
      .map((item) => `Commerce has ${item.ordered} × ${item.sku}, which Amazon’s order has not.`),
  ];
}

function stateDifference({ state, totals }: CommerceOrder): string[] {
  if (state === 'canceled') return ['The order is canceled in Commerce.'];
  if (state === 'holded') return ['The order is on hold in Commerce.'];
  if (state === 'payment_review') return ['The order is in payment review in Commerce.'];
  // What costs nothing is closed as soon as it has left.
  if (state === 'closed' && totals.grandTotal > 0) return ['The order is closed in Commerce.'];
  return state === '' ? ['The order has no state in Commerce.'] : [];
}

function totalDifference({ totalMinor, currency }: AmazonOrder, { totals, currency: own }: CommerceOrder) {
  const expected = formatMinor(totalMinor ?? 0, currency ?? own);
  const sameCurrency = currency === null || own === '' || currency === own;
  if (sameCurrency && Number(expected).toFixed(4) === totals.grandTotal.toFixed(4)) return [];
  const found = [totals.grandTotal, own].filter((part) => part !== '').join(' ');
  return [`The grand total is ${found}, Amazon’s is ${[expected, currency ?? own].join(' ').trim()}.`];
}

function lineDifference(line: OrderLine, item: CommerceOrderItem | undefined): string[] {
  const wanted = quantityToShip(line);
  if (!item) return [`Commerce has no line for ${wanted} × ${line.sku}.`];
  const other = sameText(item.sku, line.sku)
    ? []
    : [`Commerce has ${item.sku} where Amazon has ${line.sku}.`];
  return [...other, ...quantityDifference(line, item)];
}

function quantityDifference(line: OrderLine, item: CommerceOrderItem): string[] {
  const wanted = quantityToShip(line);
  // Units that were given back or cancelled in Commerce since are no difference.
  if (item.ordered === wanted || item.ordered - item.canceled - item.refunded === wanted) return [];
  return [`Of ${line.sku}, ${item.ordered} are ordered in Commerce and ${wanted} at Amazon.`];
}

interface Pair {
  readonly line: OrderLine;
  readonly item: CommerceOrderItem | undefined;
}

/** By Amazon's id of the line; in orders of other tools by SKU, each Commerce line once. */
function pairLines(order: AmazonOrder, found: CommerceOrder): Pair[] {
  const free = ownLines(found);
  const take = (isMatch: (item: CommerceOrderItem) => boolean) => {
    const index = free.findIndex(isMatch);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  const wanted = order.lines.filter((line) => quantityToShip(line) > 0);
  const byId = wanted.map((line) => ({ line, item: take((item) => item.orderItemId === line.orderItemId) }));
  return byId.map(({ line, item }) => ({
    line,
    item:
      item ??
      take((one) => isSameSku(one, line) && one.ordered === quantityToShip(line)) ??
      take((one) => isSameSku(one, line)),
  }));
}

function ownLines({ items }: CommerceOrder): CommerceOrderItem[] {
  return items.filter((item) => item.parentItemId === null);
}

function isSameSku(item: CommerceOrderItem, line: OrderLine): boolean {
  return item.orderItemId === null && sameText(item.sku, line.sku);
}

const sameText = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
