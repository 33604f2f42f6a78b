import { readFileSync } from 'node:fs';
import { type OpenShop, openShop } from './commerce-client';
import { tenEach } from './recorded/orders';
import { recordingFile, recordingsAreThere } from './recorded/replay';

// The logs of salable quantities that a live Magento 2.4.6 gave between one call and the next.

interface Entry {
  sku: string;
  step: string;
  stock1: number;
  stock2: number;
  stock3?: number;
  sources: Record<string, number | [quantity: number, status: number]>;
}

const describeRecorded = recordingsAreThere ? describe : describe.skip;

const quantityOf = (value: number | [number, number]) => (typeof value === 'number' ? value : value[0]);
const entriesOf = (name: string): Entry[] => JSON.parse(readFileSync(recordingFile(name), 'utf8'));

type Call = (method: string, path: string, body?: unknown) => Promise<unknown>;

const callsOf =
  (shop: OpenShop): Call =>
  async (method, path, body) =>
    (await shop.send({ method, path: `/rest/V1${path}`, body })).body;

/** A shop with the stocks of the recorded instance and one SKU. */
async function openStocks(sku: string, sources: Entry['sources']): Promise<OpenShop> {
  const shop = openShop();
  const call = callsOf(shop);
  await shop.command('PATCH', '/settings', { warehouse: { enabled: false } });
  const quantities = Object.entries(sources).map(([code, value]) => [code, quantityOf(value)]);
  await shop.command('POST', `/products/${sku}`, { sources: Object.fromEntries(quantities) });
  for (const source_code of ['wh1', 'amazon_allocated']) {
    await call('POST', '/inventory/sources', { source: { source_code, name: source_code } });
  }
  const channel = { sales_channels: [{ type: 'website', code: 'amazon' }] };
  await call('POST', '/inventory/stocks', { stock: { name: 'Amazon stock', extension_attributes: channel } });
  await call('POST', '/inventory/stocks', { stock: { name: 'Third stock' } });
  await call('POST', '/inventory/stock-source-links', {
    links: [
      { stock_id: 2, source_code: 'wh1', priority: 1 },
      { stock_id: 2, source_code: 'amazon_allocated', priority: 2 },
      { stock_id: 3, source_code: 'wh1', priority: 1 },
    ],
  });
  return shop;
}

/** The calls behind the steps, for one order of the SKU at a time. */
function callsForOrder(call: Call, sku: string, storeId: number) {
  const ids = { order: 0, item: 0, units: 0, orders: 0 };
  const place = async (units: number) => {
    ids.orders += 1;
    const entity = { ...tenEach(sku, units, storeId, { id: 1 }), increment_id: `log-${ids.orders}` };
    const saved = (await call('POST', '/orders', { entity })) as {
      entity_id: number;
      items: { item_id: number }[];
    };
    Object.assign(ids, { order: saved.entity_id, item: saved.items[0]?.item_id ?? 0, units });
  };
  const ship = (qty?: number, source_code?: string) =>
    call('POST', `/order/${ids.order}/ship`, {
      ...(qty !== undefined && { items: [{ order_item_id: ids.item, qty }] }),
      ...(source_code && { arguments: { extension_attributes: { source_code } } }),
    });
  const invoice = () => call('POST', `/order/${ids.order}/invoice`);
  const cancel = () => call('POST', `/orders/${ids.order}/cancel`);
  const cancelByUpdate = () => {
    const items = [{ item_id: ids.item, qty_canceled: ids.units }];
    const entity = { entity_id: ids.order, state: 'canceled', status: 'canceled', items };
    return call('POST', '/orders', { entity });
  };
  const transfer = (originSourceCode: string, destinationSourceCode: string, qty: number) => {
    const items = [{ sku, qty }];
    const path = '/inventory/bulk-partial-source-transfer';
    return call('POST', path, { originSourceCode, destinationSourceCode, items });
  };
  const putItem = (source_code: string, quantity: number) => {
    const sourceItems = [{ sku, source_code, quantity, status: 1 }];
    return call('POST', '/inventory/source-items', { sourceItems });
  };
  return { place, ship, invoice, cancel, cancelByUpdate, transfer, putItem };
}

type Steps = [RegExp, (first: number, second: string) => Promise<unknown>][];

function stepsOf(call: Call, sku: string): Steps {
  // Orders of SKUs on a custom source come through the Amazon website.
  const storeId = /^INV-SHARED|^LOW/.test(sku) ? 1 : 2;
  const source = storeId === 2 ? 'wh1' : undefined;
  const order = callsForOrder(call, sku, storeId);
  return [
    [/^before$/, async () => undefined],
    [/^after import of (\d+)$/, order.place],
    [/^after invoice$/, order.invoice],
    [/^after shipping (\d+) of \d+$/, (qty) => order.ship(qty, source)],
    [/^after shipping all \d+$/, () => order.ship(undefined, source)],
    [/^after failed ship$/, () => order.place(3).then(() => order.ship())],
    [/^after cancel$/, sku.includes('PCANCEL') ? order.cancelByUpdate : order.cancel],
    [
      /^after transfer of (\d+)$/,
      async (qty) => {
        await order.putItem('amazon_allocated', 0);
        await order.transfer('default', 'amazon_allocated', qty);
      },
    ],
    [/^after ship from amazon_allocated$/, () => order.ship(undefined, 'amazon_allocated')],
    [
      /^after ship (\d+) from (\w+)$/,
      (qty, from) => order.place(qty).then(() => order.ship(undefined, from)),
    ],
    [
      /^after partial-update cancel/,
      () => order.cancelByUpdate().then(() => order.transfer('amazon_allocated', 'default', 5)),
    ],
    [/^after too large transfer$/, () => order.transfer('default', 'amazon_allocated', 5000)],
    [/^after re-posting default source item$/, () => order.putItem('default', 100)],
  ];
}

async function doStep(steps: Steps, step: string): Promise<void> {
  for (const [pattern, work] of steps) {
    const match = pattern.exec(step);
    if (!match) continue;
    await work(Number(match[1]), match[2] ?? '');
    return;
  }
  throw new Error(`A step that this test does not know: ${step}`);
}

describeRecorded('quantities go as on a live Magento 2.4.6', () => {
  for (const log of ['05-inventory-log', '05-transfer-log', '05-custom-source-to-zero-log']) {
    const entries = recordingsAreThere ? entriesOf(log) : [];
    const skus = [...new Set(entries.map(({ sku }) => sku))];
    it.each(skus)(`${log}: %s`, async (sku) => {
      const own = entries.filter((entry) => entry.sku === sku);
      const [before] = own;
      if (!before) throw new Error('A log without entries');
      const shop = await openStocks(sku, before.sources);
      const call = callsOf(shop);
      const steps = stepsOf(call, sku);
      const salable = (stockId: number) =>
        call('GET', `/inventory/get-product-salable-quantity/${sku}/${stockId}`);
      for (const entry of own) {
        await doStep(steps, entry.step);
        const stocks = { stock1: await salable(1), stock2: await salable(2), stock3: await salable(3) };
        const { step, stock1, stock2, stock3 = stocks.stock3 } = entry;
        expect({ step, ...stocks }).toEqual({ step, stock1, stock2, stock3 });
        for (const [code, value] of Object.entries(entry.sources)) {
          const item = shop.commerce.shop.sourceItems.get(`${sku.toLowerCase()}|${code}`);
          expect({ step, code, quantity: item?.quantity }).toEqual({
            step,
            code,
            quantity: quantityOf(value),
          });
        }
      }
      await shop.store.close();
    });
  }
});
