import type { AmazonOrder, AmazonPackage } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { type OrderState, parcelShippedSignal } from '../../workflows/order/contract';
import { fails } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf, shippedOrder } from '../support/orders';

const item = line().orderItemId;
const units = (quantity: number) => [{ orderItemId: item, quantity }];
const threeUnits = () => amazonOrder({ lines: [line({ quantityOrdered: 3, quantityUnfulfilled: 3 })] });
const statesOf = ({ parcels }: OrderState) => parcels.map(({ amazon }) => amazon);
const byHand = (changes: Partial<AmazonPackage> = {}): AmazonPackage => ({
  packageReferenceId: '1',
  carrier: 'DHL',
  trackingNumber: 'SC1',
  lines: units(1),
  ...changes,
});
const partly = (order: AmazonOrder, packages: readonly AmazonPackage[]): AmazonOrder => ({
  ...order,
  status: 'PARTIALLY_SHIPPED',
  lastUpdatedAt: at(90),
  lines: order.lines.map((each) => ({ ...each, quantityFulfilled: 1, quantityUnfulfilled: 2 })),
  packages,
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const parcelsTold = (order: AmazonOrder): Parcel[] =>
  world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel);
const parcelsShown = (order: AmazonOrder): Parcel[] =>
  world.callsOf(order, 'shipOrder').map(({ parcel }) => parcel);

describe('a parcel that the ERP has shipped', () => {
  const source = { system: 'erp', shipmentId: 'D-1/1' } as const;

  it('goes to Amazon before it goes to Commerce, and the shipment there is never a second parcel', async () => {
    const order = amazonOrder();
    const effects: string[] = [];
    world.behave(order, {
      confirmShipment: async () => {
        effects.push('Amazon');
        return { kind: 'taken' };
      },
      shipOrder: async () => {
        effects.push('Commerce');
        return { shipmentId: '41' };
      },
    });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { source, carrierName: 'UPS Ground' }));
    await world.until(order, ({ parcels }) => parcels[0]?.commerceShipmentId === '41');
    expect(effects).toEqual(['Amazon', 'Commerce']);
    const [shown] = parcelsShown(order);
    expect(shown).toMatchObject({ trackingNumber: '1Z999AA10000000001', carrierName: 'UPS Ground' });
    const seen = parcelOf(order, {
      source: { system: 'commerce', shipmentId: '41' },
      carrierName: 'UPS Ground',
      shippedAt: at(125),
      parcelId: shown?.parcelId ?? '',
    });
    await handle.signal(parcelShippedSignal, seen);
    await handle.signal(parcelShippedSignal, { ...seen, shipmentsSeen: 'hash' });
    const { parcels } = await world.snapshot(order);
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({
      channelStatus: 'Shipped',
      parcels: 1,
      confirmedAfterMs: expect.any(Number),
    });
    expect(parcelsTold(order)).toHaveLength(1);
    expect(parcelsShown(order)).toHaveLength(1);
  });
});

describe('a part that the seller has confirmed in Seller Central', () => {
  it('gets its Commerce shipment, and the rest is told as usual', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    await world.deliver(partly(order, [byHand()]));
    await world.until(order, ({ parcels }) => parcels[0]?.commerceShipmentId !== undefined);
    await handle.signal(
      parcelShippedSignal,
      parcelOf(order, { source: { system: 'commerce', shipmentId: '12' }, lines: units(2) }),
    );
    const { parcels } = await world.until(order, (state) => statesOf(state).includes('sent'));
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped', parcels: 2 });
    expect(parcelsTold(order)).toMatchObject([{ lines: units(2) }]);
    expect(parcelsShown(order)).toMatchObject([{ parcelId: 'amazon-1', lines: units(1) }]);
  });

  it('is part of the one Commerce shipment over everything: Amazon is told of the rest', async () => {
    const order = threeUnits();
    // Commerce is away, so that the merchant's shipment is there before the channel's.
    world.behave(order, { shipOrder: fails('Unreachable', 'It is away') });
    const handle = await world.place(order, { policy: { retryBlockedMs: [60_000] } });
    await world.deliver(partly(order, [byHand()]));
    await world.called(order, 'shipOrder');
    const all = parcelOf(order, { source: { system: 'commerce', shipmentId: '12' }, lines: units(3) });
    await handle.signal(parcelShippedSignal, all);
    await handle.signal(parcelShippedSignal, all);
    const { parcels, attention } = await world.until(order, (state) => statesOf(state).includes('sent'));
    expect(attention).toEqual([]);
    expect(parcels).toMatchObject([
      { parcelId: 'amazon-1', commerceShipmentId: '12' },
      { parcelId: 'commerce-12', commerceShipmentId: '12', lines: units(2) },
    ]);
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({ channelStatus: 'Shipped' });
    expect(parcelsTold(order)).toMatchObject([{ lines: units(2) }]);
    expect(parcelsShown(order)).toHaveLength(1);
  });

  it('is corrected under the reference that the seller’s package has', async () => {
    const order = threeUnits();
    const handle = await world.place(order);
    const source = { system: 'commerce', shipmentId: '12' } as const;
    const shipment = parcelOf(order, { source, carrierCode: 'dhl', trackingNumber: 'SC1', lines: units(1) });
    await world.deliver(partly(order, [byHand({ packageReferenceId: '77' })]));
    await handle.signal(parcelShippedSignal, shipment);
    await handle.signal(parcelShippedSignal, { ...shipment, trackingNumber: 'SC2' });
    await world.until(order, (state) => statesOf(state).includes('sent'));
    expect(parcelsTold(order)).toMatchObject([{ packageReferenceId: '77', trackingNumber: 'SC2' }]);
  });
});

describe('an order that is imported in mid-life', () => {
  it('counts what Amazon fulfilled and shows no package of', async () => {
    const order = partly(threeUnits(), []);
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order, { lines: units(3) }));
    const { attention } = await world.until(order, ({ parcels }) => parcels.length === 1);
    expect(attention).toMatchObject([{ reason: 'shipmentRefused' }]);
    const rest = parcelOf(order, { source: { system: 'commerce', shipmentId: '2' }, lines: units(2) });
    await handle.signal(parcelShippedSignal, { ...rest, trackingNumber: '1ZREST' });
    await world.until(order, (state) => statesOf(state).includes('sent'));
    expect(parcelsTold(order)).toMatchObject([{ lines: units(2) }]);
  });

  it('and that another tool had made in Commerce is adopted, shipped and confirmed like any other', async () => {
    const order = amazonOrder();
    const commerce = { entityId: 9_001, number: 'OTHER-9', state: 'processing', itemIds: { [item]: 5 } };
    world.behave(order, {
      placeOrder: async () => ({ kind: 'placed', commerce, adopted: true, differences: [] }),
    });
    const handle = await world.place(order);
    await handle.signal(parcelShippedSignal, parcelOf(order));
    const { parcels } = await world.until(order, (state) => statesOf(state).includes('sent'));
    await world.deliver(shippedOrder(order, parcels));
    expect(await handle.result()).toMatchObject({
      channelStatus: 'Shipped',
      commerceOrderNumber: 'OTHER-9',
      parcels: 1,
    });
    expect(parcelsTold(order)).toHaveLength(1);
    expect(parcelsShown(order)).toHaveLength(0);
  });
});
