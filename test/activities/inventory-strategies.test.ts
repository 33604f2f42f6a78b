import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AmazonOrder, quantityToShip } from '../../domain/order';
import type { InventoryStrategy } from '../../domain/settings';
import { movedUnits, type Units } from '../../domain/stock';
import { salableQuantity, stockOfWebsite } from '../../sandbox/commerce/inventory';
import { line } from '../support/orders';
import { giveShopAWarehouse, prepareStock, shopStock } from '../support/stock';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'inventory.md'), 'utf8');

/** The table under a strategy's heading: its numbers by step. */
function documented(strategy: InventoryStrategy): { columns: string[]; steps: Record<string, number[]> } {
  const section = page.split(`\n## \`${strategy}\``)[1]?.split('\n## ')[0] ?? '';
  const [head = [], , ...rows] = section
    .split('\n')
    .filter((text) => text.startsWith('|'))
    .map((text) =>
      text
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  return {
    columns: head.slice(1),
    steps: Object.fromEntries(rows.map(([step = '', ...cells]) => [step, cells.map(Number)])),
  };
}

const shop = commerceShop();
const sku = 'WALK';

const ordered = (quantity: number): AmazonOrder =>
  twoMugs({
    lines: [
      line({
        sku,
        quantityOrdered: quantity,
        quantityUnfulfilled: quantity,
        charges: [{ type: 'ITEM', subtotalMinor: 1_000 * quantity, details: [] }],
        totalMinor: 1_000 * quantity,
      }),
    ],
    totalMinor: 1_000 * quantity,
  });

/** As the order workflow carries an order, with what it keeps in its state. */
async function importOrder(strategy: InventoryStrategy, order: AmazonOrder) {
  const units: Units = { [sku]: quantityToShip(order.lines[0] ?? line()) };
  const transfer = (direction: 'allocate' | 'giveBack') =>
    shop.run(({ transferStock }) =>
      transferStock({
        ...inShop,
        amazonOrderId: order.amazonOrderId,
        marketplaceId: order.marketplaceId,
        direction,
        store: 'amazon_us',
        stock: shopStock,
        units,
      }),
    );
  const isTransferred = strategy === 'sourceTransfer';
  const result = isTransferred ? await transfer('allocate') : undefined;
  const moved = result?.kind === 'moved' ? movedUnits(result.moves) : {};
  const stock = strategy === 'none' ? {} : { stock: { website: shopStock.website, moved } };
  const { entityId, itemIds } = await shop.placed(order, stock);
  const ref = { ...inShop, entityId };
  const source = isTransferred ? { source: shopStock.allocation } : {};
  return {
    invoice: () => shop.run(({ invoiceOrder }) => invoiceOrder(ref)),
    ship: (parcelId: string, quantity: number) =>
      shop.run(({ shipOrder }) =>
        shipOrder({
          ...ref,
          itemIds,
          parcel: parcel(order, parcelId, quantity),
          store: 'amazon_us',
          ...source,
        }),
      ),
    cancel: async () => {
      const { kind } = await shop.run(({ cancelOrder }) => cancelOrder(ref));
      expect(kind).toBe('canceled');
      if (isTransferred) await transfer('giveBack');
    },
  };
}

/** What a column of the tables speaks of. */
function read(column: string): number {
  const books = shop.service.sandbox.shop;
  const salable = (website: string) => salableQuantity(books, sku, stockOfWebsite(books, website)?.id ?? 0);
  if (column === 'shop can sell') return salable('base');
  if (column === 'Amazon’s website can sell') return salable('amazon');
  const [, source = ''] = /^at source `(\w+)`$/.exec(column) ?? [];
  if (source === '') throw new Error(`The table has a column "${column}"`);
  return books.sourceItems.get(`${sku.toLowerCase()}|${source}`)?.quantity ?? 0;
}

describe.each(['none', 'dedicatedWebsite', 'sourceTransfer'] as const)('inventory %s', (strategy) => {
  const { columns, steps } = documented(strategy);
  const present = () => columns.map(read);

  beforeEach(async () => {
    if (strategy === 'dedicatedWebsite') giveShopAWarehouse(shop.service);
    await prepareStock(shop.service, strategy);
    const source = strategy === 'dedicatedWebsite' ? 'wh1' : 'default';
    await shop.service.changeProduct(sku, { sources: { [source]: 100 } });
  });

  it('does to the stock what docs/inventory.md says while an order of 5 is shipped', async () => {
    expect(present()).toEqual(steps.before);
    const order = await importOrder(strategy, ordered(5));
    expect(present()).toEqual(steps['5 units are imported']);
    await order.invoice();
    expect(present()).toEqual(steps['the order is invoiced']);
    await order.ship('p1', 2);
    expect(present()).toEqual(steps['2 of them are shipped']);
    await order.ship('p2', 3);
    expect(present()).toEqual(steps['all of them are shipped']);
  });

  it('and while an order of 4 is cancelled, the buffer unit aside', async () => {
    const order = await importOrder(strategy, ordered(4));
    await order.cancel();
    expect(present()).toEqual(steps['or 4 units are imported and cancelled']);
  });
});
