import { Hono } from 'hono';
import type { Clock } from '../clock';
import { orderAnswer, type View } from './answer';
import type { OrderBook } from './book';
import { confirmShipment, parseConfirmation } from './confirm';
import { unknownOrder } from './errors';
import { gateOf, refuse } from './gateway';
import { stateAt } from './life';
import type { Quota } from './quota';
import { type PlacedOrder, searchPage } from './search';
import { parseIncludedData } from './search-query';
import type { SettingsKeeper } from './settings';

interface Parts {
  clock: Clock;
  book: OrderBook;
  quota: Quota;
  keeper: SettingsKeeper;
}

/** What searchOrders knows: changes reach it later than they reach getOrder, and some orders never do. */
function listed({ book, keeper }: Parts, now: Date): PlacedOrder[] {
  const { listLagMs, missingFromLists } = keeper.current();
  const asOf = new Date(now.getTime() - listLagMs);
  return book.all().flatMap((order) => {
    const state = missingFromLists.includes(order.orderId) ? undefined : stateAt(order, asOf);
    return state ? [{ order, state }] : [];
  });
}

/** The operations of the orders API in both versions, with Amazon's quotas and refusals. */
export function ordersApi(parts: Parts) {
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
  app.get('/2026-01-01/orders', gateOf(parts, 'searchOrders'), (c) => {
    const now = clock.now();
    const page = searchPage(listed(parts, now), new URL(c.req.url).searchParams, now, keeper.current());
    return c.json({
      orders: page.orders.map(({ order, state }) => orderAnswer(order, state, view(now, page.includedData))),
      ...(page.nextToken !== undefined && { pagination: { nextToken: page.nextToken } }),
      ...page.bound,
    });
  });
  app.get('/2026-01-01/orders/:orderId', gateOf(parts, 'getOrder'), (c) => {
    const now = clock.now();
    const included = parseIncludedData(c.req.queries('includedData')?.join(','));
    const { order, state } = placed(c.req.param('orderId'), now);
    return c.json({ order: orderAnswer(order, state, view(now, included)) });
  });
  app.post('/v0/orders/:orderId/shipmentConfirmation', gateOf(parts, 'confirmShipment'), async (c) => {
    const confirmation = parseConfirmation(await c.req.text());
    const now = clock.now();
    const settings = keeper.current();
    book.put(confirmShipment({ ...placed(c.req.param('orderId'), now), confirmation, now, settings }));
    return c.body(null, 204);
  });
  return app;
}
