import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Clock } from '../clock';
import type { OrderBook } from './book';
import { cancelUnits, unitsIn } from './cancel';
import { type OrderState, stateAt } from './life';
import type { AmazonOrder, OrderPackage, PackageItem } from './order';
import type { Quota } from './quota';

const itemsSchema = z.array(z.strictObject({ orderItemId: z.string(), quantity: z.int().positive() })).min(1);
const cancelSchema = z.strictObject({
  by: z.enum(['BUYER', 'MERCHANT', 'AMAZON']).default('AMAZON'),
  reason: z.string().default('Payment could not be verified'),
  /** Default: the whole order, of which nothing must be shipped. */
  items: itemsSchema.optional(),
});
const shipSchema = z.strictObject({
  carrier: z.string().default('UPS'),
  trackingNumber: z.string().optional(),
  /** Default: everything that is still to be shipped. */
  items: itemsSchema.optional(),
});

const requestCancelSchema = z.strictObject({
  reason: z.string().default('Ordered by mistake'),
  /** Default: all items. */
  orderItemIds: z.array(z.string()).optional(),
});

class Impossible extends Error {}

const bodyOf = async (c: Context): Promise<unknown> => JSON.parse((await c.req.text()) || '{}');

const openItems = ({ unfulfilled }: OrderState): PackageItem[] =>
  Object.entries(unfulfilled).flatMap(([orderItemId, quantity]) =>
    quantity > 0 ? [{ orderItemId, quantity }] : [],
  );

function cancelled(order: AmazonOrder, state: OrderState, at: string, body: unknown): AmazonOrder {
  const { items, ...cancelledBy } = cancelSchema.parse(body);
  const hasShipped = Object.values(state.fulfilled).some((pieces) => pieces > 0);
  if (state.status === 'CANCELLED' || (!items && hasShipped))
    throw new Impossible(`order ${order.orderId} is ${state.status}`);
  if (items?.some(({ orderItemId }) => unitsIn(items, orderItemId) > (state.unfulfilled[orderItemId] ?? 0)))
    throw new Impossible(`order ${order.orderId} has fewer open units`);
  return cancelUnits(order, state, { at, ...cancelledBy, items: items ?? openItems(state) });
}

/** A package that the seller makes by hand in Seller Central: shown at once, with a reference that is no number. */
function sellerCentralPackage(
  order: AmazonOrder,
  state: OrderState,
  at: string,
  body: unknown,
): OrderPackage {
  const { carrier, trackingNumber, items } = shipSchema.parse(body);
  const number = order.packages.length + 1;
  const version = {
    carrier,
    trackingNumber: trackingNumber ?? `1Z${order.orderId.replaceAll('-', '').slice(-12)}${number}`,
    shipTime: at,
    items: items ?? openItems(state),
    receivedAt: at,
    visibleAt: at,
  };
  return { packageReferenceId: `PKG-${number}`, confirmedByApi: false, versions: [version] };
}

function shipped(order: AmazonOrder, state: OrderState, at: string, body: unknown): AmazonOrder {
  if (state.status === 'CANCELLED' || state.status === 'SHIPPED')
    throw new Impossible(`order ${order.orderId} is ${state.status}`);
  const plan = { ...order.plan, verifiedAt: state.status.startsWith('PENDING') ? at : order.plan.verifiedAt };
  if (order.fulfilledBy === 'AMAZON') return { ...order, plan: { ...plan, shippedAt: at } };
  return { ...order, plan, packages: [...order.packages, sellerCentralPackage(order, state, at, body)] };
}

function verified(order: AmazonOrder, state: OrderState, at: string): AmazonOrder {
  if (!state.status.startsWith('PENDING')) throw new Impossible(`order ${order.orderId} is ${state.status}`);
  const { cancelledAt: _, ...plan } = order.plan;
  return { ...order, plan: { ...plan, verifiedAt: at } };
}

function cancelRequested(order: AmazonOrder, state: OrderState, at: string, body: unknown): AmazonOrder {
  if (state.status === 'CANCELLED' || state.status === 'SHIPPED')
    throw new Impossible(`order ${order.orderId} is ${state.status}`);
  const all = order.lines.map(({ orderItemId }) => orderItemId);
  const { reason, orderItemIds = all } = requestCancelSchema.parse(body);
  if (!orderItemIds.every((id) => all.includes(id)))
    throw new Impossible(`order ${order.orderId} has no such item`);
  return { ...order, cancelRequest: { at, reason, orderItemIds } };
}

const moves = { verify: verified, cancel: cancelled, ship: shipped, 'request-cancel': cancelRequested };

/** `/_sandbox/orders`: the sandbox's books, and the hand that places orders and moves them on at once. */
export function orderCommands(book: OrderBook, quota: Quota, clock: Clock) {
  const app = new Hono().basePath('/_sandbox/orders');

  app.get('/', (c) => {
    const use = quota.use();
    const quotaViolations = Object.values(use).reduce((sum, { violations }) => sum + violations, 0);
    return c.json({ orders: book.booked(clock.now()), operations: use, quotaViolations });
  });
  app.post('/', async (c) => {
    const { orderId, lines, plan } = book.add(await bodyOf(c), clock.now());
    return c.json({ orderId, orderItemIds: lines.map(({ orderItemId }) => orderItemId), plan }, 201);
  });
  app.post('/:orderId/:move{verify|cancel|ship|request-cancel}', async (c) => {
    const move = moves[c.req.param('move') as keyof typeof moves];
    const body = await bodyOf(c);
    const now = clock.now();
    const order = book.get(c.req.param('orderId'));
    const state = order && stateAt(order, now);
    if (!order || !state) return c.json({ error: 'no such order, or not placed yet' }, 404);
    const moved = move(order, state, now.toISOString(), body);
    book.put(moved);
    return c.json({ orderId: moved.orderId, status: stateAt(moved, now)?.status });
  });
  app.onError((error, c) =>
    c.json(
      { error: error.message },
      error instanceof z.ZodError ? 400 : error instanceof Impossible ? 409 : 500,
    ),
  );
  return app;
}
