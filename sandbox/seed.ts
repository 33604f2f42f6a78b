import type { OrderSpec } from './amazon/order';
import { demoBuyer } from './amazon/people';
import { createRandom, type Random } from './random';
import { type Features, featuresOf } from './seed-features';
import { linesOf } from './seed-lines';

/** How the order ends; `cancelled` means by Amazon, before its payment was verified. */
type Kind = 'merchant' | 'amazon' | 'cancelled';

export interface SeedOptions {
  seed: string;
  count: number;
  /** Sandbox time of the first purchase. */
  startAt: Date;
  /** Within so many milliseconds all orders are placed; their ends are planned up to about 8 hours later. */
  spreadMs: number;
}

/** An order of the demo, complete and with its plan, ready for the sandbox Amazon. */
export type SeededOrder = OrderSpec & Required<Pick<OrderSpec, 'orderId' | 'plan' | 'fulfilledBy'>>;

const minute = 60_000;

/** Of 24 orders 16 are the merchant's, 6 Amazon's, 2 cancelled. */
function kindsOf(count: number, random: Random): Kind[] {
  const amazon = Math.max(1, Math.round(count * 0.25));
  const cancelled = Math.max(1, Math.round(count * 0.08));
  const kinds = Array.from({ length: count }, (_, position): Kind => {
    if (position < amazon) return 'amazon';
    return position < amazon + cancelled ? 'cancelled' : 'merchant';
  });
  return random.shuffled(kinds);
}

/** Placing to verifying takes about half an hour; Amazon ships its own two to six hours after that. */
function planOf(kind: Kind, placedAt: Date, random: Random): NonNullable<OrderSpec['plan']> {
  const after = (minutes: number) => new Date(placedAt.getTime() + minutes * minute).toISOString();
  const decided = random.int(25, 35);
  const plan = { placedAt: placedAt.toISOString() };
  if (kind === 'cancelled') return { ...plan, cancelledAt: after(decided) };
  if (kind === 'merchant') return { ...plan, verifiedAt: after(decided) };
  return { ...plan, verifiedAt: after(decided), shippedAt: after(decided + random.int(120, 360)) };
}

const orderId = (random: Random) =>
  `${random.pick(['111', '112', '113', '114'])}-${random.digits(7)}-${random.digits(7)}`;

/** How often each element has occurred before. */
function turnsOf<T>(values: readonly T[]): number[] {
  return values.map((value, position) => values.slice(0, position).filter((one) => one === value).length);
}

/** What the order as a whole has of its features. */
function headOf({ marketplace, isTaxWithheld, tip, programs = [] }: Features, random: Random) {
  return {
    marketplaceId: marketplace.id,
    currency: marketplace.currency,
    tax: isTaxWithheld ? ('withheld' as const) : marketplace.tax,
    programs: [...programs],
    ...(tip && { tipStatus: tip, tipMinor: Math.round(random.int(2, 8) * 100 * marketplace.priceFactor) }),
  };
}

function buyerOf(number: number, { marketplace, isBusiness }: Features, random: Random) {
  const { buyer, address } = demoBuyer(number, random, marketplace.country);
  if (!isBusiness) return { buyer, address };
  const business = {
    buyerCompanyName: 'Harbor & Sons, LLC',
    buyerPurchaseOrderNumber: `PO-${random.digits(6)}`,
  };
  return { buyer: { ...buyer, ...business }, address };
}

/**
 * One small shop's day on Amazon.com and its neighbours, oldest order first: about 70 % shipped by the merchant, 25 %
 * by Amazon, the rest cancelled. 24 orders have every feature. The same options always give the same orders, ids
 * included.
 */
export function seedOrders({ seed, count, startAt, spreadMs }: SeedOptions): SeededOrder[] {
  const random = createRandom(seed);
  const kinds = kindsOf(count, random);
  const turns = turnsOf(kinds);
  return kinds.map((kind, number) => {
    const placedAt = new Date(startAt.getTime() + Math.floor((spreadMs * number) / count));
    const fulfilledBy = kind === 'amazon' ? 'AMAZON' : 'MERCHANT';
    const features = featuresOf(fulfilledBy, turns[number] ?? number);
    return {
      orderId: orderId(random),
      fulfilledBy,
      ...headOf(features, random),
      serviceLevel: random.pick(['STANDARD', 'STANDARD', 'EXPEDITED', 'SECOND_DAY']),
      ...buyerOf(number, features, random),
      ...(features.isReplacement && { replaces: orderId(random) }),
      lines: linesOf(number, features, random),
      plan: planOf(kind, placedAt, random),
    };
  });
}
