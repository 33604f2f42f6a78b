import { type CommerceAmounts, type ExtraLine, totalled } from './amounts';
import { decimalsOf, sum } from './money';

/** How Commerce converts: `rate` units of an order's currency for one of `currency`, the website's. */
export interface Exchange {
  readonly currency: string;
  /** Positive, with at most the twelve decimals that Commerce keeps. */
  readonly rate: number;
}

type Row = Pick<ExtraLine, 'rowTotalMinor' | 'discountMinor' | 'taxMinor'>;

/**
 * The same amounts in the website's currency. The grand total is converted and rounded; each part is its own
 * conversion rounded up or down, so that the parts add up to that total to the last unit.
 *
 * @throws RangeError for an unknown currency, or a rate that is not positive
 */
export function exchanged(amounts: CommerceAmounts, exchange: Exchange): CommerceAmounts {
  const { lines, extraLines } = amounts;
  const rows: readonly Row[] = [...lines, ...extraLines];
  const parts = [
    ...rows.flatMap((row) => [row.rowTotalMinor, -row.discountMinor, row.taxMinor]),
    amounts.shippingMinor,
    -amounts.shippingDiscountMinor,
    amounts.shippingTaxMinor,
  ];
  const fraction = fractionOf(amounts.currency, exchange);
  const converted = apportion(parts, fraction);
  const part = (index: number) => converted[index] ?? 0;
  const rowAt = (position: number): Row => ({
    rowTotalMinor: part(3 * position),
    discountMinor: 0 - part(3 * position + 1),
    taxMinor: part(3 * position + 2),
  });
  const shippingAt = 3 * rows.length;
  return totalled({
    currency: exchange.currency,
    lines: lines.map((line, index) => ({ ...line, ...rowAt(index) })),
    extraLines: extraLines.map((line, index) => ({ ...line, ...rowAt(lines.length + index) })),
    shippingMinor: part(shippingAt),
    shippingDiscountMinor: 0 - part(shippingAt + 1),
    shippingTaxMinor: part(shippingAt + 2),
    withheldTaxMinor: sum(apportion([amounts.withheldTaxMinor], fraction)),
  });
}

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const rateDecimals = 12;

/** Minor units of the website's currency for one minor unit of the order's. */
function fractionOf(from: string, { currency, rate }: Exchange): Fraction {
  const denominator =
    rate > 0 && Number.isFinite(rate) ? BigInt(rate.toFixed(rateDecimals).replace('.', '')) : 0n;
  if (denominator <= 0n) throw new RangeError(`${rate} is not a rate`);
  return {
    numerator: 10n ** BigInt(decimalsOf(currency) + rateDecimals),
    denominator: denominator * 10n ** BigInt(decimalsOf(from)),
  };
}

/** Each part rounded up or down, with the sum of all rounded half up: the largest remainders go up. */
function apportion(parts: readonly number[], { numerator, denominator }: Fraction): number[] {
  const floors = parts.map((part) => floorDivide(BigInt(part) * numerator, denominator));
  const remainders = parts.map(
    (part, index) => BigInt(part) * numerator - (floors[index] ?? 0n) * denominator,
  );
  const whole = BigInt(sum(parts)) * numerator;
  const missing =
    floorDivide(2n * whole + denominator, 2n * denominator) - floors.reduce((all, one) => all + one, 0n);
  const byRemainder = remainders
    .map((remainder, index) => ({ remainder, index }))
    .sort((one, other) => Number(other.remainder > one.remainder) - Number(other.remainder < one.remainder));
  const goingUp = new Set(byRemainder.slice(0, Number(missing)).map(({ index }) => index));
  return floors.map((floor, index) => Number(floor) + (goingUp.has(index) ? 1 : 0));
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
