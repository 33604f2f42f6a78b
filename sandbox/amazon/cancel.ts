import type { OrderState } from './life';
import type { AmazonOrder, OrderLine, PackageItem } from './order';

export interface CancelledBy {
  by: 'BUYER' | 'MERCHANT' | 'AMAZON';
  reason: string;
}

/** Some units of an order are cancelled. */
export interface UnitCancellation extends CancelledBy {
  at: string;
  items: PackageItem[];
}

export const unitsIn = (items: readonly PackageItem[], orderItemId: string): number =>
  items.filter((item) => item.orderItemId === orderItemId).reduce((sum, { quantity }) => sum + quantity, 0);

/** What is specified for a whole line goes down with its units. */
const amounts = [
  'taxMinor',
  'shippingMinor',
  'shippingTaxMinor',
  'giftWrapMinor',
  'giftWrapTaxMinor',
  'codFeeMinor',
  'codFeeTaxMinor',
  'otherMinor',
  'otherTaxMinor',
  'discountMinor',
  'shippingDiscountMinor',
] as const satisfies (keyof OrderLine)[];

/** The line as it is at a moment: with the units that are cancelled by then, and the amounts of those that are left. */
export function lineAt(
  line: OrderLine,
  cancellations: readonly UnitCancellation[] | undefined,
  until: number,
): OrderLine {
  const past = cancellations?.filter(({ at }) => Date.parse(at) <= until) ?? [];
  const gone = past.reduce((sum, { items }) => sum + unitsIn(items, line.orderItemId), 0);
  if (gone === 0) return line;
  const before = line.quantity - line.cancelledUnits;
  const share = (minor: number) => Math.round((minor * (before - gone)) / before);
  return {
    ...line,
    cancelledUnits: line.cancelledUnits + gone,
    ...Object.fromEntries(amounts.map((name) => [name, share(line[name])])),
  };
}

/** The order without these units, which must be open. With the last one of an unshipped order it is cancelled as a whole. */
export function cancelUnits(
  order: AmazonOrder,
  state: OrderState,
  { at, by, reason, items }: UnitCancellation,
): AmazonOrder {
  const hasShipped = Object.values(state.fulfilled).some((pieces) => pieces > 0);
  const isLast = Object.entries(state.unfulfilled).every(([id, open]) => unitsIn(items, id) === open);
  if (isLast && !hasShipped)
    return { ...order, plan: { ...order.plan, cancelledAt: at }, cancelledBy: { by, reason } };
  return { ...order, cancellations: [...(order.cancellations ?? []), { at, by, reason, items }] };
}
