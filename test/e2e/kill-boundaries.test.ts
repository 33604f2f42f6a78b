import type { ChildProcess } from 'node:child_process';
import { compare } from '../../scripts/start/compare';
import { type Boundary, kill, startBoundaryWorker } from '../support/boundary-process';
import { type Channel, openChannel } from '../support/channel';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
/**
 * A killed worker's activity is given to another one after the heartbeat time-out of 15 seconds, which waits for a
 * minute where a document of Commerce may be under way.
 */
const patienceMs = 150_000;

type Point = Pick<Boundary, 'activity' | 'moment'> & { readonly call: number };

/** Around every effect of an order with three parcels. */
const points = (calls: Readonly<Record<string, number>>): Point[] =>
  Object.entries(calls).flatMap(([activity, count]) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((call) =>
      (['before', 'after'] as const).map((moment) => ({ activity, moment, call })),
    ),
  );
const made = points({ placeOrder: 1, submitOrder: 1 });
const shipped = points({ confirmShipment: 3, shipOrder: 3, invoiceOrder: 1 });
const reads = ['readOrder'];

const folder = tempFolder();
let channel: Channel;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  channel = await openChannel({
    folder,
    // Activities that wait for the worker's death take none of the others' room.
    adapt: (config) => ({
      ...config,
      commerce: config.commerce.map((shop) => ({ ...shop, concurrency: 40 })),
    }),
  });
  channel.sandbox.commerce.settings.change({ warehouse: { enabled: false } });
});
afterAll(async () => {
  if (worker) await kill(worker);
  expect(channel.violations()).toEqual([]);
  await channel.close();
});

/** Where each order's worker dies; what was reached is there no more. */
const deadly = new Map<string, Point>();
const calls = new Map<string, number>();
const seen = new Set<string>();

function stops({ amazonOrderId, activity, moment }: Boundary): boolean {
  seen.add(activity);
  const key = `${amazonOrderId} ${activity}`;
  if (moment === 'before') calls.set(key, (calls.get(key) ?? 0) + 1);
  const point = deadly.get(amazonOrderId);
  if (point?.activity !== activity || point.moment !== moment || point.call !== calls.get(key)) return false;
  deadly.delete(amazonOrderId);
  return true;
}

const restart = async () => {
  if (worker) await kill(worker);
  worker = await startBoundaryWorker(channel, folder, stops);
};

const allReached = () =>
  eventually(
    async () => [...deadly.values()],
    (left) => left.length === 0,
  );

it('a worker that is killed before and after each effect of three parcels leaves each unit once at Amazon and in Commerce', async () => {
  const numbersOf = (orderId: string) => [1, 2, 3].map((box) => `1Z${orderId.slice(-7)}${box}`);
  const place = () => channel.place({ lines: [{ sku: 'JAR-GLASS-6', quantity: 3, taxMinor: 825 }] });
  const orders = [...made, ...shipped].map((point) => ({ point, ...place() }));
  for (const { orderId } of orders) await channel.move(orderId, 'verify');
  const arm = (armed: readonly Point[]) => {
    for (const { orderId, point } of orders) if (armed.includes(point)) deadly.set(orderId, point);
  };

  arm(made);
  await restart();
  channel.sandbox.clock.advance(3 * 60_000);
  await allReached();
  await restart();
  for (const { orderId } of orders) {
    await channel.row(orderId, (row) => {
      if (row?.commerceOrderNumber !== undefined) channel.sandbox.clock.advance(60_000);
      return row?.erpOrderNumber !== undefined;
    });
  }

  arm(shipped);
  for (const { orderId, lines } of orders) {
    for (const trackingNumber of numbersOf(orderId)) {
      await channel.orders.parcel(
        { account: channel.name, amazonOrderId: orderId },
        {
          source: { system: 'operator', shipmentId: trackingNumber },
          carrierCode: 'ups',
          trackingNumber,
          shippedAt: channel.sandbox.clock.now().toISOString(),
          lines: lines.map(({ orderItemId }) => ({ orderItemId, quantity: 1 })),
        },
      );
    }
  }
  await allReached();
  await restart();
  for (const { orderId } of orders) {
    await channel.row(orderId, (row) => row?.channelStatus === 'Shipped', patienceMs);
  }

  expect([...seen].filter((activity) => !reads.includes(activity)).sort()).toEqual(
    [...new Set([...made, ...shipped].map(({ activity }) => activity))].sort(),
  );
  const books = await channel.books();
  for (const { orderId } of orders) {
    const numbers = numbersOf(orderId);
    const amazon = books.amazon.orders.find((order) => order.orderId === orderId);
    expect(amazon?.packages.map(({ trackingNumber }) => trackingNumber).sort()).toEqual(numbers);
    expect(amazon?.packages.map(({ items }) => items.map(({ quantity }) => quantity))).toEqual([
      [1],
      [1],
      [1],
    ]);
    const [commerce, ...others] = books.commerce.orders.filter((order) => order.ext_order_id === orderId);
    expect(others).toEqual([]);
    expect(
      commerce?.shipments.flatMap(({ tracks }) => tracks.map((track) => track.track_number)).sort(),
    ).toEqual(numbers);
  }
  const { summary, differences } = compare(books);
  expect(summary).toMatchObject({
    shipped: orders.length,
    commerceOrders: orders.length,
    erpOrders: orders.length,
  });
  // Amazon may have been told twice under the same reference, which edits the one package.
  expect(differences.filter((text) => !/was confirmed 2 times/.test(text))).toEqual([]);
});
