import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../clock';
import { controlPlane } from '../control';
import { createFaults } from '../faults';
import { type ExchangeListener, recordExchanges } from '../server';
import type { Store } from '../store';
import { orderAnswer, type View } from './answer';
import { requireSellerToken, tokenEndpoint } from './auth';
import { type BookedOrder, createOrderBook, type OrderBook } from './book';
import { orderCommands } from './commands';
import { confirmShipment, parseConfirmation } from './confirm';
import { quotaExceeded, SellingPartnerRefusal, unknownOrder } from './errors';
import { stateAt } from './life';
import type { AmazonOrder, OrderSpec } from './order';
import { createQuota, type Operation, type Quota } from './quota';
import { searchPage } from './search';
import { parseIncludedData } from './search-query';
import { keepSettings, type SettingsKeeper } from './settings';

export type { BookedOrder, BookedPackage } from './book';
export type { OrderSpec } from './order';
export { type AmazonSettings, amazonSettingsDefaults } from './settings';

export interface AmazonSandboxOptions {
  store: Store;
  clock: Clock;
  /** Told every request and answer except those of the control plane. */
  onExchange?: ExchangeListener;
}

export interface AmazonSandbox {
  app: Hono<{ Bindings: HttpBindings }>;
  /** Places an order, now or when its plan says; throws a ZodError on a wrong specification. */
  addOrder(spec: OrderSpec): AmazonOrder;
  /** All orders, planned ones included. */
  orders(): BookedOrder[];
}

interface Parts {
  clock: Clock;
  book: OrderBook;
  quota: Quota;
  keeper: SettingsKeeper;
}

/** Amazon declares the rate header on these answers and on no others. */
const withRateHeader = (status: number) => status < 300 || status === 400 || status === 404;

function metered({ quota }: Parts, operation: Operation): MiddlewareHandler {
  return async (c, next) => {
    if (!quota.take(operation)) throw quotaExceeded();
    await next();
    if (withRateHeader(c.res.status))
      c.res.headers.set('x-amzn-RateLimit-Limit', quota.rateHeader(operation));
  };
}

function refuse(error: Error, c: Context) {
  if (!(error instanceof SellingPartnerRefusal)) throw error;
  return c.json(error.body(), error.status, { 'x-amzn-ErrorType': error.code });
}

/** The operations of the orders API in both versions, with Amazon's quotas and refusals. */
function ordersApi(parts: Parts) {
  const { clock, book, keeper } = parts;
  const app = new Hono();
  const view = (now: Date, included: readonly string[]): View => ({
    now,
    discountSign: keeper.current().discountSign,
    includes: (dataset) => included.includes(dataset),
  });
  const placed = (orderId: string, now: Date) => {
    const order = book.get(orderId);
    const state = order && stateAt(order, now);
    if (!order || !state) throw unknownOrder(orderId);
    return { order, state };
  };

  app.onError(refuse);
  app.use(requireSellerToken(clock, keeper.current));
  app.get('/2026-01-01/orders', metered(parts, 'searchOrders'), (c) => {
    const now = clock.now();
    const all = book.all().flatMap((order) => {
      const state = stateAt(order, now);
      return state ? [{ order, state }] : [];
    });
    const page = searchPage(all, new URL(c.req.url).searchParams, now, keeper.current().paginationTokenHours);
    return c.json({
      orders: page.orders.map(({ order, state }) => orderAnswer(order, state, view(now, page.includedData))),
      ...(page.nextToken !== undefined && { pagination: { nextToken: page.nextToken } }),
      ...page.bound,
    });
  });
  app.get('/2026-01-01/orders/:orderId', metered(parts, 'getOrder'), (c) => {
    const now = clock.now();
    const included = parseIncludedData(c.req.queries('includedData')?.join(','));
    const { order, state } = placed(c.req.param('orderId'), now);
    return c.json({ order: orderAnswer(order, state, view(now, included)) });
  });
  app.post('/v0/orders/:orderId/shipmentConfirmation', metered(parts, 'confirmShipment'), async (c) => {
    const confirmation = parseConfirmation(await c.req.text());
    const now = clock.now();
    const settings = keeper.current();
    book.put(confirmShipment({ ...placed(c.req.param('orderId'), now), confirmation, now, settings }));
    return c.body(null, 204);
  });
  return app;
}

/**
 * Amazon as a merchant's program sees it: token endpoint, orders API 2026-01-01, shipment confirmation v0.
 * Everything it knows is in `store`, so that it goes on where it was after a restart.
 */
export function createAmazonSandbox({ store, clock, onExchange }: AmazonSandboxOptions): AmazonSandbox {
  const keeper = keepSettings(store);
  const book = createOrderBook(store);
  const quota = createQuota(store, clock, keeper.current);
  const faults = createFaults();
  const app = new Hono<{ Bindings: HttpBindings }>();

  app.route(
    '/',
    controlPlane({
      clock,
      faults,
      settings: keeper.current,
      changeSettings: keeper.change,
      reset: () => {
        book.reset();
        quota.reset();
      },
    }),
  );
  app.route('/', orderCommands(book, quota, clock));
  app.use(faults.middleware);
  if (onExchange) app.use(recordExchanges('amazon', onExchange));
  app.route('/', tokenEndpoint(clock, keeper.current));
  app.route('/orders', ordersApi({ clock, book, quota, keeper }));

  return {
    app,
    addOrder: (spec) => book.add(spec, clock.now()),
    orders: () => book.booked(clock.now()),
  };
}
