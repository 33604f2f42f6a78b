import { type OrderState, parcelShippedSignal } from '../../workflows/order/contract';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf, pendingOrder, shippedOrder } from '../support/orders';

const isPlaced = ({ commerce }: OrderState) => commerce !== undefined;

describe('an order fulfilled by the merchant', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ policy: { erp: 'x' } });
  });
  afterAll(() => world.close());

  it('goes from pending to shipped with one Commerce order, one ERP order and one confirmation', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(pendingOrder(order));
    const pending = await world.until(order, ({ delivery }) => delivery !== null);
    expect(pending.channelStatus).toBe('Pending');
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);

    await world.deliver(order);
    const placed = await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(placed).toMatchObject({ channelStatus: 'Unshipped', commerce: { number: order.amazonOrderId } });

    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));

    expect(await handle.result()).toEqual({
      channelStatus: 'Shipped',
      commerceOrderNumber: order.amazonOrderId,
      confirmedAfterMs: expect.any(Number),
      parcels: 1,
    });
    for (const effect of ['placeOrder', 'submitOrder', 'confirmShipment'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(1);
    }
    expect(world.callsOf(order, 'submitOrder')[0]?.commerceOrderNumber).toBe(order.amazonOrderId);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(0);
  });

  it('takes at most the events of its budget with one parcel and an ERP that answers at once', async () => {
    const order = amazonOrder({ shipBy: new Date(Date.now() + 86_400_000).toISOString() });
    const handle = await world.deliver(pendingOrder(order));
    await world.until(order, ({ delivery }) => delivery !== null);
    await world.deliver(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(parcelShippedSignal, parcelOf(order, { shipmentsSeen: 'seen' }));
    const { parcels } = await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    const { events } = await handle.fetchHistory();
    expect(events?.length).toBeLessThanOrEqual(62);
  });

  it('is confirmed parcel by parcel, and is partially shipped in between', async () => {
    const lines = [
      line({ orderItemId: '71', quantityOrdered: 2, quantityUnfulfilled: 2 }),
      line({ orderItemId: '72' }),
    ];
    const order = amazonOrder({ lines });
    const handle = await world.deliver(order);
    await world.until(order, isPlaced);
    const first = parcelOf(order, {
      source: { system: 'commerce', shipmentId: '5' },
      lines: [{ orderItemId: '71', quantity: 2 }],
    });
    await handle.signal(parcelShippedSignal, first);
    await world.until(order, ({ channelStatus }) => channelStatus === 'PartiallyShipped');
    await handle.signal(parcelShippedSignal, {
      ...parcelOf(order, { source: { system: 'commerce', shipmentId: '6' }, trackingNumber: '1Z6' }),
      lines: [{ orderItemId: '72', quantity: 1 }],
    });
    const { parcels } = await world.until(
      order,
      (state) => state.parcels.every(({ amazon }) => amazon === 'sent') && state.parcels.length === 2,
    );
    expect(new Set(parcels.map(({ packageReferenceId }) => packageReferenceId)).size).toBe(2);
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(2);
  });

  it('is recorded as complete and flagged when the channel first sees it shipped', async () => {
    const order = amazonOrder({ status: 'SHIPPED' });
    await world.deliver(order);
    const state = await world.until(order, ({ completed }) => completed);
    expect(state.attention).toMatchObject([{ reason: 'stockCheck' }]);
    expect(state.handOff.stage).toBe('none');
    expect(await world.endAcknowledged(order)).toMatchObject({ channelStatus: 'Shipped' });
    for (const effect of ['submitOrder', 'confirmShipment', 'invoiceOrder', 'shipOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(0);
    }
  });

  it('keeps what had left before the import, and ships and hands off the rest', async () => {
    const lines = [line({ quantityOrdered: 2, quantityFulfilled: 1, quantityUnfulfilled: 1 })];
    const order = amazonOrder({
      status: 'PARTIALLY_SHIPPED',
      lines,
      packages: [
        {
          packageReferenceId: 'PKG-1',
          trackingNumber: '1ZOLD',
          lines: [{ orderItemId: line().orderItemId, quantity: 1 }],
        },
      ],
    });
    const handle = await world.deliver(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { lines: [{ orderItemId: line().orderItemId, quantity: 1 }] }),
    );
    const { parcels } = await world.until(order, (state) => state.parcels[1]?.amazon === 'sent');
    await world.deliver(shippedOrder(order, parcels));
    await handle.result();
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(1);
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(0);
  });

  it('gets its shipment in Commerce when it was shipped in Seller Central', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(order);
    await world.until(order, isPlaced);
    const lines = [{ orderItemId: line().orderItemId, quantity: 1 }];
    await world.deliver({
      ...order,
      status: 'SHIPPED',
      lastUpdatedAt: at(99),
      packages: [{ packageReferenceId: 'PKG-1', carrier: 'USPS', trackingNumber: '9400', lines }],
    });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
    expect(world.callsOf(order, 'shipOrder')).toHaveLength(1);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(0);
  });

  it('is cancelled without a trace in Commerce while it is pending', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(pendingOrder(order));
    await world.deliver({ ...pendingOrder(order), status: 'CANCELLED', lastUpdatedAt: at(40) });
    expect(await handle.result()).toEqual({ channelStatus: 'Canceled', parcels: 0 });
    for (const effect of ['placeOrder', 'cancelOrder', 'cancelErpOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(0);
    }
  });

  it('is cancelled in the ERP and in Commerce when Amazon cancels it before anything has left', async () => {
    const order = amazonOrder();
    const handle = await world.deliver(order);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(50) });
    expect(await handle.result()).toMatchObject({ channelStatus: 'Canceled' });
    expect(world.callsOf(order, 'cancelErpOrder')).toHaveLength(1);
    expect(world.callsOf(order, 'cancelOrder')).toHaveLength(1);
  });

  it('is left alone and shown to a person when Amazon cancels it after a parcel has left', async () => {
    const lines = [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })];
    const order = amazonOrder({ lines });
    const handle = await world.deliver(order);
    await world.until(order, isPlaced);
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { lines: [{ orderItemId: line().orderItemId, quantity: 1 }] }),
    );
    await world.until(order, (state) => state.parcels[0]?.amazon === 'sent');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(200) });
    const { attention } = await world.until(order, ({ completed }) => completed);
    expect(attention).toMatchObject([{ reason: 'cancelledAfterShipping' }]);
    expect(world.callsOf(order, 'cancelOrder')).toHaveLength(0);
  });
});

describe('an order fulfilled by Amazon', () => {
  it('becomes a complete Commerce order at shipment, within its event budget, and touches nothing else', async () => {
    const world = await openWorld({ policy: { erp: 'x' } });
    const order = amazonOrder({ fulfilledBy: 'AMAZON', status: 'SHIPPED' });
    const handle = await world.deliver(order);
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect((await handle.fetchHistory()).events?.length).toBeLessThanOrEqual(24);
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(1);
    for (const effect of ['submitOrder', 'confirmShipment', 'invoiceOrder', 'shipOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(0);
    }
    expect((await world.snapshot(order)).attention).toEqual([]);
    await world.close();
  });

  it('is only listed where the settings ignore it', async () => {
    const world = await openWorld({ policy: { fbaOrders: 'ignore' } });
    const order = amazonOrder({ fulfilledBy: 'AMAZON', status: 'SHIPPED' });
    expect(await (await world.deliver(order)).result()).toEqual({ channelStatus: 'Shipped', parcels: 0 });
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);
    await world.close();
  });
});

describe('an order of an account that does not import', () => {
  it('follows Amazon’s status and creates nothing', async () => {
    const world = await openWorld({ policy: { importOrders: 'disabled' } });
    const order = amazonOrder();
    const handle = await world.deliver(order);
    await world.until(order, ({ channelStatus }) => channelStatus === 'Unshipped');
    await world.deliver({ ...order, status: 'SHIPPED', lastUpdatedAt: at(90) });
    expect(await handle.result()).toEqual({ channelStatus: 'Shipped', parcels: 0 });
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(0);
    await world.close();
  });
});
