import { productsOf, unsalableOf } from './catalogue';
import { createCustomer, findCustomers } from './customers';
import { createHttp } from './http';
import { createSigner, type OAuthCredentials } from './oauth';
import { createOrder, findOrders, invoice, markCanceled, readOrder, readOrders } from './orders';
import type { CommercePort } from './port';
import { ship, shipmentsOf } from './shipments';
import { createShopFacts } from './shop';

export interface CommerceConnection {
  readonly name: string;
  /** `https://shop.example.com`, without `/rest`, as Commerce itself sees its address: it is signed. */
  readonly url: string;
  readonly credentials: OAuthCredentials;
  /** Calls at the same time. Default 4. */
  readonly concurrency?: number;
}

const defaultTimeoutMs = 20_000;

/**
 * Commerce (PaaS or Magento Open Source from 2.4.6) over REST with an OAuth 1.0a integration. Calls that
 * reindex before they answer get three times `timeoutMs` (default 20 s).
 */
export function createCommercePort(
  { name, url, credentials, concurrency = 4 }: CommerceConnection,
  { timeoutMs = defaultTimeoutMs }: { readonly timeoutMs?: number } = {},
): CommercePort {
  const sign = createSigner(credentials);
  const http = createHttp({ commerce: name, url: url.replace(/\/+$/, ''), sign, timeoutMs, concurrency });
  const shop = createShopFacts(name, http);
  return {
    name,
    store: shop.store,
    regions: shop.regions,
    products: (store, skus, options) => productsOf(http, store, skus, options),
    unsalable: async (store, wanted, options) =>
      unsalableOf(http, store, await shop.stockId(store.websiteCode), wanted, options),
    findOrders: (amazonOrderId, options) => findOrders(http, amazonOrderId, options),
    readOrders: (entityIds, options) => readOrders(http, entityIds, options),
    readOrder: (entityId, options) => readOrder(http, entityId, options),
    createOrder: (store, entity, options) => createOrder(http, store, entity, options),
    markCanceled: (order, options) => markCanceled(http, order, options),
    invoice: (entityId, options) => invoice(http, entityId, options),
    ship: (entityId, parcel, options) => ship(http, entityId, parcel, options),
    shipments: (entityIds, options) => shipmentsOf(http, entityIds, options),
    findCustomers: (email, websiteId, options) => findCustomers(http, email, websiteId, options),
    createCustomer: (store, customer, options) => createCustomer(http, store, customer, options),
  };
}
