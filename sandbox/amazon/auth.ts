import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../clock';
import { accessDenied, SellingPartnerRefusal } from './errors';
import type { AmazonSettings } from './settings';

export type TokenKind = 'seller' | 'grantless';

interface TokenClaims {
  /** Seller tokens open the orders operations; grantless ones only those that act for no seller. */
  kind: TokenKind;
  /** Whose sandbox has issued it. */
  sellerId: string;
  expiresAt: number;
}

const sign = (payload: string, secret: string) =>
  createHmac('sha256', secret).update(payload).digest('base64url');

function issue(claims: TokenClaims, secret: string): string {
  const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `Atza|${payload}.${sign(payload, secret)}`;
}

/** The claims of a token that this sandbox has issued, expired or not. */
function claimsOf(token: string, secret: string): TokenClaims | undefined {
  const [payload, signature] = token.replace(/^Atza\|/, '').split('.');
  if (!payload || !signature) return undefined;
  const expected = Buffer.from(sign(payload, secret));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims;
}

async function formOf(c: Context): Promise<Record<string, string>> {
  const text = await c.req.text();
  if (c.req.header('content-type')?.includes('json')) return JSON.parse(text) as Record<string, string>;
  return Object.fromEntries(new URLSearchParams(text));
}

const refusals = {
  invalid_client: [401, 'Client authentication failed'],
  invalid_grant: [400, 'The request has an invalid grant parameter : refresh_token'],
  invalid_scope: [400, 'The request has an invalid parameter : scope'],
  unsupported_grant_type: [400, 'The authorization grant type is not supported by the authorization server'],
} as const;

function kindOrRefusal(
  form: Record<string, string>,
  settings: AmazonSettings,
): TokenKind | keyof typeof refusals {
  if (form.client_id !== settings.clientId || form.client_secret !== settings.clientSecret)
    return 'invalid_client';
  if (form.grant_type === 'client_credentials') {
    return form.scope?.startsWith('sellingpartnerapi::') ? 'grantless' : 'invalid_scope';
  }
  if (form.grant_type !== 'refresh_token') return 'unsupported_grant_type';
  return form.refresh_token === settings.refreshToken ? 'seller' : 'invalid_grant';
}

/**
 * Login with Amazon. A token is good for an hour of sandbox time; `expires_in` is in real seconds, because
 * the client counts them by its own clock.
 */
export function tokenEndpoint(clock: Clock, settings: () => AmazonSettings) {
  return new Hono().post('/auth/o2/token', async (c) => {
    const current = settings();
    const form = await formOf(c);
    const kind = kindOrRefusal(form, current);
    if (kind !== 'seller' && kind !== 'grantless') {
      const [status, description] = refusals[kind];
      return c.json({ error: kind, error_description: description }, status);
    }
    const lifeMs = current.accessTokenSeconds * 1000;
    const { sellerId } = current;
    const claims: TokenClaims = { kind, sellerId, expiresAt: clock.now().getTime() + lifeMs };
    return c.json({
      access_token: issue(claims, current.clientSecret),
      token_type: 'bearer',
      expires_in: Math.max(1, Math.floor(clock.realMs(lifeMs) / 1000)),
      ...(kind === 'seller' && { refresh_token: current.refreshToken }),
    });
  });
}

const needs = {
  seller: 'The operation needs the authorization of a seller.',
  grantless: 'The operation is grantless: it needs a token of the scope sellingpartnerapi::notifications.',
} as const;

/** Refuses with 403 whatever comes without an access token of this kind that is still good. */
export function requireToken(
  kind: TokenKind,
  { clock, settings }: { clock: Clock; settings(): AmazonSettings },
): MiddlewareHandler {
  return async (c, next) => {
    const { clientSecret, sellerId } = settings();
    const token = c.req.header('x-amz-access-token');
    if (!token) throw new SellingPartnerRefusal(403, 'MissingAuthenticationToken', 'Missing access token.');
    const claims = claimsOf(token, clientSecret);
    if (!claims) throw accessDenied('The access token you provided is revoked, malformed or invalid.');
    if (claims.expiresAt <= clock.now().getTime())
      throw accessDenied('The access token you provided has expired.');
    if (claims.kind !== kind) throw accessDenied(needs[kind]);
    if (claims.sellerId !== sellerId) throw accessDenied('The authorization is of another seller.');
    await next();
  };
}
