import { CommerceRefusedError } from './errors';
import type { Http } from './http';
import type { Region, Store } from './records';
import { countrySchema, stockSchema, storeConfigsSchema, storeViewsSchema, websitesSchema } from './wire';

/** What hardly changes in a shop, kept by the port. */
export interface ShopFacts {
  store(code: string): Promise<Store>;
  regions(countryCode: string): Promise<readonly Region[]>;
  /** The stock that a website sells from. */
  stockId(websiteCode: string): Promise<number>;
}

/** One load has them all. */
const allStores = 'all';
const minute = 60_000;
const keepStoresMs = 10 * minute;
const keepStockMs = 5 * minute;
const keepRegionsMs = 24 * 60 * minute;

export function createShopFacts(commerce: string, http: Http): ShopFacts {
  const stores = keep(keepStoresMs, () => readStores(http));
  const regions = keep(keepRegionsMs, (code) => readRegions(http, code));
  const stocks = keep(keepStockMs, (code) => readStock(http, code));
  return {
    store: async (code) => {
      const found = (await stores.get(allStores)).get(code);
      if (found) return found;
      stores.forget(allStores);
      const call = { commerce, operation: 'read stores', method: 'GET', path: '/V1/store/storeViews' };
      throw new CommerceRefusedError(call, `There is no store view with the code "${code}".`);
    },
    regions: (code) => regions.get(code),
    stockId: (code) => stocks.get(code),
  };
}

/** Loads each key once per `ttlMs`; callers at the same time share the load, a failed one is forgotten. */
function keep<T>(ttlMs: number, load: (key: string) => Promise<T>) {
  const kept = new Map<string, { value: Promise<T>; until: number }>();
  const start = (key: string) => {
    const value = load(key);
    kept.set(key, { value, until: Date.now() + ttlMs });
    value.catch(() => kept.delete(key));
    return value;
  };
  return {
    get: (key: string) => {
      const known = kept.get(key);
      return known && known.until > Date.now() ? known.value : start(key);
    },
    forget: (key: string) => kept.delete(key),
  };
}

async function readStores(http: Http): Promise<ReadonlyMap<string, Store>> {
  const request = { operation: 'read stores', method: 'GET', store: 'all' } as const;
  const [views, websites, configs] = await Promise.all([
    http({ ...request, path: '/V1/store/storeViews', answer: storeViewsSchema }),
    http({ ...request, path: '/V1/store/websites', answer: websitesSchema }),
    http({ ...request, path: '/V1/store/storeConfigs', answer: storeConfigsSchema }),
  ]);
  const stores = views.flatMap(({ id, code, website_id: websiteId }): Store[] => {
    const website = websites.find((one) => one.id === websiteId);
    const config = configs.find((one) => one.code === code);
    if (!website || !config) return [];
    return [{ id, code, websiteId, websiteCode: website.code, baseCurrency: config.base_currency_code }];
  });
  return new Map(stores.map((store) => [store.code, store]));
}

async function readRegions(http: Http, countryCode: string): Promise<readonly Region[]> {
  try {
    return await http({
      operation: 'read regions',
      method: 'GET',
      store: 'all',
      path: '/V1/directory/countries/{countryId}',
      parts: { countryId: countryCode },
      answer: countrySchema,
    });
  } catch (error) {
    if (error instanceof CommerceRefusedError) return [];
    throw error;
  }
}

async function readStock(http: Http, websiteCode: string): Promise<number> {
  const stock = await http({
    operation: 'resolve stock',
    method: 'GET',
    store: 'all',
    path: '/V1/inventory/stock-resolver/{type}/{code}',
    parts: { type: 'website', code: websiteCode },
    answer: stockSchema,
  });
  return stock.stock_id;
}
