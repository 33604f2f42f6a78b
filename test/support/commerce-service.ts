import type { CommerceConnection } from '../../integrations/commerce/client';
import { createClock } from '../../sandbox/clock';
import {
  createCommerceSandbox,
  sandboxCredentials,
  sandboxImsClient,
  sandboxTenant,
} from '../../sandbox/commerce';
import type { Fault } from '../../sandbox/faults';
import { type Exchange, listen } from '../../sandbox/server';
import { openStore } from '../../sandbox/store';
import { createWireContracts } from './wire-contracts';

const contracts = createWireContracts();

/** What the shop's own books say of an order. */
export interface BookedOrder {
  entity_id: number;
  increment_id: string;
  ext_order_id: string;
  store_id: number;
  state: string;
  status: string;
  grand_total: number;
  total_paid: number;
  customer_is_guest: number;
  customer_id: number | null;
  items: {
    sku: string;
    qty_ordered: number;
    qty_invoiced: number;
    qty_shipped: number;
    qty_canceled: number;
  }[];
  shipments: { entity_id: number; items: { qty: number }[]; tracks: { track_number: string }[] }[];
  comments: number;
}

/** Both speak to the same shop. */
export const editions = ['paas', 'cloudService'] as const;
export type Edition = (typeof editions)[number];

/** The sandbox shop on a free port of loopback, its warehouse idle, and what a client needs to call it. */
export async function openCommerceService() {
  const store = openStore();
  const clock = createClock(store, 1, Date.UTC(2026, 9, 1, 15));
  const exchanges: Exchange[] = [];
  const sandbox = createCommerceSandbox({
    store,
    clock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  sandbox.settings.change({ warehouse: { enabled: false } });
  const server = await listen(sandbox.app, 0);
  const command = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${server.url}/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { consumerKey, consumerSecret, token, tokenSecret } = sandboxCredentials;

  const connections = {
    paas: {
      name: 'main',
      url: server.url,
      credentials: { consumerKey, consumerSecret, accessToken: token, accessTokenSecret: tokenSecret },
    },
    cloudService: {
      name: 'main',
      edition: 'cloudService',
      url: `${server.url}/${sandboxTenant}`,
      credentials: sandboxImsClient,
      tokenEndpoint: `${server.url}/ims/token/v3`,
    },
  } as const satisfies Record<Edition, CommerceConnection>;

  return {
    clock,
    sandbox,
    connection: connections.paas,
    connections,
    books: async () =>
      (await command('GET', '/orders')) as { orders: BookedOrder[]; mails: number; customers: number },
    changeProduct: (sku: string, changes: object) =>
      command('POST', `/products/${encodeURIComponent(sku)}`, changes),
    /** What a website calculates in, and its rates to other currencies. */
    changeCurrencies: (website: string, changes: object) =>
      command('POST', `/currencies/${website}`, changes),
    /** Units of a SKU on source `default`. */
    stock: (sku: string) => sandbox.shop.sourceItems.get(`${sku.toLowerCase()}|default`)?.quantity,
    misbehave: (fault: Fault) => sandbox.faults.arm(fault),
    exchanges,
    /** All that Commerce's description forbids, in sentences; commanded misbehaviour aside. */
    violations: () => exchanges.filter(isOwn).flatMap((exchange) => contracts?.violations(exchange) ?? []),
    close: async () => {
      await server.close();
      await store.close();
    },
  };
}

export type CommerceService = Awaited<ReturnType<typeof openCommerceService>>;

const isOwn = ({ contentType, responseBody }: Exchange) =>
  contentType !== '' && !responseBody.startsWith('Service misbehaving');
