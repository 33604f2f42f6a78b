import { openWorld, type World } from '../support/order-world';
import { amazonOrder, orderPolicy } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('settings that change while an order waits', () => {
  const blockers = [{ sku: 'MUG-BLUE-350', cause: 'notInCatalogue' }] as const;

  it('come with the answer that it is blocked, and what is pinned stays', async () => {
    const order = amazonOrder();
    const changed = orderPolicy({
      commerce: world.name,
      store: 'amazon_other',
      customer: 'newAccount',
      orderNumber: { source: 'commerce', prefix: '' },
      orderStatus: 'amazon_paid',
      erp: world.name,
      retryBlockedMs: [70],
    });
    world.behave(order, { placeOrder: [async () => ({ kind: 'blocked', blockers, policy: changed })] });
    await world.deliver(order);
    const [first, second] = await world.called(order, 'placeOrder', 2);
    expect(first).toMatchObject({ orderStatus: 'processing', pinned: { store: 'amazon_us' } });
    expect(second).toMatchObject({ orderStatus: 'amazon_paid', pinned: first?.pinned });
    await world.called(order, 'submitOrder');
    const { delivery, pinned } = await world.snapshot(order);
    expect(delivery?.policy).toEqual(changed);
    expect(pinned).toMatchObject({ store: 'amazon_us', customer: 'guest', incrementId: order.amazonOrderId });
  });

  it('stay as they were delivered where an answer brings none', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [async () => ({ kind: 'blocked', blockers })] });
    await world.deliver(order, { policy: { orderStatus: 'amazon_paid' } });
    const calls = await world.called(order, 'placeOrder', 2);
    expect(calls.map(({ orderStatus }) => orderStatus)).toEqual(['amazon_paid', 'amazon_paid']);
  });
});
