import { setTimeout } from 'node:timers/promises';
import { compare } from '../../scripts/start/compare';
import { startWatches } from '../../worker/watches';
import { orderIntakeWorkflowId } from '../../workflows/intake/contract';
import type { OrderDelivery } from '../../workflows/order/contract';
import { orderSnapshotQuery, orderWorkflowId } from '../../workflows/order/contract';
import { type Channel, openChannel } from '../support/channel';
import { eventually, patiently } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const hours = 3_600_000;
const lines = [{ sku: 'JAR-GLASS-6', quantity: 2, taxMinor: 550 }];

let channel: Channel;
beforeAll(async () => {
  channel = await openChannel({ folder: tempFolder() });
  await channel.startWorker();
});
afterAll(async () => {
  expect(channel.violations()).toEqual([]);
  await channel.close();
});

const pass = (ms: number) => channel.sandbox.clock.advance(ms);
const handle = (orderId: string) => channel.client.workflow.getHandle(orderWorkflowId(channel.name, orderId));
const stateOf = (orderId: string) => patiently(() => handle(orderId).query(orderSnapshotQuery));

/** Placed, verified and known to the channel; with all its data as Amazon shows it. */
async function verifiedOrder(): Promise<string> {
  const { orderId } = channel.place({ lines });
  await channel.move(orderId, 'verify');
  pass(3 * 60_000);
  return orderId;
}

/** Through the warehouse to the end; then the books of all systems must agree. */
async function toItsEnd(orderId: string): Promise<void> {
  await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
  pass(10 * 60_000);
  await channel.row(orderId, (row) => row?.erpOrderNumber !== undefined);
  // Some orders leave in two parcels, some get their tracking number later: hour by hour, until all of it is told.
  await eventually(
    () => {
      pass(hours);
      return setTimeout(300, undefined).then(() => channel.orders.find(orderId));
    },
    ({ channelStatus }) => channelStatus === 'Shipped',
  );
}

/** One Commerce order, one ERP order, one confirmation for each parcel, and the same in all books. */
async function expectExactlyOne(orderId: string): Promise<void> {
  const books = await channel.books();
  expect(books.commerce.orders.filter((order) => order.ext_order_id === orderId)).toHaveLength(1);
  const erp = books.erp.orders.filter((order) => order.amazonOrderId === orderId);
  expect(erp).toMatchObject([{ duplicateSubmits: 0 }]);
  const amazon = books.amazon.orders.find((order) => order.orderId === orderId);
  expect(amazon?.packages.length).toBeGreaterThan(0);
  for (const parcel of amazon?.packages ?? []) expect(parcel.confirmations).toBe(1);
  expect(compare(books).differences.filter((text) => text.startsWith(orderId))).toEqual([]);
}

it('Commerce cuts the connection after it has created the order: one order', async () => {
  await channel.misbehave('commerce', { method: 'POST', path: '/V1/orders$', kind: 'dropAfter' });
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  await expectExactlyOne(orderId);
});

it('Commerce answers 500 after it has created the order: one order', async () => {
  await channel.misbehave('commerce', {
    method: 'POST',
    path: '/V1/orders$',
    kind: 'statusAfter',
    status: 500,
  });
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  await expectExactlyOne(orderId);
});

it('the ERP’s receipt is lost: submitted again under the same id, one ERP order', async () => {
  await channel.misbehave('erp', { method: 'POST', path: '/webhooks/channel', kind: 'dropAfter' });
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  await expectExactlyOne(orderId);
});

it('Amazon is away while a parcel leaves: told once it is back', async () => {
  await channel.misbehave('amazon', { path: '/shipmentConfirmation', kind: 'status', status: 503, times: 2 });
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  await expectExactlyOne(orderId);
});

it('Amazon takes a parcel and the answer is lost: the package is edited, not doubled', async () => {
  await channel.misbehave('amazon', { path: '/shipmentConfirmation', kind: 'dropAfter' });
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  const { amazon } = await channel.books();
  const order = amazon.orders.find((each) => each.orderId === orderId);
  const numbers = order?.packages.map(({ trackingNumber }) => trackingNumber) ?? [];
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(order?.status).toBe('SHIPPED');
});

it('the same pages of Amazon are delivered twice: nothing happens twice', async () => {
  const orderId = await verifiedOrder();
  await toItsEnd(orderId);
  const intake = orderIntakeWorkflowId(channel.name);
  const searches = () => channel.exchanges.filter(({ path }) => path === '/orders/2026-01-01/orders').length;
  const before = searches();
  await channel.client.workflow.getHandle(intake).terminate('To begin from the first order again');
  await startWatches(channel.client, channel.config);
  await eventually(
    async () => searches(),
    (count) => count > before + 3,
  );
  await expectExactlyOne(orderId);
});

describe('signals out of order', () => {
  const deliveryOf = async (orderId: string): Promise<OrderDelivery> => {
    const { delivery } = await stateOf(orderId);
    if (!delivery) throw new Error('Nothing has been delivered');
    return delivery;
  };

  it('a verification that comes after the shipment, and is older, changes nothing', async () => {
    const orderId = await verifiedOrder();
    await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
    const verified = await deliveryOf(orderId);
    await toItsEnd(orderId);
    await channel.orders.deliver(channel.name, verified, 'orderVerified');
    const state = await stateOf(orderId);
    expect(state).toMatchObject({ channelStatus: 'Shipped', delivery: { order: { status: 'SHIPPED' } } });
    await expectExactlyOne(orderId);
  });

  it('a shipment that comes before the verification: recorded once, never submitted', async () => {
    const known = await verifiedOrder();
    await channel.row(known, (row) => row?.commerceOrderNumber !== undefined);
    const verified = await deliveryOf(known);
    const amazonOrderId = '900-1111111-1111111';
    const older = { ...verified, order: { ...verified.order, amazonOrderId } };
    const shipped: OrderDelivery = {
      ...older,
      version: 'shipped',
      order: {
        ...older.order,
        status: 'SHIPPED',
        lastUpdatedAt: new Date(Date.parse(older.order.lastUpdatedAt) + hours).toISOString(),
      },
    };
    await channel.orders.deliver(channel.name, shipped, 'orderShipped');
    await channel.orders.deliver(channel.name, older, 'orderVerified');
    await channel.row(amazonOrderId, (row) => row?.channelStatus === 'Shipped');
    const { commerce, erp } = await channel.books();
    const found = commerce.orders.filter((order) => order.ext_order_id === amazonOrderId);
    expect(found).toMatchObject([{ state: 'complete' }]);
    expect(erp.orders.filter((order) => order.amazonOrderId === amazonOrderId)).toEqual([]);
  });
});

it('an order whose workflow was terminated by hand is found again by the intake and goes on', async () => {
  const orderId = await verifiedOrder();
  await channel.row(
    orderId,
    (row) => row?.erpOrderNumber !== undefined || row?.commerceOrderNumber !== undefined,
  );
  await handle(orderId).terminate('By hand');
  await channel.row(orderId, (row) => row?.executionStatus === 'RUNNING');
  await toItsEnd(orderId);
  await expectExactlyOne(orderId);
  const state = await stateOf(orderId);
  expect(state.attention).toMatchObject([{ reason: 'restarted' }]);
});
