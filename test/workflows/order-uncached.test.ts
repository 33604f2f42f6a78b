import {
  holdOrderUpdate,
  parcelCorrectedSignal,
  parcelShippedSignal,
  releaseOrderUpdate,
} from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, line, parcelOf, pendingOrder, shippedOrder } from '../support/orders';

describe('an order on a worker that keeps no workflow, so that every task replays from the beginning', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ policy: { erp: 'x' }, maxCachedWorkflows: 0 });
  });
  afterAll(() => world.close());

  it('goes its whole way from pending to shipped, with failures, a hold and a correction', async () => {
    const order = amazonOrder({ lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] });
    const lines = [{ orderItemId: line().orderItemId, quantity: 1 }];
    world.behave(order, {
      placeOrder: [
        async () => ({ kind: 'blocked', blockers: [{ sku: 'MUG-BLUE-350', cause: 'outOfStock' }] }),
        fails('Unreachable', 'Commerce answered 503'),
      ],
      submitOrder: [fails('Unreachable', 'The ERP does not answer')],
    });
    const handle = await world.deliver(pendingOrder(order));
    await world.ask(order, holdOrderUpdate);
    await world.deliver(order);
    await world.ask(order, releaseOrderUpdate);
    // Asked for its effects only: each query would replay the order too, and many of them starve its tasks.
    await world.called(order, 'submitOrder', 2);

    const first = parcelOf(order, { lines });
    await handle.signal(parcelShippedSignal, first);
    await world.called(order, 'confirmShipment');
    await handle.signal(parcelCorrectedSignal, { ...first, trackingNumber: '1ZNEW' });
    await handle.signal(parcelShippedSignal, {
      ...first,
      source: { system: 'erp', shipmentId: 'D-1' },
      trackingNumber: '1ZREST',
    });
    await world.called(order, 'shipOrder');
    const told = await world.called(order, 'confirmShipment', 3);
    const parcels = new Map(told.map(({ parcel }) => [parcel.packageReferenceId, parcel]));
    expect(parcels.size).toBe(2);
    await world.deliver(shippedOrder(order, [...parcels.values()]));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    expect(world.callsOf(order, 'placeOrder')).toHaveLength(3);
    expect(world.callsOf(order, 'submitOrder')).toHaveLength(2);
    expect(world.callsOf(order, 'confirmShipment')).toHaveLength(3);
    for (const effect of ['shipOrder', 'invoiceOrder'] as const) {
      expect(world.callsOf(order, effect)).toHaveLength(1);
    }
  });
});
