import { giveShopAWarehouse, prepareStock } from '../support/stock';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const sku = 'MUG-BLUE-350';
const shop = commerceShop();

/** Two mugs for a website that sells from `wh1`, then from `wh2`, where there are so many. */
async function placedWith(units: { wh1: number; wh2: number }) {
  giveShopAWarehouse(shop.service);
  const books = shop.service.sandbox.shop;
  books.transaction(() => {
    books.sources.put({ code: 'wh2', columns: { source_code: 'wh2', name: 'Warehouse 2', enabled: true } });
    books.links.put({ stockId: 2, sourceCode: 'wh2', priority: 2 });
  });
  await shop.service.changeProduct(sku, { sources: { default: null, ...units } });
  await prepareStock(shop.service, 'dedicatedWebsite');
  const order = twoMugs();
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

describe('a shipment of ours', () => {
  it('leaves the first source of the stock that has the whole parcel', async () => {
    const { ship, left } = await placedWith({ wh1: 1, wh2: 5 });
    await ship(2);
    expect(left()).toEqual([1, 3]);
  });

  it('leaves the first one where several have it', async () => {
    const { ship, left } = await placedWith({ wh1: 4, wh2: 5 });
    await ship(1);
    expect(left()).toEqual([3, 5]);
  });

  it('is a person’s matter where only several together have it', async () => {
    const { ship, left } = await placedWith({ wh1: 1, wh2: 1 });
    await expect(ship(2)).rejects.toThrow(
      'None of the sources wh1, wh2 has all of this parcel: create its shipments by hand.',
    );
    expect(left()).toEqual([1, 1]);
  });
});
