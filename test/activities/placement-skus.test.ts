import { describeBlocker } from '../../domain/commerce-order';
import type { AmazonOrder } from '../../domain/order';
import { amazonOrder, line } from '../support/orders';
import { commerceShop } from './commerce-shop';

const shop = commerceShop();

const selling = (...skus: string[]): AmazonOrder =>
  amazonOrder({
    lines: skus.map((sku, index) => line({ orderItemId: String(index), sku })),
    totalMinor: 1623 * skus.length,
  });
const calls = (path: string) => shop.service.exchanges.filter((exchange) => exchange.path.includes(path));

describe('the catalogue', () => {
  it('is asked once, however many SKUs an order has', async () => {
    const skus = Array.from({ length: 30 }, (_, index) => `NONE-${index}`);
    expect(await shop.place(selling(...skus, ...skus))).toMatchObject({
      kind: 'blocked',
      blockers: skus.map((sku) => ({ sku, cause: 'notInCatalogue' })),
    });
    expect(calls('/V1/products')).toHaveLength(1);
  });

  it('and the stock are asked once each for an order of ten SKUs', async () => {
    const skus = [...shop.service.sandbox.shop.products.all()]
      .filter(({ typeId, status }) => typeId === 'simple' && status === 1)
      .map(({ sku }) => sku)
      .slice(0, 10);
    await shop.placed(selling(...skus));
    expect(calls('/V1/products')).toHaveLength(1);
    expect(calls('/are-product-salable')).toHaveLength(1);
  });
});

describe('a mapped SKU', () => {
  const skuMap = { 'FNSKU-1': 'MUG-BLUE-350' };

  it('is created as Commerce’s product, and Amazon’s SKU stays readable', async () => {
    const order = selling('FNSKU-1', 'MUG-SAND-350');
    expect(await shop.place(order)).toMatchObject({ kind: 'blocked' });
    const { entityId, itemIds } = await shop.placed(order, { skuMap });
    expect(Object.keys(itemIds)).toEqual(['0', '1']);
    const stored = shop.service.sandbox.shop.orders.get(entityId);
    const products = shop.service.sandbox.shop.products;
    const [mug] = products.findBy('sku', 'mug-blue-350');
    expect(stored?.items).toMatchObject([
      { sku: 'MUG-BLUE-350', product_id: mug?.id, name: mug?.name, ext_order_item_id: '0' },
      { sku: 'MUG-SAND-350' },
    ]);
    expect(stored?.histories.map(({ comment }) => comment)).toContain(
      'SKU MUG-BLUE-350 is FNSKU-1 at Amazon.',
    );
    expect(await shop.place(order, { skuMap })).toMatchObject({ adopted: true, differences: [] });
  });

  it('is checked as what it is in Commerce, and told with both names', async () => {
    const blockers = async (map: Record<string, string>) => {
      const result = await shop.place(selling('FNSKU-1'), { skuMap: map });
      return result.kind === 'blocked' ? result.blockers.map(describeBlocker) : result.kind;
    };
    expect(await blockers({ 'FNSKU-1': 'NOTHING' })).toEqual([
      'SKU NOTHING (FNSKU-1 at Amazon) is not in the catalogue',
    ]);
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 0 });
    expect(await blockers({ 'FNSKU-1': 'mug-blue-350' })).toEqual([
      'SKU MUG-BLUE-350 (FNSKU-1 at Amazon) is out of stock',
    ]);
    await shop.service.changeProduct('MUG-BLUE-350', { quantity: 1 });
    expect(await blockers({ 'FNSKU-1': 'mug-blue-350' })).toBe('placed');
  });
});

it('a status that Commerce does not keep is told in a sentence', async () => {
  const { readOrder, ...others } = shop.commerce;
  const newer = {
    ...others,
    readOrder: async (...args: Parameters<typeof readOrder>) => ({
      ...(await readOrder(...args)),
      status: 'processing',
    }),
  };
  const order = amazonOrder();
  expect(await shop.place(order, { orderStatus: 'amazon_new' }, newer)).toMatchObject({
    differences: [
      'The order has the status "processing" instead of "amazon_new": see that Commerce has this status for the state processing.',
    ],
  });
  expect(await shop.place(amazonOrder(), { orderStatus: 'amazon_new' })).toMatchObject({ differences: [] });
  expect((await shop.booked()).at(-1)).toMatchObject({ state: 'processing', status: 'amazon_new' });
});
