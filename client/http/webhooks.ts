import { type Client, isGrpcServiceError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { EventKeyUnavailableError, EventRefusedError } from '../../integrations/commerce/event-errors';
import type { CommerceEvents } from '../../integrations/commerce/io-events';
import { WebhookRefusedError } from '../../integrations/erp/errors';
import type { ErpEvent, ErpPort } from '../../integrations/erp/port';
import { orderWorkflowId, parseOrderWorkflowId } from '../../workflows/order/contract';
import { OrderNotFoundError, OrderUnansweredError } from '../order-errors';
import { findOrderOf } from '../order-list';
import type { OrderRef } from '../order-messages';
import { isOpen } from '../order-row';
import { type ErpAccount, isErpOf } from './erp-of-order';
import { signalErpEvent } from './erp-signals';
import { hintShipmentWatch } from './shipment-hints';

export interface WebhooksDependencies {
  /** Undefined for an ERP that the settings do not have. */
  readonly erps: (name: string) => ErpPort | undefined;
  /** Undefined for a Commerce instance that the settings have no events for. */
  readonly commerceEvents?: ((name: string) => CommerceEvents | undefined) | undefined;
  /** Of the settings. */
  readonly accounts: readonly ErpAccount[];
  readonly client: Client;
  /** How long to try Temporal. Default 10 s: senders of webhooks wait 15 to 30, and shall hear why. */
  readonly storeWithinMs?: number;
}

const longestBodyBytes = 256 * 1024;

/**
 * `POST /webhooks/erp/<name>`: what an ERP tells by itself becomes signals to its order's workflow. 202 once they
 * are durable or there is nothing to signal; 401 when the message is not proven to be the ERP's; 403 for an order
 * that is not the ERP's; 422 for a body that is no known event; 404 without such an ERP or order; 503 while Temporal
 * does not answer. Each with a sentence. The ERP sends again until it reads 202, and signals that came twice are known
 * by their ids.
 *
 * `POST /webhooks/commerce/<name>`: an event of Adobe I/O Events has the shipment watch look at once. 202, 401, 404, 413
 * and 503 likewise. A GET there answers the challenge with which Adobe asks whether the address is ours.
 */
export function createWebhooks({
  erps,
  commerceEvents = () => undefined,
  accounts,
  client,
  storeWithinMs = 10_000,
}: WebhooksDependencies): Hono {
  const app = new Hono();
  const limit = bodyLimit({
    maxSize: longestBodyBytes,
    onError: (c) => say(c, 413, `A body has at most ${longestBodyBytes} bytes.`),
  });
  app.post('/webhooks/erp/:name', limit, async (c) => {
    const name = c.req.param('name');
    const port = erps(name);
    if (!port?.parsePush) return say(c, 404, 'No ERP of this name posts events here.');
    const event = port.parsePush(c.req.header(), await c.req.text());
    const told = () => deliver(c, event, { erp: name, accounts, client });
    return client.withDeadline(Date.now() + storeWithinMs, told);
  });
  app.get('/webhooks/commerce/:name', (c) => {
    const challenge = c.req.query('challenge') ?? '';
    if (!commerceEvents(c.req.param('name'))) return say(c, 404, noCommerceEvents);
    return challengePattern.test(challenge) ? c.text(challenge) : say(c, 404, 'Only events are taken here.');
  });
  app.post('/webhooks/commerce/:name', limit, async (c) => {
    const name = c.req.param('name');
    const events = commerceEvents(name);
    if (!events) return say(c, 404, noCommerceEvents);
    const hint = await events.read(c.req.header(), new Uint8Array(await c.req.arrayBuffer()));
    const told = () => hintShipmentWatch(client, name, hint);
    return say(c, 202, await client.withDeadline(Date.now() + storeWithinMs, told));
  });
  app.onError(refuse);
  return app;
}

const noCommerceEvents = 'No Commerce instance of this name posts events here.';
/** Echoed as plain text. */
const challengePattern = /^[\w-]{1,200}$/;

interface Sender extends Pick<WebhooksDependencies, 'accounts' | 'client'> {
  /** Whose signature the event has. */
  readonly erp: string;
}

async function deliver(c: Context, event: ErpEvent, { erp, ...within }: Sender): Promise<Response> {
  const ref = orderOf(event);
  if (!ref) return say(c, 404, 'The subject is not <account>/<AmazonOrderId>.');
  try {
    const order = await findOrderOf(within.client, ref);
    if (order.executionStatus === 'COMPLETED')
      return say(c, 202, 'The order is over; the event changes nothing.');
    // A workflow that was ended by hand is started again, and the ERP's next attempt finds it.
    if (!isOpen(order)) return say(c, 404, noSuchOrder);
    if (!(await isErpOf(erp, order, within))) return say(c, 403, notItsOrder);
    return say(c, 202, await signalErpEvent(within.client, order.workflowId, event));
  } catch (error) {
    const isAbsent = error instanceof OrderNotFoundError || error instanceof WorkflowNotFoundError;
    if (isAbsent) return say(c, 404, noSuchOrder);
    throw error;
  }
}

const noSuchOrder = 'The channel has no such order now.';
const notItsOrder =
  'The order does not go to this ERP: correct the subject, or have the settings name the ERP for the marketplace of the order.';

function orderOf({ orderKey }: ErpEvent): OrderRef | undefined {
  const [account = '', amazonOrderId = ''] = orderKey.split('/');
  return parseOrderWorkflowId(orderWorkflowId(account, amazonOrderId));
}

function refuse(error: Error, c: Context): Response {
  if (error instanceof EventRefusedError) return say(c, 401, error.message);
  if (error instanceof WebhookRefusedError) {
    return say(c, error.reason === 'body' ? 422 : 401, error.message);
  }
  if (!isOutage(error)) throw error;
  c.header('retry-after', '5');
  return say(c, 503, 'The event could not be stored now; send it again.');
}

const isOutage = (error: Error): boolean =>
  error instanceof ServiceError ||
  isGrpcServiceError(error) ||
  error instanceof OrderUnansweredError ||
  error instanceof EventKeyUnavailableError;

const say = (c: Context, status: 202 | 401 | 403 | 404 | 413 | 422 | 503, message: string): Response =>
  c.json({ message }, status);
