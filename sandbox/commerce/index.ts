import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { ZodError } from 'zod';
import type { Clock } from '../clock';
import { controlPlane } from '../control';
import { createFaults, type Faults } from '../faults';
import { type ExchangeListener, recordExchanges } from '../server';
import type { Store } from '../store';
import { booksOf } from './books';
import { cartRoutes } from './cart-routes';
import { changeCurrencies } from './currencies';
import { imsApi, sandboxTenant } from './ims';
import { inventoryRoutes } from './inventory-routes';
import { orderRoutes } from './order-routes';
import { restApi } from './router';
import { changeProduct, seedShop } from './seed';
import { createSettings, type SettingsHolder } from './settings';
import { shipmentRoutes } from './shipment-routes';
import { createShop, type Shop } from './shop';
import { shopRoutes } from './shop-routes';

export { sandboxTenant } from './ims';
export { type Credentials, sandboxCredentials, sandboxImsClient } from './settings';
export { startWarehouse, type Warehouse } from './warehouse';

export interface CommerceSandbox {
  app: Hono<{ Bindings: HttpBindings }>;
  shop: Shop;
  settings: SettingsHolder;
  faults: Faults;
}

interface Options {
  store: Store;
  clock: Clock;
  onExchange?: ExchangeListener;
}

const routes = [...orderRoutes, ...shipmentRoutes, ...inventoryRoutes, ...shopRoutes, ...cartRoutes];

/**
 * A shop that answers as Magento Open Source 2.4.6 does, for the calls in use. Its state is in `store`: after
 * a restart everything goes on. A new one is stocked with the demo catalogue.
 */
export function createCommerceSandbox({ store, clock, onExchange }: Options): CommerceSandbox {
  const shop = createShop(store, clock);
  const settings = createSettings(store);
  const faults = createFaults();
  if (shop.stocks.size() === 0) shop.transaction(() => seedShop(shop));
  const reset = () =>
    shop.transaction(() => {
      shop.clear();
      seedShop(shop);
    });

  // Magento does not mind a slash at the end of a path.
  const app = new Hono<{ Bindings: HttpBindings }>({ strict: false });
  if (onExchange) app.use(recordExchanges('commerce', onExchange));
  for (const part of ['/rest/*', `/${sandboxTenant}/*`, '/ims/*']) app.use(part, faults.middleware);
  app.get('/_sandbox/orders', (c) => c.json(booksOf(shop)));
  app.post('/_sandbox/products/:sku', (c) =>
    command(c, (changes) => shop.transaction(() => changeProduct(shop, c.req.param('sku'), changes))),
  );
  app.post('/_sandbox/currencies/:website', (c) =>
    command(c, (changes) => changeCurrencies(shop, c.req.param('website'), changes)),
  );
  app.route(
    '/',
    controlPlane({ clock, faults, settings: settings.get, changeSettings: settings.change, reset }),
  );
  app.route('/', imsApi(shop, settings));
  app.route('/', restApi(shop, settings, routes));
  return { app, shop, settings, faults };
}

/** Does what the body says; 400 with the reason where it says something unknown or wrong. */
async function command(c: Context, change: (changes: unknown) => void): Promise<Response> {
  const changes: unknown = await c.req.json();
  try {
    change(changes);
    return c.json({ ok: true });
  } catch (error) {
    if (error instanceof ZodError) return c.json({ error: error.message }, 400);
    throw error;
  }
}
