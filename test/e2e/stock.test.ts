import { setTimeout } from 'node:timers/promises';
import { salableQuantity, stockOfWebsite } from '../../sandbox/commerce/inventory';
import { compare } from '../../scripts/start/compare';
import { type Channel, openChannel } from '../support/channel';
import { eventually } from '../support/eventually';
import { prepareStock, shopStock } from '../support/stock';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const minutes = (count: number) => count * 60_000;
const sku = 'JAR-GLASS-6';
const lines = [{ sku, quantity: 2, taxMinor: 550 }];

let channel: Channel;
beforeAll(async () => {
  channel = await openChannel({
    folder: tempFolder(),
    policy: { inventory: 'sourceTransfer', stock: shopStock, pendingStock: 'reserve' },
  });
  const { commerce } = channel.sandbox;
  const [connection] = channel.config.commerce;
  if (connection?.edition !== 'paas') throw new Error('No shop');
  await prepareStock({ connection }, 'sourceTransfer');
  commerce.shop.transaction(() =>
    commerce.shop.sourceItems.put({ sku, sourceCode: 'default', quantity: 100, status: 1 }),
  );
  await channel.startWorker();
});
afterAll(async () => {
  expect(channel.violations()).toEqual([]);
  await channel.close();
});

const pass = (ms: number) => channel.sandbox.clock.advance(ms);
/** What the shop can sell, what lies at its source, and what lies at that of Amazon's orders. */
function stock() {
  const { shop } = channel.sandbox.commerce;
  const at = (source: string) => shop.sourceItems.get(`${sku.toLowerCase()}|${source}`)?.quantity;
  const salable = salableQuantity(shop, sku, stockOfWebsite(shop, 'base')?.id ?? 0);
  return [salable, at('default'), at('amazon_allocated')];
}
const stockBecomes = (quantities: number[]) =>
  eventually(
    async () => stock(),
    (seen) => JSON.stringify(seen) === JSON.stringify(quantities),
  );

it('a Pending order holds its units, and gives them back when it is cancelled', async () => {
  const { orderId } = channel.place({ lines });
  pass(minutes(3));
  await stockBecomes([98, 98, 3]);
  await channel.move(orderId, 'cancel');
  pass(minutes(3));
  await channel.row(orderId, (row) => row?.channelStatus === 'Canceled');
  await stockBecomes([100, 100, 1]);
});

it('an order takes its units once, however its answers are lost, and ships from them', async () => {
  const { orderId } = channel.place({ lines });
  await channel.misbehave('commerce', { path: '/bulk-partial-source-transfer', kind: 'dropAfter' });
  await channel.misbehave('commerce', { method: 'POST', path: '/V1/orders$', kind: 'dropAfter' });
  await channel.move(orderId, 'verify');
  pass(minutes(3));
  await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
  expect(stock()).toEqual([98, 98, 3]);
  const row = await eventually(
    () => {
      pass(minutes(60));
      return setTimeout(300, undefined).then(() => channel.orders.find(orderId));
    },
    ({ channelStatus }) => channelStatus === 'Shipped',
  );
  expect(stock()).toEqual([98, 98, 1]);
  expect(row.attention).toEqual([]);
  expect(compare(await channel.books()).differences).toEqual([]);
});

it('an order that is cancelled after its placement gives them back', async () => {
  const { orderId } = channel.place({ lines });
  await channel.move(orderId, 'verify');
  pass(minutes(3));
  await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
  expect(stock()).toEqual([96, 96, 3]);
  await channel.move(orderId, 'cancel');
  pass(minutes(3));
  await channel.row(orderId, (row) => row?.channelStatus === 'Canceled');
  await stockBecomes([98, 98, 1]);
});
