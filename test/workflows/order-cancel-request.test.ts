import { acknowledgeUpdate, cancelOrderUpdate, erpOrderChangedSignal } from '../../workflows/order/contract';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, parcelOf } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { erp: 'x', confirmWithinMs: 50 } });
});
afterAll(() => world.close());

type Order = ReturnType<typeof amazonOrder>;

const asked = (order: Order, minute = 30): Order => ({
  ...order,
  lines: order.lines.map((each) => ({ ...each, cancellationRequested: true })),
  lastUpdatedAt: at(minute),
});

const cancelled = (order: Order, minute = 50): Order => ({
  ...order,
  status: 'CANCELLED',
  lastUpdatedAt: at(minute),
});

/** Amazon shows the order cancelled, once it was read after the cancellation. */
const amazonCancels = (order: Order, policy = world.policy) => ({
  readOrder: async () => deliveryOf(cancelled(order), policy),
});

describe('a buyer who asks to cancel', () => {
  it('is heard once the ERP has stopped: Amazon, then Commerce', async () => {
    const order = amazonOrder();
    world.behave(order, amazonCancels(order));
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver(asked(order));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
    expect(world.callsOf(order, 'prepareCancellation')).toMatchObject([
      { reason: 'BuyerCanceled', lines: order.lines.map(({ orderItemId }) => ({ orderItemId })) },
    ]);
    expect(world.callsOf(order, 'submitCancellation')).toHaveLength(1);
    expect(world.callsOf(order, 'cancelOrder')).toHaveLength(1);
  });

  it('waits for an ERP that decides later', async () => {
    const order = amazonOrder();
    world.behave(order, { ...amazonCancels(order), cancelErpOrder: async () => ({ kind: 'pending' }) });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver(asked(order));
    await world.called(order, 'cancelErpOrder');
    expect(world.callsOf(order, 'prepareCancellation')).toHaveLength(0);
    await handle.signal(erpOrderChangedSignal, { eventId: 'e-1', kind: 'cancelled' });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
  });

  it.each([
    ['at once', { kind: 'refused', message: 'It is packed.' } as const],
    ['later', { kind: 'pending' } as const],
  ])('gets the order all the same where the ERP refuses %s', async (when, answer) => {
    const order = amazonOrder();
    world.behave(order, { cancelErpOrder: async () => answer });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver(asked(order));
    await world.called(order, 'cancelErpOrder');
    if (when === 'later') {
      await handle.signal(erpOrderChangedSignal, {
        eventId: 'e-1',
        kind: 'cancelRefused',
        message: 'It is packed.',
      });
    }
    const state = await world.until(order, ({ notes }) =>
      notes.some(({ text }) => text === 'The order ships on: the ERP does not stop it. It is packed.'),
    );
    expect(state.cancelRequest).toBeUndefined();
    expect(state.attention).toEqual([]);
    expect(world.callsOf(order, 'prepareCancellation')).toHaveLength(0);
  });

  it('that the ERP refused is no answer to Amazon’s own cancellation: it is asked anew', async () => {
    const order = amazonOrder();
    world.behave(order, { cancelErpOrder: [async () => ({ kind: 'refused', message: 'It is packed.' })] });
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver(asked(order));
    await world.called(order, 'cancelErpOrder');
    await world.deliver(cancelled(order));
    await handle.result();
    expect(world.callsOf(order, 'cancelErpOrder')).toMatchObject([
      { reason: 'The buyer asks to cancel', revision: 1 },
      { reason: 'Cancelled by Amazon', revision: 2 },
    ]);
  });

  it('keeps an order from the ERP that it has not got yet', async () => {
    const order = amazonOrder();
    world.behave(order, amazonCancels(order));
    await world.deliver(asked(order));
    await world.until(order, ({ channelStatus }) => channelStatus === 'Canceled');
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(0);
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(0);
    expect(world.callsOf(order, 'submitCancellation')).toHaveLength(1);
  });

  it('is told of nothing after a parcel has left, and neither is Amazon', async () => {
    const order = amazonOrder({ lines: [line({ orderItemId: 'a' }), line({ orderItemId: 'b' })] });
    const handle = await world.place(order);
    await handle.signal('parcelShipped', parcelOf(order, { lines: [{ orderItemId: 'a', quantity: 1 }] }));
    await world.until(order, ({ parcels }) => parcels.length === 1);
    await world.deliver(asked(order));
    await world.until(order, ({ notes }) =>
      notes.some(({ text }) => text.startsWith('The buyer asked to cancel after a parcel had left')),
    );
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(0);
    expect(world.callsOf(order, 'prepareCancellation')).toHaveLength(0);
  });

  it('of some lines leaves the choice to a person, and the ERP waits for it', async () => {
    const lines = [line({ orderItemId: 'a' }), line({ orderItemId: 'b', sku: 'POT-RED' })];
    const order = amazonOrder({ lines });
    const some = {
      ...order,
      lines: lines.map((each) => ({ ...each, cancellationRequested: each.orderItemId === 'b' })),
    };
    await world.deliver(some);
    const { attention } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([{ reason: 'cancellationRequested' }]);
    expect(attention[0]?.note).toContain('POT-RED');
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(0);
    await world.ask(order, acknowledgeUpdate, { reason: 'cancellationRequested' });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect((await world.snapshot(order)).attention).toEqual([]);
  });
});

it('without an ERP, a person decides what becomes of the buyer’s wish', async () => {
  const bare = await openWorld({ policy: { confirmWithinMs: 50 } });
  try {
    const order = amazonOrder();
    bare.behave(order, amazonCancels(order, bare.policy));
    await bare.place(order);
    await bare.deliver(asked(order));
    await bare.until(order, ({ attention }) =>
      attention.some(({ reason }) => reason === 'cancellationRequested'),
    );
    expect(bare.callsOf(order, 'prepareCancellation')).toHaveLength(0);
    await bare.ask(order, cancelOrderUpdate, { reason: 'BuyerCanceled' });
    const { attention } = await bare.until(order, ({ channelStatus }) => channelStatus === 'Canceled');
    expect(attention).toEqual([]);
  } finally {
    await bare.close();
  }
});
