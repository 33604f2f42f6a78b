import { parcelShippedSignal, retryOrderUpdate } from '../../workflows/order/contract';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, parcelOf, shippedOrder } from '../support/orders';

let world: World;
beforeAll(async () => {
  // Long waits: what fails once is not tried again before Amazon cancels.
  world = await openWorld({ policy: { erp: 'x', retryBlockedMs: [60_000] } });
});
afterAll(() => world.close());

const cancelled = (order: ReturnType<typeof amazonOrder>, minute = 50) => ({
  ...order,
  status: 'CANCELLED' as const,
  lastUpdatedAt: at(minute),
});

describe('an order that Amazon cancels after an attempt whose outcome nobody knows', () => {
  it('is stopped in the ERP, which may have it', async () => {
    const order = amazonOrder();
    world.behave(order, { submitOrder: fails('Unreachable', 'It is away') });
    const handle = await world.place(order);
    await world.until(order, ({ attention }) => attention.length > 0);
    await world.deliver(cancelled(order));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
  });

  it('is looked for in Commerce, and cancelled there', async () => {
    const order = amazonOrder();
    const commerce = { entityId: 0, number: '000000007', state: 'processing', itemIds: {} };
    world.behave(order, { placeOrder: fails('Unreachable', 'It is away'), findOrder: async () => commerce });
    const handle = await world.deliver(order);
    await world.until(order, ({ attention }) => attention.length > 0);
    await world.deliver(cancelled(order));
    await handle.result();
    expect(world.callsOf(order, 'findOrder')).toHaveLength(1);
    expect((await world.snapshot(order)).commerce).toMatchObject({ number: '000000007', state: 'canceled' });
  });
});

it('an order that was invoiced on import ends closed, without asking for a person', async () => {
  const order = amazonOrder();
  const policy = { ...world.policy, invoice: 'onImport' } as const;
  world.behave(order, {
    invoiceOrder: async () => ({ state: 'processing' }),
    cancelOrder: async () => ({ kind: 'canceled', state: 'closed' }),
  });
  const handle = await world.place(order, { policy });
  await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
  await world.deliver(cancelled(order), { policy });
  expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
  const { attention, commerce, notes } = await world.snapshot(order);
  expect({ attention, state: commerce?.state }).toEqual({ attention: [], state: 'closed' });
  expect(notes.map(({ text }) => text)).toContain(
    `Commerce order ${order.amazonOrderId} was invoiced, so it was refunded offline and is closed.`,
  );
  expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(1);
});

it('an order that was submitted is stopped in that ERP, although the settings name none any more', async () => {
  const order = amazonOrder();
  const handle = await world.place(order);
  await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
  await world.deliver(cancelled(order), { policy: { erp: undefined } });
  await handle.result();
  expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
});

it.each([
  ['has shipped it, as the ERP says', { cancelErpOrder: async () => ({ kind: 'shipped' as const }) }],
  ['leaves while the ERP is asked', {}],
])('what %s is not undone', async (why, behaviour) => {
  const order = amazonOrder();
  const answer = held({ kind: 'pending' as const });
  world.behave(order, { cancelErpOrder: answer.activity, ...behaviour });
  const handle = await world.place(order);
  await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
  await world.deliver(cancelled(order));
  await world.called(order, 'cancelErpOrder');
  if (why.startsWith('leaves')) await handle.signal(parcelShippedSignal, parcelOf(order));
  answer.answer();
  const { attention } = await world.until(order, ({ completed }) => completed);
  expect(attention.map(({ reason }) => reason)).toContain('cancelledAfterShipping');
  expect(world.callsOf(order, 'cancelOrder')).toHaveLength(0);
  await world.endAcknowledged(order);
});

it('what Amazon cancels while Commerce is invoiced has left', async () => {
  const order = amazonOrder();
  const invoice = held({ state: 'processing' });
  world.behave(order, { invoiceOrder: invoice.activity });
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, parcelOf(order));
  const { parcels } = await world.until(order, ({ parcels: [parcel] }) => parcel?.amazon === 'sent');
  await world.deliver(shippedOrder(order, parcels));
  await world.called(order, 'invoiceOrder');
  await world.deliver(cancelled(order, 900));
  invoice.answer();
  const { attention, channelStatus } = await world.until(order, ({ completed }) => completed);
  expect(attention.map(({ reason }) => reason)).toEqual(['cancelledAfterShipping']);
  expect(channelStatus).toBe('Canceled');
  expect(world.callsOf(order, 'cancelOrder')).toHaveLength(0);
  await world.endAcknowledged(order);
});

it('an ERP that never says whether it stops leaves that to a person', async () => {
  const order = amazonOrder();
  world.behave(order, { cancelErpOrder: async () => ({ kind: 'pending' }) });
  await world.place(order);
  await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
  await world.deliver(cancelled(order));
  const { attention } = await world.until(order, (state) => state.attention.length > 0);
  expect(attention).toMatchObject([
    { reason: 'cancellationIncomplete', note: expect.stringContaining('has not said whether it stops') },
  ]);
  expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Canceled' });
});

it('a cancellation in the same second as the verification counts', async () => {
  const order = amazonOrder();
  const receipt = held({ kind: 'pending' as const });
  world.behave(order, { submitOrder: [receipt.activity] });
  const handle = await world.place(order);
  const { buyer: _, shipTo: __, ...bare } = order;
  await world.deliver({ ...bare, status: 'CANCELLED' });
  receipt.answer();
  expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
});

it('a settings mistake that was pinned is decided anew when the operator retries', async () => {
  const order = amazonOrder();
  world.behave(order, {
    placeOrder: [fails('Refused', 'Commerce has no such store view')],
    readOrder: async () => ({
      order,
      version: 'v2',
      buyerTokens: [],
      policy: { ...world.policy, store: 'right' },
    }),
  });
  await world.deliver(order, { policy: { ...world.policy, store: 'wrong' } });
  await world.until(order, ({ attention }) => attention.some(({ reason }) => reason === 'refused'));
  await world.ask(order, retryOrderUpdate, { by: 'anna' });
  const { pinned, attention } = await world.until(order, ({ commerce }) => commerce !== undefined);
  expect(pinned?.store).toBe('right');
  expect(attention).toEqual([]);
});

it('a blocked order is late all the same', async () => {
  const order = amazonOrder({ shipBy: '2026-10-01T12:00:00.000Z' });
  world.behave(order, {
    placeOrder: async () => ({ kind: 'blocked', blockers: [{ sku: 'MUG-BLUE-350', cause: 'disabled' }] }),
  });
  await world.deliver(order);
  await world.until(order, ({ attention }) =>
    ['blocked', 'late'].every((wanted) => attention.some(({ reason }) => reason === wanted)),
  );
});
