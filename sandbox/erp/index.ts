import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../clock';
import { controlPlane } from '../control';
import { createFaults, type Faults } from '../faults';
import { repeating } from '../repeating';
import { type ExchangeListener, recordExchanges } from '../server';
import type { Store } from '../store';
import { createErpBooks } from './books';
import { orderCommands } from './commands';
import { channelInbox } from './inbox';
import { createErpOrders, type ErpOrders } from './orders';
import { createOutbox } from './outbox';
import { type ErpSettingsKeeper, keepErpSettings } from './settings';

export type { BookedErpOrder } from './records';
export { type ErpSettings, erpSandboxSecret } from './settings';

export interface ErpSandboxOptions {
  store: Store;
  clock: Clock;
  /** Told every message of the channel and its answer. */
  onExchange?: ExchangeListener;
}

export interface ErpSandbox {
  app: Hono<{ Bindings: HttpBindings }>;
  orders: ErpOrders;
  settings: ErpSettingsKeeper;
  faults: Faults;
  /** Does once what is due by the clock: acknowledges, ships, tells the channel. */
  work(): Promise<void>;
  /** Works by itself, every so many real milliseconds, until it is stopped. */
  start(everyMs?: number): void;
  stop(): Promise<void>;
}

/**
 * An ERP behind a signed webhook: it takes orders, acknowledges them after a while and tells its decisions by
 * signed webhooks of its own. Everything it knows is in `store`, so that it goes on after a restart.
 */
export function createErpSandbox({ store, clock, onExchange }: ErpSandboxOptions): ErpSandbox {
  const settings = keepErpSettings(store);
  const outbox = createOutbox(store, settings.current);
  const books = createErpBooks({ store, clock, outbox });
  const orders = createErpOrders(store, { books, settings: settings.current });
  const faults = createFaults();
  const app = new Hono<{ Bindings: HttpBindings }>();

  const control = { clock, faults, settings: settings.current, changeSettings: settings.change };
  app.route('/', controlPlane({ ...control, reset: orders.reset }));
  app.route('/', orderCommands(orders, outbox));
  app.use(faults.middleware);
  if (onExchange) app.use(recordExchanges('erp', onExchange));
  app.route(
    '/',
    channelInbox(orders, () => settings.current().secret),
  );

  const work = async (signal?: AbortSignal) => {
    orders.work();
    await outbox.send(signal);
  };
  return { app, orders, settings, faults, work: () => work(), ...repeating(work) };
}
