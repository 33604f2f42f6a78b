import { ApiError } from './errors';
import type { Json } from './json';

// Website `base` with store view `default`, and website `amazon` with store view `amazon_us`, as on the
// recorded instance. Id 0 is Magento's admin scope.
export const websites = [
  { id: 1, code: 'base', name: 'Main Website', default_group_id: 1 },
  { id: 0, code: 'admin', name: 'Admin', default_group_id: 0 },
  { id: 2, code: 'amazon', name: 'Amazon', default_group_id: 2 },
] as const;

const group = (id: number, name: string, code: string) => ({
  id,
  website_id: id,
  root_category_id: id === 0 ? 0 : 2,
  default_store_id: id,
  name,
  code,
});

export const storeGroups = [
  group(1, 'Main Website Store', 'main_website_store'),
  group(0, 'Default', 'default'),
  group(2, 'Amazon Group', 'amazon_group'),
];

const view = (id: number, code: string, name: string) => ({
  id,
  code,
  name,
  website_id: id,
  store_group_id: id,
  is_active: 1,
});

export const storeViews = [
  view(1, 'default', 'Default Store View'),
  view(0, 'admin', 'Admin'),
  view(2, 'amazon_us', 'Amazon US'),
];

export type StoreView = (typeof storeViews)[number];

/** A store view by its id; 404 if there is none. */
export function storeById(id: number): StoreView {
  const found = storeViews.find((one) => one.id === id);
  if (found) return found;
  throw new ApiError(404, {
    message: "The store that was requested wasn't found. Verify the store and try again.",
  });
}

/** The store view of a request's URL: `all` is the admin scope, no code the default store view. */
export function storeByCode(code: string | undefined): StoreView | undefined {
  const wanted = code === undefined ? 'default' : code === 'all' ? 'admin' : code;
  return storeViews.find((one) => one.code === wanted);
}

export const websiteCode = (storeId: number): string =>
  websites.find(({ id }) => id === storeById(storeId).website_id)?.code ?? 'admin';

/** Website, group and view on three lines: what an order keeps as `store_name`. */
export function storeName(store: StoreView): string {
  const website = websites.find(({ id }) => id === store.website_id);
  const storeGroup = storeGroups.find(({ id }) => id === store.store_group_id);
  return [website?.name, storeGroup?.name, store.name].join('\n');
}

/** `GET /V1/store/storeConfigs`: all but the admin scope. */
export const storeConfigs = (baseUrl: string, baseCurrency: (website: string) => string): Json =>
  storeViews
    .filter(({ id }) => id !== 0)
    .map(({ id, code, website_id }) => ({
      id,
      code,
      website_id,
      locale: 'en_US',
      base_currency_code: baseCurrency(websiteCode(id)),
      default_display_currency_code: baseCurrency(websiteCode(id)),
      timezone: 'America/Los_Angeles',
      weight_unit: 'lbs',
      base_url: `${baseUrl}/`,
      base_link_url: `${baseUrl}/`,
      base_static_url: `${baseUrl}/static/`,
      base_media_url: `${baseUrl}/media/`,
      secure_base_url: `${baseUrl}/`,
      secure_base_link_url: `${baseUrl}/`,
      secure_base_static_url: `${baseUrl}/static/`,
      secure_base_media_url: `${baseUrl}/media/`,
    }));
