import type { Books } from '../../scripts/start/books';
import {
  commerceMoneyDifferences,
  erpMoneyDifferences,
  rowMoneyDifferences,
} from '../../scripts/start/compare-money';

type AmazonOrder = Books['amazon']['orders'][number];
type CommerceOrder = Books['commerce']['orders'][number];

const atAmazon: AmazonOrder = {
  orderId: '111-1111111-1111111',
  status: 'SHIPPED',
  fulfilledBy: 'MERCHANT',
  total: '28.49',
  currency: 'CAD',
  extras: { GIFT_WRAP: '3.49', DELIVERY_TIP: '3.00' },
  lines: [{ orderItemId: '1', fulfilled: 2, unfulfilled: 0, goods: '22.00', total: '25.49' }],
  packages: [],
};

const item = (sku: string, extOrderItemId: string | null, amounts: readonly [number, number, number]) => {
  const [row_total, tax_amount, discount_amount] = amounts;
  const quantities = { qty_ordered: 1, qty_shipped: 1 };
  return {
    item_id: 1,
    ext_order_item_id: extOrderItemId,
    sku,
    row_total,
    tax_amount,
    discount_amount,
    ...quantities,
  };
};

const inCommerce: CommerceOrder = {
  increment_id: '111-1111111-1111111',
  ext_order_id: '111-1111111-1111111',
  state: 'complete',
  order_currency_code: 'CAD',
  grand_total: 28.49,
  total_paid: 28.49,
  base_grand_total: 20.8,
  base_total_paid: 20.8,
  items: [
    item('MUG-BLUE-350', '1', [21, 2, 1]),
    item('AMAZON-GIFT-WRAP', null, [3.2, 0.29, 0]),
    item('AMAZON-DELIVERY-TIP', null, [3, 0, 0]),
  ],
  shipments: [],
};

const [goods, giftWrap, tip] = inCommerce.items;
const withItems = (...items: (typeof goods)[]) => ({
  ...inCommerce,
  items: items.flatMap((one) => (one ? [one] : [])),
});

describe('the comparison of money', () => {
  it('finds nothing where Commerce has Amazon’s amounts', () => {
    expect(commerceMoneyDifferences(atAmazon, inCommerce)).toEqual([]);
  });

  it.each([
    ['another total', { ...inCommerce, grand_total: 28.5, total_paid: 28.5 }, ['28.50, Amazon 28.49']],
    ['another currency', { ...inCommerce, order_currency_code: 'USD' }, ['USD, Amazon CAD']],
    ['a line that is missing', withItems(giftWrap, tip), ['0.00 of line 1, Amazon 22.00']],
    ['an extra line that is missing', withItems(goods, tip), ['0.00 of GIFT_WRAP, Amazon 3.49']],
    [
      'an extra line too many',
      withItems(goods, giftWrap, tip, item('AMAZON-COD-FEE', null, [5, 0, 0])),
      ['5.00 of COD_FEE, Amazon 0.00'],
    ],
  ])('finds %s', (_, found, differences) => {
    expect(commerceMoneyDifferences(atAmazon, found)).toEqual(
      differences.map((difference) => `Commerce says ${difference}`),
    );
  });

  it.each([
    ['order', { ...inCommerce, total_paid: 0 }, 'paid in Commerce: 0 of 28.49'],
    [
      'website',
      { ...inCommerce, base_total_paid: 20.79 },
      'paid in Commerce in the website’s currency: 20.79 of 20.8',
    ],
  ])('finds what is not paid in the currency of the %s', (_, found, difference) => {
    expect(commerceMoneyDifferences(atAmazon, found)).toEqual([difference]);
  });

  it('finds another total or currency at the ERP and at the channel, yen without decimals', () => {
    const inYen = { ...atAmazon, total: '2849', currency: 'JPY' };
    const row = { totalMinor: 2849, currency: 'JPY' } as Books['workflows'][number];
    expect(rowMoneyDifferences(inYen, row)).toEqual([]);
    expect(rowMoneyDifferences(atAmazon, row)).toHaveLength(1);
    const submitted = { total: '28.49', currency: 'USD' } as Books['erp']['orders'][number];
    expect(erpMoneyDifferences(atAmazon, { ...submitted, currency: 'CAD' })).toEqual([]);
    expect(erpMoneyDifferences(atAmazon, submitted)).toEqual(['the ERP says 28.49 USD, Amazon 28.49 CAD']);
  });
});
