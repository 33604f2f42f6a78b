import type { Books } from './books';

type AmazonOrder = Books['amazon']['orders'][number];
type CommerceOrder = Books['commerce']['orders'][number];
type ErpOrder = Books['erp']['orders'][number];
type WorkflowRow = Books['workflows'][number];

/** Decimals of a currency: 2 for USD, 0 for JPY. */
export function decimalsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** Lines by which Commerce shows charges that it has no place for. */
const extraSkus: Readonly<Record<string, string>> = {
  GIFT_WRAP: 'AMAZON-GIFT-WRAP',
  COD_FEE: 'AMAZON-COD-FEE',
  OTHER: 'AMAZON-OTHER',
  DELIVERY_TIP: 'AMAZON-DELIVERY-TIP',
};

/** Total, lines and extra lines, to the minor unit of the order's currency. */
export function commerceMoneyDifferences(order: AmazonOrder, found: CommerceOrder): string[] {
  const { currency, total } = order;
  if (found.order_currency_code !== currency)
    return [`Commerce says ${found.order_currency_code}, Amazon ${currency}`];
  const shown = (amount: number) => amount.toFixed(decimalsOf(currency));
  const paidFor = (items: CommerceOrder['items']) =>
    shown(items.reduce((sum, item) => sum + item.row_total + item.tax_amount - item.discount_amount, 0));
  const pairs: readonly (readonly [string, string, string])[] = [
    ['', shown(found.grand_total), total],
    ...order.lines.map(
      ({ orderItemId, goods }) =>
        [
          ` of line ${orderItemId}`,
          paidFor(found.items.filter(({ ext_order_item_id }) => ext_order_item_id === orderItemId)),
          goods,
        ] as const,
    ),
    ...Object.entries(extraSkus).map(
      ([type, extraSku]) =>
        [
          ` of ${type}`,
          paidFor(found.items.filter(({ sku }) => sku === extraSku)),
          order.extras[type] ?? shown(0),
        ] as const,
    ),
  ];
  return [
    ...pairs.flatMap(([what, inCommerce, atAmazon]) =>
      inCommerce === atAmazon ? [] : [`Commerce says ${inCommerce}${what}, Amazon ${atAmazon}`],
    ),
    ...paymentDifferences(found),
  ];
}

/** Paid in full, in the order's currency and in the website's. */
function paymentDifferences({
  grand_total: total,
  total_paid: paid,
  base_grand_total: baseTotal,
  base_total_paid: basePaid,
}: CommerceOrder): string[] {
  const pairs = [
    ['', total, paid],
    [' in the website’s currency', baseTotal, basePaid],
  ] as const;
  return pairs.flatMap(([where, due, given]) =>
    due.toFixed(2) === given.toFixed(2) ? [] : [`paid in Commerce${where}: ${given} of ${due}`],
  );
}

export function erpMoneyDifferences(order: AmazonOrder, found: ErpOrder): string[] {
  const [here, there] = [found, order].map(({ total, currency }) => `${total} ${currency}`);
  return here === there ? [] : [`the ERP says ${here}, Amazon ${there}`];
}

export function rowMoneyDifferences(order: AmazonOrder, row: WorkflowRow | undefined): string[] {
  const { totalMinor = 0, currency = '' } = row ?? {};
  const decimals = decimalsOf(order.currency);
  const [here, there] = [
    `${(totalMinor / 10 ** decimals).toFixed(decimals)} ${currency}`,
    `${order.total} ${order.currency}`,
  ];
  return here === there ? [] : [`the channel shows ${here}, Amazon ${there}`];
}
