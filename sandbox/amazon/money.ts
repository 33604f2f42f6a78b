import { type AmazonOrder, type OrderLine, unitsOf } from './order';
import type { AmazonSettings } from './settings';

const chargeTypes = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER', 'DISCOUNT', 'TAX'] as const;

/** One charge of a line in minor units, as it counts where it counts. `details` are its parts by subtype. */
interface Charge {
  type: (typeof chargeTypes)[number];
  minor: number;
  details?: Record<string, number>;
}

export type DiscountSign = AmazonSettings['discountSign'];

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function chargesOf(line: OrderLine): Charge[] {
  const tax = {
    ITEM: line.taxMinor,
    SHIPPING: line.shippingTaxMinor,
    GIFT_WRAP: line.giftWrapTaxMinor,
    COD_FEE: line.codFeeTaxMinor,
    OTHER: line.otherTaxMinor,
  };
  const discount = { ITEM: -line.discountMinor, SHIPPING: -line.shippingDiscountMinor };
  const charges: Charge[] = [
    { type: 'ITEM', minor: line.unitPriceMinor * unitsOf(line) },
    { type: 'SHIPPING', minor: line.shippingMinor },
    { type: 'GIFT_WRAP', minor: line.giftWrapMinor },
    { type: 'COD_FEE', minor: line.codFeeMinor },
    { type: 'OTHER', minor: line.otherMinor },
    { type: 'DISCOUNT', minor: sum(Object.values(discount)), details: discount },
    { type: 'TAX', minor: sum(Object.values(tax)), details: tax },
  ];
  return charges.filter(({ type, minor }) => type === 'ITEM' || minor !== 0);
}

/** A tax that the prices contain, or that Amazon keeps, is listed and not added. */
const isTaxOnTop = ({ tax }: AmazonOrder) => tax === 'onTop';

/** `proceedsTotal` of a line in minor units. */
export const lineTotalMinor = (line: OrderLine, order: AmazonOrder) =>
  sum(chargesOf(line).map(({ type, minor }) => (type === 'TAX' && !isTaxOnTop(order) ? 0 : minor)));

const finalTipMinor = ({ tipMinor, tipStatus }: AmazonOrder) => (tipStatus === 'PENDING' ? 0 : tipMinor);

/** What the buyer pays for the order, a tip that is final included, in minor units. */
export const grandTotalMinor = (order: AmazonOrder) =>
  sum(order.lines.map((line) => lineTotalMinor(line, order))) + finalTipMinor(order);

/** What the buyer pays for the units of a line, without shipping and charges, in minor units. */
export const goodsMinor = (line: OrderLine, order: AmazonOrder) =>
  line.unitPriceMinor * unitsOf(line) - line.discountMinor + (isTaxOnTop(order) ? line.taxMinor : 0);

/** What the buyer pays beside goods and shipping, by Amazon's name of the charge, in minor units; none are 0. */
export function extrasMinor(order: AmazonOrder): Record<string, number> {
  const taxed = (minor: number, taxMinor: number) => minor + (isTaxOnTop(order) ? taxMinor : 0);
  const total = (ofLine: (line: OrderLine) => number) => sum(order.lines.map(ofLine));
  const extras = {
    GIFT_WRAP: total(({ giftWrapMinor, giftWrapTaxMinor }) => taxed(giftWrapMinor, giftWrapTaxMinor)),
    COD_FEE: total(({ codFeeMinor, codFeeTaxMinor }) => taxed(codFeeMinor, codFeeTaxMinor)),
    OTHER: total(({ otherMinor, otherTaxMinor }) => taxed(otherMinor, otherTaxMinor)),
    DELIVERY_TIP: finalTipMinor(order),
  };
  return Object.fromEntries(Object.entries(extras).filter(([, minor]) => minor !== 0));
}

/** Kept, because asking takes longer than all the rest of an answer. */
const decimalsKnown = new Map<string, number>();

function decimalsOf(currency: string): number {
  const known = decimalsKnown.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  decimalsKnown.set(currency, decimals);
  return decimals;
}

/** Amazon's `Money`: a decimal string with as many decimals as the currency has. */
export function money(minor: number, currencyCode: string) {
  const decimals = decimalsOf(currencyCode);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return { amount: `${minor < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`, currencyCode };
}

const shown = (type: Charge['type'], minor: number, sign: DiscountSign) =>
  type === 'DISCOUNT' && sign === 'positive' ? Math.abs(minor) : minor;

/** `proceeds` of one item. The total is the sum of the breakdowns, discounts taken off, a tax on top included. */
export function itemProceeds(line: OrderLine, order: AmazonOrder, sign: DiscountSign) {
  const { currency } = order;
  const breakdowns = chargesOf(line).map(({ type, minor, details }) => {
    const parts = Object.entries(details ?? {}).filter(([, part]) => part !== 0);
    const detailedBreakdowns = parts.map(([subtype, part]) => ({
      subtype,
      value: money(shown(type, part, sign), currency),
    }));
    const subtotal = money(shown(type, minor, sign), currency);
    return { type, subtotal, ...(detailedBreakdowns.length > 0 && { detailedBreakdowns }) };
  });
  return { proceedsTotal: money(lineTotalMinor(line, order), currency), breakdowns };
}

/** `proceeds` of the order: the items' breakdowns added up by type, the tip as a charge of its own. */
export function orderProceeds(order: AmazonOrder, sign: DiscountSign) {
  const charges = order.lines.flatMap(chargesOf);
  const breakdowns = chargeTypes.flatMap((type) => {
    const ofType = charges.filter((charge) => charge.type === type);
    if (ofType.length === 0) return [];
    const minor = sum(ofType.map((charge) => charge.minor));
    return [{ type, subtotal: money(shown(type, minor, sign), order.currency) }];
  });
  const { tipMinor, tipStatus, currency } = order;
  const tip = { type: 'DELIVERY_TIP', status: tipStatus, subtotal: money(tipMinor, currency) };
  return {
    grandTotal: money(grandTotalMinor(order), currency),
    breakdowns: tipMinor > 0 ? [...breakdowns, tip] : breakdowns,
  };
}
