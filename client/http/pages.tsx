import { randomUUID } from 'node:crypto';
import { isGrpcDeadlineError, isGrpcServiceError, ServiceError } from '@temporalio/client';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { SecureHeadersVariables } from 'hono/secure-headers';
import { z } from 'zod';
import { OrderError, OrderNotFoundError } from '../order-errors';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { localTimeZone } from '../words';
import { ErrorPage } from './error-page';
import type { Frame } from './layout';
import { OrderDetailsPage } from './order-page';
import { OrdersPage } from './orders-page';
import { keepOutcome, type Outcome, takeOutcome } from './outcome';
import { workflowAddress } from './parts';
import { filterOf, pagingOf, QueryError, readQuery } from './query';
import { onlyLoopback, pageSecurity } from './security';

export interface PagesOptions {
  readonly orders: Orders;
  /** Address of the Temporal Web UI. */
  readonly temporalUi: string;
  readonly namespace: string;
  /** Default: answers under loopback names only. */
  readonly anyHost?: boolean;
  /** IANA name; default: this machine's. */
  readonly timeZone?: string;
  /** For faults, which the reader sees as a plain sentence only. */
  readonly onFault?: (error: Error) => void;
}

interface Env {
  Variables: SecureHeadersVariables;
}

const actionSchema = z.enum(['retry', 'hold', 'release']);
const longestWhy = 300;
const formSchema = z.object({
  why: z
    .string()
    .transform((why) => why.trim().slice(0, longestWhy))
    .optional(),
  request: z.string().max(100).optional(),
  /** A path of ours; a second slash or a backslash would lead to another host. */
  back: z
    .string()
    .regex(/^\/(?![/\\])/)
    .catch('/'),
});
const longestFormBytes = 16 * 1024;

/**
 * The Orders page `/`, an order `/orders/<account>/<id>`, its buttons, the list as JSON `/api/orders` and
 * `/healthz`. Whoever reaches it may read and act, so it is bound to loopback unless something guards it.
 */
export function createPages(options: PagesOptions): Hono<Env> {
  const { orders } = options;
  const app = new Hono<Env>();
  app.use(...pageSecurity);
  if (!options.anyHost) app.use(onlyLoopback);
  app.get('/', (c) => showOrders(c, options));
  app.get('/orders/:account/:id', (c) => showOrder(c, options));
  app.post('/orders/:account/:id/:action', bodyLimit({ maxSize: longestFormBytes }), (c) => act(c, options));
  app.get('/api/orders', async (c) => {
    const query = readQuery(c.req.query());
    return c.json(await orders.list(filterOf(query), pagingOf(query)));
  });
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.all('*', (c) => say(c, options, 404, 'There is no such page.'));
  app.onError((error, c) => fail(error, c, options));
  return app;
}

async function showOrders(c: Context<Env>, options: PagesOptions): Promise<Response> {
  const { orders, temporalUi, namespace } = options;
  const query = readQuery(c.req.query());
  const [page, counts] = await Promise.all([
    orders.list(filterOf(query), pagingOf(query)),
    orders.count(filterOf(query)),
  ]);
  const workflowLink = (row: OrderRow) => workflowAddress(temporalUi, namespace, row.workflowId);
  const frame = frameOf(c, options);
  return c.html(<OrdersPage {...{ frame, query, page, counts, workflowLink, requestId: randomUUID() }} />);
}

async function showOrder(c: Context<Env, '/orders/:account/:id'>, options: PagesOptions): Promise<Response> {
  const { orders, temporalUi, namespace } = options;
  const details = await orders.show(c.req.param('id'), c.req.param('account'));
  const workflowLink = workflowAddress(temporalUi, namespace, details.row.workflowId);
  const frame = frameOf(c, options);
  return c.html(<OrderDetailsPage {...{ frame, details, workflowLink, requestId: randomUUID() }} />);
}

/** Post, redirect, get: going back or reloading never acts again. */
async function act(
  c: Context<Env, '/orders/:account/:id/:action'>,
  options: PagesOptions,
): Promise<Response> {
  const action = actionSchema.safeParse(c.req.param('action'));
  if (!action.success) return say(c, options, 404, 'An order has no such button.');
  const form = formSchema.safeParse(await c.req.parseBody());
  if (!form.success) throw new QueryError('The form is not one of ours.');
  const { why, request, back } = form.data;
  const ref = { account: c.req.param('account'), amazonOrderId: c.req.param('id') };
  const by = { by: 'Orders page', ...(why && { why }) };
  const updateId = request && `${action.data}-${request}`;
  keepOutcome(c, await outcomeOf(ref.amazonOrderId, () => options.orders[action.data](ref, by, updateId)));
  return c.redirect(back, 303);
}

async function outcomeOf(amazonOrderId: string, run: () => Promise<string>): Promise<Outcome> {
  try {
    return { done: true, sentence: `Order ${amazonOrderId}: ${await run()}` };
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return { done: false, sentence: `Order ${amazonOrderId}: ${error.message}` };
  }
}

function frameOf(c: Context<Env>, { temporalUi, timeZone = localTimeZone() }: PagesOptions): Frame {
  const isRefresh = c.req.header('x-refresh') !== undefined;
  return {
    nonce: c.get('secureHeadersNonce') ?? '',
    temporalUi,
    timeZone,
    isRefresh,
    outcome: isRefresh ? undefined : takeOutcome(c),
  };
}

function fail(error: Error, c: Context<Env>, options: PagesOptions): Response | Promise<Response> {
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
  c: Context<Env>,
  options: PagesOptions,
  status: 400 | 404 | 500 | 503,
  sentence: string,
): Response | Promise<Response> {
  if (c.req.path.startsWith('/api/')) return c.json({ error: sentence }, status);
  return c.html(<ErrorPage frame={frameOf(c, options)} sentence={sentence} />, status);
}
