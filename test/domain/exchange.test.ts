import fc from 'fast-check';
import { type CommerceAmounts, commerceAmounts } from '../../domain/amounts';
import { exchanged } from '../../domain/exchange';
import { decimalsOf } from '../../domain/money';
import { chargedOrders, sumOf } from './charged-orders';
import { aLine, anOrder, charge } from './orders';

const rates = fc.oneof(
  fc.double({ min: 0.001, max: 1_000, noNaN: true }).map((rate) => Number(rate.toFixed(6))),
  fc.constantFrom(1, 0.9213, 149.31, 0.006698),
);
const exchanges = fc.record({ currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CHF'), rate: rates });

function amountsOf(order: Parameters<typeof commerceAmounts>[0]): CommerceAmounts {
  const result = commerceAmounts(order);
  if (result.kind !== 'amounts') throw new Error(result.kind);
  return result.amounts;
}

/** As floats, to be near. */
function near(minor: number, from: string, { currency, rate }: { currency: string; rate: number }): number {
  return (minor * 10 ** decimalsOf(currency)) / 10 ** decimalsOf(from) / rate;
}

describe('amounts in the currency of a website', () => {
  it('add up to the converted and rounded total, each part within one unit of its own conversion', () => {
    fc.assert(
      fc.property(chargedOrders, exchanges, ({ order }, exchange) => {
        const amounts = amountsOf(order);
        const base = exchanged(amounts, exchange);
        const rows = [...base.lines, ...base.extraLines];
        expect(base.currency).toBe(exchange.currency);
        expect(base.subtotalMinor - base.discountMinor + base.shippingMinor + base.taxMinor).toBe(
          base.grandTotalMinor,
        );
        expect(base.subtotalMinor).toBe(sumOf(rows.map(({ rowTotalMinor }) => rowTotalMinor)));
        const total = near(amounts.grandTotalMinor, amounts.currency, exchange);
        expect(Math.abs(base.grandTotalMinor - total)).toBeLessThanOrEqual(0.5 + total * 1e-9);
        for (const [index, line] of [...amounts.lines, ...amounts.extraLines].entries()) {
          for (const name of ['rowTotalMinor', 'taxMinor', 'discountMinor'] as const) {
            const exact = near(line[name], amounts.currency, exchange);
            expect(Math.abs((rows[index]?.[name] ?? Number.NaN) - exact)).toBeLessThan(1 + exact * 1e-9);
          }
        }
        expect(JSON.parse(JSON.stringify(base))).toEqual(base);
      }),
    );
  });

  it('are the same at a rate of 1', () => {
    fc.assert(
      fc.property(chargedOrders, ({ order }) => {
        const amounts = amountsOf(order);
        expect(exchanged(amounts, { currency: amounts.currency, rate: 1 })).toEqual(amounts);
      }),
    );
  });

  it('give the largest remainder the unit that is missing', () => {
    const charges = [charge('ITEM', 100), charge('SHIPPING', 101), charge('TAX', 100)];
    const amounts = amountsOf(anOrder({ totalMinor: 301, lines: [aLine({ charges, totalMinor: 301 })] }));
    expect(exchanged(amounts, { currency: 'EUR', rate: 3 })).toMatchObject({
      grandTotalMinor: 100,
      subtotalMinor: 33,
      shippingMinor: 34,
      taxMinor: 33,
    });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('need a rate, and %s is none', (rate) => {
    const amounts = amountsOf(anOrder());
    expect(() => exchanged(amounts, { currency: 'EUR', rate })).toThrow(RangeError);
  });
});
