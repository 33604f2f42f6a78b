import { z } from 'zod';
import { catalog } from '../catalog';
import type { CancelledBy, UnitCancellation } from './cancel';

const minor = z.int().nonnegative();
const moment = z.iso.datetime({ offset: true });

const lineSchema = z
  .strictObject({
    sku: z.string().min(1),
    quantity: z.int().positive(),
    /** Default: the catalogue's price. */
    unitPriceMinor: minor.optional(),
    title: z.string().optional(),
    asin: z.string().optional(),
    orderItemId: z.string().optional(),
    /** Taxes and charges are of the whole line; discounts are positive numbers. */
    taxMinor: minor.default(0),
    shippingMinor: minor.default(0),
    shippingTaxMinor: minor.default(0),
    giftWrapMinor: minor.default(0),
    giftWrapTaxMinor: minor.default(0),
    codFeeMinor: minor.default(0),
    codFeeTaxMinor: minor.default(0),
    otherMinor: minor.default(0),
    otherTaxMinor: minor.default(0),
    discountMinor: minor.default(0),
    shippingDiscountMinor: minor.default(0),
    giftMessage: z.string().optional(),
    promotionId: z.string().optional(),
    /** Whether Amazon remits the line's tax itself. */
    taxCollectedByAmazon: z.boolean().default(true),
    /** Units that were cancelled before the payment was verified: neither charged nor to be shipped. */
    cancelledUnits: z.int().nonnegative().default(0),
    /** Units that the seller ships by hand in Seller Central, at the moment of verification. */
    shippedElsewhere: z.int().nonnegative().default(0),
  })
  .refine(({ quantity, cancelledUnits, shippedElsewhere }) => cancelledUnits + shippedElsewhere <= quantity, {
    error: 'a line cannot have more units cancelled and shipped than are ordered',
  })
  .refine((line) => line.unitPriceMinor !== undefined || catalog.some(({ sku }) => sku === line.sku), {
    error: 'a line whose SKU is not in the catalogue needs unitPriceMinor',
  });

const addressSchema = z.strictObject({
  name: z.string().optional(),
  companyName: z.string().optional(),
  addressLine1: z.string().optional(),
  addressLine2: z.string().optional(),
  addressLine3: z.string().optional(),
  city: z.string().optional(),
  stateOrRegion: z.string().optional(),
  postalCode: z.string().optional(),
  countryCode: z.string().optional(),
  phone: z.string().optional(),
  addressType: z.string().optional(),
});

/** When what happens to an order, in sandbox time. A moment that is left out does not come by itself. */
const planSchema = z.strictObject({
  placedAt: moment.optional(),
  /** A pre-order: PENDING_AVAILABILITY from `placedAt` to this moment, PENDING from then on. */
  availableAt: moment.optional(),
  verifiedAt: moment.optional(),
  cancelledAt: moment.optional(),
  /** FBA only: merchants' orders are shipped by confirmation. */
  shippedAt: moment.optional(),
});

/** An order to be placed at the sandbox Amazon. Without `plan` it takes the usual course of its kind. */
export const orderSpecSchema = z
  .strictObject({
    orderId: z
      .string()
      .regex(/^\d{3}-\d{7}-\d{7}$/)
      .optional(),
    fulfilledBy: z.enum(['MERCHANT', 'AMAZON']).default('MERCHANT'),
    marketplaceId: z.string().default('ATVPDKIKX0DER'),
    currency: z.string().length(3).default('USD'),
    serviceLevel: z.string().default('STANDARD'),
    programs: z.array(z.string()).default([]),
    /** Whether the total has the tax on top, in the prices, or not at all because Amazon keeps it. */
    tax: z.enum(['onTop', 'included', 'withheld']).default('onTop'),
    tipMinor: minor.default(0),
    /** A pending tip is shown and not in the total. */
    tipStatus: z.enum(['PENDING', 'FINALIZED']).default('FINALIZED'),
    /** Id of the order that this one replaces. */
    replaces: z.string().optional(),
    lines: z.array(lineSchema).min(1),
    buyer: z
      .strictObject({
        buyerName: z.string().optional(),
        buyerEmail: z.string().optional(),
        buyerCompanyName: z.string().optional(),
        buyerPurchaseOrderNumber: z.string().optional(),
      })
      .default({ buyerName: 'Ada Sample', buyerEmail: 'ada.sample@marketplace.amazon.com' }),
    address: addressSchema.default({
      name: 'Ada Sample',
      addressLine1: '1 Sample Street',
      city: 'Seattle',
      stateOrRegion: 'WA',
      postalCode: '98101',
      countryCode: 'US',
      phone: '+1 206-555-0100',
      addressType: 'RESIDENTIAL',
    }),
    plan: planSchema.optional(),
  })
  .refine(({ fulfilledBy, plan }) => fulfilledBy === 'AMAZON' || plan?.shippedAt === undefined, {
    error: 'only orders fulfilled by Amazon have a planned shipment',
  })
  .refine(
    ({ fulfilledBy, lines }) =>
      fulfilledBy === 'MERCHANT' || lines.every((line) => line.shippedElsewhere === 0),
    { error: 'what Amazon fulfils cannot be shipped by the seller' },
  );

export type OrderSpec = z.input<typeof orderSpecSchema>;
export type OrderPlan = z.output<typeof planSchema> & { placedAt: string };
type ParsedSpec = z.output<typeof orderSpecSchema>;

export interface OrderLine extends z.output<typeof lineSchema> {
  orderItemId: string;
  unitPriceMinor: number;
  title: string;
  asin: string;
}

export interface PackageItem {
  orderItemId: string;
  quantity: number;
}

/** What one confirmation said about a package; a later one under the same reference replaces it. */
export interface PackageVersion {
  carrier: string;
  shippingService?: string | undefined;
  trackingNumber: string;
  shipTime: string;
  items: PackageItem[];
  receivedAt: string;
  /** From here on Amazon shows this version among the order's PACKAGES. */
  visibleAt: string;
}

export interface OrderPackage {
  packageReferenceId: string;
  /** False for packages that the seller made in Seller Central. */
  confirmedByApi: boolean;
  versions: PackageVersion[];
}

/** The buyer asks to cancel; what the seller makes of it is another matter. */
export interface CancelRequest {
  at: string;
  reason: string;
  orderItemIds: string[];
}

/** One order as the sandbox keeps it. Its status is never stored: it follows from plan, packages and clock. */
export interface AmazonOrder extends Omit<ParsedSpec, 'lines' | 'plan'> {
  orderId: string;
  lines: OrderLine[];
  plan: OrderPlan;
  cancelledBy?: CancelledBy;
  /** Of some units, while the order goes on; oldest first. */
  cancellations?: UnitCancellation[];
  cancelRequest?: CancelRequest;
  packages: OrderPackage[];
}

const minutes = (count: number) => count * 60_000;
const later = (from: string, ms: number) => new Date(Date.parse(from) + ms).toISOString();
const utc = (time: string) => new Date(time).toISOString();

/** Verified half an hour after it is placed; Amazon ships its own three hours later. */
function usualPlan(placedAt: string, fulfilledBy: ParsedSpec['fulfilledBy']): OrderPlan {
  const verifiedAt = later(placedAt, minutes(30));
  if (fulfilledBy === 'MERCHANT') return { placedAt, verifiedAt };
  return { placedAt, verifiedAt, shippedAt: later(verifiedAt, minutes(180)) };
}

function planOf(spec: ParsedSpec, now: Date): OrderPlan {
  const placedAt = utc(spec.plan?.placedAt ?? now.toISOString());
  if (!spec.plan) return usualPlan(placedAt, spec.fulfilledBy);
  const moments = Object.entries(spec.plan).flatMap(([name, time]) => (time ? [[name, utc(time)]] : []));
  return { ...Object.fromEntries(moments), placedAt };
}

function lineOf(line: ParsedSpec['lines'][number], number: number, position: number): OrderLine {
  const product = catalog.find(({ sku }) => sku === line.sku);
  const idOfLine = `${number * 100 + position + 1}`.padStart(13, '0');
  return {
    ...line,
    orderItemId: line.orderItemId ?? `7${idOfLine}`,
    unitPriceMinor: line.unitPriceMinor ?? product?.priceMinor ?? 0,
    title: line.title ?? product?.name ?? line.sku,
    asin: line.asin ?? `B0${String(product?.id ?? 0).padStart(8, '0')}`,
  };
}

/** Units that are still wanted: all but the cancelled ones. */
export const unitsOf = ({ quantity, cancelledUnits }: OrderLine): number => quantity - cancelledUnits;

/** What the seller has shipped by hand before any program could see the order. */
function packagesElsewhere(lines: readonly OrderLine[], { verifiedAt }: OrderPlan, number: number) {
  const items = lines.flatMap(({ orderItemId, shippedElsewhere }) =>
    shippedElsewhere > 0 ? [{ orderItemId, quantity: shippedElsewhere }] : [],
  );
  if (items.length === 0 || verifiedAt === undefined) return [];
  const version = {
    carrier: 'UPS',
    trackingNumber: `1Z999EE2${String(number).padStart(10, '0')}`,
    shipTime: verifiedAt,
    items,
    receivedAt: verifiedAt,
    visibleAt: verifiedAt,
  };
  return [{ packageReferenceId: 'PKG-1', confirmedByApi: false, versions: [version] }];
}

/** What makes the ids of an order: its place in the seller's sequence, and seven digits of the seller's own. */
export interface OrderNumber {
  number: number;
  series: string;
}

/** Makes the order that `spec` asks for. */
export function orderFrom(spec: ParsedSpec, { number, series }: OrderNumber, now: Date): AmazonOrder {
  const plan = planOf(spec, now);
  const lines = spec.lines.map((line, position) => lineOf(line, number, position));
  return {
    ...spec,
    orderId: spec.orderId ?? `900-${series}-${String(number).padStart(7, '0')}`,
    lines,
    plan,
    ...(plan.cancelledAt !== undefined && {
      cancelledBy: { by: 'AMAZON', reason: 'Payment could not be verified' },
    }),
    packages: packagesElsewhere(lines, plan, number),
  };
}
