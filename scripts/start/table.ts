import type { Books } from './books';
import type { Comparison } from './compare';
import { decimalsOf } from './compare-money';

type Cell = string | number;
type Row = readonly [name: string, amazon: Cell, commerce: Cell, erp: Cell, workflows: Cell];

/** The comparison as a table for people: one column per system. */
export function comparisonTable(books: Books, { differences }: Comparison): string {
  const currencies = [...new Set(books.amazon.orders.map(({ currency }) => currency))].sort();
  const rows = [...countRows(books), ...currencies.flatMap((currency) => totalRows(books, currency))];
  const lines = rows.map(
    ([name, ...cells]) => name.padEnd(20) + cells.map((cell) => String(cell).padStart(11)).join(''),
  );
  const verdict =
    differences.length === 0
      ? ['no differences']
      : ['differences:', ...differences.map((text) => `  ${text}`)];
  return [...lines, '', ...verdict].join('\n');
}

const isShippedInCommerce = ({ state }: Books['commerce']['orders'][number]) =>
  state === 'complete' || state === 'closed';

const isShippedRow = ({ channelStatus }: Books['workflows'][number]) => channelStatus === 'Shipped';

const shippedAt = ({ orders }: Books['amazon']) => orders.filter(({ status }) => status === 'SHIPPED');

function countRows({ amazon, commerce, erp, workflows }: Books): Row[] {
  return [
    ['', 'Amazon', 'Commerce', 'ERP', 'Workflows'],
    ['orders', amazon.orders.length, commerce.orders.length, erp.orders.length, workflows.length],
    [
      'shipped',
      shippedAt(amazon).length,
      commerce.orders.filter(isShippedInCommerce).length,
      '',
      workflows.filter(isShippedRow).length,
    ],
    [
      'cancelled',
      amazon.orders.filter(({ status }) => status === 'CANCELLED').length,
      commerce.orders.filter(({ state }) => state === 'canceled').length,
      erp.orders.filter(({ state }) => state === 'cancelled').length,
      workflows.filter(({ channelStatus }) => channelStatus === 'Canceled').length,
    ],
    [
      'parcels',
      amazon.orders.flatMap(({ packages }) => packages).length,
      commerce.orders.flatMap(({ shipments }) => shipments).length,
      '',
      '',
    ],
  ];
}

function totalRows({ amazon, commerce, erp, workflows }: Books, currency: string): Row[] {
  const decimals = decimalsOf(currency);
  const sumOf = (amounts: readonly number[]) =>
    amounts.reduce((sum, amount) => sum + amount, 0).toFixed(decimals);
  const inCurrency = <T extends { currency?: string | undefined }>(orders: readonly T[]) =>
    orders.filter((order) => order.currency === currency);
  const shipped = inCurrency(shippedAt(amazon));
  const fbm = shipped.filter(({ fulfilledBy }) => fulfilledBy === 'MERCHANT');
  const inCommerce = commerce.orders.filter((order) => order.order_currency_code === currency);
  const rows = inCurrency(workflows.filter(isShippedRow));
  return [
    [
      `total shipped, ${currency}`,
      sumOf(shipped.map(({ total }) => Number(total))),
      sumOf(inCommerce.filter(isShippedInCommerce).map((order) => order.grand_total)),
      '',
      sumOf(rows.map(({ totalMinor = 0 }) => totalMinor / 10 ** decimals)),
    ],
    [
      `of these FBM, ${currency}`,
      sumOf(fbm.map(({ total }) => Number(total))),
      '',
      sumOf(inCurrency(erp.orders).map(({ total }) => Number(total))),
      '',
    ],
  ];
}
