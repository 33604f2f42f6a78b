import { type Access, signedAccess, tokenAccess } from './access';
import { productsOf, unsalableOf } from './catalogue';
import { createCustomer, findCustomers } from './customers';
import { invoice, refund, ship } from './documents';
import { createHttp } from './http';
import type { ImsCredentials } from './ims';
import { createInventoryPort } from './inventory';
import type { OAuthCredentials } from './oauth';
import {
  cancelRest,
  comment,
  createOrder,
  findOrders,
  findOrdersByNumber,
  markCanceled,
  readOrder,
  readOrders,
} from './orders';
import type { CommercePort } from './port';
import { shipmentsOf } from './shipments';
import { createShopFacts } from './shop';
import { haltedOrders, recentShipments } from './watch';

interface Instance {
  readonly name: string;
  /**
   * Without `/rest`, as Commerce itself sees its address: it is signed. `https://shop.example.com`; of the cloud
   * service `https://na1.api.commerce.adobe.com/<tenant>`.
   */
  readonly url: string;
  /** Calls at the same time. Default 4. */
  readonly concurrency?: number;
}

export type CommerceConnection = Instance &
  (
    | { readonly edition?: 'paas'; readonly credentials: OAuthCredentials }
    | {
        readonly edition: 'cloudService';
        readonly credentials: ImsCredentials;
        readonly tokenEndpoint: string;
      }
  );

const defaultTimeoutMs = 20_000;

/**
 * Commerce over REST: PaaS and Magento Open Source from 2.4.6, and Commerce as a Cloud Service. Calls that reindex
 * before they answer get three times `timeoutMs` (default 20 s).
 */
export function createCommercePort(
  connection: CommerceConnection,
  { timeoutMs = defaultTimeoutMs }: { readonly timeoutMs?: number } = {},
): CommercePort {
  const { name, concurrency = 4 } = connection;
  const access = accessOf(connection, timeoutMs);
  const http = createHttp({ commerce: name, access, timeoutMs, concurrency });
  const shop = createShopFacts(name, http, { tellsRates: connection.edition !== 'cloudService' });
  return {
    name,
    store: shop.store,
    exchangeRate: shop.exchangeRate,
    globalCurrency: shop.globalCurrency,
    regions: shop.regions,
    products: (store, skus, options) => productsOf(http, store, skus, options),
    unsalable: async (store, wanted, options) =>
      unsalableOf(http, store, await shop.stockId(options?.website ?? store.websiteCode), wanted, options),
    inventory: createInventoryPort(http, shop.sourcesOf),
    findOrders: (amazonOrderId, options) => findOrders(http, amazonOrderId, options),
    findOrdersByNumber: (store, number, options) => findOrdersByNumber(http, store, number, options),
    readOrders: (entityIds, options) => readOrders(http, entityIds, options),
    readOrder: (entityId, options) => readOrder(http, entityId, options),
    createOrder: (store, entity) => createOrder(http, store, entity),
    markCanceled: (order, text, options) => markCanceled(http, order, text, options),
    refund: (entityId, options) => refund(http, entityId, options),
    cancelRest: (entityId, options) => cancelRest(http, entityId, options),
    comment: (order, text, options) => comment(http, order, text, options),
    invoice: (entityId, options) => invoice(http, entityId, options),
    ship: (entityId, parcel, options) => ship(http, entityId, parcel, options),
    shipments: (entityIds, options) => shipmentsOf(http, entityIds, options),
    recentShipments: (since, options) => recentShipments(http, since, options),
    haltedOrders: (entityIds, options) => haltedOrders(http, entityIds, options),
    findCustomers: (email, websiteId, options) => findCustomers(http, email, websiteId, options),
    createCustomer: (store, customer, options) => createCustomer(http, store, customer, options),
  };
}

function accessOf(connection: CommerceConnection, timeoutMs: number): Access {
  const url = connection.url.replace(/\/+$/, '');
  if (connection.edition !== 'cloudService') return signedAccess(url, connection.credentials);
  const { name, credentials, tokenEndpoint } = connection;
  return tokenAccess(url, credentials, { commerce: name, tokenEndpoint, timeoutMs });
}
