import type { CancelledUnits } from '../../domain/cancelled-units';
import type { PlacedOrder } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import { type AmazonOrder, type OrderLine, quantityToShip } from '../../domain/order';
import { extraSkuPrefix } from './order-items';
import type { CommerceOrder, CommerceOrderItem, Shipment } from './records';

/** With what it counts as shipped beyond these, all of its shipments. */
export function placedOrder(
  order: AmazonOrder,
  found: CommerceOrder,
  shipments: readonly Shipment[],
): PlacedOrder {
  const lines = shipments.flatMap((shipment) => shipment.lines);
  const byItem = <T>(of: (item: CommerceOrderItem) => T) =>
    pairLines(order, found).flatMap(({ line, item }) =>
      item ? [[line.orderItemId, of(item)] as const] : [],
    );
  const shippedBefore = byItem(({ itemId, shipped }) =>
    lines.reduce((left, line) => left - (line.itemId === itemId ? line.quantity : 0), shipped),
  ).filter(([, units]) => units > 0);
  return {
    entityId: found.entityId,
    number: found.number,
    state: found.state,
    itemIds: Object.fromEntries(byItem(({ itemId }) => itemId)),
    ...(shippedBefore.length > 0 && { shippedBefore: Object.fromEntries(shippedBefore) }),
  };
}

/** What Commerce has beyond what is left of Amazon's order, mostly because Amazon has cancelled it since. */
export const surplusUnits = (order: AmazonOrder, found: CommerceOrder): readonly CancelledUnits[] =>
  pairLines(order, found)
    .map(({ line, item }) => ({
      sku: line.sku,
      quantity: item ? item.ordered - item.canceled - item.refunded - quantityToShip(line) : 0,
    }))
    .filter(({ quantity }) => quantity > 0);

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
  if (!item) return wanted > 0 ? [`Commerce has no line for ${wanted} × ${line.sku}.`] : [];
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

/** By Amazon's id of the line; in orders of other tools by SKU, each Commerce line once, cancelled lines last. */
function pairLines(order: AmazonOrder, found: CommerceOrder): Pair[] {
  const free = ownLines(found);
  const take = (isMatch: (item: CommerceOrderItem) => boolean) => {
    const index = free.findIndex(isMatch);
    return index < 0 ? undefined : free.splice(index, 1)[0];
  };
  const isWanted = (line: OrderLine) => quantityToShip(line) > 0;
  const lines = [...order.lines.filter(isWanted), ...order.lines.filter((line) => !isWanted(line))];
  const byId = lines.map((line) => ({ line, item: take((item) => item.orderItemId === line.orderItemId) }));
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
