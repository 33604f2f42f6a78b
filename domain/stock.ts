import { type AmazonOrder, isFinal, type OrderLine, quantityToShip } from './order';

/** Where a shop keeps its stock; the same for all that sells from it. */
export interface ShopStock {
  /** Code of the website whose customers buy from the shop's own stock. */
  readonly website: string;
  /** Code of the source that the units of Amazon's orders come from. */
  readonly origin: string;
  /** Code of the source that holds them until they are shipped; it keeps one unit as a buffer for ever. */
  readonly allocation: string;
}

/** By SKU, as Commerce is asked for it. */
export type Units = Readonly<Record<string, number>>;

export interface SourceQuantities {
  readonly from: number;
  readonly to: number;
}

/** One SKU of a transfer between two sources. */
export interface StockMove {
  readonly sku: string;
  readonly quantity: number;
  readonly before: SourceQuantities;
  /** Absent where they could not be read. */
  readonly after?: SourceQuantities;
}

/** From the shop's source to the one of Amazon's orders, or back where it did not ship. */
export type TransferDirection = 'allocate' | 'giveBack';

/** The units that the sourceTransfer strategy has moved for one order. Plain JSON, part of the order's state. */
export interface AllocatedStock {
  /** Slug of the Commerce instance; fixed with the first transfer, as the sources are. */
  readonly commerce: string;
  readonly shop: ShopStock;
  /** Units at the allocation source for this order. */
  readonly units: Units;
  /** What Amazon showed as fulfilled when they were moved. */
  readonly fulfilledBefore: Units;
  /** Asked for, and the answer has not come. */
  readonly underWay?: { readonly direction: TransferDirection; readonly units: Units };
  /** Asked for and never answered for certain: nothing is moved for this order any more. */
  readonly unknown?: Units;
}

const openUnitsOf = (line: OrderLine): number => Math.max(quantityToShip(line) - line.quantityFulfilled, 0);

/** What the merchant still has to ship: nothing of orders that Amazon fulfils, has shipped or has cancelled. */
export function openUnits(order: AmazonOrder): Units {
  if (order.fulfilledBy !== 'MERCHANT' || isFinal(order)) return {};
  return sumBySku(order, openUnitsOf);
}

export const fulfilledUnits = (order: AmazonOrder): Units =>
  sumBySku(order, ({ quantityFulfilled }) => quantityFulfilled);

/** With what has left already, without what was cancelled. */
export const orderedUnits = (order: AmazonOrder): Units => sumBySku(order, quantityToShip);

/** What was moved and will not ship any more, because Amazon cancelled it. */
export function surplus({ units, fulfilledBefore }: AllocatedStock, order: AmazonOrder): Units {
  return minus(units, minus(orderedUnits(order), fulfilledBefore));
}

function sumBySku({ lines }: AmazonOrder, quantityOf: (line: OrderLine) => number): Units {
  return lines.reduce<Units>((sum, line) => plus(sum, { [line.sku]: quantityOf(line) }), {});
}

export function plus(one: Units, other: Units): Units {
  const sum = { ...one };
  for (const [sku, quantity] of Object.entries(other)) sum[sku] = (sum[sku] ?? 0) + quantity;
  return positive(sum);
}

/** Without what would be less than one. */
export const minus = (one: Units, other: Units): Units =>
  positive(
    Object.fromEntries(Object.entries(one).map(([sku, quantity]) => [sku, quantity - (other[sku] ?? 0)])),
  );

const positive = (units: Units): Units =>
  Object.fromEntries(Object.entries(units).filter(([, quantity]) => quantity > 0));

export const hasUnits = (units: Units): boolean => Object.keys(units).length > 0;

export const movedUnits = (moves: readonly StockMove[]): Units =>
  Object.fromEntries(moves.map(({ sku, quantity }) => [sku, quantity]));

/** Both sources changed by exactly what was asked for, which only the transfer itself does. */
export const isShown = ({ quantity, before, after }: StockMove): boolean =>
  after !== undefined && after.from === before.from - quantity && after.to === before.to + quantity;

/** "2 × MUG-BLUE-350, 1 × POT-RED" */
export const describeUnits = (units: Units): string =>
  Object.entries(units)
    .map(([sku, quantity]) => `${quantity} × ${sku}`)
    .join(', ');

/** "MUG-BLUE-350: 98 and 1 before, 96 and 3 after" */
export const describeQuantities = (moves: readonly StockMove[]): string =>
  moves
    .map(({ sku, before, after }) => {
      const then = after ? `${after.from} and ${after.to} after` : 'not read after';
      return `${sku}: ${before.from} and ${before.to} before, ${then}`;
    })
    .join('; ');
