import type { AmazonOrder } from '../../domain/order';
import {
  cancelOrderUpdate,
  erpOrderChangedSignal,
  holdOrderUpdate,
  mapSkuUpdate,
  type OrderState,
  parcelCorrectedSignal,
  parcelShippedSignal,
  recordParcelUpdate,
  releaseOrderUpdate,
} from '../../workflows/order/contract';
import { eventually } from '../support/eventually';
import { fails } from '../support/fake-activities';
import type { World } from '../support/order-world';
import {
  amazonOrder,
  at,
  deliveryOf,
  line,
  minutes,
  parcelOf,
  pendingOrder,
  shippedOrder,
} from '../support/orders';
import { shopStock } from '../support/stock';

/** So few events let a recorded run continue as new; more than any other flow takes. */
export const eventsOfARecordedRun = 150;

type OrderFlow = (world: World, order: AmazonOrder) => Promise<void>;

const isSent = ({ parcels }: OrderState) =>
  parcels.length > 0 && parcels.every(({ amazon }) => amazon === 'sent');
const half = [{ orderItemId: line().orderItemId, quantity: 1 }];
const shipBy = () => new Date(Date.now() + 24 * minutes(60)).toISOString();

async function accepted(world: World, order: AmazonOrder) {
  const handle = await world.deliver(pendingOrder(order));
  await world.until(order, ({ delivery }) => delivery !== null);
  await world.deliver(order);
  await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
  return handle;
}

async function shipped(world: World, order: AmazonOrder): Promise<void> {
  const { parcels } = await world.until(order, isSent);
  await world.deliver(shippedOrder(order, parcels));
  await world.handle(order).result();
}

/** Amazon shows the order cancelled when it is read. */
const amazonCancels = ({ policy }: World, order: AmazonOrder) => ({
  readOrder: async () => deliveryOf({ ...order, status: 'CANCELLED', lastUpdatedAt: at(90) }, policy),
});

/** What happens to one order each, by the name of its history. The world has an ERP. */
export const orderFlows: Readonly<Record<string, OrderFlow>> = {
  'fbm-one-parcel': async (world, given) => {
    const order = { ...given, shipBy: shipBy() };
    const handle = await accepted(world, order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { shipmentsSeen: 'seen' }));
    await shipped(world, order);
  },

  'fbm-two-parcels-corrected': async (world, given) => {
    const order = { ...given, lines: [line({ quantityOrdered: 2, quantityUnfulfilled: 2 })] };
    const handle = await accepted(world, order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: half }));
    await world.until(order, isSent);
    await handle.signal(parcelCorrectedSignal, parcelOf(order, { lines: half, trackingNumber: '1ZNEW' }));
    await world.called(order, 'confirmShipment', 2);
    await world.until(order, isSent);
    const source = { system: 'erp', shipmentId: 'D-2' } as const;
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { source, trackingNumber: '1ZREST', lines: half }),
    );
    await world.until(order, ({ parcels: [, rest] }) => rest?.commerceShipmentId !== undefined);
    await shipped(world, order);
  },

  fba: async (world, order) => {
    await world.deliver({ ...order, fulfilledBy: 'AMAZON', status: 'SHIPPED' });
    await world.handle(order).result();
  },

  'cancelled-while-pending': async (world, order) => {
    await world.deliver(pendingOrder(order));
    await world.until(order, ({ delivery }) => delivery !== null);
    await world.deliver({ ...pendingOrder(order), status: 'CANCELLED', lastUpdatedAt: at(20) });
    await world.handle(order).result();
  },

  'cancelled-after-placement': async (world, order) => {
    await accepted(world, order);
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(60) });
    await world.handle(order).result();
  },

  'blocked-then-placed': async (world, order) => {
    world.behave(order, {
      placeOrder: [
        async () => ({ kind: 'blocked', blockers: [{ sku: 'MUG-BLUE-350', cause: 'outOfStock' }] }),
        fails('Unreachable', 'Commerce: createOrder POST /V1/orders answered 503'),
      ],
    });
    const handle = await accepted(world, order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await shipped(world, order);
  },

  'blocked-then-mapped': async (world, order) => {
    world.behave(order, {
      placeOrder: [
        async () => ({ kind: 'blocked', blockers: [{ sku: 'MUG-BLUE-350', cause: 'notInCatalogue' }] }),
      ],
    });
    const handle = await world.deliver(order, { policy: { retryBlockedMs: [minutes(15)] } });
    await world.until(order, ({ waits }) => waits.placement !== undefined);
    const request = { from: 'MUG-BLUE-350', to: 'MUG-1', by: 'Grace' };
    await handle.executeUpdate(mapSkuUpdate, { args: [request], updateId: 'map' });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await shipped(world, order);
  },

  'stock-reserved-and-returned': async (world, order) => {
    const policy = { inventory: 'sourceTransfer', stock: shopStock, pendingStock: 'reserve' } as const;
    await world.deliver(pendingOrder(order), { policy });
    await world.until(order, ({ stock }) => stock !== undefined && !stock.underWay);
    await world.deliver(order, { policy });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await world.deliver({ ...order, status: 'CANCELLED', lastUpdatedAt: at(60) }, { policy });
    await world.handle(order).result();
  },

  'cancelled-for-the-buyer': async (world, order) => {
    world.behave(order, amazonCancels(world, order));
    await accepted(world, order);
    const lines = order.lines.map((each) => ({ ...each, cancellationRequested: true }));
    await world.deliver({ ...order, lines, lastUpdatedAt: at(50) });
    await world.handle(order).result();
  },

  'cancelled-by-the-operator': async (world, order) => {
    world.behave(order, {
      ...amazonCancels(world, order),
      followCancellation: [async () => ({ kind: 'inProgress' })],
    });
    await accepted(world, order);
    await world.ask(order, cancelOrderUpdate, { reason: 'NoInventory', updateId: 'cancel' });
    await world.handle(order).result();
  },

  'line-cancelled': async (world, given) => {
    const lines = [line({ orderItemId: 'kept' }), line({ orderItemId: 'gone', sku: 'POT-RED' })];
    const order = { ...given, lines };
    const handle = await world.deliver(order);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    const left = lines.map((each) =>
      each.orderItemId === 'gone' ? { ...each, quantityUnfulfilled: 0, totalMinor: 0 } : each,
    );
    await world.deliver({ ...order, lines: left, lastUpdatedAt: at(50) });
    const kept = [{ orderItemId: 'kept', quantity: 1 }];
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: kept }));
    const { parcels } = await world.until(order, isSent);
    await world.deliver(shippedOrder({ ...order, lines: [left[0] ?? line()] }, parcels));
    await world.endAcknowledged(order);
  },

  'parcel-recorded': async (world, order) => {
    await accepted(world, order);
    const request = { trackingNumber: '1Z999AA10000000001', carrierCode: 'UPS', updateId: 'record' };
    await world.ask(order, recordParcelUpdate, request);
    await shipped(world, order);
  },

  'shipped-unseen-and-acknowledged': async (world, order) => {
    await world.deliver({ ...order, status: 'SHIPPED' });
    await world.until(order, ({ buyerForgotten }) => buyerForgotten === true);
    await world.endAcknowledged(order);
  },

  'held-and-released': async (world, order) => {
    const handle = await world.deliver(pendingOrder(order));
    await world.ask(order, holdOrderUpdate, { why: 'stock count', updateId: 'hold' });
    await world.deliver(order);
    await world.until(order, ({ channelStatus }) => channelStatus === 'Unshipped');
    await world.ask(order, releaseOrderUpdate, { updateId: 'release' });
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    await handle.signal(parcelShippedSignal, parcelOf(order));
    await shipped(world, order);
  },
};

/** An order that continues as new while it waits for Amazon to show its parcel; answers the ids of its two runs. */
export async function continuedOrder(world: World, order = amazonOrder()): Promise<[string, string]> {
  const handle = await accepted(world, order);
  await handle.signal(parcelShippedSignal, parcelOf(order));
  await world.until(order, isSent);
  const runId = async () => (await world.handle(order).describe()).runId;
  const first = await runId();
  const known = { eventId: 'known', kind: 'accepted', erpOrderNumber: 'SO-1' } as const;
  for (let sent = 0; sent < eventsOfARecordedRun; sent += 1)
    await handle.signal(erpOrderChangedSignal, known);
  const second = await eventually(runId, (latest) => latest !== first);
  await shipped(world, order);
  return [first, second];
}
