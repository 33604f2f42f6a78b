import { mapSkuUpdate, parcelShippedSignal } from '../../workflows/order/contract';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf, pendingOrder, shippedOrder } from '../support/orders';
import { shopStock } from '../support/stock';

const sku = 'MUG-BLUE-350';
const reserving = { pendingStock: 'reserve' } as const;
let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { inventory: 'sourceTransfer', stock: shopStock } });
});
afterAll(() => world.close());

const ofTwo = (changes: Parameters<typeof amazonOrder>[0] = {}) =>
  amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })], ...changes });
const cancelled = (order: ReturnType<typeof amazonOrder>) => ({
  ...order,
  status: 'CANCELLED' as const,
  lastUpdatedAt: at(50),
});
const transfers = (order: ReturnType<typeof amazonOrder>) =>
  world.callsOf(order, 'transferStock').map(({ direction, units }) => ({ [direction]: units }));
const noteOf = async (order: ReturnType<typeof amazonOrder>, reason: string) =>
  (await world.snapshot(order)).attention.find((each) => each.reason === reason)?.note;

describe('an order of the merchant', () => {
  it('has its units moved once, before its Commerce order is made, and moved back when Amazon cancels it', async () => {
    const order = ofTwo();
    const handle = await world.place(order);
    expect(world.callsOf(order, 'transferStock')).toMatchObject([
      { direction: 'allocate', store: 'amazon_us', stock: shopStock, units: { [sku]: 2 } },
    ]);
    expect(world.callsOf(order, 'placeOrder')).toMatchObject([
      { stock: { website: 'base', moved: { [sku]: 2 } } },
    ]);
    await world.deliver(cancelled(order));
    await handle.result();
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { giveBack: { [sku]: 2 } }]);
    const { stock, attention } = await world.snapshot(order);
    expect(stock).toMatchObject({ units: {} });
    expect(attention).toEqual([]);
  });

  it('keeps its units where Commerce does not cancel it, and says which', async () => {
    const order = ofTwo();
    world.behave(order, { cancelOrder: async () => ({ kind: 'tooLate', message: 'It is shipped.' }) });
    await world.place(order);
    await world.deliver(cancelled(order));
    await world.settled(order);
    expect(transfers(order)).toHaveLength(1);
    expect(await noteOf(order, 'cancellationIncomplete')).toContain(
      `2 × ${sku} stay at source amazon_allocated until you move back what did not ship.`,
    );
  });

  it('waits where the shop has too little, and goes on once it has more', async () => {
    const order = ofTwo();
    world.behave(order, {
      transferStock: [async () => ({ kind: 'blocked', blockers: [{ sku, cause: 'outOfStock' }] })],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [3_000] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'blocked');
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);
    const { attention } = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(attention).toEqual([]);
    expect(transfers(order)).toHaveLength(2);
  });

  it('that is shipped in part has the rest moved only', async () => {
    const order = ofTwo({
      status: 'PARTIALLY_SHIPPED',
      lines: [line({ quantityOrdered: 3, quantityFulfilled: 1, quantityUnfulfilled: 2 })],
    });
    await world.place(order);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }]);
  });

  it('that had left before has nothing moved', async () => {
    const order = shippedOrder(ofTwo(), []);
    await world.deliver(order);
    await world.settled(order);
    expect(transfers(order)).toEqual([]);
    expect(await noteOf(order, 'stockCheck')).toContain('Commerce took no stock for it');
  });

  it('ships from the source that its units are at', async () => {
    const order = ofTwo();
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { source: { system: 'erp', shipmentId: '7' } }));
    expect(await world.called(order, 'shipOrder')).toMatchObject([
      { source: 'amazon_allocated', store: 'amazon_us' },
    ]);
  });

  it('gives back what Amazon cancelled of it, when the rest is complete', async () => {
    const order = ofTwo();
    const handle = await world.place(order);
    await world.deliver({
      ...order,
      status: 'SHIPPED',
      lastUpdatedAt: at(60),
      lines: [line({ quantityOrdered: 2, quantityFulfilled: 1, quantityUnfulfilled: 0 })],
    });
    await handle.result();
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { giveBack: { [sku]: 1 } }]);
  });

  it('gives back units of a SKU that was mapped to another one', async () => {
    const order = ofTwo();
    world.behave(order, {
      placeOrder: [async () => ({ kind: 'blocked', blockers: [{ sku, cause: 'disabled' }] })],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [60_000] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'blocked');
    await world.handle(order).executeUpdate(mapSkuUpdate, { args: [{ by: 'Ada', from: sku, to: 'POT' }] });
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(transfers(order)).toEqual([
      { allocate: { [sku]: 2 } },
      { giveBack: { [sku]: 2 } },
      { allocate: { POT: 2 } },
    ]);
  });
});

it('an order that Amazon ships moves nothing', async () => {
  const order = shippedOrder(ofTwo({ fulfilledBy: 'AMAZON' }), []);
  const handle = await world.deliver(order);
  await handle.result();
  expect(transfers(order)).toEqual([]);
});

describe('an order that Amazon has not verified', () => {
  it('has its units moved where the settings say so, once', async () => {
    const order = ofTwo();
    await world.deliver(pendingOrder(order), { policy: reserving });
    await world.until(order, ({ stock }) => stock?.units[sku] === 2);
    await world.deliver(order, { policy: reserving });
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }]);
  });

  it('gives them back when it is cancelled', async () => {
    const order = ofTwo();
    const handle = await world.deliver(pendingOrder(order), { policy: reserving });
    await world.until(order, ({ stock }) => stock?.units[sku] === 2);
    await world.deliver(cancelled(order), { policy: reserving });
    await handle.result();
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { giveBack: { [sku]: 2 } }]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);
  });

  it('is not blocked by too little stock before it is to be placed', async () => {
    const order = ofTwo();
    world.behave(order, {
      transferStock: [async () => ({ kind: 'blocked', blockers: [{ sku, cause: 'outOfStock' }] })],
    });
    await world.deliver(pendingOrder(order), { policy: reserving });
    const { notes, attention } = await world.until(
      order,
      ({ stock }) => stock !== undefined && !stock.underWay,
    );
    expect(notes.map(({ text }) => text)).toEqual([`No stock was reserved: SKU ${sku} is out of stock.`]);
    expect(attention).toEqual([]);
    await world.deliver(order, { policy: reserving });
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(transfers(order)).toHaveLength(2);
  });

  it.each([{}, { ...reserving, importOrders: 'disabled' as const }])(
    'moves nothing otherwise',
    async (policy) => {
      const order = ofTwo();
      await world.deliver(pendingOrder(order), { policy });
      await world.snapshot(order);
      expect(transfers(order)).toEqual([]);
    },
  );
});
