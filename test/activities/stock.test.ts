import { MockActivityEnvironment } from '@temporalio/testing';
import { createCommerceActivities } from '../../activities/commerce';
import type { TransferStockInput } from '../../activities/contracts/stock';
import { NotBegunError } from '../../activities/keyed-gate';
import type { CommercePort } from '../../integrations/commerce/port';
import type { Fault } from '../../sandbox/faults';
import { newOrderId } from '../support/orders';
import { prepareStock, shopStock } from '../support/stock';
import { commerceShop, inShop, silent, twoMugs } from './commerce-shop';

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

  it('costs six calls once the buffer is there', async () => {
    await transfer();
    const before = shop.service.exchanges.length;
    await transfer();
    expect(shop.service.exchanges.length - before).toBe(6);
  });

  it('moves nothing where one SKU is short, and names it', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { quantity: 1 });
    expect(await transfer({ units: { [sku]: 2, 'MUG-SAND-350': 2 } })).toEqual({
      kind: 'blocked',
      blockers: [{ sku: 'MUG-SAND-350', cause: 'outOfStock' }],
    });
    expect(quantities()).toEqual([100, undefined]);
  });

  it('leaves out what is not managed', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { quantity: 0, manageStock: false });
    const result = await transfer({ units: { [sku]: 1, 'MUG-SAND-350': 2 } });
    expect(result).toMatchObject({ kind: 'moved', moves: [{ sku, quantity: 1 }] });
    expect(quantities('MUG-SAND-350')).toEqual([0, undefined]);
  });

  it('moves nothing where the shop’s stock does not have a SKU at all', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { sources: { default: null } });
    expect(await transfer({ units: { [sku]: 1, 'MUG-SAND-350': 2 } })).toEqual({
      kind: 'blocked',
      blockers: [{ sku: 'MUG-SAND-350', cause: 'outOfStock' }],
    });
    expect(quantities()).toEqual([100, undefined]);
  });

  it('moves nothing where the catalogue lacks a SKU or has it disabled, and names it as Amazon does', async () => {
    await shop.service.changeProduct('MUG-SAND-350', { status: 'disabled' });
    const units = { [sku]: 1, 'NO-SUCH-SKU': 1, 'MUG-SAND-350': 1 };
    expect(await transfer({ units, skuMap: { 'A-SAND': 'MUG-SAND-350' } })).toEqual({
      kind: 'blocked',
      blockers: [
        { sku: 'NO-SUCH-SKU', cause: 'notInCatalogue' },
        { sku: 'MUG-SAND-350', amazonSku: 'A-SAND', cause: 'disabled' },
      ],
    });
    expect(quantities()).toEqual([100, undefined]);
    // Of an unknown SKU Commerce cannot be asked that.
    expect(shop.service.exchanges.filter(({ path }) => path.includes('salable'))).toEqual([]);
  });

  it('moves nothing where the catalogue lacks a SKU of the order that has left already', async () => {
    expect(await transfer({ skus: [sku, 'NO-SUCH-SKU'] })).toEqual({
      kind: 'blocked',
      blockers: [{ sku: 'NO-SUCH-SKU', cause: 'notInCatalogue' }],
    });
    expect(quantities()).toEqual([100, undefined]);
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

describe('an activity that is cancelled', () => {
  const cancelledWhen = async (during: (cancel: () => void) => Partial<CommercePort>) => {
    const environment = new MockActivityEnvironment({}, { logger: silent });
    const port = { ...shop.commerce, ...during(() => environment.cancel()) };
    const activities = createCommerceActivities({ commerce: () => port, guard: async () => {} });
    return environment.run(() => activities.transferStock(asked()));
  };

  it('says for certain that nothing was moved, as long as Commerce was not asked to', async () => {
    const outcome = cancelledWhen((cancel) => ({
      products: (...args) => {
        cancel();
        return shop.commerce.products(...args);
      },
    }));
    await expect(outcome).rejects.toThrow(NotBegunError);
    expect(quantities()).toEqual([100, undefined]);
  });

  it('tells what was moved afterwards', async () => {
    const { inventory } = shop.commerce;
    const outcome = cancelledWhen((cancel) => ({
      inventory: {
        ...inventory,
        transfer: (moving) => {
          cancel();
          return inventory.transfer(moving);
        },
      },
    }));
    expect(await outcome).toMatchObject({ kind: 'moved', moves: [{ after: { from: 98, to: 3 } }] });
  });
});

describe('moving back', () => {
  it('moves nothing where somebody takes units away meanwhile', async () => {
    await transfer({ units: { [sku]: 3 } });
    const { inventory } = shop.commerce;
    const raced: CommercePort = {
      ...shop.commerce,
      inventory: {
        ...inventory,
        transfer: async (moving) => {
          await shop.service.changeProduct(sku, { sources: { amazon_allocated: 2 } });
          return inventory.transfer(moving);
        },
      },
    };
    const back = asked({ direction: 'giveBack', units: { [sku]: 3 } });
    expect(await shop.run(({ transferStock }) => transferStock(back), raced)).toEqual({
      kind: 'blocked',
      blockers: [{ sku, cause: 'outOfStock' }],
    });
    expect(quantities()).toEqual([97, 2]);
  });

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
