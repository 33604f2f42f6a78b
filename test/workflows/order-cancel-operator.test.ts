import { cancelOrderUpdate } from '../../workflows/order/contract';
import { held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, parcelOf } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { erp: 'x', confirmWithinMs: 50 } });
});
afterAll(() => world.close());

type Order = ReturnType<typeof amazonOrder>;

const cancelled = (order: Order, minute = 50): Order => ({
  ...order,
  status: 'CANCELLED',
  lastUpdatedAt: at(minute),
});

/** Amazon shows the order cancelled, once it was read after the cancellation. */
const amazonCancels = (order: Order) => ({
  readOrder: async () => deliveryOf(cancelled(order), world.policy),
});

describe('an operator who cancels', () => {
  it('has Amazon told first, then the ERP and Commerce', async () => {
    const order = amazonOrder();
    world.behave(order, amazonCancels(order));
    const handle = await world.place(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory', why: 'Sold out' })).toBe(
      'To be cancelled at Amazon (NoInventory): Sold out',
    );
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'prepareCancellation')).toMatchObject([{ reason: 'NoInventory' }]);
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
    expect(world.callsOf(order, 'cancelOrder')).toHaveLength(1);
  });

  it('follows Amazon’s report until the order says so', async () => {
    const order = amazonOrder();
    world.behave(order, {
      ...amazonCancels(order),
      followCancellation: [async () => ({ kind: 'inProgress' })],
    });
    await world.place(order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
    await world.called(order, 'submitCancellation');
    // A sweep is faster than the report.
    await world.deliver(cancelled(order, 40));
    await world.until(order, ({ channelStatus }) => channelStatus === 'Canceled');
    expect((await world.snapshot(order)).cancelRequest).toBeUndefined();
  });

  it.each([
    [
      'takes long over the feed',
      { followCancellation: Array.from({ length: 7 }, () => async () => ({ kind: 'inProgress' as const })) },
    ],
    [
      'refuses the feed and may have taken it',
      {
        submitCancellation: async () => ({
          kind: 'refused' as const,
          message: 'It is there.',
          mayHaveApplied: true as const,
        }),
      },
    ],
  ])('is waited for where Amazon %s, and shows the end later', async (_, amazon) => {
    const order = amazonOrder();
    const open = async () => deliveryOf(order, world.policy);
    const end = async () => deliveryOf(cancelled(order), world.policy);
    world.behave(order, { ...amazon, readOrder: [open, open, end] });
    const handle = await world.place(order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    const { attention } = await world.snapshot(order);
    expect(attention).toEqual([]);
    expect(world.callsOf(order, 'readOrder')).toHaveLength(3);
  });

  it('hears of one that is done and never shows', async () => {
    const order = amazonOrder();
    world.behave(order, { readOrder: async () => deliveryOf(order, world.policy) });
    await world.place(order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
    const { attention } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([
      { reason: 'cancellationIncomplete', note: expect.stringContaining('calls its cancellation done') },
    ]);
  });

  it('learns why Amazon refuses', async () => {
    const order = amazonOrder();
    world.behave(order, {
      submitCancellation: async () => ({ kind: 'refused', message: 'The reason is not allowed.' }),
      readOrder: async () => deliveryOf(order, world.policy),
    });
    await world.place(order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
    const { attention, cancelRequest } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([
      {
        reason: 'cancellationIncomplete',
        note: 'Amazon does not cancel the order: The reason is not allowed. Look at the order in Seller Central.',
      },
    ]);
    expect(cancelRequest).toBeUndefined();
  });

  it('is stopped by a parcel that leaves before Amazon is told', async () => {
    const order = amazonOrder();
    const writing = held({ ticket: { documentId: 'd-1' } });
    world.behave(order, { prepareCancellation: [writing.activity] });
    const handle = await world.place(order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' });
    await world.called(order, 'prepareCancellation');
    await handle.signal('parcelShipped', parcelOf(order));
    await world.until(order, ({ parcels }) => parcels.length === 1);
    writing.answer();
    await world.until(order, ({ cancelRequest }) => cancelRequest === undefined);
    expect(world.callsOf(order, 'submitCancellation')).toHaveLength(0);
    const { notes } = await world.snapshot(order);
    expect(notes.map(({ text }) => text)).toContain('The order is not cancelled: a parcel has left.');
  });

  it.each([
    ['that is pending', { status: 'PENDING' as const }, 'lets only UNSHIPPED orders be cancelled'],
    ['that has left in part', { status: 'PARTIALLY_SHIPPED' as const }, 'PARTIALLY_SHIPPED'],
    ['of Amazon’s own', { fulfilledBy: 'AMAZON' as const }, 'Amazon fulfils this order'],
  ])('is refused an order %s', async (_, change, sentence) => {
    const order = amazonOrder(change);
    await world.deliver(order);
    await world.until(order, ({ delivery }) => delivery !== null);
    await expect(world.ask(order, cancelOrderUpdate, { reason: 'NoInventory' })).rejects.toMatchObject({
      cause: { message: expect.stringContaining(sentence) },
    });
    expect(world.callsOf(order, 'prepareCancellation')).toHaveLength(0);
  });
});
