import { type AmazonOrder, type OrderLine, quantityToShip } from './order';

/** Units of an order that Amazon has cancelled between two looks, while others stay. */
export interface CancelledUnits {
  readonly sku: string;
  readonly quantity: number;
}

export function cancelledUnits(before: AmazonOrder, after: AmazonOrder): readonly CancelledUnits[] {
  return pairsOf(before, after)
    .map(([was, is]) => ({ sku: was.sku, quantity: fall(was, is) }))
    .filter(({ quantity }) => quantity > 0);
}

/** Whether the total changed by just what the lines with cancelled units changed by. */
export function explainTotal(before: AmazonOrder, after: AmazonOrder): boolean {
  const pairs = pairsOf(before, after);
  const change = sum(pairs.map(([was, is]) => (was.totalMinor ?? 0) - (is?.totalMinor ?? 0)));
  const isOnlyTheirs = pairs.every(([was, is]) => fall(was, is) > 0 || was.totalMinor === is?.totalMinor);
  return isOnlyTheirs && change === (before.totalMinor ?? 0) - (after.totalMinor ?? 0);
}

/** A line that Amazon does not show any more is cancelled as a whole. */
const pairsOf = (before: AmazonOrder, after: AmazonOrder) =>
  before.lines.map((was) => {
    const is = after.lines.find(({ orderItemId }) => orderItemId === was.orderItemId);
    return [was, is] as const;
  });

const fall = (was: OrderLine, is: OrderLine | undefined): number =>
  quantityToShip(was) - (is ? quantityToShip(is) : 0);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
