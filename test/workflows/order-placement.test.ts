import { parcelShippedSignal, retryOrderUpdate } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { fails, held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, deliveryOf, line, parcelOf, shippedOrder } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('an order that Commerce cannot take yet', () => {
  it('says why in plain words, and goes through by itself once the cause is gone', async () => {
    const order = amazonOrder();
    const answer = held({
      kind: 'blocked' as const,
      blockers: [
        { sku: 'MUG-BLUE-350', cause: 'notInCatalogue' as const },
        { sku: 'POT-RED', cause: 'disabled' as const },
      ],
    });
    answer.answer();
    world.behave(order, { placeOrder: [answer.activity, answer.activity] });
    const handle = await world.deliver(order);
    await world.called(order, 'placeOrder', 3);
    const { attention, notes } = await world.until(order, ({ commerce }) => commerce !== undefined);
    expect(attention).toEqual([]);
    expect(notes.map(({ text }) => text)).toEqual([
      'SKU MUG-BLUE-350 is not in the catalogue; SKU POT-RED is disabled in the catalogue. It is tried again by itself.',
      `Commerce order ${order.amazonOrderId} created.`,
    ]);
    const { typedSearchAttributes } = await handle.describe();
    expect(typedSearchAttributes.get(attributes.attention) ?? []).toEqual([]);
  });

  it('is no longer asked about when Amazon cancels it', async () => {
    const order = amazonOrder();
    world.behave(order, {
      placeOrder: async () => ({ kind: 'blocked', blockers: [{ sku: 'MUG', cause: 'outOfStock' }] }),
    });
    const handle = await world.deliver(order, { policy: { retryBlockedMs: [60_000] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'blocked');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(50) });
    expect(await handle.result()).toEqual({ channelStatus: 'Canceled', parcels: 0 });
    expect((await world.snapshot(order)).attention).toEqual([]);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
  });

  it.each([
    ['of the order', 1623, 'Amazon’s total is 16.23 USD'],
    ['of a line', 999, 'Amazon’s total of a line is 9.99 USD'],
  ])('shows both sums and the difference where those %s do not add up', async (_, expectedMinor, whose) => {
    const order = amazonOrder();
    world.behave(order, {
      placeOrder: [async () => ({ kind: 'totalsDiffer', expectedMinor, computedMinor: expectedMinor - 1 })],
    });
    await world.deliver(order, { policy: { retryBlockedMs: [3_000] } });
    const { attention } = await world.until(order, (state) => state.attention.length > 0);
    expect(attention).toMatchObject([{ reason: 'totalsDiffer', note: expect.stringContaining(whose) }]);
    expect(attention[0]?.note).toContain('a difference of 0.01 USD: nothing was written to Commerce');
    expect((await world.until(order, ({ commerce }) => commerce !== undefined)).attention).toEqual([]);
  });

  it('asks for a person where its number is taken, and decides anew on the operator’s word', async () => {
    const order = amazonOrder();
    const taken = { kind: 'numberTaken', number: order.amazonOrderId, entityId: 12 } as const;
    world.behave(order, {
      placeOrder: [async () => ({ ...taken, extOrderId: null })],
      readOrder: async () => ({
        ...deliveryOf(order, {
          ...world.policy,
          orderNumber: { source: 'amazon', prefix: 'AMZ-' },
        }),
      }),
    });
    await world.deliver(order, { policy: { retryBlockedMs: [60_000] } });
    const { attention, commerce } = await world.until(order, (state) => state.waits.placement !== undefined);
    expect(commerce).toBeUndefined();
    expect(attention).toMatchObject([{ reason: 'numberTaken' }]);
    expect(attention[0]?.note).toMatch(
      `Commerce order ${order.amazonOrderId} (entity id 12, no ext_order_id) has the number that Amazon order ${order.amazonOrderId} is to get: nothing was written.`,
    );
    await world.ask(order, retryOrderUpdate);
    const after = await world.until(order, (state) => state.commerce !== undefined);
    expect(after.commerce?.number).toBe(`AMZ-${order.amazonOrderId}`);
    expect(after.attention).toEqual([]);
  });

  it('waits for no address where all has left', async () => {
    const { shipTo: _, ...bare } = amazonOrder();
    await world.deliver({ ...bare, status: 'SHIPPED' });
    await world.until(bare, ({ commerce }) => commerce !== undefined);
    expect(world.callsOf(bare, 'placeOrder')).toHaveLength(1);
  });

  it('waits for its address', async () => {
    const { shipTo, ...bare } = amazonOrder();
    await world.deliver(bare);
    await world.until(bare, ({ attention }) => attention[0]?.reason === 'incompleteOrder');
    await world.deliver({ ...bare, lastUpdatedAt: at(31), ...(shipTo && { shipTo }) });
    const { attention } = await world.until(bare, ({ commerce }) => commerce !== undefined);
    expect(attention).toEqual([]);
    expect(world.callsOf(bare, 'placeOrder')).toMatchObject([{ order: { shipTo } }]);
  });
});

describe('an order that was in Commerce already', () => {
  it('is adopted, and its differences are shown', async () => {
    const order = amazonOrder();
    world.behave(order, {
      placeOrder: async () => ({
        kind: 'placed',
        commerce: { entityId: 4711, number: '000000099', state: 'processing', itemIds: {} },
        adopted: true,
        differences: ['The grand total is 15.00.', 'Commerce has other SKUs.'],
      }),
    });
    await world.place(order);
    const { attention, notes } = await world.snapshot(order);
    expect(notes[0]?.text).toBe('Commerce order 000000099 found.');
    expect(attention).toMatchObject([
      {
        reason: 'differsFromAdopted',
        note: expect.stringContaining('The grand total is 15.00. Commerce has other SKUs.'),
      },
    ]);
  });

  it('is not taken for shipped because Commerce calls it complete: Amazon has the last word', async () => {
    const order = amazonOrder();
    world.behave(order, {
      placeOrder: async () => ({
        kind: 'placed',
        commerce: { entityId: 4712, number: '000000100', state: 'complete', itemIds: {} },
        adopted: true,
        differences: [],
      }),
    });
    const handle = await world.place(order);
    expect((await world.snapshot(order)).channelStatus).toBe('Unshipped');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
  });
});

describe('the customer of an order', () => {
  const policy = { customer: 'newAccount' } as const;

  it('is asked for with the order, and what there is to know of the account is noted', async () => {
    const order = amazonOrder();
    const note = 'The customer account has no address.';
    const commerce = { entityId: 4713, number: '000000101', state: 'processing', itemIds: {} };
    world.behave(order, {
      placeOrder: async () => ({ kind: 'placed', commerce, adopted: false, differences: [], note }),
    });
    await world.place(order, { policy });
    expect(world.callsOf(order, 'placeOrder')).toMatchObject([{ pinned: policy }]);
    const { notes } = await world.snapshot(order);
    expect(notes.map(({ text }) => text)).toEqual(['Commerce order 000000101 created.', note]);
  });

  it('and the store stay what they were at the first attempt', async () => {
    const order = amazonOrder();
    world.behave(order, { placeOrder: [fails('Unreachable', 'Commerce answered 503')] });
    await world.deliver(order, { policy: { retryBlockedMs: [3_000] } });
    await world.called(order, 'placeOrder');
    await world.deliver(
      { ...order, lastUpdatedAt: at(31) },
      { policy: { ...policy, store: 'other', orderNumber: { source: 'commerce', prefix: '' } } },
    );
    const [first, second] = await world.called(order, 'placeOrder', 2);
    expect(second?.pinned).toEqual(first?.pinned);
    expect(second?.pinned).toMatchObject({ store: 'amazon_us', incrementId: order.amazonOrderId });
    expect(second?.pinned.customer).toBe('guest');
  });
});

describe('an order that is invoiced on import', () => {
  const policy = { invoice: 'onImport' } as const;

  it('is invoiced before it ships, and is not complete because of that', async () => {
    const order = amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });
    const handle = await world.deliver(order, { policy });
    await world.called(order, 'invoiceOrder');
    expect((await world.snapshot(order)).completed).toBe(false);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels), { policy });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
  });

  it('ships even if Commerce does not answer, and is invoiced at the end', async () => {
    const order = amazonOrder();
    world.behave(order, { invoiceOrder: [fails('Unreachable', 'Commerce answered 503')] });
    const handle = await world.deliver(order, { policy: { ...policy, retryBlockedMs: [60_000] } });
    await world.until(order, ({ attention }) => attention[0]?.reason === 'commerceUnreachable');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels), { policy });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(2);
    expect((await world.snapshot(order)).attention).toEqual([]);
  });
});
