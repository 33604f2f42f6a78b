import { line } from '../support/orders';
import { giveShopAWarehouse, prepareStock } from '../support/stock';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const sku = 'MUG-BLUE-350';
const other = 'MUG-SAND-350';
const shop = commerceShop();

/** An order of these SKUs for a website that sells from `wh1`, then from `wh2`, where there are so many mugs. */
async function placedWith(units: { wh1: number; wh2: number }, skus = [sku]) {
  giveShopAWarehouse(shop.service);
  const books = shop.service.sandbox.shop;
  books.transaction(() => {
    books.sources.put({ code: 'wh2', columns: { source_code: 'wh2', name: 'Warehouse 2', enabled: true } });
    books.links.put({ stockId: 2, sourceCode: 'wh2', priority: 2 });
  });
  await shop.service.changeProduct(sku, { sources: { default: null, ...units } });
  await prepareStock(shop.service, 'dedicatedWebsite');
  const [mugs = line()] = twoMugs().lines;
  const lines = skus.map((each, index) => ({ ...mugs, sku: each, orderItemId: `7000000000000${index}` }));
  const order = twoMugs({ lines, totalMinor: 2998 * lines.length });
  const { entityId, itemIds } = await shop.placed(order, { stock: { website: 'base', moved: {} } });
  const ship = (quantity: number) =>
    shop.run(({ shipOrder }) =>
      shipOrder({
        ...inShop,
        entityId,
        itemIds,
        parcel: parcel(order, `p${quantity}`, quantity),
        store: 'amazon_us',
      }),
    );
  const at = (source: string) => books.sourceItems.get(`${sku.toLowerCase()}|${source}`)?.quantity;
  return { ship, left: () => [at('wh1'), at('wh2')] };
}

/** Catalogue look-ups by the SKU in the path. */
const askedOf = () =>
  shop.service.exchanges.flatMap(({ path }) => /\/V1\/products\/([^?]+)/.exec(path)?.[1] ?? []).sort();

describe('a shipment of ours', () => {
  it('leaves the first source of the stock that has the whole parcel', async () => {
    const { ship, left } = await placedWith({ wh1: 1, wh2: 5 });
    await ship(2);
    expect(left()).toEqual([1, 3]);
    expect(askedOf()).toEqual([]);
  });

  it('leaves the first one where several have it', async () => {
    const { ship, left } = await placedWith({ wh1: 4, wh2: 5 });
    await ship(1);
    expect(left()).toEqual([3, 5]);
  });

  it('is a person’s matter where only several together have it', async () => {
    const { ship, left } = await placedWith({ wh1: 1, wh2: 1 });
    await expect(ship(2)).rejects.toThrow(
      'None of the sources wh1, wh2 has all of this parcel: book its units in at one of them, or create its shipments by hand.',
    );
    expect(left()).toEqual([1, 1]);
  });

  describe('of products without managed stock', () => {
    const unmanaged = { manageStock: false, sources: { default: null, wh1: 0 } };

    it('leaves the first source that has the others, wherever they are kept', async () => {
      await shop.service.changeProduct(other, unmanaged);
      const { ship, left } = await placedWith({ wh1: 1, wh2: 5 }, [sku, other]);
      await ship(2);
      expect(left()).toEqual([1, 3]);
      expect(askedOf()).toEqual([sku, other]);
    });

    it('leaves the first source where it has nothing else', async () => {
      await shop.service.changeProduct(sku, { manageStock: false });
      const { ship, left } = await placedWith({ wh1: 1, wh2: 1 });
      await ship(2);
      expect(left()).toEqual([1, 1]);
      const [shipment] = shop.service.sandbox.shop.shipments.all();
      expect(shipment).toMatchObject({ sourceCode: 'wh1' });
    });

    it('is a person’s matter where Commerce does not tell which those are', async () => {
      await shop.service.changeProduct(other, unmanaged);
      const { ship, left } = await placedWith({ wh1: 1, wh2: 5 }, [sku, other]);
      await shop.service.misbehave({
        method: 'GET',
        path: `/V1/products/${other}`,
        kind: 'status',
        status: 401,
      });
      await expect(ship(2)).rejects.toThrow('None of the sources wh1, wh2');
      expect(left()).toEqual([1, 5]);
    });
  });
});
