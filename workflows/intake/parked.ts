import type { ParkedOrder } from './contract';

const mostKept = 200;

/**
 * An order that was parked stays so until it is delivered or to be ignored: a later sweep does not list it if it
 * has not changed. One reason per order, the newest; of many orders the newest stay.
 */
export function park(
  known: readonly ParkedOrder[],
  { parked, released }: { readonly parked: readonly ParkedOrder[]; readonly released: readonly string[] },
): ParkedOrder[] {
  const gone = new Set([...released, ...parked.filter(withId).map(({ amazonOrderId }) => amazonOrderId)]);
  const rest = known.filter(({ amazonOrderId }) => amazonOrderId === undefined || !gone.has(amazonOrderId));
  return [...rest, ...parked].slice(-mostKept);
}

/** Without an id nobody can tell when it is delivered, so it is shown for the sweep that saw it. */
export const withId = (order: ParkedOrder): order is ParkedOrder & { readonly amazonOrderId: string } =>
  order.amazonOrderId !== undefined;
