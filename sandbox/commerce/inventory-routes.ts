import { ApiError, badRequest } from './errors';
import { objectsOf } from './input';
import { askSalableQuantity, putSourceItem, stockOfWebsite } from './inventory';
import { isObject, type Json, type JsonObject } from './json';
import { salability } from './products';
import type { SourceItem, Stock } from './records';
import type { Call, Route } from './router';
import { parseCriteria, search, unknownAttribute } from './search';
import { transferBetweenSources } from './transfer';

const stockResource = 'Magento_InventorySalesApi::stock';
const sourceResource = 'Magento_InventoryApi::source';

const stockView = ({ id, name, websites }: Stock): JsonObject => ({
  stock_id: id,
  name,
  extension_attributes: { sales_channels: websites.map((code) => ({ type: 'website', code })) },
});

function resolveStock({ shop, path }: Call): Json {
  const stock = stockOfWebsite(shop, path('code'));
  if (stock) return stockView(stock);
  throw new ApiError(404, { message: 'No linked stock found' });
}

/** A stock of its own takes the websites that it names away from others. */
function createStock({ shop, object }: Call): Json {
  const stock = object('stock');
  const extension = isObject(stock.extension_attributes) ? stock.extension_attributes : {};
  const websites = objectsOf(extension.sales_channels).map(({ code }) => String(code));
  for (const other of shop.stocks.all()) {
    const kept = other.websites.filter((code) => !websites.includes(code));
    if (kept.length < other.websites.length) shop.stocks.put({ ...other, websites: kept });
  }
  const id = 1 + Math.max(0, ...shop.stocks.all().map((one) => one.id));
  shop.stocks.put({ id, name: String(stock.name ?? ''), websites });
  return id;
}

/** Source `default` and Default Stock belong to each other only. */
function linkSources({ shop, args }: Call): Json {
  const links = objectsOf(args.links).map(({ stock_id, source_code, priority }) => ({
    stockId: Number(stock_id),
    sourceCode: String(source_code),
    priority: Number(priority ?? 1),
  }));
  const refused = links.filter(({ stockId, sourceCode }) => (stockId === 1) !== (sourceCode === 'default'));
  if (refused.length > 0) {
    const message = 'Can not save link related to Default Source or Default Stock';
    throw new ApiError(400, {
      message: 'Validation Failed',
      errors: refused.map(() => ({ message, parameters: [] })),
    });
  }
  for (const link of links) shop.links.put(link);
  return [];
}

function createSource({ shop, object }: Call): Json {
  const columns = object('source');
  const code = String(columns.source_code ?? '');
  if (code === '') throw badRequest('Validation Failed');
  shop.sources.put({ code, columns });
  return [];
}

const sourceItemView = ({ sku, sourceCode, quantity, status }: SourceItem): JsonObject => ({
  sku,
  source_code: sourceCode,
  quantity,
  status,
});

function putSourceItems({ shop, args }: Call): Json {
  for (const { sku, source_code, quantity, status } of objectsOf(args.sourceItems)) {
    putSourceItem(shop, {
      sku: String(sku),
      sourceCode: String(source_code),
      quantity: Number(quantity ?? 0),
      status: Number(status ?? 1),
    });
  }
  return [];
}

const searchSourceItems = ({ shop, query }: Call): Json =>
  search(
    {
      table: shop.sourceItems,
      columns: new Set(['sku', 'source_code', 'quantity', 'status']),
      indexed: ['sku', 'source_code'],
      read: (record, column) => {
        const value = sourceItemView(record)[column];
        return typeof value === 'string' || typeof value === 'number' ? value : null;
      },
      unknownColumn: unknownAttribute,
    },
    parseCriteria(query),
    sourceItemView,
  );

/** A search that the sandbox answers in full: there are only a few sources, stocks and links. */
const whole = (items: Json[]): Json => ({
  items,
  search_criteria: { filter_groups: [] },
  total_count: items.length,
});

function askManySkus({ shop, query }: Call): Json {
  const requests = isObject(query.skuRequests) ? Object.values(query.skuRequests).filter(isObject) : [];
  const stockId = Number(query.stockId);
  return requests.map(({ sku, qty }) => ({
    sku: String(sku),
    stock_id: stockId,
    ...salability(shop, String(sku), Number(qty), stockId),
  }));
}

const rawList = { type: 'any', required: true } as const;

export const inventoryRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/inventory/stock-resolver/website/:code',
    resource: stockResource,
    handle: resolveStock,
  },
  {
    method: 'GET',
    path: '/inventory/get-product-salable-quantity/:sku/:stockId',
    resource: stockResource,
    handle: ({ shop, path, id }) => askSalableQuantity(shop, path('sku'), id('stockId')),
  },
  {
    method: 'GET',
    path: '/inventory/is-product-salable-for-requested-qty/:sku/:stockId/:qty',
    resource: stockResource,
    handle: ({ shop, path, id }) => salability(shop, path('sku'), id('qty'), id('stockId')),
  },
  {
    method: 'GET',
    path: '/inventory/are-product-salable-for-requested-qty',
    resource: stockResource,
    handle: askManySkus,
  },
  {
    method: 'GET',
    path: '/inventory/sources',
    resource: sourceResource,
    handle: ({ shop }) => whole(shop.sources.all().map(({ columns }) => columns)),
  },
  {
    method: 'POST',
    path: '/inventory/sources',
    resource: sourceResource,
    parameters: { source: rawList },
    handle: createSource,
  },
  {
    method: 'GET',
    path: '/inventory/stocks',
    resource: stockResource,
    handle: ({ shop }) => whole(shop.stocks.all().map(stockView)),
  },
  {
    method: 'POST',
    path: '/inventory/stocks',
    resource: stockResource,
    parameters: { stock: rawList },
    handle: createStock,
  },
  {
    method: 'GET',
    path: '/inventory/stock-source-links',
    resource: sourceResource,
    handle: ({ shop }) =>
      whole(
        shop.links.all().map(({ stockId, sourceCode, priority }) => ({
          stock_id: stockId,
          source_code: sourceCode,
          priority,
        })),
      ),
  },
  {
    method: 'POST',
    path: '/inventory/stock-source-links',
    resource: sourceResource,
    parameters: { links: rawList },
    handle: linkSources,
  },
  {
    method: 'GET',
    path: '/inventory/source-items',
    resource: sourceResource,
    handle: searchSourceItems,
  },
  {
    method: 'POST',
    path: '/inventory/source-items',
    resource: sourceResource,
    parameters: { sourceItems: rawList },
    handle: putSourceItems,
  },
  {
    method: 'POST',
    path: '/inventory/bulk-partial-source-transfer',
    resource: sourceResource,
    parameters: {
      originSourceCode: { type: 'string', required: true },
      destinationSourceCode: { type: 'string', required: true },
      items: rawList,
    },
    handle: ({ shop, args }) => transferBetweenSources(shop, args),
  },
];
