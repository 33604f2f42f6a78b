import type { AmazonOrder, OrderLine } from './order';
import type { AmazonSettings } from './settings';

const chargeTypes = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'DISCOUNT', 'TAX'] as const;

/** One charge of a line in minor units, as it counts in the total. `details` are its parts by subtype. */
interface Charge {
  type: (typeof chargeTypes)[number];
  minor: number;
  details?: Record<string, number>;
}

export type DiscountSign = AmazonSettings['discountSign'];

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function chargesOf(line: OrderLine): Charge[] {
  const tax = { ITEM: line.taxMinor, SHIPPING: line.shippingTaxMinor, GIFT_WRAP: line.giftWrapTaxMinor };
  const discount = { ITEM: -line.discountMinor, SHIPPING: -line.shippingDiscountMinor };
  const charges: Charge[] = [
    { type: 'ITEM', minor: line.unitPriceMinor * line.quantity },
    { type: 'SHIPPING', minor: line.shippingMinor },
    { type: 'GIFT_WRAP', minor: line.giftWrapMinor },
    { type: 'DISCOUNT', minor: sum(Object.values(discount)), details: discount },
    { type: 'TAX', minor: sum(Object.values(tax)), details: tax },
  ];
  return charges.filter(({ type, minor }) => type === 'ITEM' || minor !== 0);
}

const lineTotal = (line: OrderLine) => sum(chargesOf(line).map(({ minor }) => minor));

/** What the buyer pays for the order, tip included, in minor units. */
export const grandTotalMinor = (order: AmazonOrder) => sum(order.lines.map(lineTotal)) + order.tipMinor;

/** Amazon's `Money`: a decimal string with as many decimals as the currency has. */
export function money(minor: number, currencyCode: string) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
  const decimals = format.resolvedOptions().maximumFractionDigits ?? 2;
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals);
  return { amount: `${minor < 0 ? '-' : ''}${whole}${fraction && `.${fraction}`}`, currencyCode };
}

const shown = (type: Charge['type'], minor: number, sign: DiscountSign) =>
  type === 'DISCOUNT' && sign === 'positive' ? Math.abs(minor) : minor;

/** `proceeds` of one item. The total is the sum of the breakdowns, tax on top, discounts taken off. */
export function itemProceeds(line: OrderLine, currency: string, sign: DiscountSign) {
  const breakdowns = chargesOf(line).map(({ type, minor, details }) => {
    const parts = Object.entries(details ?? {}).filter(([, part]) => part !== 0);
    const detailedBreakdowns = parts.map(([subtype, part]) => ({
      subtype,
      value: money(shown(type, part, sign), currency),
    }));
    const subtotal = money(shown(type, minor, sign), currency);
    return { type, subtotal, ...(detailedBreakdowns.length > 0 && { detailedBreakdowns }) };
  });
  return { proceedsTotal: money(lineTotal(line), currency), breakdowns };
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
  const tip = { type: 'DELIVERY_TIP', status: 'FINALIZED', subtotal: money(order.tipMinor, order.currency) };
  return {
    grandTotal: money(grandTotalMinor(order), order.currency),
    breakdowns: order.tipMinor > 0 ? [...breakdowns, tip] : breakdowns,
  };
}
