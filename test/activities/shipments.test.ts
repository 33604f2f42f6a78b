import { markerOf } from '../../integrations/commerce/marker';
import type { CommercePort } from '../../integrations/commerce/port';
import { startWarehouse } from '../../sandbox/commerce';
import { deleteTrack } from '../../sandbox/commerce/track';
import { amazonOrder } from '../support/orders';
import { twoMugs } from './commerce-shop';
import { itemIdOf, shopWithWaitingOrders } from './waiting-orders';

const hours = (count: number) => count * 3_600_000;
const { shop, waitingOrder, look, ship, addTrackLater, adopt, asked } = shopWithWaitingOrders();

it('signals a parcel to the order that waits for it, and no second time once it is accepted', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  expect(await look()).toMatchObject({ waiting: 1, signalled: 0 });
  shop.service.sandbox.settings.change({ warehouse: { enabled: true, split: 0, lateTrack: 0 } });
  const warehouse = startWarehouse({ commerce: shop.service.sandbox, intervalMs: hours(1) });
  warehouse.tick();
  shop.service.clock.advance(hours(4));
  warehouse.tick();
  warehouse.stop();
  expect(await look()).toMatchObject({ waiting: 1, signalled: 1 });
  const reports = await order.reports();
  expect(reports).toEqual([
    {
      source: { system: 'commerce', shipmentId: '1' },
      carrierCode: 'usps',
      carrierName: 'United States Postal Service',
      trackingNumber: '9400100000000000000001',
      shippedAt: expect.stringMatching(/^2026-10-01T19:00:0\d\.000Z$/),
      lines: [{ orderItemId: '70000000000001', quantity: 2 }],
      shipmentsSeen: expect.stringMatching(/^[\w-]{22}$/),
    },
  ]);
  await order.accepted();
  expect(await look()).toMatchObject({ waiting: 1, signalled: 0 });
  await order.end();
});

it('waits for a tracking number, and then tells all parcels of the order', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed, 'PartiallyShipped');
  const first = await ship(placed.entityId, itemIdOf(placed), 1);
  expect(await look()).toMatchObject({ waiting: 1, signalled: 0 });
  await ship(placed.entityId, itemIdOf(placed), 1, ' 1Z2 ');
  expect(await look()).toMatchObject({ waiting: 1, signalled: 1 });
  await order.accepted();

  addTrackLater(first, '1Z1');
  expect(await look()).toMatchObject({ waiting: 1, signalled: 2 });
  const reports = await order.reports();
  expect(reports.map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z2', '1Z1', '1Z2']);
  expect(reports.map(({ shipmentsSeen }) => shipmentsSeen !== undefined)).toEqual([true, false, true]);
  await order.end();
});

it('tells the first number of a shipment and those beside it, and again when they change', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  const shipment = await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
  await look();
  await order.accepted();
  addTrackLater(shipment, '1Z2');
  addTrackLater(shipment, '1Z2');
  expect(await look()).toMatchObject({ signalled: 1 });
  await order.accepted();
  expect(await look()).toMatchObject({ signalled: 0 });

  const [shown] = await shop.commerce.shipments([placed.entityId]);
  const books = shop.service.sandbox.shop;
  books.transaction(() => deleteTrack(books, shown?.tracks[0]?.id ?? 0));
  expect(await look()).toMatchObject({ signalled: 1 });
  const numbers = (await order.reports()).map(({ trackingNumber, furtherNumbers }) => [
    trackingNumber,
    furtherNumbers,
  ]);
  expect(numbers).toEqual([
    ['1Z1', undefined],
    ['1Z1', ['1Z2']],
    ['1Z2', undefined],
  ]);
  await order.end();
});

it('tells a carrier that was corrected in place, by code or title', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
  const correct = async (changes: { carrier_code?: string; title?: string }) => {
    await look();
    await order.accepted();
    const { shipments } = shop.service.sandbox.shop;
    for (const shipment of shipments.all())
      shipments.put({ ...shipment, tracks: shipment.tracks.map((track) => ({ ...track, ...changes })) });
  };
  await correct({ carrier_code: 'custom' });
  await correct({ title: 'Pony Express' });
  await look();
  const reports = await order.reports();
  expect(reports.map(({ carrierCode, carrierName }) => [carrierCode, carrierName])).toEqual([
    ['ups', 'UPS'],
    ['custom', 'UPS'],
    ['custom', 'Pony Express'],
  ]);
  await order.accepted();
  expect(await look()).toMatchObject({ signalled: 0 });
  await order.end();
});

it('tells a shipment without a number where that is wanted, and its number when it comes', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  const shipment = await ship(placed.entityId, itemIdOf(placed), 2);
  expect(await look({ withoutNumber: true })).toMatchObject({ signalled: 1 });
  await order.accepted();
  expect(await look({ withoutNumber: true })).toMatchObject({ signalled: 0 });
  addTrackLater(shipment, '1Z1');
  expect(await look({ withoutNumber: true })).toMatchObject({ signalled: 1 });
  expect(await order.reports()).toMatchObject([
    { source: { shipmentId: shipment }, carrierCode: '', trackingNumber: '' },
    { source: { shipmentId: shipment }, carrierCode: 'ups', trackingNumber: '1Z1' },
  ]);
  await order.end();
});

it('says which parcel it is where the channel itself made the shipment', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await shop.commerce.ship(placed.entityId, {
    source: 'default',
    lines: [{ itemId: itemIdOf(placed), quantity: 2 }],
    track: { number: '1Z1', carrierCode: 'ups', title: 'UPS' },
    comment: markerOf('erp/77'),
  });
  await look();
  expect(await order.reports()).toMatchObject([{ parcelId: 'erp/77', trackingNumber: '1Z1' }]);
  await order.end();
});

it('knows the lines of an order that another tool has made', async () => {
  const placed = await shop.placed(twoMugs());
  adopt(placed.entityId);
  const order = await waitingOrder(placed);
  await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
  expect(await look()).toMatchObject({ waiting: 1, signalled: 1 });
  expect(await order.reports()).toMatchObject([{ lines: [{ orderItemId: '70000000000001', quantity: 2 }] }]);
  await order.end();
});

it('looks at orders that are over when it is told to, and never at pending ones', async () => {
  const orders = await Promise.all(
    (['Shipped', 'Canceled', 'Pending'] as const).map(async (status) =>
      waitingOrder(await shop.placed(amazonOrder()), status),
    ),
  );
  expect(await look()).toMatchObject({ waiting: 0, signalled: 0 });
  expect(await look({ includeSettling: true })).toMatchObject({ waiting: 2, signalled: 0 });
  expect(asked(/\/orders$/)).toBe(3 * 2);
  await Promise.all(orders.map((order) => order.end()));
});

it('passes over an order that has ended since it was listed', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
  const port: CommercePort = {
    ...shop.commerce,
    shipments: async (...args) => {
      await order.end();
      return shop.commerce.shipments(...args);
    },
  };
  expect(await look({ port })).toMatchObject({ waiting: 1, signalled: 0 });
});

it('tells the others where one order cannot be told, and says so', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
  const waits = { entityId: placed.entityId, seen: '', settles: false };
  // Without an id, the engine calls it an invalid argument.
  const workflowIds = ['', order.workflowId];
  const findOrders = async () => workflowIds.map((workflowId) => ({ ...waits, workflowId }));
  const seen = await look({ findOrders });
  expect(seen).toMatchObject({ signalled: 1, untold: expect.stringContaining('could not be told') });
  expect(seen).not.toHaveProperty('trouble');
  expect(seen).not.toHaveProperty('after');
  expect(await order.reports()).toHaveLength(1);
  await order.end();
});

describe('between the rounds', () => {
  it('orders with new shipments are found by one call, and all else is left alone', async () => {
    const [placed, other] = [await shop.placed(twoMugs()), await shop.placed(amazonOrder())];
    const order = await waitingOrder(placed);
    const idle = await waitingOrder(other);
    const { newestAt } = await look();
    expect(newestAt).toBeUndefined();
    await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');

    const before = asked(/\/shipments$/);
    const found = await look({ scope: 'recent' });
    expect(found).toMatchObject({ signalled: 1, newestAt: expect.stringMatching(/^2026-10-01T15:/) });
    expect(found).not.toHaveProperty('waiting');
    expect(asked(/\/shipments$/) - before).toBe(2);
    await order.accepted();

    shop.service.clock.advance(hours(1));
    await ship(other.entityId, itemIdOf(other), 1, '1Z2');
    const { newestAt: newest } = await look({ scope: 'recent', newestAt: found.newestAt ?? '' });
    expect(newest).toMatch(/^2026-10-01T16:/);
    expect(await idle.reports()).toMatchObject([{ trackingNumber: '1Z2' }]);
    await idle.accepted();
    const calls = asked(/./);
    expect(await look({ scope: 'recent', newestAt: '2026-10-02T00:00:00.000Z' })).toMatchObject({
      signalled: 0,
      newestAt: '2026-10-02T00:00:00.000Z',
    });
    expect(asked(/./) - calls).toBe(1);
    await Promise.all([order.end(), idle.end()]);
  });

  it('orders that were hinted at are looked at, settling ones too, and others of the shop cost no call', async () => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed, 'Shipped');
    await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
    const hinted = { scope: 'hinted', includeSettling: true } as const;
    expect(await look({ ...hinted, orderIds: [placed.entityId, 999_999] })).toMatchObject({ signalled: 1 });
    const before = asked(/./);
    expect(await look({ ...hinted, orderIds: [999_999] })).toMatchObject({ signalled: 0 });
    expect(asked(/./) - before).toBe(0);
    await order.end();
  });
});
