import type { Books } from './books';
import type { Comparison } from './compare';

/** The comparison as a table for people: one column per system. */
export function comparisonTable(books: Books, { differences }: Comparison): string {
  const { amazon, commerce, erp, workflows } = books;
  const shipped = amazon.orders.filter(({ status }) => status === 'SHIPPED');
  const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, amount) => sum + amount, 0).toFixed(2);
  const fbm = shipped.filter(({ fulfilledBy }) => fulfilledBy === 'MERCHANT');
  const rows: [string, string | number, string | number, string | number, string | number][] = [
    ['', 'Amazon', 'Commerce', 'ERP', 'Workflows'],
    ['orders', amazon.orders.length, commerce.orders.length, erp.orders.length, workflows.length],
    [
      'shipped',
      shipped.length,
      commerce.orders.filter(({ state }) => state === 'complete').length,
      '',
      workflows.filter(({ channelStatus }) => channelStatus === 'Shipped').length,
    ],
    [
      'cancelled',
      amazon.orders.filter(({ status }) => status === 'CANCELLED').length,
      commerce.orders.filter(({ state }) => state === 'canceled').length,
      erp.orders.filter(({ state }) => state === 'cancelled').length,
      workflows.filter(({ channelStatus }) => channelStatus === 'Canceled').length,
    ],
    [
      'total shipped, USD',
      sumOf(shipped.map(({ total }) => Number(total))),
      sumOf(commerce.orders.filter(({ state }) => state === 'complete').map((order) => order.grand_total)),
      '',
      sumOf(workflows.filter(({ channelStatus }) => channelStatus === 'Shipped').map(totalOf)),
    ],
    [
      'of these FBM, USD',
      sumOf(fbm.map(({ total }) => Number(total))),
      '',
      sumOf(erp.orders.map(({ total }) => Number(total))),
      '',
    ],
    [
      'parcels',
      amazon.orders.flatMap(({ packages }) => packages).length,
      commerce.orders.flatMap(({ shipments }) => shipments).length,
      '',
      '',
    ],
  ];
  const lines = rows.map(
    ([name, ...cells]) => name.padEnd(20) + cells.map((cell) => String(cell).padStart(11)).join(''),
  );
  const verdict =
    differences.length === 0
      ? ['no differences']
      : ['differences:', ...differences.map((text) => `  ${text}`)];
  return [...lines, '', ...verdict].join('\n');
}

const totalOf = ({ totalMinor = 0 }: Books['workflows'][number]) => totalMinor / 100;
