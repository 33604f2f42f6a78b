import {
  type ErpOrderChange,
  erpOrderChangedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, parcelOf, pendingOrder, shippedOrder } from '../support/orders';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('what Amazon says of an order', () => {
  it('counts by its time: an order that is first seen shipped stays shipped when older news arrive', async () => {
    const order = amazonOrder();
    await world.deliver(shippedOrder(order, []), { policy: { settleForMs: 2_000 } });
    await world.until(order, ({ channelStatus }) => channelStatus === 'Shipped');
    await world.deliver(order, { policy: { settleForMs: 2_000 } });
    await world.deliver(pendingOrder(order), { policy: { settleForMs: 2_000 } });
    expect((await world.snapshot(order)).delivery?.order.status).toBe('SHIPPED');
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
  });

  it('is ignored where it is older, but for the settings that ride on it', async () => {
    const order = amazonOrder();
    await world.place(order);
    await world.deliver(pendingOrder(order), { policy: { shipByWarningMs: 1 } });
    const { delivery, channelStatus } = await world.snapshot(order);
    expect(channelStatus).toBe('Unshipped');
    expect(delivery?.order).toEqual(order);
    expect(delivery?.version).toBe(`${order.lastUpdatedAt} UNSHIPPED`);
    expect(delivery?.policy.shipByWarningMs).toBe(1);
  });

  it('is taken at the same time if it holds more, because personal data can appear late', async () => {
    const { buyer, shipTo, ...bare } = amazonOrder();
    const handle = await world.deliver(bare);
    await world.until(bare, ({ attention }) => attention[0]?.reason === 'incompleteOrder');
    await world.deliver({ ...bare, ...(buyer && { buyer }), ...(shipTo && { shipTo }) });
    const state = await world.until(bare, ({ commerce }) => commerce !== undefined);
    expect(state.delivery?.order.buyer).toEqual(buyer);
    expect(state.attention).toEqual([]);

    await world.deliver(bare);
    expect((await world.snapshot(bare)).delivery?.order.buyer).toEqual(buyer);
    await handle.terminate();
  });

  it('is taken once when it is delivered twice', async () => {
    const order = amazonOrder();
    await Promise.all([world.deliver(order), world.deliver(order), world.deliver(order)]);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    await world.deliver(order);
    const { notes } = await world.snapshot(order);
    expect(notes).toHaveLength(1);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
  });

  it('keeps the buyer when Amazon stops showing it', async () => {
    const { buyer, shipTo, ...bare } = amazonOrder();
    await world.place({ ...bare, ...(buyer && { buyer }), ...(shipTo && { shipTo }) });
    await world.deliver({ ...bare, lastUpdatedAt: at(60) });
    const { delivery } = await world.snapshot(bare);
    expect(delivery).toMatchObject({ order: { lastUpdatedAt: at(60), buyer, shipTo } });
    expect(delivery?.buyerTokens).toEqual(['token-ada']);
  });

  it('asks a person when the total changes after the Commerce order was created', async () => {
    const order = amazonOrder();
    await world.place(order);
    await world.deliver({ ...order, lastUpdatedAt: at(60), totalMinor: 1500 });
    expect((await world.snapshot(order)).attention).toMatchObject([
      { reason: 'totalChanged', note: expect.stringContaining('from 16.23 USD to 15.00 USD') },
    ]);
  });
});

describe('the settings that ride on a delivery', () => {
  it('do not import an order that was only listed, and go on importing one that was begun', async () => {
    const listed = amazonOrder();
    const handle = await world.deliver(listed, { policy: { importOrders: 'disabled' } });
    await world.until(listed, ({ channelStatus }) => channelStatus === 'Unshipped');
    await world.deliver({ ...listed, status: 'SHIPPED', lastUpdatedAt: at(90) });
    expect(await handle.result()).toEqual({ channelStatus: 'Shipped', parcels: 0 });
    expect(world.callsOf(listed, 'placeOrder')).toHaveLength(0);

    const begun = amazonOrder();
    const begunHandle = await world.place(begun);
    await world.deliver(shippedOrder(begun, []), { policy: { importOrders: 'disabled' } });
    await begunHandle.result();
    expect(world.callsOf(begun, 'invoiceOrder')).toHaveLength(1);
  });
});

describe('what the ERP says', () => {
  const pending = { submitOrder: async () => ({ kind: 'pending' as const }) };
  const accepted: ErpOrderChange = { eventId: 'e1', kind: 'accepted', erpOrderNumber: 'SO-77' };

  it('counts once per event, however often it is told', async () => {
    const order = amazonOrder();
    world.behave(order, pending);
    const handle = await world.deliver(order, { policy: { erp: world.name } });
    await world.until(order, ({ handOff }) => handOff.stage === 'submitted');
    for (let time = 0; time < 3; time += 1) await handle.signal(erpOrderChangedSignal, accepted);
    const { handOff, notes } = await world.snapshot(order);
    expect(handOff).toMatchObject({ stage: 'accepted', revision: 1, erpOrderNumber: 'SO-77' });
    expect(notes.filter(({ text }) => text.includes('SO-77'))).toHaveLength(1);
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(1);
  });

  it('may overtake the receipt of the order', async () => {
    const order = amazonOrder();
    const receipt = held({ kind: 'pending' as const });
    world.behave(order, { submitOrder: receipt.activity });
    const handle = await world.deliver(order, { policy: { erp: world.name } });
    await world.called(order, 'submitOrder');
    await handle.signal(erpOrderChangedSignal, accepted);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    receipt.answer();

    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels), { policy: { erp: world.name } });
    await handle.result();
    const { handOff, attention } = await world.snapshot(order);
    expect(handOff).toMatchObject({ stage: 'accepted', erpOrderNumber: 'SO-77' });
    expect(attention).toEqual([]);
  });

  it('is kept when it does not cancel, and when it cancels by itself', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(order, { policy: { erp: world.name } });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(erpOrderChangedSignal, {
      eventId: 'e2',
      kind: 'cancelRefused',
      message: 'It is packed.',
    });
    expect((await world.snapshot(order)).handOff).toMatchObject({ stopRefused: 'It is packed.' });
    await handle.signal(erpOrderChangedSignal, { eventId: 'e3', kind: 'cancelled' });
    const { attention, handOff } = await world.snapshot(order);
    expect(attention).toMatchObject([{ reason: 'erpRejected' }]);
    expect(attention[0]?.note).toContain('hand it to the ERP again, or cancel it');
    expect(handOff).toMatchObject({ stage: 'cancelled', erpOrderNumber: 'SO-1' });
  });
});

describe('a closed order', () => {
  it('still answers the query', async () => {
    const order = amazonOrder({ status: 'SHIPPED', fulfilledBy: 'AMAZON' });
    await (await world.deliver(order)).result();
    expect(await world.snapshot(order)).toMatchObject({ channelStatus: 'Shipped', completed: true });
  });
});
