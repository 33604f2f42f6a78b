import type { TransferStockResult } from '../../activities/contracts/stock';
import { holdOrderUpdate, mapSkuUpdate, releaseOrderUpdate } from '../../workflows/order/contract';
import { fails, held, movesOf } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, pendingOrder, shippedOrder } from '../support/orders';
import { shopStock } from '../support/stock';

const sku = 'MUG-BLUE-350';
const reserving = { pendingStock: 'reserve' } as const;
let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { inventory: 'sourceTransfer', stock: shopStock } });
});
afterAll(() => world.close());

type Order = ReturnType<typeof amazonOrder>;
const ofTwo = (): Order => amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });
const transfers = (order: Order) =>
  world.callsOf(order, 'transferStock').map(({ direction, units }) => ({ [direction]: units }));
const noteOf = async (order: Order, reason: string) =>
  (await world.snapshot(order)).attention.find((each) => each.reason === reason)?.note;

const moved = async (units: Record<string, number>): Promise<TransferStockResult> => ({
  kind: 'moved',
  moves: movesOf(units),
});
const refused = async (): Promise<TransferStockResult> => ({
  kind: 'blocked',
  blockers: [{ sku, cause: 'outOfStock' }],
});
const notBack = `refused to move 2 × ${sku} back from source amazon_allocated to default: compare both quantities.`;

describe('units that Commerce refuses to move back', () => {
  it('stay in the books of a cancelled order, and a person is asked to look', async () => {
    const order = ofTwo();
    world.behave(order, { transferStock: [() => moved({ [sku]: 2 }), refused] });
    await world.place(order);
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(50) });
    await world.settled(order);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { giveBack: { [sku]: 2 } }]);
    expect((await world.snapshot(order)).stock?.units).toEqual({ [sku]: 2 });
    expect(await noteOf(order, 'stockCheck')).toBe(`Commerce ${world.name} ${notBack}`);
  });

  const mapped = async (order: Order) => {
    await world.deliver(order, { policy: { retryBlockedMs: [60_000] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'blocked');
    await world.handle(order).executeUpdate(mapSkuUpdate, { args: [{ by: 'Ada', from: sku, to: 'POT' }] });
    await world.until(order, ({ commerce }) => commerce !== undefined);
  };

  it('keep an order whose SKU was mapped neither from its other stock nor from Commerce', async () => {
    const order = ofTwo();
    world.behave(order, {
      transferStock: [() => moved({ [sku]: 2 }), refused, () => moved({ POT: 2 })],
      placeOrder: [async () => ({ kind: 'blocked', blockers: [{ sku, cause: 'disabled' }] })],
    });
    await mapped(order);
    expect(transfers(order)).toEqual([
      { allocate: { [sku]: 2 } },
      { giveBack: { [sku]: 2 } },
      { allocate: { POT: 2 } },
    ]);
    expect(world.callsOf(order, 'placeOrder')[1]?.stock?.moved).toEqual({ [sku]: 2, POT: 2 });
    expect((await world.snapshot(order)).stock?.units).toEqual({ [sku]: 2, POT: 2 });
    expect(await noteOf(order, 'stockCheck')).toContain(notBack);
  });

  it('are asked for again with the next attempt', async () => {
    const order = ofTwo();
    const blocked = async () => ({ kind: 'blocked', blockers: [{ sku, cause: 'disabled' }] }) as const;
    const short = async (): Promise<TransferStockResult> => ({
      kind: 'blocked',
      blockers: [{ sku: 'POT', cause: 'outOfStock' }],
    });
    world.behave(order, {
      transferStock: [() => moved({ [sku]: 2 }), refused, short],
      placeOrder: [blocked],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [60_000, 50] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'blocked');
    await world.handle(order).executeUpdate(mapSkuUpdate, { args: [{ by: 'Ada', from: sku, to: 'POT' }] });
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(transfers(order).slice(3)).toEqual([{ giveBack: { [sku]: 2 } }, { allocate: { POT: 2 } }]);
    expect((await world.snapshot(order)).stock?.units).toEqual({ POT: 2 });
  });
});

describe('an order that was made in Commerce after it had left', () => {
  it('has a person take its units off, but for those that go back', async () => {
    const order = ofTwo();
    world.behave(order, { placeOrder: [fails('Refused', 'No such store.')] });
    await world.deliver(order, { policy: { retryBlockedMs: [5_000] } });
    await world.called(order, 'placeOrder');
    const lines = [line({ quantityOrdered: 2, quantityFulfilled: 1, quantityUnfulfilled: 0 })];
    await world.deliver({ ...shippedOrder(order, []), lines });
    await world.settled(order);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { giveBack: { [sku]: 1 } }]);
    expect(await noteOf(order, 'stockCheck')).toBe(
      `The order left before its Commerce order was made, so nothing takes 1 × ${sku} off source amazon_allocated: correct that by hand.`,
    );
  });

  it('has a person look after those that were not moved, and after those that were not taken back', async () => {
    const lines = [
      line({ quantityOrdered: 2, quantityUnfulfilled: 2 }),
      line({ orderItemId: '2', sku: 'POT', quantityOrdered: 1, quantityUnfulfilled: 1 }),
    ];
    const order = amazonOrder({ lines, totalMinor: 3246 });
    world.behave(order, {
      transferStock: [() => moved({ [sku]: 2 }), refused],
      placeOrder: [fails('Refused', 'No such store.')],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [5_000] } });
    await world.called(order, 'placeOrder');
    const shipped = shippedOrder(order, []);
    const [mugs = line(), pots = line()] = shipped.lines;
    await world.deliver({ ...shipped, lines: [{ ...mugs, quantityFulfilled: 1 }, pots] });
    await world.settled(order);
    const note = await noteOf(order, 'stockCheck');
    expect(note).toContain(`nothing takes 1 × ${sku} off source amazon_allocated`);
    expect(note).toContain('Nor did Commerce take stock for 1 × POT: check it.');
    expect(note).toContain(`refused to move 1 × ${sku} back`);
  });
});

describe('a hold', () => {
  it('before anything is reserved delays that only', async () => {
    const order = ofTwo();
    const gate = held({});
    world.behave(order, {
      transferStock: [() => gate.activity().then(() => fails('AccessDenied', 'The key is wrong')())],
    });
    await world.deliver(pendingOrder(order), { policy: reserving });
    await world.called(order, 'transferStock');
    await world.ask(order, holdOrderUpdate);
    gate.answer();
    await world.until(order, ({ stock }) => stock?.underWay === undefined);
    expect((await world.snapshot(order)).stock).toBeUndefined();
    await world.ask(order, releaseOrderUpdate);
    await world.until(order, ({ stock }) => stock?.units[sku] === 2);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }, { allocate: { [sku]: 2 } }]);
  });

  it('does not forget what was reserved', async () => {
    const order = ofTwo();
    const gate = held({ kind: 'moved' as const, moves: movesOf({ [sku]: 2 }) });
    world.behave(order, { transferStock: gate.activity });
    await world.deliver(pendingOrder(order), { policy: reserving });
    await world.called(order, 'transferStock');
    await world.ask(order, holdOrderUpdate);
    gate.answer();
    await world.until(order, ({ stock }) => stock?.units[sku] === 2);
    await world.ask(order, releaseOrderUpdate);
    await world.deliver(order, { policy: reserving });
    await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(transfers(order)).toEqual([{ allocate: { [sku]: 2 } }]);
  });
});
