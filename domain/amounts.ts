import { mayIncludeTax } from './marketplaces';
import { sum } from './money';
import type { AmazonOrder, Charge, ChargeType, OrderLine } from './order';

/**
 * Amazon's breakdowns in the shape of a Commerce order, all in minor units of `currency`. Discounts are
 * positive where they lower the price. `grandTotalMinor` = subtotal - discount + shipping + tax, and equals Amazon's total to the cent.
 */
export interface CommerceAmounts {
  readonly currency: string;
  readonly grandTotalMinor: number;
  /** Row totals of all lines and extra lines, without tax and before discount. */
  readonly subtotalMinor: number;
  /** Line discounts and the shipping discount. */
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly shippingDiscountMinor: number;
  readonly shippingTaxMinor: number;
  /** Taxes of all lines, extra lines and of shipping. */
  readonly taxMinor: number;
  /** Tax that Amazon lists but leaves out of its total, because it remits it itself. In no other amount here. */
  readonly withheldTaxMinor: number;
  readonly lines: readonly LineAmounts[];
  readonly extraLines: readonly ExtraLine[];
}

/** What the totals of an order are summed from. */
export type AmountParts = Omit<
  CommerceAmounts,
  'grandTotalMinor' | 'subtotalMinor' | 'discountMinor' | 'taxMinor'
>;

export interface LineAmounts {
  readonly orderItemId: string;
  readonly rowTotalMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
}

/** A charge that has no slot in a Commerce order and becomes a virtual line. */
export interface ExtraLine {
  readonly sku: string;
  readonly title: string;
  readonly rowTotalMinor: number;
  readonly taxMinor: number;
  readonly discountMinor: number;
}

/** Sums that should be equal: Amazon's own, and what its charges come to. Of the order, or else of one line. */
export interface Sums {
  readonly expectedMinor: number;
  readonly computedMinor: number;
}

export type AmountsResult =
  | { readonly kind: 'amounts'; readonly amounts: CommerceAmounts }
  | ({ readonly kind: 'mismatch' } & Sums)
  /** Amazon shows no money at all, so nobody knows what the order costs. */
  | { readonly kind: 'unpriced' };

/**
 * How to read the breakdowns: Amazon documents neither the sign of DISCOUNT, nor whether prices include the tax,
 * nor whether a tax that it withholds is in its total.
 */
interface Reading {
  readonly discountSign: 1 | -1;
  readonly tax: 'onTop' | 'included' | 'withheld';
}

/**
 * Tax on top comes first: where it is twice the discount, a discount added to prices with tax gives the same sum
 * as one taken off prices without. A total without the tax means two things: the prices contain it, or, where
 * prices never do, Amazon keeps it.
 */
function readingsOf({ marketplaceId }: AmazonOrder): readonly Reading[] {
  const tax = mayIncludeTax(marketplaceId) ? 'included' : 'withheld';
  return [
    { discountSign: 1, tax: 'onTop' },
    { discountSign: -1, tax: 'onTop' },
    { discountSign: 1, tax },
    { discountSign: -1, tax },
  ];
}

const extraCharges = {
  GIFT_WRAP: { sku: 'AMAZON-GIFT-WRAP', title: 'Gift wrap' },
  COD_FEE: { sku: 'AMAZON-COD-FEE', title: 'Cash on delivery' },
  OTHER: { sku: 'AMAZON-OTHER', title: 'Other charges' },
  DELIVERY_TIP: { sku: 'AMAZON-DELIVERY-TIP', title: 'Delivery tip' },
} as const;
const extraTypes = ['GIFT_WRAP', 'COD_FEE', 'OTHER', 'DELIVERY_TIP'] as const;

/**
 * Maps Amazon's charges to Commerce amounts. The first reading that reproduces every line's and the order's
 * own total is taken; none means a mismatch, with the sums of the reading that comes nearest, and then nothing
 * may be written.
 */
export function commerceAmounts(order: AmazonOrder): AmountsResult {
  if (order.currency === null) return { kind: 'unpriced' };
  const readings = readingsOf(order);
  const reading = readings.find((candidate) => differences(order, candidate).length === 0);
  if (!reading) return { kind: 'mismatch', ...nearest(readings.map((one) => differences(order, one))) };
  const amounts = assemble(order, order.currency, reading);
  const expectedMinor = order.totalMinor ?? 0;
  const computedMinor = amounts.grandTotalMinor;
  // A charge of the order that Commerce can only hold on a line, e.g. an ITEM, has no place.
  if (computedMinor !== expectedMinor) return { kind: 'mismatch', expectedMinor, computedMinor };
  return { kind: 'amounts', amounts };
}

/** The order's sums if they differ, then those of each line that differs. */
function differences(order: AmazonOrder, reading: Reading): readonly Sums[] {
  const lines = order.lines.map((line) => ({
    expectedMinor: line.totalMinor,
    computedMinor: signedSum(line.charges, reading),
  }));
  const whole = {
    expectedMinor: order.totalMinor ?? 0,
    computedMinor: signedSum(chargesOf(order), reading),
  };
  return [whole, ...lines].flatMap(({ expectedMinor, computedMinor }) =>
    expectedMinor === null || expectedMinor === computedMinor ? [] : [{ expectedMinor, computedMinor }],
  );
}

function nearest(byReading: readonly (readonly Sums[])[]): Sums {
  const firsts = byReading.flatMap(([first]) => (first ? [first] : []));
  const distance = ({ expectedMinor, computedMinor }: Sums) => Math.abs(expectedMinor - computedMinor);
  return firsts.reduce((best, sums) => (distance(sums) < distance(best) ? sums : best));
}

const chargesOf = (order: AmazonOrder): readonly Charge[] => [
  ...order.lines.flatMap((line) => line.charges),
  ...order.orderCharges,
];

function signedSum(charges: readonly Charge[], { discountSign, tax }: Reading): number {
  return sum(
    charges.map(({ type, subtotalMinor }) => {
      if (type === 'TAX') return tax === 'onTop' ? subtotalMinor : 0;
      return type === 'DISCOUNT' ? discountSign * subtotalMinor : subtotalMinor;
    }),
  );
}

function assemble(order: AmazonOrder, currency: string, reading: Reading): CommerceAmounts {
  const booked = (charges: readonly Charge[]) =>
    reading.tax === 'withheld' ? charges.filter(({ type }) => type !== 'TAX') : charges;
  const charges = booked(chargesOf(order));
  const shippingTaxMinor = taxOf(charges, 'SHIPPING');
  return totalled({
    currency,
    lines: order.lines.map((line) => lineAmounts({ ...line, charges: booked(line.charges) }, reading)),
    extraLines: extraTypes.flatMap((type) => extraLine(type, charges, reading)),
    shippingMinor: total(charges, 'SHIPPING') - includedTax(shippingTaxMinor, reading),
    shippingDiscountMinor: discountOf(charges, 'SHIPPING', reading),
    shippingTaxMinor,
    withheldTaxMinor: reading.tax === 'withheld' ? total(chargesOf(order), 'TAX') : 0,
  });
}

/** Adds the totals to what they are summed from. */
export function totalled(parts: AmountParts): CommerceAmounts {
  const rows = [...parts.lines, ...parts.extraLines];
  const subtotalMinor = sum(rows.map((row) => row.rowTotalMinor));
  const discountMinor = sum(rows.map((row) => row.discountMinor)) + parts.shippingDiscountMinor;
  const taxMinor = sum(rows.map((row) => row.taxMinor)) + parts.shippingTaxMinor;
  return {
    ...parts,
    grandTotalMinor: subtotalMinor - discountMinor + parts.shippingMinor + taxMinor,
    subtotalMinor,
    discountMinor,
    taxMinor,
  };
}

const includedTax = (taxMinor: number, { tax }: Reading) => (tax === 'included' ? taxMinor : 0);

const separateSubtypes = ['SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER'] as const;

function lineAmounts(line: OrderLine, reading: Reading): LineAmounts {
  const { charges } = line;
  const taxMinor = total(charges, 'TAX') - sum(separateSubtypes.map((subtype) => taxOf(charges, subtype)));
  const discountMinor =
    reduction(total(charges, 'DISCOUNT'), reading) -
    sum(separateSubtypes.map((subtype) => discountOf(charges, subtype, reading)));
  const rowTotalMinor = total(charges, 'ITEM') - includedTax(taxMinor, reading);
  return { orderItemId: line.orderItemId, rowTotalMinor, taxMinor, discountMinor };
}

function extraLine(
  type: (typeof extraTypes)[number],
  charges: readonly Charge[],
  reading: Reading,
): ExtraLine[] {
  const taxMinor = type === 'DELIVERY_TIP' ? 0 : taxOf(charges, type);
  const rowTotalMinor = total(charges, type) - includedTax(taxMinor, reading);
  const discountMinor = type === 'DELIVERY_TIP' ? 0 : discountOf(charges, type, reading);
  if (rowTotalMinor === 0 && taxMinor === 0 && discountMinor === 0) return [];
  return [{ ...extraCharges[type], rowTotalMinor, taxMinor, discountMinor }];
}

function total(charges: readonly Charge[], type: ChargeType): number {
  return sum(charges.filter((charge) => charge.type === type).map((charge) => charge.subtotalMinor));
}

function detail(charges: readonly Charge[], type: ChargeType, subtype: string): number {
  const details = charges.filter((charge) => charge.type === type).flatMap((charge) => charge.details);
  return sum(details.filter((entry) => entry.subtype === subtype).map((entry) => entry.minor));
}

const taxOf = (charges: readonly Charge[], subtype: string) => detail(charges, 'TAX', subtype);

const discountOf = (charges: readonly Charge[], subtype: string, reading: Reading) =>
  reduction(detail(charges, 'DISCOUNT', subtype), reading);

/** By how much a discount lowers the price. Never -0, which JSON does not keep. */
const reduction = (givenMinor: number, { discountSign }: Reading) =>
  givenMinor === 0 ? 0 : -discountSign * givenMinor;
