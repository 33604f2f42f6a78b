import { Hono } from 'hono';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import { z } from 'zod';
import { type ChannelEvent, channelEventSchema } from './events';
import type { ErpOrders } from './orders';
import { ErpRefusal } from './records';

/**
 * `POST /webhooks/channel`: 202 once the event is stored, 401 for a signature that does not fit, 415 and 422
 * for what is no event, the last with `{code, message}`.
 */
export function channelInbox(orders: ErpOrders, secret: () => string) {
  const app = new Hono();
  app.post('/webhooks/channel', async (c) => {
    const rawBody = await c.req.text();
    const messageId = verifiedId(secret(), c.req.header(), rawBody);
    const [mediaType] = (c.req.header('content-type') ?? '').split(';');
    if (mediaType?.trim().toLowerCase() !== 'application/cloudevents+json') {
      throw new ErpRefusal(415, 'NO_CLOUD_EVENT', 'The content type is not application/cloudevents+json');
    }
    orders.receive(eventOf(rawBody, messageId));
    return c.body(null, 202);
  });
  app.onError((error, c) => {
    if (!(error instanceof ErpRefusal)) throw error;
    return c.json({ code: error.code, message: error.message }, error.status);
  });
  return app;
}

function verifiedId(secret: string, headers: Record<string, string>, rawBody: string): string {
  try {
    new Webhook(secret).verify(rawBody, headers, { jsonParse: false });
    return headers['webhook-id'] ?? '';
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    throw new ErpRefusal(401, 'BAD_SIGNATURE', error.message);
  }
}

function eventOf(rawBody: string, messageId: string): ChannelEvent {
  const { data, error } = channelEventSchema.safeParse(jsonOf(rawBody));
  if (error) throw new ErpRefusal(422, 'INVALID_EVENT', z.prettifyError(error));
  if (data.id === messageId) return data;
  throw new ErpRefusal(422, 'INVALID_EVENT', 'The id of the event differs from the header webhook-id');
}

function jsonOf(rawBody: string): unknown {
  try {
    return JSON.parse(rawBody);
  } catch {
    throw new ErpRefusal(422, 'INVALID_EVENT', 'The body is not JSON');
  }
}
