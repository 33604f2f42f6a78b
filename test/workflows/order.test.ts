import { parcelShippedSignal } from '../../workflows/order/contract';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, parcelOf, pendingOrder } from '../support/orders';

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
    expect(world.calls('placeOrder')).toHaveLength(0);

    await world.deliver(order);
    const placed = await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    expect(placed).toMatchObject({ channelStatus: 'Unshipped', commerce: { number: order.amazonOrderId } });

    await handle.signal(parcelShippedSignal, parcelOf(order));
    const [parcel] = (await world.until(order, ({ parcels }) => parcels[0]?.amazon === 'sent')).parcels;
    const shown = {
      packageReferenceId: parcel?.packageReferenceId ?? '',
      trackingNumber: parcel?.trackingNumber ?? '',
    };
    const lines = order.lines.map(({ orderItemId }) => ({ orderItemId, quantity: 1 }));
    await world.deliver({
      ...order,
      status: 'SHIPPED',
      lastUpdatedAt: at(125),
      packages: [{ ...shown, lines }],
    });

    expect(await handle.result()).toEqual({
      channelStatus: 'Shipped',
      commerceOrderNumber: order.amazonOrderId,
      parcels: 1,
    });
    for (const effect of ['placeOrder', 'submitOrder', 'confirmShipment', 'invoiceOrder'] as const) {
      expect(world.calls(effect)).toHaveLength(1);
    }
    expect(world.calls('shipOrder')).toHaveLength(0);
  });
});
