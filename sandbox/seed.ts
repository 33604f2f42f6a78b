import type { OrderSpec } from './amazon/order';
import { demoBuyer } from './amazon/people';
import { type CatalogProduct, catalog } from './catalog';
import { createRandom, type Random } from './random';

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

type Line = OrderSpec['lines'][number];

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

/** `rate` is in hundredths of a percent; rounded to the cent, as a sales tax is. */
const taxOf = (minor: number, rate: number) => Math.round((minor * rate) / 10_000);

/** Charges that an order has beside its items, by turns so that each of them occurs. */
interface Extras {
  shipping: boolean;
  promotion: boolean;
  freeShipping: boolean;
  gift: boolean;
}

function lineOf(product: CatalogProduct, rate: number, extras: Extras, random: Random): Line {
  const quantity = random.chance(0.6) ? 1 : random.int(2, 4);
  const itemMinor = product.priceMinor * quantity;
  const discountMinor = extras.promotion ? Math.round(itemMinor * 0.1) : 0;
  const shippingMinor = extras.shipping ? random.pick([399, 599, 749]) + 50 * (quantity - 1) : 0;
  const shippingDiscountMinor = extras.freeShipping ? shippingMinor : 0;
  const giftWrapMinor = extras.gift ? 349 : 0;
  return {
    sku: product.sku,
    title: product.name,
    quantity,
    unitPriceMinor: product.priceMinor,
    orderItemId: random.digits(14),
    taxMinor: taxOf(itemMinor - discountMinor, rate),
    shippingMinor,
    shippingTaxMinor: taxOf(shippingMinor - shippingDiscountMinor, rate),
    discountMinor,
    shippingDiscountMinor,
    giftWrapMinor,
    giftWrapTaxMinor: taxOf(giftWrapMinor, rate),
    ...(extras.gift && { giftMessage: 'Happy birthday, from all of us!' }),
    ...((extras.promotion || extras.freeShipping) && { promotionId: `DEMO-${random.digits(6)}` }),
  };
}

function linesOf(number: number, random: Random): Line[] {
  const rate = random.pick([0, 625, 725, 825, 887, 1025]);
  const giftLine = number % 6 === 2 ? 0 : undefined;
  return random
    .shuffled(catalog)
    .slice(0, random.pick([1, 1, 1, 2, 2, 3]))
    .map((product, position) =>
      lineOf(
        product,
        rate,
        {
          shipping: number % 3 !== 1,
          promotion: number % 4 === 1,
          freeShipping: number % 8 === 3,
          gift: giftLine === position,
        },
        random,
      ),
    );
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

/**
 * One small shop's day on Amazon.com, oldest order first: about 70 % shipped by the merchant, 25 % by Amazon,
 * the rest cancelled. The same options always give the same orders, ids included.
 */
export function seedOrders({ seed, count, startAt, spreadMs }: SeedOptions): SeededOrder[] {
  const random = createRandom(seed);
  const kinds = kindsOf(count, random);
  return kinds.map((kind, number) => {
    const placedAt = new Date(startAt.getTime() + Math.floor((spreadMs * number) / count));
    return {
      orderId: `${random.pick(['111', '112', '113', '114'])}-${random.digits(7)}-${random.digits(7)}`,
      fulfilledBy: kind === 'amazon' ? 'AMAZON' : 'MERCHANT',
      marketplaceId: 'ATVPDKIKX0DER',
      currency: 'USD',
      serviceLevel: random.pick(['STANDARD', 'STANDARD', 'EXPEDITED', 'SECOND_DAY']),
      programs: kind === 'amazon' ? ['PRIME'] : [],
      ...demoBuyer(number, random),
      lines: linesOf(number, random),
      plan: planOf(kind, placedAt, random),
    };
  });
}
