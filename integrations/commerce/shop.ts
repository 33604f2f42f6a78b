import { stockOf } from '../../domain/stock-setup';
import { CommerceAccessError, CommerceRefusedError } from './errors';
import type { Http } from './http';
import { stockSetup } from './inventory';
import type { GlobalCurrency, Region, Store } from './records';
import {
  countrySchema,
  currencySchema,
  stockSchema,
  storeConfigsSchema,
  storeViewsSchema,
  websitesSchema,
} from './wire';

/** What hardly changes in a shop, kept by the port. */
export interface ShopFacts {
  store(code: string): Promise<Store>;
  exchangeRate(store: Store, currency: string): Promise<number | null>;
  globalCurrency(store: Store): Promise<GlobalCurrency>;
  regions(countryCode: string): Promise<readonly Region[]>;
  /** The stock that a website sells from. */
  stockId(websiteCode: string): Promise<number>;
  /** The sources of that stock, the first to be used first. */
  sourcesOf(websiteCode: string): Promise<readonly string[]>;
}

/** One load has them all. */
const allStores = 'all';
const allStocks = 'all';
const minute = 60_000;
const keepStoresMs = 10 * minute;
const keepStockMs = 5 * minute;
const keepRegionsMs = 24 * 60 * minute;

/** @param tellsRates false in the cloud service, which has no call for them */
export function createShopFacts(
  commerce: string,
  http: Http,
  { tellsRates }: { readonly tellsRates: boolean },
): ShopFacts {
  const stores = keep(keepStoresMs, () => readStores(http));
  const rates = keep(keepStoresMs, (code) => readRates(http, code));
  const regions = keep(keepRegionsMs, (code) => readRegions(http, code));
  const setups = keep(keepStockMs, () => stockSetup(http));
  const stocks = keep(keepStockMs, (code) => readStock(http, code));
  return {
    store: async (code) => {
      const found = (await stores.get(allStores)).get(code);
      if (found) return found;
      stores.forget(allStores);
      const call = { commerce, operation: 'read stores', method: 'GET', path: '/V1/store/storeViews' };
      throw new CommerceRefusedError(call, `There is no store view with the code "${code}".`);
    },
    exchangeRate: async ({ code, baseCurrency }, currency) => {
      if (!tellsRates) return null;
      const { base, toOrder } = await rates.get(code);
      return base === baseCurrency ? (toOrder.get(currency) ?? null) : null;
    },
    globalCurrency: async ({ code, baseCurrency }) => {
      const own = { currency: baseCurrency, rate: 1 };
      const all = [...(await stores.get(allStores)).values()];
      if (!tellsRates || all.every((store) => store.baseCurrency === baseCurrency)) return own;
      // What holds for all stores is answered where none is named.
      const [{ base: currency }, { base, toOrder }] = [await rates.get(allStores), await rates.get(code)];
      const rate = base === baseCurrency ? toOrder.get(currency) : undefined;
      return rate === undefined ? own : { currency, rate };
    },
    regions: (code) => regions.get(code),
    stockId: (code) => stocks.get(code),
    sourcesOf: async (code) => stockOf(await setups.get(allStocks), code)?.sources ?? [],
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

interface Rates {
  readonly base: string;
  /** For one unit of `base`; only those that Commerce really has. */
  readonly toOrder: ReadonlyMap<string, number>;
}

/** Those of the currencies that the store view allows. */
async function readRates(http: Http, storeCode: string): Promise<Rates> {
  try {
    const { base_currency_code: base, exchange_rates: rates } = await http({
      operation: 'read exchange rates',
      method: 'GET',
      store: storeCode,
      path: '/V1/directory/currency',
      answer: currencySchema,
    });
    const known = rates.filter(({ rate }) => rate > 0);
    return { base, toOrder: new Map(known.map(({ currency_to, rate }) => [currency_to, rate])) };
  } catch (error) {
    if (isRefusal(error)) return { base: '', toOrder: new Map() };
    throw error;
  }
}

const isRefusal = (error: unknown) =>
  error instanceof CommerceRefusedError || error instanceof CommerceAccessError;

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
