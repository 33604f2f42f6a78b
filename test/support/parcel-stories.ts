import type { OrderSpec } from '../../sandbox/amazon';
import { catalog } from '../../sandbox/catalog';
import { createRandom, type Random } from '../../sandbox/random';

/** By the position of the order's line. */
export type Units = readonly number[];

export interface PlannedBox {
  /** The clerk in Commerce's admin, the ERP, or the seller in Seller Central. */
  readonly by: 'commerce' | 'erp' | 'seller';
  readonly units: Units;
  readonly carrier: { readonly code: string; readonly title: string };
  /** It leaves before its tracking number is known. */
  readonly isLate: boolean;
  /** It travels under the number of the box before it. */
  readonly isTwin: boolean;
}

/** Not before the order has come so far. */
export type Phase = 'any' | 'placed' | 'accepted';

export type Move =
  | { readonly kind: 'ship'; readonly box: number; readonly hasty?: true }
  | { readonly kind: 'number'; readonly box: number }
  | {
      readonly kind: 'correct';
      readonly box: number;
      readonly where: 'commerce' | 'erp';
      readonly addFirst: boolean;
    }
  /** `underWay`: also units that are in a box of which Amazon has not heard yet. */
  | { readonly kind: 'cancel'; readonly units: Units; readonly phase: Phase; readonly underWay: boolean }
  | { readonly kind: 'cancelAll'; readonly phase: Phase }
  | { readonly kind: 'pack' }
  | { readonly kind: 'ask'; readonly lines: readonly number[]; readonly phase: Phase }
  /** Until it is clear what becomes of what the buyer asked for. */
  | { readonly kind: 'decide'; readonly lines: readonly number[]; readonly answer: 'cancel' | 'shipOn' }
  /** All that is left and still wanted, in one box more. */
  | { readonly kind: 'shipRest' };

/** What happens to one order, one move after the other. */
export interface Story {
  readonly number: number;
  readonly hasErp: boolean;
  readonly spec: OrderSpec;
  readonly boxes: readonly PlannedBox[];
  readonly moves: readonly Move[];
  /** Real milliseconds before each move. */
  readonly pausesMs: readonly number[];
}

const phases: readonly Phase[] = ['any', 'placed', 'accepted'];
const minute = 60_000;
const carriers = [
  { code: 'ups', title: 'United Parcel Service' },
  { code: 'usps', title: 'United States Postal Service' },
  { code: 'fedex', title: 'Federal Express' },
  { code: 'custom', title: 'Bike courier' },
] as const;

/** The same seed gives the same stories. Placed within `spreadMs` of the sandbox's time. */
export function parcelStories(seed: number, count: number, startAt: Date, spreadMs: number): Story[] {
  return Array.from({ length: count }, (_, number) => {
    const random = createRandom(`${seed}/${number}`);
    const placedAt = startAt.getTime() + Math.floor((spreadMs * number) / count);
    return story(number, random, specOf(random, placedAt));
  });
}

function specOf(random: Random, placedAt: number): OrderSpec {
  const hasShipping = random.chance(0.15);
  const products = random.shuffled(catalog).slice(0, random.int(1, 5));
  const lines = products.map(({ sku }) => {
    const quantity = products.length === 1 ? random.int(1, 6) : random.int(1, 3);
    return {
      sku,
      quantity,
      // Whole cents for each unit, so that what is left of a line adds up.
      taxMinor: quantity * random.int(0, 400),
      ...(hasShipping && { shippingMinor: 299 + 50 * quantity }),
    };
  });
  const verifiedAt = placedAt + random.int(1, 12) * minute;
  return {
    lines,
    plan: { placedAt: new Date(placedAt).toISOString(), verifiedAt: new Date(verifiedAt).toISOString() },
  };
}

function story(number: number, random: Random, spec: OrderSpec): Story {
  const hasErp = number % 2 === 0;
  const ordered = spec.lines.map(({ quantity }) => quantity);
  const cancelled = random.chance(0.35) ? someOf(ordered, random) : ordered.map(() => 0);
  const boxes = boxesOf(less(ordered, cancelled), hasErp, random);
  const moves = [
    ...withCancellation(
      boxes.flatMap((box, index) => movesOf(box, index, random)),
      cancelled,
      random,
    ),
  ];
  if (random.chance(0.3)) addWish(moves, { lines: ordered.length, hasErp, boxes }, random);
  else if (random.chance(0.06))
    moves.splice(0, moves.length, { kind: 'cancelAll', phase: random.pick(phases) });
  else if (random.chance(0.1)) addCancellationUnderWay(moves, boxes);
  moves.push({ kind: 'shipRest' });
  return { number, hasErp, spec, boxes, moves, pausesMs: moves.map(() => random.int(0, 1_500)) };
}

const less = (units: Units, others: Units): number[] =>
  units.map((quantity, line) => quantity - (others[line] ?? 0));

/** Some units or whole lines, never all. */
function someOf(ordered: Units, random: Random): number[] {
  const some = ordered.map((quantity) => (random.chance(0.5) ? random.int(1, quantity) : 0));
  if (less(ordered, some).every((left) => left === 0)) some[0] = (ordered[0] ?? 1) - 1;
  return some;
}

/** Each unit is put into one of one to five boxes. */
function boxesOf(units: Units, hasErp: boolean, random: Random): PlannedBox[] {
  const count = random.int(1, 5);
  const boxes = Array.from({ length: count }, () => units.map(() => 0));
  for (const [line, quantity] of units.entries()) {
    for (let unit = 0; unit < quantity; unit += 1) {
      const box = random.pick(boxes);
      box[line] = (box[line] ?? 0) + 1;
    }
  }
  const filled = boxes.filter((box) => box.some((quantity) => quantity > 0));
  return filled.map((box, index): PlannedBox => {
    const by = random.chance(0.12) ? 'seller' : hasErp && random.chance(0.6) ? 'erp' : 'commerce';
    const inCommerce = by === 'commerce';
    return {
      by,
      units: box,
      carrier: random.pick(carriers),
      isLate: inCommerce && random.chance(0.25),
      isTwin: inCommerce && index > 0 && random.chance(0.05),
    };
  });
}

/** Number and corrections come right after the box, or when all have left. */
function movesOf({ by, isLate, isTwin }: PlannedBox, box: number, random: Random): Move[] {
  const moves: Move[] = [
    { kind: 'ship', box, ...(by === 'seller' && random.chance(0.2) && { hasty: true }) },
  ];
  if (isLate) moves.push({ kind: 'number', box });
  if (by === 'seller' || isTwin) return moves;
  // Of two systems that correct one parcel, the one that is heard last would win.
  const where = by === 'erp' && random.chance(0.5) ? 'erp' : 'commerce';
  for (let corrections = 0; corrections < 2 && random.chance(0.3); corrections += 1) {
    moves.push({ kind: 'correct', box, where, addFirst: random.chance(0.5) });
  }
  return moves;
}

/** Before the order is verified, before the first box, or between two. */
function withCancellation(moves: readonly Move[], units: Units, random: Random): Move[] {
  if (units.every((quantity) => quantity === 0)) return [...moves];
  const early = random.chance(0.2);
  const at = early ? 0 : random.int(0, moves.length - 1);
  const part = units.map((quantity) => random.int(0, quantity));
  const rest = less(units, part);
  const cancel = (cancelled: Units): Move[] =>
    cancelled.some((quantity) => quantity > 0)
      ? [{ kind: 'cancel', units: cancelled, phase: early ? 'any' : 'placed', underWay: false }]
      : [];
  return [
    ...moves.slice(0, at),
    ...cancel(part),
    ...moves.slice(at, at + 1),
    ...cancel(rest),
    ...moves.slice(at + 1),
  ];
}

interface Wishing {
  readonly lines: number;
  readonly hasErp: boolean;
  readonly boxes: readonly PlannedBox[];
}

/** The buyer asks at any moment for the whole order or some lines; now and then the next box leaves all the same. */
function addWish(moves: Move[], { lines, hasErp, boxes }: Wishing, random: Random): void {
  const every = Array.from({ length: lines }, (_, line) => line);
  const wanted = lines > 1 && random.chance(0.55) ? every.slice(0, random.int(1, lines - 1)) : every;
  const at = random.chance(0.6) ? 0 : random.int(0, moves.length);
  const decide: Move = { kind: 'decide', lines: wanted, answer: random.pick(['cancel', 'shipOn']) };
  const next = moves[at];
  const isHasty = next?.kind === 'ship' && boxes[next.box]?.by === 'commerce' && random.chance(0.3);
  moves.splice(at, isHasty ? 1 : 0, { kind: 'ask', lines: wanted, phase: random.pick(phases) });
  if (isHasty) moves.splice(at + 1, 0, { ...next, hasty: true }, decide);
  else moves.splice(at + 1, 0, decide);
  if (hasErp && random.chance(0.4)) moves.splice(at, 0, { kind: 'pack' });
}

/** Amazon cancels a unit that is in a box at this moment. */
function addCancellationUnderWay(moves: Move[], boxes: readonly PlannedBox[]): void {
  const shipping = moves.findIndex((move) => move.kind === 'ship' && boxes[move.box]?.by === 'commerce');
  const move = moves[shipping];
  if (move?.kind !== 'ship') return;
  const units = boxes[move.box]?.units ?? [];
  const line = units.findIndex((quantity) => quantity > 0);
  const cancelled = units.map((_, index) => (index === line ? 1 : 0));
  const cancel: Move = { kind: 'cancel', units: cancelled, phase: 'placed', underWay: true };
  moves.splice(shipping + 1, 0, cancel);
}
