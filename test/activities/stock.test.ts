import type { TransferStockInput } from '../../activities/contracts/stock';
import type { Fault } from '../../sandbox/faults';
import { newOrderId } from '../support/orders';
import { prepareStock, shopStock } from '../support/stock';
import { commerceShop, inShop, twoMugs } from './commerce-shop';

const sku = 'MUG-BLUE-350';
const shop = commerceShop();

beforeEach(async () => {
  await prepareStock(shop.service, 'sourceTransfer');
  await shop.service.changeProduct(sku, { quantity: 100 });
});

const quantities = (of = sku) => {
  const at = (source: string) =>
    shop.service.sandbox.shop.sourceItems.get(`${of.toLowerCase()}|${source}`)?.quantity;
  return [at('default'), at('amazon_allocated')];
};

const asked = (changes: Partial<TransferStockInput> = {}): TransferStockInput => ({
  ...inShop,
  amazonOrderId: newOrderId(),
  marketplaceId: 'ATVPDKIKX0DER',
  direction: 'allocate',
  store: 'amazon_us',
  stock: shopStock,
  units: { [sku]: 2 },
  ...changes,
});
const transfer = (changes: Partial<TransferStockInput> = {}) =>
  shop.run(({ transferStock }) => transferStock(asked(changes)));

const onTransfer = (fault: Partial<Fault>): Fault => ({
  method: 'POST',
  path: '/bulk-partial-source-transfer',
  kind: 'dropAfter',
  ...fault,
});

describe('moving stock for an order', () => {
  it('makes the buffer unit once, and tells both quantities before and after', async () => {
    expect(await transfer()).toEqual({
      kind: 'moved',
      moves: [{ sku, quantity: 2, before: { from: 100, to: 1 }, after: { from: 98, to: 3 } }],
    });
    expect(await transfer({ units: { [sku]: 5 } })).toMatchObject({ kind: 'moved' });
    expect(quantities()).toEqual([93, 8]);
    const puts = shop.service.exchanges.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/source-items'),
    );
    expect(puts).toHaveLength(1);
  });

  it('costs five calls once the buffer is there', async () => {
    await transfer();
    const before = shop.service.exchanges.length;
    await transfer();
    expect(shop.service.exchanges.length - before).toBe(5);
  });

  it('moves nothing where one SKU is short, and names it', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { quantity: 1 });
    expect(await transfer({ units: { [sku]: 2, 'MUG-SAND-350': 2 } })).toEqual({
      kind: 'blocked',
      blockers: [{ sku: 'MUG-SAND-350', cause: 'outOfStock' }],
    });
    expect(quantities()).toEqual([100, undefined]);
  });

  it('leaves out what the source does not keep and what is not managed, for the placement to judge', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { quantity: 0, manageStock: false });
    const result = await transfer({ units: { [sku]: 1, 'MUG-SAND-350': 2, 'NO-SUCH-SKU': 1 } });
    expect(result).toMatchObject({ kind: 'moved', moves: [{ sku, quantity: 1 }] });
  });

  it('moves nothing for an order that Commerce has already', async () => {
    const order = twoMugs();
    const { number } = await shop.placed(order, { stock: { website: 'base', moved: {} } });
    expect(await transfer({ amazonOrderId: order.amazonOrderId })).toEqual({ kind: 'placedBefore', number });
    expect(quantities()).toEqual([100, undefined]);
  });

  it('lets transfers of one SKU follow one another, so that each sees what it did', async () => {
    const one = { units: { [sku]: 1 } };
    const results = await shop.run(({ transferStock }) =>
      Promise.all(Array.from({ length: 5 }, () => transferStock(asked(one)))),
    );
    const seen = results.flatMap((result) => (result.kind === 'moved' ? result.moves : []));
    expect(seen.map(({ before, after }) => before.from - (after?.from ?? 0))).toEqual([1, 1, 1, 1, 1]);
    expect(quantities()).toEqual([95, 6]);
  });
});

describe('an answer that is lost', () => {
  it('counts as moved where both sources show it', async () => {
    await transfer();
    await shop.service.misbehave(onTransfer({ kind: 'dropAfter' }));
    expect(await transfer()).toMatchObject({ kind: 'moved', moves: [{ after: { from: 96, to: 5 } }] });
    expect(quantities()).toEqual([96, 5]);
  });

  it('is unknown where nothing has changed, because it may still be done; asked once', async () => {
    await transfer();
    await shop.service.misbehave(onTransfer({ kind: 'dropBefore' }));
    expect(await transfer()).toEqual({
      kind: 'unknown',
      moves: [{ sku, quantity: 2, before: { from: 98, to: 3 }, after: { from: 98, to: 3 } }],
    });
    const asked = shop.service.exchanges.filter(({ path }) => path.endsWith('/bulk-partial-source-transfer'));
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('is a failure like any other where nothing was sent', async () => {
    await shop.service.misbehave({ method: 'GET', path: '/source-items', kind: 'status', status: 503 });
    await expect(transfer()).rejects.toThrow('answered 503');
    expect(quantities()).toEqual([100, undefined]);
  });
});

describe('moving back', () => {
  it('never takes the buffer unit', async () => {
    await transfer({ units: { [sku]: 3 } });
    expect(await transfer({ direction: 'giveBack', units: { [sku]: 9 } })).toMatchObject({
      kind: 'moved',
      moves: [{ quantity: 3, before: { from: 4, to: 97 }, after: { from: 1, to: 100 } }],
    });
    expect(await transfer({ direction: 'giveBack', units: { [sku]: 1 } })).toEqual({
      kind: 'moved',
      moves: [],
    });
    expect(quantities()).toEqual([100, 1]);
  });
});
