import { setTimeout } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { fails, held, movesOf } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line } from '../support/orders';
import { shopStock } from '../support/stock';

const sku = 'MUG-BLUE-350';
let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { inventory: 'sourceTransfer', stock: shopStock } });
});
afterAll(() => world.close());

const ofTwo = () => amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });
const cancelled = (order: ReturnType<typeof amazonOrder>) => ({
  ...order,
  status: 'CANCELLED' as const,
  lastUpdatedAt: at(50),
});
const transfers = (order: ReturnType<typeof amazonOrder>) => world.callsOf(order, 'transferStock');
const noteOf = async (order: ReturnType<typeof amazonOrder>, reason: string) =>
  (await world.snapshot(order)).attention.find((each) => each.reason === reason)?.note;

describe('a transfer of which nobody knows the outcome', () => {
  const moves = movesOf({ [sku]: 2 });
  const lost = 'The channel moves no stock for this order any more.';

  it('is not asked for again, neither is its return; the order goes on', async () => {
    const order = ofTwo();
    world.behave(order, { transferStock: async () => ({ kind: 'unknown', moves }) });
    await world.place(order);
    const note = await noteOf(order, 'stockUnknown');
    expect(note).toContain(`${sku}: 100 and 1 before, 98 and 3 after`);
    expect(note).toContain(lost);
    expect(world.callsOf(order, 'placeOrder')).toMatchObject([{ stock: { moved: { [sku]: 2 } } }]);
    await world.deliver(cancelled(order));
    await world.settled(order);
    expect(transfers(order)).toHaveLength(1);
    expect(await noteOf(order, 'stockUnknown')).toBe(note);
  });

  it('is one that broke off in another way than the channel’s own failures, too', async () => {
    const order = ofTwo();
    world.behave(order, { transferStock: () => Promise.reject(new TypeError('a bug')) });
    await world.place(order);
    expect(await noteOf(order, 'stockUnknown')).toContain(`whether it moved 2 × ${sku} from source default`);
    expect(transfers(order)).toHaveLength(1);
  });

  it('is that of a worker that was killed, with what it had read before', async () => {
    const order = ofTwo();
    let answer = () => {};
    const dead = new Promise<{ kind: 'moved'; moves: [] }>((done) => {
      answer = () => done({ kind: 'moved', moves: [] });
    });
    world.behave(order, {
      transferStock: () => {
        heartbeat(moves.map(({ after: _, ...move }) => move));
        return dead;
      },
    });
    await world.deliver(order);
    await world.called(order, 'transferStock');
    await setTimeout(15_000);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    answer();
    expect(await noteOf(order, 'stockUnknown')).toContain(`${sku}: 100 and 1 before, not read after`);
    expect(transfers(order)).toHaveLength(1);
  });

  it('is none where a failure says that nothing was moved: it is tried again, soon where it passes by itself', async () => {
    const [order, refused] = [ofTwo(), ofTwo()];
    world.behave(order, {
      transferStock: [() => Promise.reject(ApplicationFailure.retryable('It is away', 'Unreachable'))],
    });
    world.behave(refused, { transferStock: [fails('AccessDenied', 'The key is wrong')] });
    await Promise.all([order, refused].map((each) => world.place(each)));
    expect((await world.snapshot(order)).notes[0]?.text).toContain('Moved 2 ×');
    expect((await world.snapshot(refused)).notes[0]?.text).toContain('The key is wrong');
    for (const each of [order, refused]) expect(transfers(each)).toHaveLength(2);
  });

  it('is that of an order which stood in Commerce before', async () => {
    const order = ofTwo();
    world.behave(order, { transferStock: async () => ({ kind: 'placedBefore', number: '000000099' }) });
    await world.place(order);
    expect(await noteOf(order, 'stockUnknown')).toContain('Commerce order 000000099 was there before');
  });
});

describe('an order whose workflow was ended by hand', () => {
  const restarted = { resumed: 'terminated' as const };

  it('moves nothing where its state is gone', async () => {
    const order = ofTwo();
    await world.place(order, { input: restarted });
    expect(await noteOf(order, 'stockUnknown')).toContain('started again without its state');
    await world.deliver(cancelled(order));
    await world.settled(order);
    expect(transfers(order)).toEqual([]);
  });

  it('moves nothing again where its state has what was moved', async () => {
    const order = ofTwo();
    const handle = await world.place(order);
    const state = await world.snapshot(order);
    await handle.terminate('by hand');
    await world.deliver(order, { input: { ...restarted, state } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'restarted');
    expect(transfers(order)).toHaveLength(1);
  });

  it('moves nothing where a transfer was under way', async () => {
    const order = ofTwo();
    const gate = held({ kind: 'moved' as const, moves: movesOf({ [sku]: 2 }) });
    world.behave(order, { transferStock: gate.activity });
    const handle = await world.deliver(order);
    await world.called(order, 'transferStock');
    const state = await world.snapshot(order);
    expect(state.stock?.underWay).toBeDefined();
    await handle.terminate('by hand');
    gate.answer();
    await world.place(order, { input: { ...restarted, state } });
    expect(await noteOf(order, 'stockUnknown')).toContain('compare both quantities');
    expect(transfers(order)).toHaveLength(1);
  });
});
