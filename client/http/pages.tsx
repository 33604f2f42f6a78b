import { randomUUID } from 'node:crypto';
import { isGrpcDeadlineError, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import { alertsOf } from '../intake-words';
import type { Intakes } from '../intakes';
import { OrderError, OrderNotFoundError } from '../order-errors';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { ErrorPage } from './error-page';
import { actOn, formLimit } from './forms';
import { type FrameOptions, frameOf, type PageEnv } from './frame';
import { addIntakeRoutes } from './intake-routes';
import { addMapSkuRoute } from './map-sku';
import { OrderDetailsPage } from './order-page';
import { OrdersPage } from './orders-page';
import { workflowAddress } from './parts';
import { filterOf, pagingOf, QueryError, readQuery } from './query';
import { onlyLoopback, pageSecurity } from './security';
import { addSettleRoutes } from './settle-order';

export interface PagesOptions extends FrameOptions {
  readonly orders: Orders;
  readonly intakes: Intakes;
  readonly namespace: string;
  /** Default: answers under loopback names only. */
  readonly anyHost?: boolean;
  /** For faults, which the reader sees as a plain sentence only. */
  readonly onFault?: (error: Error) => void;
}

const actionSchema = z.enum(['retry', 'hold', 'release', 'resendToErp']);

/**
 * The Orders page `/`, an order `/orders/<account>/<id>`, its buttons, the list as JSON `/api/orders`, the intake
 * (`intake-routes.tsx`) and `/healthz`. Whoever reaches it may read and act, so it is bound to loopback unless something guards it.
 */
export function createPages(options: PagesOptions): Hono<PageEnv> {
  const { orders } = options;
  const app = new Hono<PageEnv>();
  app.use(...pageSecurity);
  if (!options.anyHost) app.use(onlyLoopback);
  app.get('/', (c) => showOrders(c, options));
  app.get('/orders/:account/:id', (c) => showOrder(c, options));
  addMapSkuRoute(app, options);
  addSettleRoutes(app, options);
  app.post('/orders/:account/:id/:action', formLimit, (c) => act(c, options));
  app.get('/api/orders', async (c) => {
    const query = readQuery(c.req.query());
    return c.json(await orders.list(filterOf(query), pagingOf(query)));
  });
  addIntakeRoutes(app, options);
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.all('*', (c) => say(c, options, 404, 'There is no such page.'));
  app.onError((error, c) => fail(error, c, options));
  return app;
}

async function showOrders(c: Context<PageEnv>, options: PagesOptions): Promise<Response> {
  const { orders, intakes, temporalUi, namespace } = options;
  const query = readQuery(c.req.query());
  const [page, counts, statuses] = await Promise.all([
    orders.list(filterOf(query), pagingOf(query)),
    orders.count(filterOf(query)),
    intakes.status(),
  ]);
  const workflowLink = (row: OrderRow) => workflowAddress(temporalUi, namespace, row.workflowId);
  const frame = frameOf(c, options);
  const alerts = alertsOf(statuses, frame.timeZone);
  const shown = { frame, query, page, counts, alerts, workflowLink, requestId: randomUUID() };
  return c.html(<OrdersPage {...shown} />);
}

async function showOrder(
  c: Context<PageEnv, '/orders/:account/:id'>,
  options: PagesOptions,
): Promise<Response> {
  const { orders, temporalUi, namespace } = options;
  const details = await orders.show(c.req.param('id'), c.req.param('account'));
  const workflowLink = workflowAddress(temporalUi, namespace, details.row.workflowId);
  const frame = frameOf(c, options);
  return c.html(<OrderDetailsPage {...{ frame, details, workflowLink, requestId: randomUUID() }} />);
}

async function act(
  c: Context<PageEnv, '/orders/:account/:id/:action'>,
  options: PagesOptions,
): Promise<Response> {
  const action = actionSchema.safeParse(c.req.param('action'));
  if (!action.success) return say(c, options, 404, 'An order has no such button.');
  const ref = { account: c.req.param('account'), amazonOrderId: c.req.param('id') };
  const subject = `Order ${ref.amazonOrderId}`;
  return actOn(c, subject, async ({ why, request }) => {
    const by = { by: 'Orders page', ...(why && { why }) };
    const note = await options.orders[action.data](ref, by, request && `${action.data}-${request}`);
    return { done: true, sentence: `${subject}: ${note}` };
  });
}

function fail(error: Error, c: Context<PageEnv>, options: PagesOptions): Response | Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse();
  if (error instanceof OrderNotFoundError) return say(c, options, 404, error.message);
  if (error instanceof OrderError || error instanceof QueryError) return say(c, options, 400, error.message);
  options.onFault?.(error);
  if (error instanceof ServiceError || isGrpcServiceError(error) || isGrpcDeadlineError(error)) {
    return say(c, options, 503, 'Temporal does not answer now.');
  }
  return say(c, options, 500, 'Something failed; the log of the page says what.');
}

function say(
  c: Context<PageEnv>,
  options: PagesOptions,
  status: 400 | 404 | 500 | 503,
  sentence: string,
): Response | Promise<Response> {
  if (c.req.path.startsWith('/api/')) return c.json({ error: sentence }, status);
  return c.html(<ErrorPage frame={frameOf(c, options)} sentence={sentence} />, status);
}
