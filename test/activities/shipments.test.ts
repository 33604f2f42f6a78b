import { createSecretKey, randomUUID } from 'node:crypto';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import type { LookForShipmentsResult } from '../../activities/contracts/commerce';
import { createShipmentActivities } from '../../activities/shipments';
import type { ChannelStatus } from '../../domain/channel-status';
import type { PlacedOrder } from '../../domain/commerce-order';
import { markerOf } from '../../integrations/commerce/marker';
import type { CommercePort } from '../../integrations/commerce/port';
import { createKeyedHash } from '../../integrations/temporal/keyed-hash';
import { startWarehouse } from '../../sandbox/commerce';
import { addTrack } from '../../sandbox/commerce/track';
import { amazonOrderWorkflowType } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { amazonOrder } from '../support/orders';
import { connectToTestServer } from '../support/temporal';
import { commerceShop, twoMugs } from './commerce-shop';
import { reportsQuery, type WaitingOrderInput } from './waiting-order-probe';

const hours = (count: number) => count * 3_600_000;
const hash = createKeyedHash(createSecretKey(Buffer.alloc(32, 7)));
const taskQueue = `shipments-${randomUUID()}`;
const shop = commerceShop();

let env: TestWorkflowEnvironment;
let worker: Worker;
let running: Promise<void>;
beforeAll(async () => {
  env = await connectToTestServer();
  worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue,
    workflowsPath: require.resolve('./waiting-order-probe'),
  });
  running = worker.run();
});
afterAll(async () => {
  worker.shutdown();
  await running;
  await env.teardown();
});

/** Its own for each test, so that the others' orders are not seen. */
let commerce: string;
beforeEach(() => {
  commerce = `shop-${randomUUID().slice(0, 8)}`;
});

async function eventually<T>(look: () => Promise<T>, isSeen: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const seen = await look();
    if (isSeen(seen)) return seen;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('It does not come to pass');
}

/** An order whose workflow waits, once visibility shows it. */
async function waitingOrder({ entityId, itemIds }: PlacedOrder, status: ChannelStatus = 'Unshipped') {
  const handle = await env.client.workflow.start(amazonOrderWorkflowType, {
    workflowId: `amazon-order/${commerce}/${randomUUID()}`,
    taskQueue,
    args: [{ itemIds } satisfies WaitingOrderInput],
    typedSearchAttributes: [
      { key: attributes.commerceInstance, value: commerce },
      { key: attributes.commerceOrderId, value: entityId },
      { key: attributes.channelStatus, value: status },
    ],
  });
  await seenAs(handle.workflowId, '');
  return {
    workflowId: handle.workflowId,
    reports: () => handle.query(reportsQuery),
    /** Until visibility shows what the order has accepted. */
    accepted: async () => {
      const reports = await handle.query(reportsQuery);
      await seenAs(handle.workflowId, reports.at(-1)?.shipmentsSeen ?? '');
    },
    end: () => handle.terminate(),
  };
}

async function seenAs(workflowId: string, shipmentsSeen: string): Promise<void> {
  const list = async () => {
    const query = `WorkflowId = '${workflowId}' AND ExecutionStatus = 'Running'`;
    for await (const run of env.client.workflow.list({ query })) {
      return run.typedSearchAttributes.get(attributes.shipmentsSeen) ?? '';
    }
    return undefined;
  };
  await eventually(list, (seen) => seen === shipmentsSeen);
}

function look({ includeSettling = false, port = shop.commerce } = {}): Promise<LookForShipmentsResult> {
  const { lookForShipments } = createShipmentActivities({
    commerce: () => port,
    client: env.client,
    hash,
  });
  return new MockActivityEnvironment().run(() => lookForShipments({ commerce, includeSettling }));
}

/** As the admin adds a tracking number to a shipment later. */
function addTrackLater(shipmentId: number, number: string): void {
  const books = shop.service.sandbox.shop;
  const track = { parent_id: shipmentId, track_number: number, title: 'UPS', carrier_code: 'ups' };
  books.transaction(() => addTrack(books, track));
}

const ship = (entityId: number, itemId: number, quantity: number, number?: string) =>
  shop.commerce.ship(entityId, {
    source: 'default',
    lines: [{ itemId, quantity }],
    comment: 'from the back room',
    ...(number !== undefined && { track: { number, carrierCode: 'ups', title: 'UPS' } }),
  });

it('signals a parcel to the order that waits for it, and no second time once it is accepted', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  expect(await look()).toEqual({ waiting: 1, signalled: 0 });
  shop.service.sandbox.settings.change({ warehouse: { enabled: true, split: 0, lateTrack: 0 } });
  const warehouse = startWarehouse({ commerce: shop.service.sandbox, intervalMs: hours(1) });
  warehouse.tick();
  shop.service.clock.advance(hours(4));
  warehouse.tick();
  warehouse.stop();
  expect(await look()).toEqual({ waiting: 1, signalled: 1 });
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
  expect(await look()).toEqual({ waiting: 1, signalled: 0 });
  await order.end();
});

it('waits for a tracking number, and then tells all parcels of the order', async () => {
  const placed = await shop.placed(twoMugs());
  const itemId = Object.values(placed.itemIds)[0] ?? 0;
  const order = await waitingOrder(placed, 'PartiallyShipped');
  await ship(placed.entityId, itemId, 1);
  expect(await look()).toEqual({ waiting: 1, signalled: 0 });
  await ship(placed.entityId, itemId, 1, ' 1Z2 ');
  expect(await look()).toEqual({ waiting: 1, signalled: 1 });
  await order.accepted();

  const [first] = await shop.commerce.shipments([placed.entityId]);
  addTrackLater(first?.id ?? 0, '1Z1');
  expect(await look()).toEqual({ waiting: 1, signalled: 2 });
  const reports = await order.reports();
  expect(reports.map(({ trackingNumber }) => trackingNumber)).toEqual(['1Z2', '1Z1', '1Z2']);
  expect(reports.map(({ shipmentsSeen }) => shipmentsSeen !== undefined)).toEqual([true, false, true]);
  await order.end();
});

it('says which parcel it is where the channel itself made the shipment', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await shop.commerce.ship(placed.entityId, {
    source: 'default',
    lines: [{ itemId: Object.values(placed.itemIds)[0] ?? 0, quantity: 2 }],
    track: { number: '1Z1', carrierCode: 'ups', title: 'UPS' },
    comment: markerOf('erp/77'),
  });
  await look();
  expect(await order.reports()).toMatchObject([{ parcelId: 'erp/77', trackingNumber: '1Z1' }]);
  await order.end();
});

it('knows the lines of an order that another tool has made', async () => {
  const placed = await shop.placed(twoMugs());
  const record = shop.service.sandbox.shop.orders.get(placed.entityId);
  if (!record) throw new Error('no such order');
  shop.service.sandbox.shop.orders.put({
    ...record,
    items: record.items.map((item) => ({ ...item, ext_order_item_id: null })),
  });
  const order = await waitingOrder(placed);
  await ship(placed.entityId, Object.values(placed.itemIds)[0] ?? 0, 2, '1Z1');
  expect(await look()).toEqual({ waiting: 1, signalled: 1 });
  expect(await order.reports()).toMatchObject([{ lines: [{ orderItemId: '70000000000001', quantity: 2 }] }]);
  await order.end();
});

it('looks at orders that are over when it is told to, and never at pending ones', async () => {
  const orders = await Promise.all(
    (['Shipped', 'Canceled', 'Pending'] as const).map(async (status) =>
      waitingOrder(await shop.placed(amazonOrder()), status),
    ),
  );
  expect(await look()).toEqual({ waiting: 0, signalled: 0 });
  expect(await look({ includeSettling: true })).toEqual({ waiting: 2, signalled: 0 });
  await Promise.all(orders.map((order) => order.end()));
});

it('asks Commerce for a hundred orders at a time', async () => {
  const placed = await shop.placed(twoMugs());
  const orders = await Promise.all(
    Array.from({ length: 101 }, (_, index) => waitingOrder({ ...placed, entityId: placed.entityId + index })),
  );
  await ship(placed.entityId, Object.values(placed.itemIds)[0] ?? 0, 2, '1Z1');
  const asked = () => shop.service.exchanges.filter(({ path }) => path.endsWith('/shipments')).length;
  const before = asked();
  expect(await look()).toEqual({ waiting: 101, signalled: 1 });
  expect(asked() - before).toBe(2);
  await Promise.all(orders.map((order) => order.end()));
});

it('passes over an order that has ended since it was listed', async () => {
  const placed = await shop.placed(twoMugs());
  const order = await waitingOrder(placed);
  await ship(placed.entityId, Object.values(placed.itemIds)[0] ?? 0, 2, '1Z1');
  const port: CommercePort = {
    ...shop.commerce,
    shipments: async (...args) => {
      await order.end();
      return shop.commerce.shipments(...args);
    },
  };
  expect(await look({ port })).toEqual({ waiting: 1, signalled: 0 });
});
