import type { StockSetup } from '../../domain/stock-setup';
import { skuFilters } from './catalogue';
import type { Http } from './http';
import {
  emptySchema,
  linksSchema,
  sourceItemSchema,
  sourcesSchema,
  stockIdSchema,
  stocksSchema,
} from './inventory-wire';
import { isStockManaged } from './managed-stock';
import type { CommerceCallOptions, StockRequest } from './port';
import { type Filter, searchQuery } from './search';
import { itemsOf } from './wire';

/** Units of a SKU at a source. */
export interface SourceItem {
  /** As Commerce spells it. */
  readonly sku: string;
  readonly source: string;
  readonly quantity: number;
}

export interface Transfer {
  readonly from: string;
  readonly to: string;
  /** Each SKU once, with a quantity above 0. */
  readonly units: readonly StockRequest[];
}

export interface NewSource {
  readonly code: string;
  readonly name: string;
  readonly countryCode: string;
  readonly postalCode: string;
}

/** What the channel asks of Commerce's sources and stocks; errors and attempts as in {@link CommercePort}. */
export interface InventoryPort {
  /** Of these SKUs at these sources; what is not kept there is absent. */
  items(
    skus: readonly string[],
    sources: readonly string[],
    options?: CommerceCallOptions,
  ): Promise<SourceItem[]>;
  /** Whether Commerce counts the units of a SKU: without, it ships from any source. */
  isManaged(sku: string, options?: CommerceCallOptions): Promise<boolean>;
  /** Sets quantities, absolutely: only for items that are not there yet. */
  putItems(items: readonly SourceItem[], options?: CommerceCallOptions): Promise<void>;
  /**
   * Moves units between two sources that both have the SKUs, all or nothing. Relative: twice moves twice. Refused
   * where the origin has too little.
   */
  transfer(transfer: Transfer, options?: CommerceCallOptions): Promise<void>;
  /** Sources, stocks and what they are made of. */
  setup(options?: CommerceCallOptions): Promise<StockSetup>;
  /** The sources of the stock that a website sells from, the first to be used first. Kept for some minutes. */
  sourcesOf(websiteCode: string): Promise<readonly string[]>;
  createSource(source: NewSource): Promise<void>;
  /** A stock of its own for a website, which leaves the one before. Answers its id. */
  createStock(name: string, websiteCode: string): Promise<number>;
  linkSources(stockId: number, sources: readonly string[]): Promise<void>;
}

export function createInventoryPort(http: Http, sourcesOf: InventoryPort['sourcesOf']): InventoryPort {
  return {
    items: (skus, sources, options) => sourceItems(http, skus, sources, options),
    isManaged: (sku, options) => isStockManaged(http, sku, options),
    putItems: (items, options) => putSourceItems(http, items, options),
    transfer: (transfer, options) => transferStock(http, transfer, options),
    setup: (options) => stockSetup(http, options),
    sourcesOf,
    createSource: (source) => createSource(http, source),
    createStock: (name, websiteCode) => createStock(http, name, websiteCode),
    linkSources: (stockId, sources) => linkSources(http, stockId, sources),
  };
}

/** Commerce accepts no more where its input limits are on. */
const largestPage = 300;
const inventory = { store: 'all' } as const;

async function sourceItems(
  http: Http,
  skus: readonly string[],
  sources: readonly string[],
  { signal }: CommerceCallOptions = {},
): Promise<SourceItem[]> {
  const atSources: Filter[] = [{ field: 'source_code', value: sources.join(','), condition: 'in' }];
  const skusPerSearch = Math.max(Math.floor(largestPage / sources.length), 1);
  const pages = await Promise.all(
    skuFilters(skus, Math.min(skusPerSearch, 50)).map((filters) =>
      http({
        ...inventory,
        operation: 'read sources of SKUs',
        method: 'GET',
        path: '/V1/inventory/source-items',
        query: searchQuery({
          groups: [filters, atSources],
          fields: 'sku,source_code,quantity',
          pageSize: largestPage,
        }),
        answer: itemsOf(sourceItemSchema),
        signal,
      }),
    ),
  );
  return pages.flat();
}

async function putSourceItems(
  http: Http,
  items: readonly SourceItem[],
  { signal }: CommerceCallOptions = {},
): Promise<void> {
  await http({
    ...inventory,
    operation: 'assign SKUs to a source',
    method: 'POST',
    path: '/V1/inventory/source-items',
    body: {
      sourceItems: items.map(({ sku, source, quantity }) => ({
        sku,
        source_code: source,
        quantity,
        status: 1,
      })),
    },
    answer: emptySchema,
    slow: true,
    signal,
  });
}

async function transferStock(
  http: Http,
  { from, to, units }: Transfer,
  { signal }: CommerceCallOptions = {},
): Promise<void> {
  await http({
    ...inventory,
    operation: 'transfer stock',
    method: 'POST',
    path: '/V1/inventory/bulk-partial-source-transfer',
    body: {
      originSourceCode: from,
      destinationSourceCode: to,
      items: units.map(({ sku, quantity }) => ({ sku, qty: quantity })),
    },
    answer: emptySchema,
    slow: true,
    signal,
  });
}

/** A shop has few of each. */
const all = { groups: [], pageSize: largestPage } as const;

export async function stockSetup(http: Http, { signal }: CommerceCallOptions = {}): Promise<StockSetup> {
  const request = { ...inventory, operation: 'read sources and stocks', method: 'GET', signal } as const;
  const [sources, stocks, links] = await Promise.all([
    http({
      ...request,
      path: '/V1/inventory/sources',
      query: searchQuery({ ...all, fields: 'source_code,enabled,country_id,postcode' }),
      answer: sourcesSchema,
    }),
    http({
      ...request,
      path: '/V1/inventory/stocks',
      query: searchQuery({ ...all, fields: 'stock_id,name,extension_attributes[sales_channels[type,code]]' }),
      answer: stocksSchema,
    }),
    http({
      ...request,
      path: '/V1/inventory/stock-source-links',
      query: searchQuery({ ...all, fields: 'stock_id,source_code,priority' }),
      answer: linksSchema,
    }),
  ]);
  const sourcesOf = (stockId: number) =>
    links
      .filter((link) => link.stockId === stockId)
      .toSorted((one, other) => one.priority - other.priority)
      .map(({ source }) => source);
  return { sources, stocks: stocks.map((stock) => ({ ...stock, sources: sourcesOf(stock.id) })) };
}

async function createSource(http: Http, { code, name, countryCode, postalCode }: NewSource): Promise<void> {
  await http({
    ...inventory,
    operation: 'create source',
    method: 'POST',
    path: '/V1/inventory/sources',
    body: {
      source: {
        source_code: code,
        name,
        enabled: true,
        country_id: countryCode,
        postcode: postalCode,
        use_default_carrier_config: true,
      },
    },
    answer: emptySchema,
  });
}

async function createStock(http: Http, name: string, websiteCode: string): Promise<number> {
  const channel = { type: 'website', code: websiteCode };
  return http({
    ...inventory,
    operation: 'create stock',
    method: 'POST',
    path: '/V1/inventory/stocks',
    body: { stock: { name, extension_attributes: { sales_channels: [channel] } } },
    answer: stockIdSchema,
    slow: true,
  });
}

async function linkSources(http: Http, stockId: number, sources: readonly string[]): Promise<void> {
  const links = sources.map((source, index) => ({
    stock_id: stockId,
    source_code: source,
    priority: index + 1,
  }));
  await http({
    ...inventory,
    operation: 'link source to stock',
    method: 'POST',
    path: '/V1/inventory/stock-source-links',
    body: { links },
    answer: emptySchema,
    slow: true,
  });
}
