import type { AmazonOrder, AmazonPackage } from '../../domain/order';
import {
  holdOrderUpdate,
  type OrderState,
  parcelShippedSignal,
  recordParcelUpdate,
  releaseOrderUpdate,
} from '../../workflows/order/contract';
import { modelCommerce } from '../support/model-commerce';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, minutes, parcelOf, shippedOrder } from '../support/orders';

const item = line().orderItemId;
const units = (quantity: number, orderItemId = item) => [{ orderItemId, quantity }];
const ordering = (quantity: number) =>
  amazonOrder({ lines: [line({ quantityOrdered: quantity, quantityUnfulfilled: quantity })] });
const packed = (packageReferenceId: string, quantity = 1): AmazonPackage => ({
  packageReferenceId,
  carrier: 'DHL',
  trackingNumber: `SC${packageReferenceId}`,
  lines: units(quantity),
});
/** Amazon counts so many units as shipped, whatever it shows of them. */
const fulfilled = (order: AmazonOrder, count: number, minute: number, ...packages: AmazonPackage[]) => {
  const lines = order.lines.map((each) => ({
    ...each,
    quantityFulfilled: count,
    quantityUnfulfilled: each.quantityOrdered - count,
  }));
  return { ...order, status: 'PARTIALLY_SHIPPED' as const, lastUpdatedAt: at(minute), lines, packages };
};

let world: World;
beforeAll(async () => {
  world = await openWorld({ policy: { retryBlockedMs: [minutes(15)] } });
});
afterAll(() => world.close());

/** A small Commerce that refuses what it has not left to ship. */
function inModel(order: AmazonOrder) {
  const commerce = modelCommerce();
  world.behave(order, {
    placeOrder: async (input) => commerce.place(input),
    shipOrder: async (input) => commerce.ship(input),
    invoiceOrder: async () => commerce.invoice(),
    closeShrunkOrder: async (input) => commerce.closeShrunk(input),
  });
  return commerce;
}

const shown = (order: AmazonOrder) =>
  world.callsOf(order, 'shipOrder').map(({ parcel }) => [parcel.parcelId, parcel.lines]);
const isShown = (id: string) => (state: OrderState) =>
  state.parcels.some(
    ({ parcelId, commerceShipmentId }) => parcelId === id && commerceShipmentId !== undefined,
  );
const record = (order: AmazonOrder, trackingNumber: string, quantity: number) =>
  world.ask(order, recordParcelUpdate, { trackingNumber, carrierCode: 'UPS', lines: units(quantity) });
const end = async (order: AmazonOrder) => {
  const { parcels } = await world.until(order, ({ parcels }) =>
    parcels.every(({ amazon }) => amazon !== 'waiting'),
  );
  await world.deliver(shippedOrder(order, parcels));
  return world.handle(order).result();
};

describe('units that Amazon counts before it shows their package', () => {
  it('are no second time shipped in Commerce when it shows the package', async () => {
    const order = ordering(3);
    const commerce = inModel(order);
    await world.place(fulfilled(order, 1, 60));
    await world.deliver(fulfilled(order, 1, 90, packed('1')));
    await world.until(order, ({ parcels }) => parcels.length === 1);
    await record(order, '1ZREST', 2);
    const { parcels, attention } = await world.until(order, isShown('operator-1ZREST'));
    expect(parcels.map(({ shippedBeforeImport }) => shippedBeforeImport)).toEqual([true, undefined]);
    expect(attention).toEqual([]);
    expect(shown(order)).toEqual([['operator-1ZREST', units(2)]]);
    expect(await end(order)).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    expect([commerce.shipped(item), commerce.state()]).toEqual([3, 'complete']);
  });

  it('take up one package only: the next gets its shipment', async () => {
    const order = ordering(3);
    const commerce = inModel(order);
    await world.place(fulfilled(order, 1, 60));
    await world.deliver(fulfilled(order, 2, 90, packed('1'), packed('2')));
    await world.until(order, isShown('amazon-2'));
    await record(order, '1ZREST', 1);
    await world.until(order, isShown('operator-1ZREST'));
    expect(shown(order).map(([id]) => id)).toEqual(['amazon-2', 'operator-1ZREST']);
    expect(await end(order)).toMatchObject({ channelStatus: 'Shipped', parcels: 3 });
    expect([commerce.shipped(item), commerce.state()]).toEqual([3, 'complete']);
  });

  it('are a parcel that Amazon took while the order was held, and the last one is shipped like any other', async () => {
    const order = ordering(2);
    const commerce = inModel(order);
    await world.deliver({ ...order, status: 'PENDING', lastUpdatedAt: at(0) });
    await world.until(order, ({ delivery }) => delivery !== null);
    await world.ask(order, holdOrderUpdate);
    await world.deliver(order);
    await world.until(order, ({ channelStatus }) => channelStatus === 'Unshipped');
    await record(order, '1ZP', 1);
    await world.until(order, ({ parcels }) => parcels[0]?.amazon === 'sent');
    await world.deliver(fulfilled(order, 1, 90));
    await world.until(order, ({ delivery }) => delivery?.order.status === 'PARTIALLY_SHIPPED');
    await world.ask(order, releaseOrderUpdate);
    await world.until(order, ({ commerce }) => commerce !== undefined);
    await record(order, '1ZQ', 1);
    await world.until(order, isShown('operator-1ZQ'));
    expect(shown(order)).toEqual([['operator-1ZQ', units(1)]]);
    expect(await end(order)).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    expect([commerce.shipped(item), commerce.state()]).toEqual([2, 'complete']);
  });
});

describe('an order that another tool had made in Commerce', () => {
  const adopted = (order: AmazonOrder, changes: object = {}) => {
    const itemIds = Object.fromEntries(order.lines.map(({ orderItemId }, index) => [orderItemId, index + 1]));
    world.behave(order, {
      placeOrder: async () => ({
        kind: 'placed',
        commerce: {
          entityId: Number(order.amazonOrderId.slice(-7)),
          number: 'OTHER-9',
          state: 'processing',
          itemIds,
        },
        adopted: true,
        differences: [],
        ...changes,
      }),
    });
  };

  it('gets the shipment of a package of Seller Central, and goes to the ERP for the rest', async () => {
    const order = ordering(3);
    adopted(order);
    await world.place(fulfilled(order, 1, 60, packed('1')), { policy: { erp: world.name } });
    const { parcels } = await world.until(order, isShown('amazon-1'));
    expect(parcels).toMatchObject([{ shippedBeforeImport: true, uncounted: units(1) }]);
    expect(shown(order)).toEqual([['amazon-1', units(1)]]);
    await world.until(order, ({ handOff }) => handOff.stage === 'accepted');
    const [{ order: submitted } = { order }] = world.callsOf(order, 'submitOrder');
    expect(submitted.lines).toMatchObject([{ quantityFulfilled: 1, quantityUnfulfilled: 2 }]);
  });

  it('gets a shipment of just those units of a package that it does not count', async () => {
    const order = ordering(3);
    const commerce = { entityId: 9_100, number: 'OTHER-10', state: 'processing', itemIds: { [item]: 5 } };
    adopted(order, { commerce: { ...commerce, shippedBefore: { [item]: 1 } } });
    await world.place(fulfilled(order, 2, 60, packed('1', 2)));
    const { parcels } = await world.until(order, isShown('amazon-1'));
    expect(shown(order)).toEqual([['amazon-1', units(1)]]);
    expect(parcels).toMatchObject([{ lines: units(2) }]);
  });

  it('of which Amazon has cancelled a line since is invoiced without it', async () => {
    const pen = line({ orderItemId: '2', sku: 'PEN', quantityUnfulfilled: 0 });
    const order = amazonOrder({ lines: [line(), pen] });
    adopted(order, { surplus: [{ sku: 'PEN', quantity: 1 }] });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: units(1) }));
    const { parcels, notes } = await world.until(order, ({ parcels: [parcel] }) => parcel?.amazon === 'sent');
    expect(notes.map(({ text }) => text)).toContain(
      'Commerce order OTHER-9 has 1 × PEN more than Amazon’s: that is taken off there once the rest is shipped.',
    );
    await world.deliver(shippedOrder({ ...order, lines: [line()] }, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(world.callsOf(order, 'closeShrunkOrder')).toMatchObject([
      { itemIds: { '2': 2 }, units: { [item]: 1 } },
    ]);
    expect(world.callsOf(order, 'invoiceOrder')).toHaveLength(0);
  });
});

it('Amazon’s own parcels get no shipment, whatever Commerce says of the order', async () => {
  const order = amazonOrder({ status: 'SHIPPED', fulfilledBy: 'AMAZON', packages: [packed('1')] });
  const commerce = { entityId: 9_101, number: 'OTHER-11', state: 'processing', itemIds: { [item]: 5 } };
  world.behave(order, {
    placeOrder: async () => ({ kind: 'placed', commerce, adopted: true, differences: [] }),
  });
  const handle = await world.place(order);
  expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 1 });
  expect(shown(order)).toEqual([]);
});
