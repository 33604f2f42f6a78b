import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import { createClock } from '../../sandbox/clock';
import { type BookedErpOrder, createErpSandbox, erpSandboxSecret } from '../../sandbox/erp';
import { type Exchange, listen } from '../../sandbox/server';
import { openStore, type Store } from '../../sandbox/store';

export const minute = 60_000;
export const orderKey = 'acme-us/111-0000001-0000001';

const order = {
  orderKey,
  account: 'acme-us',
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  purchasedAt: '2026-10-01T08:00:00.000Z',
  currency: 'USD',
  total: '45.47',
  commerceOrderNumber: '000000001',
  shipTo: {
    name: 'Ada Sample',
    lines: ['1 Sample Street'],
    city: 'Seattle',
    postalCode: '98101',
    countryCode: 'US',
  },
  lines: [
    { lineKey: '70000000000001', sku: 'MUG-BLUE-350', quantity: 2, total: '29.98' },
    { lineKey: '70000000000002', sku: 'MUG-SAND-350', quantity: 1, total: '15.49' },
  ],
};
export type SentOrder = typeof order;

/** A message of the channel, written by hand: the tests do not trust our own adapter. */
export function submitted(changes: object = {}, { id = 'msg_1', subject = orderKey } = {}) {
  return event('order.submitted', { ...order, ...changes }, { id, subject });
}
export function cancelRequested({ id = 'msg_c', subject = orderKey } = {}) {
  return event(
    'order.cancel-requested',
    { orderKey: subject, reason: 'Cancelled at Amazon' },
    { id, subject },
  );
}

const event = (kind: string, data: object, { id, subject }: { id: string; subject: string }) => ({
  specversion: '1.0',
  id,
  source: '/amazon-sales-channel',
  type: `com.amazon-sales-channel.${kind}.v1`,
  subject,
  time: '2026-10-01T08:00:00.000Z',
  datacontenttype: 'application/json',
  data,
});

export interface Told {
  headers: Headers;
  rawBody: string;
  id: string;
  type: string;
  subject: string;
  data: Record<string, unknown>;
}

/** An endpoint of the channel's side that takes whatever comes, or refuses as it is told. */
export async function openListener() {
  const told: Told[] = [];
  const refusals: number[] = [];
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.post('/events', async (c) => {
    const rawBody = await c.req.text();
    new Webhook(erpSandboxSecret).verify(rawBody, c.req.header());
    const body = JSON.parse(rawBody) as Told;
    told.push({ ...body, headers: c.req.raw.headers, rawBody });
    return c.body(null, (refusals.shift() ?? 202) as 202);
  });
  const server = await listen(app, 0);
  return {
    told,
    url: `${server.url}/events`,
    /** The next answers; after them 202. */
    answerNext: (...statuses: number[]) => refusals.push(...statuses),
    /** The last part of the types, in the order of arrival. */
    kinds: () => told.map(({ type }) => type.replace('com.amazon-sales-channel.', '').replace('.v1', '')),
    close: server.close,
  };
}

interface Signing {
  secret?: string;
  ageS?: number;
  contentType?: string;
  /** If not that of the event. */
  webhookId?: string;
  headers?: Record<string, string>;
}

function signed(
  body: object | string,
  signing: Signing = {},
): RequestInit & { headers: Record<string, string> } {
  const rawBody = typeof body === 'string' ? body : JSON.stringify(body);
  const webhookId =
    signing.webhookId ?? (typeof body === 'object' && 'id' in body ? String(body.id) : 'msg_1');
  const sentAt = new Date(Date.now() - (signing.ageS ?? 0) * 1000);
  return {
    method: 'POST',
    headers: {
      'content-type': signing.contentType ?? 'application/cloudevents+json',
      'webhook-id': webhookId,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(signing.secret ?? erpSandboxSecret).sign(webhookId, sentAt, rawBody),
      ...signing.headers,
    },
    body: rawBody,
  };
}

/** Over HTTP, with the sandbox's secret unless told otherwise. */
export const postSigned = (url: string, body: object | string, signing?: Signing) =>
  fetch(url, signed(body, signing));

/** A sandbox ERP at speed 1 that works only when it is told to. */
export function openErp({
  store = openStore(),
  at = Date.UTC(2026, 9, 1, 8),
}: {
  store?: Store;
  at?: number;
} = {}) {
  const exchanges: Exchange[] = [];
  const clock = createClock(store, 1, at);
  const erp = createErpSandbox({ store, clock, onExchange: (exchange) => exchanges.push(exchange) });

  const post = async (body: object | string, signing?: Signing) => {
    const answer = await erp.app.request('/webhooks/channel', signed(body, signing));
    const text = await answer.text();
    return {
      status: answer.status,
      body: text === '' ? null : (JSON.parse(text) as { code: string; message: string }),
    };
  };
  const command = async <T = Record<string, unknown>>(method: string, path: string, body?: unknown) => {
    const answer = await erp.app.request(`/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const books = async () =>
    (await command<{ orders: BookedErpOrder[]; answersWaiting: number }>('GET', '/orders')).body;

  return {
    erp,
    clock,
    store,
    exchanges,
    post,
    command,
    books,
    booked: async () => (await books()).orders.at(0),
    /** Lets sandbox time pass and the ERP do what has become due. */
    pass: async (ms: number) => {
      clock.advance(ms);
      await erp.work();
    },
  };
}

export type OpenErp = ReturnType<typeof openErp>;
