import { startWarehouse, type Warehouse } from '../../sandbox/commerce';
import { type OpenShop, openShop } from './commerce-client';
import { type Client, clientOf, orderEntity } from './commerce-orders';

const hour = 3_600_000;
let shop: OpenShop;
let client: Client;
let warehouse: Warehouse;

beforeEach(async () => {
  shop = openShop();
  client = clientOf(shop);
  warehouse = startWarehouse({ commerce: shop.commerce, intervalMs: 3_600_000 });
  await shop.command('PATCH', '/settings', {
    warehouse: { afterMs: 3 * hour, split: 0, betweenMs: 2 * hour, lateTrack: 0, trackAfterMs: hour },
  });
});
afterEach(async () => {
  warehouse.stop();
  await shop.store.close();
});

const pass = (ms: number) => {
  shop.clock.advance(ms);
  warehouse.tick();
};
const place = async (number: string, lines = [{ sku: 'MUG-BLUE-350', qty: 1 }], more: object = {}) =>
  (await client.createOrder(orderEntity(number, lines, more))).entity_id;

it('ships an order once its time has come, with a carrier and a tracking number', async () => {
  const id = await place('W-1');
  pass(2 * hour);
  expect(await client.shipmentsOf(id)).toEqual([]);
  pass(hour);
  const [shipment, ...others] = await client.shipmentsOf(id);
  expect(others).toEqual([]);
  expect(shipment?.tracks).toMatchObject([{ carrier_code: 'usps', track_number: '9400100000000000000001' }]);
  pass(10 * hour);
  expect(await client.shipmentsOf(id)).toHaveLength(1);
});

it('counts from the arrival, not from a back-dated `created_at`', async () => {
  const id = await place('W-1', undefined, { created_at: '2020-01-01 00:00:00' });
  pass(hour);
  expect(await client.shipmentsOf(id)).toEqual([]);
});

it('ships every second order in two parcels where told so', async () => {
  await shop.command('PATCH', '/settings', { warehouse: { split: 2 } });
  const whole = await place('W-1', [{ sku: 'MUG-BLUE-350', qty: 4 }]);
  const byUnits = await place('W-2', [{ sku: 'MUG-BLUE-350', qty: 4 }]);
  await place('W-3');
  const byLines = await place('W-4', [
    { sku: 'MUG-BLUE-350', qty: 1 },
    { sku: 'MUG-SAND-350', qty: 1 },
  ]);
  pass(3 * hour);
  const parcels = async () =>
    Promise.all([whole, byUnits, byLines].map(async (id) => (await client.shipmentsOf(id)).length));
  expect(await parcels()).toEqual([1, 1, 1]);
  expect((await client.order(byUnits)).items[0]?.qty_shipped).toBe(2);
  pass(2 * hour);
  expect(await parcels()).toEqual([1, 2, 2]);
  expect((await client.order(byLines)).items.map((item) => item.qty_shipped)).toEqual([1, 1]);
});

it('adds the tracking number of every second shipment later where told so', async () => {
  await shop.command('PATCH', '/settings', { warehouse: { lateTrack: 2 } });
  const [first, second] = [await place('W-1'), await place('W-2')];
  pass(3 * hour);
  const tracks = async () =>
    Promise.all([first, second].map(async (id) => (await client.shipmentsOf(id))[0]?.tracks.length));
  expect(await tracks()).toEqual([1, 0]);
  pass(hour);
  expect(await tracks()).toEqual([1, 1]);
});

it('leaves cancelled and complete orders alone, and held ones until they are released', async () => {
  const [cancelled, held] = [await place('W-1'), await place('W-2')];
  const complete = await place('W-3', undefined, { state: 'complete', status: 'complete' });
  await client.cancel(cancelled);
  await client.call('POST', `/orders/${held}/hold`);
  pass(4 * hour);
  for (const id of [cancelled, held, complete]) expect(await client.shipmentsOf(id)).toEqual([]);
  await client.call('POST', `/orders/${held}/unhold`);
  pass(0);
  expect(await client.shipmentsOf(held)).toHaveLength(1);
});

it('ships the rest of an order that somebody else has begun to ship', async () => {
  const id = await place('W-1', [{ sku: 'MUG-BLUE-350', qty: 3 }]);
  const [item] = (await client.order(id)).items;
  await client.ship(id, { items: [{ order_item_id: item?.item_id, qty: 1 }] });
  pass(3 * hour);
  expect((await client.order(id)).items[0]?.qty_shipped).toBe(3);
});

it('keeps an order that it has no stock for, and ships it once there is', async () => {
  await shop.command('POST', '/products/MUG-BLUE-350', { quantity: 0 });
  const id = await place('W-1');
  pass(3 * hour);
  expect(await client.shipmentsOf(id)).toEqual([]);
  await shop.command('POST', '/products/MUG-BLUE-350', { quantity: 5 });
  pass(0);
  expect(await client.shipmentsOf(id)).toHaveLength(1);
});

it('goes on where it was after a restart', async () => {
  const id = await place('W-1');
  warehouse.tick();
  warehouse.stop();
  shop.clock.save();
  const restarted = openShop({ store: shop.store });
  const again = startWarehouse({ commerce: restarted.commerce, intervalMs: 3_600_000 });
  restarted.clock.advance(3 * hour);
  again.tick();
  again.stop();
  expect(await clientOf(restarted).shipmentsOf(id)).toHaveLength(1);
});
