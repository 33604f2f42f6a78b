import { createHmac } from 'node:crypto';
import { createClock } from '../../sandbox/clock';
import { type CommerceSandbox, createCommerceSandbox, sandboxCredentials } from '../../sandbox/commerce';
import type { ExchangeListener } from '../../sandbox/server';
import { openStore, type Store } from '../../sandbox/store';

/** How a request differs from one that is signed as it should be. */
export interface Signing {
  /** No header at all, or another one. */
  authorization?: string | null;
  consumerKey?: string;
  token?: string;
  tokenSecret?: string;
  method?: string;
  nonce?: string;
  timestampOffsetS?: number;
  /** The path that the signature covers, if not the one on the wire. */
  path?: string;
  /** The query parameters that the signature covers, if not those on the wire. */
  parameters?: [string, string][];
}

export interface Answer {
  status: number;
  contentType: string;
  body: unknown;
}

const origin = 'http://commerce.test';
let nonces = 0;

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const parametersOf = (query: string): [string, string][] =>
  query === ''
    ? []
    : query.split('&').map((part) => {
        const at = part.indexOf('=');
        const [name, value] = at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
        return [decodeURIComponent(name), decodeURIComponent(value)];
      });

function authorizationOf(method: string, path: string, query: string, signing: Signing): string {
  nonces += 1;
  const oauth: Record<string, string> = {
    oauth_consumer_key: signing.consumerKey ?? sandboxCredentials.consumerKey,
    oauth_nonce: signing.nonce ?? `nonce-${process.pid}-${nonces}`,
    oauth_signature_method: signing.method ?? 'HMAC-SHA256',
    oauth_timestamp: String(Math.floor(Date.now() / 1000) + (signing.timestampOffsetS ?? 0)),
    oauth_token: signing.token ?? sandboxCredentials.token,
    oauth_version: '1.0',
  };
  const parameters = [...(signing.parameters ?? parametersOf(query)), ...Object.entries(oauth)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const base = [method, encode(origin + (signing.path ?? path)), encode(parameters)].join('&');
  const key = `${sandboxCredentials.consumerSecret}&${signing.tokenSecret ?? sandboxCredentials.tokenSecret}`;
  oauth.oauth_signature = createHmac('sha256', key).update(base).digest('base64');
  return `OAuth ${Object.entries(oauth)
    .map(([name, value]) => `${name}="${encode(value)}"`)
    .join(', ')}`;
}

export interface Request {
  method: string;
  path: string;
  query?: string;
  /** Sent as JSON, a string as it is. */
  body?: unknown;
  signing?: Signing;
}

/** Asks a shop in this process, with a signature that fits. */
export async function sendSigned(
  { app }: Pick<CommerceSandbox, 'app'>,
  { method, path, query = '', body, signing = {} }: Request,
): Promise<Answer> {
  const authorization =
    signing.authorization === undefined
      ? authorizationOf(method, path, query, signing)
      : signing.authorization;
  const answer = await app.request(`${origin}${path}${query && `?${query}`}`, {
    method,
    headers: authorization === null ? {} : { authorization },
    ...(body !== undefined &&
      body !== null && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const contentType = answer.headers.get('content-type') ?? '';
  return {
    status: answer.status,
    contentType,
    body: contentType.includes('json') ? JSON.parse(text) : text,
  };
}

/** A sandbox shop in a store of its own, spoken to as a client would. */
export function openShop({
  store = openStore(),
  onExchange,
}: {
  store?: Store;
  onExchange?: ExchangeListener;
} = {}) {
  const clock = createClock(store, 1, Date.UTC(2026, 9, 1, 15));
  const commerce = createCommerceSandbox({ store, clock, ...(onExchange && { onExchange }) });

  const send = (request: Request) => sendSigned(commerce, request);
  /** A call on the control plane. */
  const command = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await commerce.app.request(`${origin}/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answer.json();
  };
  return { commerce, clock, store, send, command };
}

export type OpenShop = ReturnType<typeof openShop>;
