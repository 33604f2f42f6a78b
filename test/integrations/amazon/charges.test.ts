import fc from 'fast-check';
import { commerceAmounts } from '../../../domain/amounts';
import { formatMinor } from '../../../domain/money';
import { breakdown, item, money, orderOf, wireOrder } from './wire-order';

describe('the money of an order', () => {
  it('has no decimals in yen', () => {
    const yen = (amount: string) => ({ amount, currencyCode: 'JPY' });
    const order = orderOf(
      wireOrder({
        proceeds: { grandTotal: yen('1980') },
        orderItems: [
          item({
            proceeds: {
              proceedsTotal: yen('1980.00'),
              breakdowns: [{ type: 'ITEM', subtotal: yen('1980') }],
            },
          }),
        ],
      }),
    );
    expect(order).toMatchObject({ currency: 'JPY', totalMinor: 1980, lines: [{ totalMinor: 1980 }] });
  });

  it('is null while Amazon shows none', () => {
    const order = orderOf(wireOrder({ proceeds: undefined, orderItems: [item({ proceeds: undefined })] }));
    expect(order).toMatchObject({ currency: null, totalMinor: null, orderCharges: [] });
    expect(order.lines[0]).toMatchObject({ totalMinor: null, charges: [] });
  });

  it('keeps the parts of taxes and discounts', () => {
    const breakdowns = [
      breakdown('ITEM', '20.00'),
      breakdown('DISCOUNT', '-3.50', { ITEM: '-2.00', SHIPPING: '-1.50' }),
    ];
    const order = orderOf(
      wireOrder({ orderItems: [item({ proceeds: { proceedsTotal: money('16.50'), breakdowns } })] }),
    );
    expect(order.lines[0]?.charges).toEqual([
      { type: 'ITEM', subtotalMinor: 2000, details: [] },
      {
        type: 'DISCOUNT',
        subtotalMinor: -350,
        details: [
          { subtype: 'ITEM', minor: -200 },
          { subtype: 'SHIPPING', minor: -150 },
        ],
      },
    ]);
  });

  it('lists on the order what is on no line', () => {
    const breakdowns = [breakdown('ITEM', '20.00'), breakdown('COD_FEE', '4.00')];
    const order = orderOf(wireOrder({ proceeds: { grandTotal: money('24.00'), breakdowns } }));
    expect(order.orderCharges).toEqual([{ type: 'COD_FEE', subtotalMinor: 400, details: [] }]);
    expect(commerceAmounts(order)).toMatchObject({ kind: 'amounts', amounts: { grandTotalMinor: 2400 } });
  });

  it.each([
    ['20.00', 'left out of the total'],
    ['25.00', 'in the total'],
  ])('does not count a pending tip (total %s: %s)', (total) => {
    const breakdowns = [
      breakdown('ITEM', '20.00'),
      { ...breakdown('DELIVERY_TIP', '5.00'), status: 'PENDING' },
    ];
    const order = orderOf(wireOrder({ proceeds: { grandTotal: money(total), breakdowns } }));
    expect(order).toMatchObject({ totalMinor: 2000, orderCharges: [] });
  });

  it('counts a tip once it is final', () => {
    const breakdowns = [
      breakdown('ITEM', '20.00'),
      { ...breakdown('DELIVERY_TIP', '5.00'), status: 'FINALIZED' },
    ];
    const order = orderOf(wireOrder({ proceeds: { grandTotal: money('25.00'), breakdowns } }));
    expect(order.totalMinor).toBe(2500);
    expect(order.orderCharges).toEqual([{ type: 'DELIVERY_TIP', subtotalMinor: 500, details: [] }]);
  });

  it('is read to the cent, whatever the amounts', () => {
    const minor = fc.integer({ min: 0, max: 10_000_000 });
    fc.assert(
      fc.property(fc.array(fc.tuple(minor, minor), { minLength: 1, maxLength: 5 }), (lines) => {
        const usd = (amount: number) => money(formatMinor(amount, 'USD'));
        const total = lines.reduce((sum, [price, tax]) => sum + price + tax, 0);
        const orderItems = lines.map(([price, tax]) =>
          item({
            proceeds: {
              proceedsTotal: usd(price + tax),
              breakdowns: [
                { type: 'ITEM', subtotal: usd(price) },
                {
                  type: 'TAX',
                  subtotal: usd(tax),
                  detailedBreakdowns: [{ subtype: 'ITEM', value: usd(tax) }],
                },
              ],
            },
          }),
        );
        const order = orderOf(wireOrder({ proceeds: { grandTotal: usd(total) }, orderItems }));
        expect(order.totalMinor).toBe(total);
        expect(commerceAmounts(order)).toMatchObject({
          kind: 'amounts',
          amounts: { grandTotalMinor: total },
        });
      }),
      { numRuns: 50 },
    );
  });
});
