import fc from 'fast-check';
import { type CommerceAmounts, commerceAmounts } from '../../domain/amounts';
import type { AmazonOrder } from '../../domain/order';
import { chargedOrders, sumOf } from './charged-orders';
import { aLine, anOrder, charge } from './orders';

function amountsOf(order: AmazonOrder): CommerceAmounts {
  const result = commerceAmounts(order);
  if (result.kind !== 'amounts') throw new Error(`A mismatch: ${JSON.stringify(result)}`);
  return result.amounts;
}

describe('amounts of any order, whatever the sign of its discounts and with or without tax in its prices', () => {
  it("come to Amazon's total to the cent, and their parts add up", () => {
    fc.assert(
      fc.property(chargedOrders, ({ order }) => {
        const amounts = amountsOf(order);
        const rows = [...amounts.lines, ...amounts.extraLines];
        expect(amounts.grandTotalMinor).toBe(order.totalMinor);
        expect(amounts.subtotalMinor).toBe(sumOf(rows.map((row) => row.rowTotalMinor)));
        expect(amounts.discountMinor).toBe(
          sumOf(rows.map((row) => row.discountMinor)) + amounts.shippingDiscountMinor,
        );
        expect(amounts.taxMinor).toBe(sumOf(rows.map((row) => row.taxMinor)) + amounts.shippingTaxMinor);
        expect(amounts.subtotalMinor - amounts.discountMinor + amounts.shippingMinor + amounts.taxMinor).toBe(
          amounts.grandTotalMinor,
        );
      }),
    );
  });

  it('put each charge, tax and discount where it belongs', () => {
    fc.assert(
      fc.property(chargedOrders, ({ order, truth, tipMinor }) => {
        const amounts = amountsOf(order);
        expect(amounts.lines).toEqual(
          truth.map(({ item }, index) => ({
            orderItemId: `item-${index}`,
            rowTotalMinor: item.netMinor,
            taxMinor: item.taxMinor,
            discountMinor: item.discountMinor,
          })),
        );
        expect(amounts).toMatchObject({
          shippingMinor: sumOf(truth.map(({ shipping }) => shipping.netMinor)),
          shippingTaxMinor: sumOf(truth.map(({ shipping }) => shipping.taxMinor)),
          shippingDiscountMinor: sumOf(truth.map(({ shipping }) => shipping.discountMinor)),
        });
        const extra = (sku: string) =>
          amounts.extraLines.find((line) => line.sku === sku)?.rowTotalMinor ?? 0;
        expect(extra('AMAZON-GIFT-WRAP')).toBe(sumOf(truth.map(({ wrap }) => wrap.netMinor)));
        expect(extra('AMAZON-COD-FEE')).toBe(sumOf(truth.map(({ fee }) => fee.netMinor)));
        expect(extra('AMAZON-DELIVERY-TIP')).toBe(tipMinor);
      }),
    );
  });

  it('survive JSON as they are', () => {
    fc.assert(
      fc.property(chargedOrders, ({ order }) => {
        const amounts = amountsOf(order);
        expect(JSON.parse(JSON.stringify(amounts))).toEqual(amounts);
      }),
    );
  });

  it('are refused with a difference of one when the total is off by one', () => {
    fc.assert(
      fc.property(chargedOrders, fc.constantFrom(1, -1), ({ order }, off) => {
        const result = commerceAmounts({ ...order, totalMinor: (order.totalMinor ?? 0) + off });
        if (result.kind !== 'mismatch') throw new Error('Accepted');
        expect(Math.abs(result.computedMinor - result.expectedMinor)).toBe(1);
      }),
    );
  });
});

describe('amounts of an order', () => {
  it("follow Amazon's example with tax on top", () => {
    const charges = [
      charge('ITEM', 8997),
      charge('SHIPPING', 1000),
      charge('TAX', 400, { ITEM: 300, SHIPPING: 100 }),
    ];
    const order = anOrder({
      currency: 'GBP',
      totalMinor: 10397,
      lines: [aLine({ charges, totalMinor: 10397 })],
    });
    expect(amountsOf(order)).toEqual({
      currency: 'GBP',
      grandTotalMinor: 10397,
      subtotalMinor: 8997,
      discountMinor: 0,
      shippingMinor: 1000,
      shippingDiscountMinor: 0,
      shippingTaxMinor: 100,
      taxMinor: 400,
      withheldTaxMinor: 0,
      lines: [{ orderItemId: 'item-1', rowTotalMinor: 8997, taxMinor: 300, discountMinor: 0 }],
      extraLines: [],
    });
  });

  it('take a discount off where adding it to prices with tax would give the same sum', () => {
    const charges = [charge('ITEM', 1000), charge('TAX', 10), charge('DISCOUNT', 5)];
    const order = anOrder({ totalMinor: 1005, lines: [aLine({ charges, totalMinor: 1005 })] });
    expect(amountsOf(order).lines[0]).toMatchObject({ rowTotalMinor: 1000, taxMinor: 10, discountMinor: 5 });
  });

  it("count a tax on the promotion discount to the line's own tax", () => {
    const charges = [charge('ITEM', 1000), charge('TAX', 72, { ITEM: 80, DISCOUNT: -8 })];
    const order = anOrder({ totalMinor: 1072, lines: [aLine({ charges, totalMinor: 1072 })] });
    expect(amountsOf(order).lines[0]?.taxMinor).toBe(72);
  });

  it('keep a discount on a charge that costs nothing', () => {
    const charges = [charge('ITEM', 1000), charge('DISCOUNT', -50, { GIFT_WRAP: -50 })];
    const order = anOrder({ totalMinor: 950, lines: [aLine({ charges, totalMinor: 950 })] });
    expect(amountsOf(order)).toMatchObject({
      grandTotalMinor: 950,
      extraLines: [{ sku: 'AMAZON-GIFT-WRAP', rowTotalMinor: 0, discountMinor: 50 }],
    });
  });

  it('are zero for a replacement that costs nothing', () => {
    const order = anOrder({ totalMinor: 0, lines: [aLine({ charges: [] })] });
    expect(amountsOf(order)).toMatchObject({ grandTotalMinor: 0, taxMinor: 0, extraLines: [] });
  });

  it('are unknown where Amazon shows no money', () => {
    const order = anOrder({ currency: null, totalMinor: null, lines: [aLine({ charges: [] })] });
    expect(commerceAmounts(order)).toEqual({ kind: 'unpriced' });
  });

  it.each([
    [
      'is kept by Amazon where prices never contain it',
      'ATVPDKIKX0DER',
      { rowTotalMinor: 1000, taxMinor: 0 },
      80,
    ],
    ['is a part of the price elsewhere', 'A1F83G8C2ARO7P', { rowTotalMinor: 920, taxMinor: 80 }, 0],
  ])('leave a tax out that is not in the total, which %s', (_, marketplaceId, row, withheldTaxMinor) => {
    const charges = [charge('ITEM', 1000), charge('TAX', 80, { ITEM: 80 })];
    const lines = [aLine({ charges, totalMinor: 1000 })];
    const amounts = amountsOf(anOrder({ marketplaceId, totalMinor: 1000, lines }));
    expect(amounts).toMatchObject({ grandTotalMinor: 1000, withheldTaxMinor, lines: [row] });
  });

  it('are refused where charges stand without a total of Amazon to hold them against', () => {
    expect(commerceAmounts(anOrder({ totalMinor: null }))).toEqual({
      kind: 'mismatch',
      expectedMinor: 0,
      computedMinor: 1000,
    });
  });

  it("are refused with the line's sums where only a line does not add up", () => {
    const lines = [aLine({ totalMinor: 1001 })];
    expect(commerceAmounts(anOrder({ lines }))).toEqual({
      kind: 'mismatch',
      expectedMinor: 1001,
      computedMinor: 1000,
    });
  });

  it('are refused where the order has a charge that only a line can hold', () => {
    const order = anOrder({ totalMinor: 1200, orderCharges: [charge('ITEM', 200)] });
    expect(commerceAmounts(order)).toEqual({ kind: 'mismatch', expectedMinor: 1200, computedMinor: 1000 });
  });
});
