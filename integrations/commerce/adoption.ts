import type { PlacedOrder } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import type { AmazonOrder, OrderLine } from '../../domain/order';
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
  const isExpected = (item: CommerceOrderItem) =>
    paired.has(item.itemId) || item.sku.startsWith(extraSkuPrefix);
  return [
    ...stateDifference(found),
    ...totalDifference(order, found),
    ...pairs.flatMap(({ line, item }) => lineDifference(line, item)),
    ...ownLines(found)
      .filter((item) => !isExpected(item))
      .map((item) => `Commerce has ${item.ordered} × ${item.sku}, which Amazon's order has not.`),
  ];
}

function stateDifference({ state }: CommerceOrder): string[] {
  return state === 'canceled' ? ['The order is canceled in Commerce.'] : [];
}

function totalDifference({ totalMinor, currency }: AmazonOrder, { totals, currency: own }: CommerceOrder) {
  const expected = formatMinor(totalMinor ?? 0, currency ?? own);
  const sameCurrency = currency === null || own === '' || currency === own;
  if (sameCurrency && Number(expected).toFixed(4) === totals.grandTotal.toFixed(4)) return [];
  return [`The grand total is ${totals.grandTotal} ${own}, Amazon's is ${expected} ${currency ?? ''}.`];
}

function lineDifference(line: OrderLine, item: CommerceOrderItem | undefined): string[] {
  if (!item) return [`Commerce has no line for ${line.quantityOrdered} × ${line.sku}.`];
  if (item.ordered === line.quantityOrdered) return [];
  return [`Of ${line.sku}, ${item.ordered} are ordered in Commerce and ${line.quantityOrdered} at Amazon.`];
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
  const ordered = order.lines.filter((line) => line.quantityOrdered > 0);
  const byId = ordered.map((line) => ({ line, item: take((item) => item.orderItemId === line.orderItemId) }));
  return byId.map(({ line, item }) => ({
    line,
    item:
      item ??
      take((one) => isSameSku(one, line) && one.ordered === line.quantityOrdered) ??
      take((one) => isSameSku(one, line)),
  }));
}

function ownLines({ items }: CommerceOrder): CommerceOrderItem[] {
  return items.filter((item) => item.parentItemId === null);
}

function isSameSku(item: CommerceOrderItem, line: OrderLine): boolean {
  return item.orderItemId === null && item.sku.toLowerCase() === line.sku.toLowerCase();
}
