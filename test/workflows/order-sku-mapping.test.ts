import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { AmazonOrder } from '../../domain/order';
import {
  type MapSkuRequest,
  mapSkuUpdate,
  orderVerifiedSignal,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, minutes, pendingOrder } from '../support/orders';

const blocked = async () => ({
  kind: 'blocked' as const,
  blockers: [{ sku: 'FNSKU-1', cause: 'notInCatalogue' as const }],
});
const policy = { retryBlockedMs: [minutes(15)] };

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { erp: 'x' } });
});
afterAll(() => world.close());

const selling = (...skus: string[]) =>
  amazonOrder({ lines: skus.map((sku, index) => line({ orderItemId: String(index), sku })) });
const map = (order: AmazonOrder, changes: Partial<MapSkuRequest> = {}, updateId = `map-${Math.random()}`) =>
  world.handle(order).executeUpdate(mapSkuUpdate, {
    args: [{ from: 'FNSKU-1', to: 'MUG-1', by: 'Grace', ...changes }],
    updateId,
  });
async function refusal(answer: Promise<string>): Promise<string> {
  const error: unknown = await answer.catch((reason: unknown) => reason);
  if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(`Not refused: ${String(error)}`);
  return error.cause?.message ?? '';
}
async function blockedOrder(...skus: string[]) {
  const order = selling(...skus);
  world.behave(order, { placeOrder: [blocked] });
  await world.deliver(order, { policy });
  await world.until(order, ({ waits }) => waits.placement !== undefined);
  return order;
}

describe('mapSku', () => {
  it('has a blocked order created at once under the other SKU, also for the ERP, and says who and why', async () => {
    const order = await blockedOrder('FNSKU-1', 'MUG-2');
    expect(await map(order, { why: 'renamed' }, 'click')).toBe('SKU FNSKU-1 is MUG-1 in Commerce: renamed');
    expect(await map(order, { why: 'renamed' }, 'click')).toBe('SKU FNSKU-1 is MUG-1 in Commerce: renamed');
    const { attention, notes } = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(attention).toEqual([]);
    expect(notes.filter(({ by }) => by === 'Grace')).toHaveLength(1);
    const [, second] = world.callsOf(order, 'placeOrder');
    expect(second).toMatchObject({ skuMap: { 'FNSKU-1': 'MUG-1' }, order: { lines: order.lines } });
    const [submitted] = await world.called(order, 'submitOrder');
    expect(submitted?.order.lines.map(({ sku }) => sku)).toEqual(['MUG-1', 'MUG-2']);
  });

  it('is refused where it makes no sense, with a sentence', async () => {
    const order = await blockedOrder('FNSKU-1');
    expect(await refusal(map(order, { by: ' ' }))).toBe('Say who asks for this.');
    expect(await refusal(map(order, { from: 'OTHER' }))).toBe(
      'The order has no line with SKU OTHER; it has FNSKU-1.',
    );
    expect(await refusal(map(order, { to: ' ' }))).toBe('A SKU is missing.');
    expect(await refusal(map(order, { to: 'x'.repeat(65) }))).toBe('A SKU has at most 64 characters.');
    await world.ask(order, retryOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(await refusal(map(order))).toBe(
      `Commerce order ${order.amazonOrderId} exists already: its lines are not changed any more.`,
    );
  });

  it('is refused for an order that is cancelled or only listed', async () => {
    const [cancelled, listed] = [selling('FNSKU-1'), selling('FNSKU-1')];
    await world.deliver(pendingOrder(cancelled), { policy: { settleForMs: minutes(1) } });
    await world.deliver({ ...cancelled, status: 'CANCELLED' }, { policy: { settleForMs: minutes(1) } });
    expect(await refusal(map(cancelled))).toContain('is Canceled');
    await world.deliver(listed, { policy: { importOrders: 'disabled' } });
    expect(await refusal(map(listed))).toContain('only listed');
  });

  it('that comes while an attempt fails has the next one made at once', async () => {
    const order = selling('FNSKU-1');
    const answer = held(await blocked());
    world.behave(order, { placeOrder: [answer.activity] });
    await world.deliver(order, { policy });
    await world.called(order, 'placeOrder');
    await map(order);
    answer.answer();
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(world.callsOf(order, 'placeOrder')).toMatchObject([{}, { skuMap: { 'FNSKU-1': 'MUG-1' } }]);
  });

  it('that comes too late is told', async () => {
    const order = selling('FNSKU-1');
    const commerce = { entityId: 9001, number: '9001', state: 'processing', itemIds: {} };
    const answer = held({ kind: 'placed' as const, commerce, adopted: false, differences: [] });
    world.behave(order, { placeOrder: [answer.activity] });
    await world.deliver(order, { policy });
    await world.called(order, 'placeOrder');
    await map(order);
    answer.answer();
    const { attention } = await world.until(order, (state) => state.commerce !== undefined);
    expect(attention).toMatchObject([
      {
        reason: 'differsFromAdopted',
        note: expect.stringContaining(
          'SKU FNSKU-1 was mapped to MUG-1 while the order was created with FNSKU-1.',
        ),
      },
    ]);
    const [submitted] = await world.called(order, 'submitOrder');
    expect(submitted?.order.lines.map(({ sku }) => sku)).toEqual(['FNSKU-1']);
  });
});

describe('what the account has mapped', () => {
  const skuMap = { 'FNSKU-1': 'MUG-1', 'FNSKU-2': 'MUG-2' };
  const deliver = (order: AmazonOrder, extra: object) =>
    world.handle(order).signal(orderVerifiedSignal, {
      ...deliveryOf(order, { ...world.policy, ...policy }),
      ...extra,
    });

  it('comes with the order; the order’s own mapping goes before it', async () => {
    const order = selling('FNSKU-1', 'FNSKU-2');
    world.behave(order, { placeOrder: [blocked, blocked] });
    await world.deliver(pendingOrder(order));
    await deliver(order, { skuMap });
    await world.until(order, ({ waits }) => waits.placement !== undefined);
    await map(order, { from: 'FNSKU-2', to: 'MUG-3' });
    await world.called(order, 'placeOrder', 2);
    await world.until(order, ({ waits }) => waits.placement !== undefined);
    // A delivery that does not know the account's map, and one with another, of the same order.
    await deliver({ ...order, lastUpdatedAt: at(31) }, {});
    await deliver({ ...order, lastUpdatedAt: at(31) }, { skuMap: { 'FNSKU-1': 'MUG-9' } });
    await world.ask(order, retryOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(world.callsOf(order, 'placeOrder').map((call) => call.skuMap)).toEqual([
      skuMap,
      { 'FNSKU-1': 'MUG-1', 'FNSKU-2': 'MUG-3' },
      { 'FNSKU-1': 'MUG-9', 'FNSKU-2': 'MUG-3' },
    ]);
  });
});
