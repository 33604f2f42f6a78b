import type { OrderSpec } from './amazon/order';
import type { DemoCountry } from './amazon/people';

/** What the prices of a marketplace are made of. */
interface DemoMarketplace {
  readonly country: DemoCountry;
  readonly id: string;
  readonly currency: string;
  /** What one US dollar of the catalogue costs there. */
  readonly priceFactor: number;
  readonly tax: NonNullable<OrderSpec['tax']>;
  /** In hundredths of a percent; one of them for all lines of an order. */
  readonly taxRates: readonly number[];
}

const marketplaces = {
  us: {
    country: 'US',
    id: 'ATVPDKIKX0DER',
    currency: 'USD',
    priceFactor: 1,
    tax: 'onTop',
    taxRates: [0, 625, 725, 825, 887, 1025],
  },
  ca: {
    country: 'CA',
    id: 'A2EUQ1WTGCTBG2',
    currency: 'CAD',
    priceFactor: 1.37,
    tax: 'onTop',
    taxRates: [500, 1300],
  },
  mx: {
    country: 'MX',
    id: 'A1AM78C64UM0Y8',
    currency: 'MXN',
    priceFactor: 18.2,
    tax: 'included',
    taxRates: [1600],
  },
} as const satisfies Record<string, DemoMarketplace>;

/** What an order of the demo has beside its items, shipping and promotions. */
export interface Features {
  readonly marketplace: DemoMarketplace;
  readonly programs?: readonly string[];
  readonly isBusiness?: boolean;
  readonly tip?: NonNullable<OrderSpec['tipStatus']>;
  readonly codFee?: boolean;
  readonly otherCharge?: boolean;
  readonly giftWrap?: boolean;
  /** Costs nothing, and names the order that it replaces. */
  readonly isReplacement?: boolean;
  /** Amazon lists the tax and keeps it. */
  readonly isTaxWithheld?: boolean;
  /** The merchant remits the tax. */
  readonly isTaxOwn?: boolean;
  /** A unit of the first line and all of the second are cancelled before verification. */
  readonly cancelledUnits?: boolean;
  /** A unit of the first line has left when the channel sees the order. */
  readonly partlyShipped?: boolean;
  /** The first line's SKU is on a line of its own once more. */
  readonly isSkuTwice?: boolean;
}

const { us, ca, mx } = marketplaces;

/** Amazon's ids of the marketplaces that the demo's orders come from, all of one region. */
export const demoMarketplaceIds: readonly string[] = [us.id, ca.id, mx.id];

/** How much of the other currencies the demo's shop takes for one US dollar. */
export const demoRates: Readonly<Record<string, number>> = {
  [ca.currency]: ca.priceFactor,
  [mx.currency]: mx.priceFactor,
};

const merchantTurns: readonly Features[] = [
  { marketplace: us },
  { marketplace: ca },
  { marketplace: us, codFee: true },
  { marketplace: mx, programs: ['INVOICE_BY_AMAZON'] },
  { marketplace: us, cancelledUnits: true },
  { marketplace: us, tip: 'FINALIZED', programs: ['DELIVERY_BY_AMAZON'] },
  { marketplace: us, tip: 'PENDING', programs: ['DELIVERY_BY_AMAZON'] },
  { marketplace: us, otherCharge: true },
  { marketplace: us, isTaxWithheld: true },
  { marketplace: us, isBusiness: true, programs: ['AMAZON_BUSINESS'] },
  { marketplace: us, isReplacement: true },
  { marketplace: us, partlyShipped: true },
  { marketplace: us, isSkuTwice: true },
  { marketplace: mx, giftWrap: true, codFee: true, otherCharge: true, tip: 'FINALIZED' },
  { marketplace: us, isTaxOwn: true },
  { marketplace: ca, giftWrap: true, codFee: true, otherCharge: true, tip: 'FINALIZED' },
];

const amazonTurns: readonly Features[] = [
  { marketplace: us, programs: ['PRIME'] },
  { marketplace: ca, programs: ['PRIME'] },
  { marketplace: mx, programs: ['PRIME'] },
  { marketplace: us, isReplacement: true },
  { marketplace: us, giftWrap: true, programs: ['PRIME'] },
  { marketplace: us, cancelledUnits: true },
];

/** Of the `turn`-th order of its kind: after 16 of the merchant's and 6 of Amazon's, all have had their turn. */
export function featuresOf(fulfilledBy: 'MERCHANT' | 'AMAZON', turn: number): Features {
  const turns = fulfilledBy === 'AMAZON' ? amazonTurns : merchantTurns;
  return turns[turn % turns.length] ?? { marketplace: us };
}
