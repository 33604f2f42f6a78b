import fc from 'fast-check';
import { commerceAmounts } from '../../../domain/amounts';
import { exchanged } from '../../../domain/exchange';
import { decimalsOf } from '../../../domain/money';
import type { AmazonOrder, Charge, ChargeType } from '../../../domain/order';
import { orderEntity } from '../../../integrations/commerce/order-entity';
import { chargedOrders, orderCurrencies, sumOf } from '../../domain/charged-orders';
import { aLine, anOrder } from '../../domain/orders';

const types: ChargeType[] = [
  'ITEM',
  'SHIPPING',
  'GIFT_WRAP',
  'COD_FEE',
  'TAX',
  'DISCOUNT',
  'OTHER',
  'DELIVERY_TIP',
];
const subtypes = ['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'OTHER', 'DISCOUNT', 'SOMETHING_NEW'];
const minor = fc.integer({ min: -3_000, max: 300_000 });

const charges: fc.Arbitrary<Charge[]> = fc.array(
  fc.record({
    type: fc.constantFrom(...types),
    subtotalMinor: minor,
    details: fc.array(fc.record({ subtype: fc.constantFrom(...subtypes), minor }), { maxLength: 4 }),
  }),
  { maxLength: 7 },
);

/** Whatever Amazon might say: mostly sums that fit no reading, at times those of its charges. */
const anyOrders: fc.Arbitrary<AmazonOrder> = fc
  .record({
    lines: fc.array(
      fc.record({ charges, totals: fc.constantFrom('sum', 'withoutTax', 'none', 'wild'), wild: minor }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    orderCharges: fc.oneof(fc.constant<Charge[]>([]), charges),
    totals: fc.constantFrom('sum', 'withoutTax', 'none', 'wild'),
    wild: minor,
    currency: fc.constantFrom(...orderCurrencies),
    marketplaceId: fc.constantFrom('ATVPDKIKX0DER', 'A1PA6795UKMFR9'),
  })
  .map(({ lines, orderCharges, totals, wild, currency, marketplaceId }) => {
    const all = [...lines.flatMap((line) => line.charges), ...orderCharges];
    return anOrder({
      marketplaceId,
      currency,
      totalMinor: totalOf(all, totals, wild),
      orderCharges,
      lines: lines.map((line, index) =>
        aLine({
          orderItemId: `item-${index}`,
          charges: line.charges,
          totalMinor: totalOf(line.charges, line.totals, line.wild),
        }),
      ),
    });
  });

function totalOf(from: readonly Charge[], totals: string, wild: number): number | null {
  if (totals === 'none') return null;
  if (totals === 'wild') return wild;
  const counted = totals === 'sum' ? from : from.filter(({ type }) => type !== 'TAX');
  return sumOf(counted.map(({ subtotalMinor }) => subtotalMinor));
}

const baseCurrencies = fc.record({
  currency: fc.constantFrom('same', 'USD', 'JPY', 'EUR', 'KWD'),
  rate: fc.double({ min: 0.002, max: 500, noNaN: true }).map((rate) => Number(rate.toFixed(6))),
});

type Column = 'subtotal' | 'discount_amount' | 'shipping_amount' | 'tax_amount' | 'grand_total';
type ItemColumn = 'row_total' | 'tax_amount' | 'discount_amount';

/** Every sum of the payload, in minor units of both currencies. */
function expectSums(order: AmazonOrder, base: { currency: string; rate: number }): void {
  const result = commerceAmounts(order);
  if (result.kind === 'unpriced') throw new Error('unpriced');
  if (result.kind === 'mismatch') {
    expect(result.expectedMinor).not.toBe(result.computedMinor);
    return;
  }
  const { amounts } = result;
  const exchange = base.currency === 'same' ? { currency: amounts.currency, rate: 1 } : base;
  const baseAmounts = exchanged(amounts, exchange);
  const entity = orderEntity({
    order,
    amounts,
    baseAmounts,
    baseToOrderRate: exchange.rate,
    pinned: { commerce: 'main', store: 'amazon', incrementId: null, customer: 'guest' },
    store: { id: 2, code: 'amazon', websiteId: 2, websiteCode: 'amazon', baseCurrency: exchange.currency },
    products: [],
    regions: [],
    orderStatus: 'processing',
  });
  expect(minorOf(entity.grand_total, amounts.currency)).toBe(order.totalMinor ?? 0);
  for (const prefix of ['', 'base_'] as const) {
    const currency = prefix === '' ? amounts.currency : exchange.currency;
    const column = (name: Column) => minorOf(entity[`${prefix}${name}`], currency);
    const ofItems = (name: ItemColumn) =>
      sumOf(entity.items.map((item) => minorOf(item[`${prefix}${name}`], currency)));
    expect(
      column('subtotal') + column('discount_amount') + column('shipping_amount') + column('tax_amount'),
    ).toBe(column('grand_total'));
    expect(ofItems('row_total')).toBe(column('subtotal'));
    expect(ofItems('tax_amount') + minorOf(entity[`${prefix}shipping_tax_amount`], currency)).toBe(
      column('tax_amount'),
    );
    const shippingDiscount = minorOf(entity[`${prefix}shipping_discount_amount`], currency);
    expect(ofItems('discount_amount') + shippingDiscount).toBe(0 - column('discount_amount'));
  }
}

/** Amounts of the payload have no digit beyond the currency's. */
function minorOf(amount: number, currency: string): number {
  const scaled = amount * 10 ** decimalsOf(currency);
  expect(Math.abs(scaled - Math.round(scaled))).toBeLessThan(1e-4);
  return Math.round(scaled) + 0;
}

describe('the sums of a payload, in the currencies of order and website', () => {
  it("are Amazon's, of every order that Amazon may write", () => {
    fc.assert(
      fc.property(chargedOrders, baseCurrencies, ({ order }, base) => {
        expect(commerceAmounts(order).kind).toBe('amounts');
        expectSums(order, base);
      }),
      { numRuns: 300 },
    );
  });

  it("are Amazon's or there is none, and then both sums are told, of whatever Amazon says", () => {
    let placed = 0;
    let refused = 0;
    fc.assert(
      fc.property(anyOrders, baseCurrencies, (order, base) => {
        expectSums(order, base);
        if (commerceAmounts(order).kind === 'amounts') placed += 1;
        else refused += 1;
      }),
      { numRuns: 1_000 },
    );
    expect(placed).toBeGreaterThan(20);
    expect(refused).toBeGreaterThan(20);
  });
});
