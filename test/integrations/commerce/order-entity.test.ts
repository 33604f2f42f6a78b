import fc from 'fast-check';
import { commerceAmounts } from '../../../domain/amounts';
import type { AmazonOrder, Charge } from '../../../domain/order';
import { type EntitySource, orderEntity } from '../../../integrations/commerce/order-entity';
import type { Product, Region } from '../../../integrations/commerce/records';
import { amazonOrder, line } from '../../support/orders';

const washington: Region = { id: 62, code: 'WA', name: 'Washington' };
const store = { id: 2, code: 'amazon_us', websiteId: 2, websiteCode: 'amazon', baseCurrency: 'USD' };
const mug: Product = {
  id: 101,
  sku: 'MUG-BLUE-350',
  name: 'Stoneware mug',
  type: 'simple',
  enabled: true,
  weight: 0.9,
};
const pinned = {
  commerce: 'main',
  store: 'amazon_us',
  incrementId: '113-1234567-1234567',
  customer: 'guest',
} as const;

function entityOf(order: AmazonOrder, changes: Partial<EntitySource> = {}) {
  const result = commerceAmounts(order);
  if (result.kind !== 'amounts') throw new Error('sums differ');
  return orderEntity({
    order,
    amounts: result.amounts,
    baseAmounts: result.amounts,
    baseToOrderRate: 1,
    store,
    products: [mug],
    pinned,
    regions: [washington],
    orderStatus: 'processing',
    ...changes,
  });
}

const charge = (type: Charge['type'], subtotalMinor: number, ...details: [string, number][]): Charge => ({
  type,
  subtotalMinor,
  details: details.map(([subtype, minor]) => ({ subtype, minor })),
});

/** Three mugs with a discount, shipping at a discount, taxes on each, and gift wrap: 44.97 - 2.00 + ... */
const fullOrder = (changes: Partial<AmazonOrder> = {}) =>
  amazonOrder({
    lines: [
      line({
        quantityOrdered: 3,
        quantityUnfulfilled: 3,
        charges: [
          charge('ITEM', 4497),
          charge('SHIPPING', 599),
          charge('GIFT_WRAP', 349),
          charge('DISCOUNT', -300, ['ITEM', -200], ['SHIPPING', -100]),
          charge('TAX', 425, ['ITEM', 355], ['SHIPPING', 41], ['GIFT_WRAP', 29]),
        ],
        totalMinor: 5570,
      }),
    ],
    totalMinor: 5570,
    ...changes,
  });

describe('amounts', () => {
  it("are Magento's: a line's discount positive, the order's negative with that of shipping", () => {
    const entity = entityOf(fullOrder());
    expect(entity).toMatchObject({
      subtotal: 48.46,
      subtotal_incl_tax: 52.3,
      discount_amount: -3,
      discount_description: 'Amazon promotion',
      shipping_amount: 5.99,
      shipping_tax_amount: 0.41,
      shipping_incl_tax: 6.4,
      shipping_discount_amount: 1,
      tax_amount: 4.25,
      grand_total: 55.7,
      total_due: 55.7,
      total_qty_ordered: 4,
      weight: 2.7,
    });
    expect(entity.items).toMatchObject([
      { sku: 'MUG-BLUE-350', row_total: 44.97, discount_amount: 2, tax_amount: 3.55, price: 14.99 },
      { sku: 'AMAZON-GIFT-WRAP', product_type: 'virtual', is_virtual: 1, row_total: 3.49, tax_amount: 0.29 },
    ]);
  });

  it("have a twin in the website's currency, each with the same value", () => {
    const entity: Record<string, unknown> = entityOf(fullOrder());
    for (const name of ['grand_total', 'subtotal', 'discount_amount', 'tax_amount', 'shipping_incl_tax']) {
      expect(entity[`base_${name}`]).toBe(entity[name]);
    }
  });

  it('are whole numbers where the currency has no decimals', () => {
    const order = amazonOrder({
      currency: 'JPY',
      totalMinor: 3300,
      lines: [
        line({
          quantityOrdered: 2,
          quantityUnfulfilled: 2,
          charges: [charge('ITEM', 3000), charge('TAX', 300)],
          totalMinor: 3300,
        }),
      ],
    });
    expect(entityOf(order)).toMatchObject({ grand_total: 3300, order_currency_code: 'JPY' });
    expect(entityOf(order).items[0]).toMatchObject({ price: 1500, price_incl_tax: 1650, row_total: 3000 });
  });

  it("add up to Amazon's total to the cent, whatever the charges are", () => {
    const minor = fc.integer({ min: 0, max: 500_000 });
    const lineArbitrary = fc.record({
      quantity: fc.integer({ min: 1, max: 9 }),
      item: minor,
      shipping: minor,
      giftWrap: minor,
      itemTax: minor,
      shippingTax: minor,
      wrapTax: minor,
      discount: minor,
      shippingDiscount: minor,
    });
    fc.assert(
      fc.property(fc.array(lineArbitrary, { minLength: 1, maxLength: 6 }), minor, (lines, tip) => {
        const orderLines = lines.map((each, index) => {
          const charges = [
            charge('ITEM', each.item),
            charge('SHIPPING', each.shipping),
            charge('GIFT_WRAP', each.giftWrap),
            charge(
              'DISCOUNT',
              -each.discount - each.shippingDiscount,
              ['ITEM', -each.discount],
              ['SHIPPING', -each.shippingDiscount],
            ),
            charge(
              'TAX',
              each.itemTax + each.shippingTax + each.wrapTax,
              ['ITEM', each.itemTax],
              ['SHIPPING', each.shippingTax],
              ['GIFT_WRAP', each.wrapTax],
            ),
          ];
          const totalMinor = charges.reduce((sum, { subtotalMinor }) => sum + subtotalMinor, 0);
          const quantities = { quantityOrdered: each.quantity, quantityUnfulfilled: each.quantity };
          return line({ orderItemId: String(index), ...quantities, charges, totalMinor });
        });
        const totalMinor = orderLines.reduce((sum, each) => sum + (each.totalMinor ?? 0), tip);
        const entity = entityOf(
          amazonOrder({ lines: orderLines, orderCharges: [charge('DELIVERY_TIP', tip)], totalMinor }),
        );
        const cents = (value: number) => Math.round(value * 100);
        const { subtotal, discount_amount, shipping_amount, tax_amount, grand_total } = entity;
        expect(cents(grand_total)).toBe(totalMinor);
        expect(cents(subtotal) + cents(discount_amount) + cents(shipping_amount) + cents(tax_amount)).toBe(
          totalMinor,
        );
        const ofItems = (name: 'row_total' | 'tax_amount' | 'discount_amount') =>
          entity.items.reduce((sum, item) => sum + cents(item[name]), 0);
        expect(ofItems('row_total')).toBe(cents(subtotal));
        expect(ofItems('tax_amount') + cents(entity.shipping_tax_amount)).toBe(cents(tax_amount));
        expect(ofItems('discount_amount') + cents(entity.shipping_discount_amount)).toBe(
          -cents(discount_amount),
        );
      }),
    );
  });
});

describe('an order that is still to be shipped', () => {
  it('is processing, unpaid and a guest order, with the keys that Commerce checks', () => {
    const order = fullOrder();
    expect(entityOf(order, { orderStatus: 'amazon_new' })).toMatchObject({
      increment_id: '113-1234567-1234567',
      ext_order_id: order.amazonOrderId,
      store_id: 2,
      state: 'processing',
      status: 'amazon_new',
      created_at: '2026-10-01 12:00:00',
      customer_is_guest: 1,
      customer_group_id: 0,
      payment: { method: 'checkmo', po_number: order.amazonOrderId, amount_ordered: 55.7 },
      status_histories: [{ status: 'amazon_new', is_customer_notified: 0 }],
    });
    const names = Object.keys(entityOf(order));
    expect(names.indexOf('customer_email')).toBeLessThan(names.indexOf('billing_address'));
    expect(names).not.toContain('total_paid');
  });

  it('has no number where Commerce gives it, and a customer where there is one', () => {
    const entity = entityOf(fullOrder(), { pinned: { ...pinned, incrementId: null }, customerId: 7 });
    expect(entity).not.toHaveProperty('increment_id');
    expect(entity).toMatchObject({ customer_is_guest: 0, customer_id: 7 });
  });

  it('shows units that had left before as shipped, and says so', () => {
    const order = fullOrder({ status: 'PARTIALLY_SHIPPED' });
    const [first] = order.lines;
    const entity = entityOf({
      ...order,
      lines: first ? [{ ...first, quantityFulfilled: 1, quantityUnfulfilled: 2 }] : [],
    });
    expect(entity.items[0]).toMatchObject({ qty_ordered: 3, qty_shipped: 1 });
    expect(entity.items[0]).not.toHaveProperty('qty_invoiced');
    expect(entity.status_histories[1]?.comment).toContain('1 of 3 units');
  });

  it('never carries the gift message', () => {
    const [first] = fullOrder().lines;
    const order = fullOrder({ lines: first ? [{ ...first, giftMessage: 'Happy birthday' }] : [] });
    expect(JSON.stringify(entityOf(order))).not.toContain('Happy birthday');
  });
});

describe('an order that has left', () => {
  it('is complete, paid, invoiced and shipped; charges without a slot are not shipped', () => {
    const entity = entityOf(fullOrder({ status: 'SHIPPED' }));
    expect(entity).toMatchObject({
      state: 'complete',
      status: 'complete',
      total_paid: 55.7,
      base_total_paid: 55.7,
      total_due: 0,
      total_invoiced: 55.7,
      discount_invoiced: -3,
      payment: { amount_paid: 55.7 },
    });
    const [row, wrap] = entity.items;
    expect(row).toMatchObject({ qty_invoiced: 3, qty_shipped: 3, row_invoiced: 44.97, discount_invoiced: 2 });
    expect(wrap).toMatchObject({ qty_invoiced: 1, row_invoiced: 3.49 });
    expect(wrap).not.toHaveProperty('qty_shipped');
  });
});
