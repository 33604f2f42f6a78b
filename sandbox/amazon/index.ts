import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Clock } from '../clock';
import { controlPlane } from '../control';
import { createFaults, type Faults } from '../faults';
import { type Repeating, repeating } from '../repeating';
import { type ExchangeListener, recordExchanges } from '../server';
import { partOf, type Store } from '../store';
import { tokenEndpoint } from './auth';
import { type BookedOrder, createOrderBook } from './book';
import { watchChanges } from './change-watch';
import { orderCommands } from './commands';
import { createFeeds } from './feeds';
import { feedsApi } from './feeds-api';
import { sellerIdOf, seriesOf } from './ids';
import { notificationsApi } from './notifications-api';
import type { AmazonOrder, OrderSpec } from './order';
import { ordersApi } from './orders-api';
import { createPublisher, type Publisher } from './publisher';
import { createQuota } from './quota';
import { keepSettings, type SettingsKeeper } from './settings';
import { createSubscriptions } from './subscriptions';

export type { BookedOrder, BookedPackage } from './book';
export type { OrderSpec } from './order';
export { type AmazonSettings, amazonSettingsDefaults } from './settings';

export interface AmazonSandboxOptions {
  store: Store;
  clock: Clock;
  /** Tells the Amazons of several sellers on one store and clock apart; the first needs none. */
  name?: string;
  /** Told every request and answer except those of the control plane. */
  onExchange?: ExchangeListener;
}

/** Publishes notifications and processes feeds by itself once it is started. */
export interface AmazonSandbox extends Repeating {
  app: Hono<{ Bindings: HttpBindings }>;
  settings: SettingsKeeper;
  faults: Faults;
  /** Places an order, now or when its plan says; throws a ZodError on a wrong specification. */
  addOrder(spec: OrderSpec): AmazonOrder;
  /** All orders, planned ones included. */
  orders(): BookedOrder[];
  /** Processes and publishes once what is due by the clock. */
  work(): Promise<void>;
  notifications: Publisher['counts'];
}

/** Notifications are fast: what they start should not wait for us. */
const publishEveryMs = 50;

/**
 * One seller at Amazon as a merchant's program sees it: token endpoint, orders API 2026-01-01, shipment
 * confirmation v0, feeds, notifications. Everything it knows is in `store`, so that it goes on where it was after a
 * restart.
 */
export function createAmazonSandbox(options: AmazonSandboxOptions): AmazonSandbox {
  const { clock, name, onExchange } = options;
  const store = name === undefined ? options.store : partOf(options.store, name);
  const keeper = keepSettings(store, name === undefined ? {} : { sellerId: sellerIdOf(name) });
  const book = createOrderBook(store, name === undefined ? undefined : seriesOf(name));
  const quota = createQuota(store, clock, keeper.current);
  const subscriptions = createSubscriptions(store, () => keeper.current().sellerId);
  const watch = watchChanges(store, book, clock);
  const feeds = createFeeds({ store, clock, keeper, book });
  const publisher = createPublisher({ store, clock, settings: keeper.current, subscriptions, watch });
  const faults = createFaults();
  const app = new Hono<{ Bindings: HttpBindings }>();
  const reset = () => {
    for (const part of [publisher, book, feeds, quota, subscriptions]) part.reset();
  };

  const work = (signal?: AbortSignal) => {
    feeds.settle();
    return publisher.work(signal);
  };

  app.use((_, next) => {
    feeds.settle();
    return next();
  });
  const control = { clock, faults, settings: keeper.current, changeSettings: keeper.change, reset };
  app.route('/', controlPlane(control));
  app.route('/', orderCommands(book, quota, clock));
  app.get('/_sandbox/notifications', (c) => c.json(publisher.counts()));
  app.use(async (c, next) => {
    await next();
    c.res.headers.set('date', clock.now().toUTCString());
  });
  app.use(faults.middleware);
  if (onExchange) app.use(recordExchanges('amazon', onExchange));
  app.route('/', tokenEndpoint(clock, keeper.current));
  const gate = { clock, quota, keeper };
  app.route('/orders', ordersApi({ ...gate, book }));
  app.route('/feeds/2021-06-30', feedsApi({ gate, feeds }));
  app.route('/feed-documents', feeds.documents.routes);
  app.route('/notifications/v1', notificationsApi({ gate, subscriptions, publisher }));

  return {
    app,
    settings: keeper,
    faults,
    addOrder: (spec) => book.add(spec, clock.now()),
    orders: () => {
      feeds.settle();
      return book.booked(clock.now());
    },
    work: () => work(),
    notifications: publisher.counts,
    ...repeating(work, publishEveryMs),
  };
}
