import { createHmac } from 'node:crypto';
import { ApiError, badRequest, requiredFields } from './errors';
import type { Credentials } from './settings';
import type { Shop } from './shop';

/** What a signature covers, as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** Scheme, host and port. */
  origin: string;
  /** Path with its escapes as sent. */
  path: string;
  query: string;
  authorization: string;
}

const requiredParameters = [
  'oauth_consumer_key',
  'oauth_signature',
  'oauth_signature_method',
  'oauth_nonce',
  'oauth_timestamp',
  'oauth_token',
];
const aheadAllowedS = 600;

const refused = (message: string, parameters?: string[]) =>
  new ApiError(401, parameters ? { message, parameters } : { message });

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function headerParameters(authorization: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of authorization.replace(/^OAuth\s+/i, '').split(',')) {
    const [name = '', ...value] = part.trim().split('=');
    if (name.startsWith('oauth_')) parameters.set(name, decode(value.join('=').replace(/^"|"$/g, '')));
  }
  return parameters;
}

/** Magento reads `name=value` pairs only: a pair with more or fewer `=` is left out, the last of a name wins. */
function queryParameters(query: string): [string, string][] {
  const pairs = query.split('&').flatMap((part): [string, string][] => {
    const [name, value, ...more] = part.split('=');
    return name !== undefined && value !== undefined && more.length === 0
      ? [[decode(name), decode(value)]]
      : [];
  });
  return [...new Map(pairs)];
}

/** PHP's strnatcmp: digits compare as numbers. So `[2]` comes before `[10]`, unlike in RFC 5849. */
function naturally(left: string, right: string): number {
  const [a, b] = [left, right].map((text) => text.match(/\d+|\D/g) ?? []);
  for (const [index, one] of (a ?? []).entries()) {
    const other = b?.[index];
    if (other === undefined) return 1;
    const numeric = /^\d/.test(one) && /^\d/.test(other) ? Number(one) - Number(other) : 0;
    if (numeric !== 0) return numeric;
    if (one !== other) return one < other ? -1 : 1;
  }
  return (a?.length ?? 0) - (b?.length ?? 0);
}

/** Escapes that a path does not need are undone, as PHP's URI normalisation does: `%2F` but not `%20`. */
const normalPath = (path: string) =>
  path.replace(/%[0-9a-f]{2}/gi, (escaped) => {
    const char = decode(escaped);
    return /^[A-Za-z0-9\-._~!$&'()*+,;=:@/]$/.test(char) ? char : escaped.toUpperCase();
  });

function signatureOf(request: SignedRequest, oauth: Map<string, string>, secrets: Credentials): string {
  const signed = [...queryParameters(request.query), ...oauth]
    .filter(([name]) => name !== 'oauth_signature')
    .map(([name, value]): [string, string] => [encode(name), encode(value)])
    .sort(([a], [b]) => naturally(a, b))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const url = request.origin + normalPath(request.path);
  const base = [request.method, encode(url), encode(signed)].join('&');
  const key = `${encode(secrets.consumerSecret)}&${encode(secrets.tokenSecret)}`;
  return createHmac('sha256', key).update(base).digest('base64');
}

/** A nonce counts once, even if the signature that came with it is wrong. */
function useNonce(shop: Shop, nonce: string, timestamp: number): void {
  // Real time on purpose: clients sign with their own clock, which no speed factor moves.
  const nowS = Date.now() / 1000;
  if (!(timestamp > 0) || timestamp > nowS + aheadAllowedS) {
    throw refused('An error occurred validating the nonce');
  }
  if (shop.nonces.get(nonce)) {
    throw refused('The nonce is already being used by the consumer with ID %1', ['1']);
  }
  shop.nonces.put({ nonce, timestamp });
}

/**
 * Checks an OAuth 1.0a request (HMAC-SHA256 only) in Magento's order; throws the answer to a bad one.
 */
export function verifySignature(shop: Shop, credentials: Credentials, request: SignedRequest): void {
  const oauth = headerParameters(request.authorization);
  const missing = requiredParameters.filter((name) => !oauth.get(name));
  if (missing.length > 0) throw requiredFields(missing);
  const value = (name: string) => oauth.get(name) ?? '';

  if (value('oauth_token').length !== 32) {
    throw badRequest('The token length is invalid. Check the length and try again.');
  }
  if (value('oauth_signature_method') !== 'HMAC-SHA256') {
    throw badRequest('Signature method %1 is not supported', [value('oauth_signature_method')]);
  }
  if (value('oauth_consumer_key') !== credentials.consumerKey) {
    throw refused('A consumer having the specified key does not exist');
  }
  useNonce(shop, value('oauth_nonce'), Number(value('oauth_timestamp')));
  if (value('oauth_token') !== credentials.token) throw refused('Specified token does not exist');
  if (value('oauth_signature') !== signatureOf(request, oauth, credentials)) {
    throw refused('The signature is invalid. Verify and try again.');
  }
}
