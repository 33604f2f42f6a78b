import type { Units } from '../../domain/parcel';
import { linesOf, sum } from './model-amazon';
import type { ModelOrder } from './model-order';

/** Chooses among what there is at that moment, so that every event means something in every order. */
export interface Choice {
  readonly a: number;
  readonly b: number;
  readonly flag: boolean;
}

/** Answers what was done, in a sentence; undefined where nothing of that kind can happen now. */
export type Act = (order: ModelOrder, choice: Choice) => Promise<string | undefined>;

export const pick = <T>(from: readonly T[], index: number): T | undefined =>
  from[index % Math.max(from.length, 1)];

export const unitsOf = (lines: ReturnType<typeof linesOf>): Units =>
  Object.fromEntries(lines.map(({ orderItemId, quantity }) => [orderItemId, quantity]));

/** Units that nobody has packed yet. */
export function unpacked({ amazon, boxes }: ModelOrder): Units {
  const open = amazon.openUnits();
  const packed = (id: string) => sum(boxes.map(({ units }) => units[id] ?? 0));
  const left = (id: string) => Math.min(amazon.toShip(id) - packed(id), open[id] ?? 0);
  return Object.fromEntries(amazon.ids.map((id) => [id, Math.max(left(id), 0)]));
}

/** All of them, or some of one line. */
export function some(from: Units, { a, b, flag }: Choice): Units {
  const lines = linesOf(from);
  if (flag) return unitsOf(lines);
  const line = pick(lines, b);
  return line ? { [line.orderItemId]: 1 + (a % line.quantity) } : {};
}

export const isEmpty = (units: Units): boolean => linesOf(units).length === 0;

export const words = (units: Units): string =>
  linesOf(units)
    .map(({ orderItemId, quantity }) => `${quantity} × ${orderItemId}`)
    .join(', ');

/** Amazon has changed the order; the intake sees it now or later. */
export async function amazonDid(order: ModelOrder, isTold: boolean, what: string): Promise<string> {
  if (isTold) await order.deliver();
  return `Amazon: ${what}${isTold ? '' : ', untold'}`;
}
