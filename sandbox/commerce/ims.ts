import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { ApiError } from './errors';
import type { ImsClient, SettingsHolder } from './settings';
import type { Shop } from './shop';

/** The first part of the paths of Commerce as a Cloud Service. */
export const sandboxTenant = 'sandbox-tenant';

type Env = { Bindings: HttpBindings };

const neededScopes = ['openid', 'AdobeID', 'additional_info.projectedProductContext', 'commerce.accs'];

/** Adobe's identity management: `POST /ims/token/v3` for clients that act for themselves. */
export function imsApi(shop: Shop, settings: SettingsHolder): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/ims/token/v3', async (c) => {
    const { ims } = settings.get();
    const refusal = refusalOf(new URLSearchParams(await c.req.text()), ims);
    if (refusal) return c.json(refusal, 400);
    const number = shop.next('tokens');
    const token = `sandbox.access.token.${number}.${Buffer.from(`${number}`).toString('base64url')}`;
    // Real time on purpose: clients keep a token by their own clock, which no speed factor moves.
    shop.tokens.put({ token, expiresAtMs: Date.now() + ims.tokenLifeS * 1000 });
    return c.json({ access_token: token, token_type: 'bearer', expires_in: ims.tokenLifeS });
  });
  return app;
}

function refusalOf(form: URLSearchParams, { clientId, clientSecret }: ImsClient) {
  const refused = (error: string, description: string) => ({ error, error_description: description });
  if (form.get('grant_type') !== 'client_credentials')
    return refused('unsupported_grant_type', 'grant_type is not supported');
  if (form.get('client_id') !== clientId) return refused('invalid_client', 'invalid client_id parameter');
  if (form.get('client_secret') !== clientSecret)
    return refused('invalid_client', 'invalid client_secret parameter');
  const scopes = (form.get('scope') ?? '').split(',');
  if (neededScopes.every((scope) => scopes.includes(scope))) return undefined;
  return refused('invalid_scope', 'The scope is not valid for this client');
}

/** Checks token, API key and organisation of a request to the cloud service; throws the answer to a bad one. */
export function verifyToken(c: Context<Env>, shop: Shop, { clientId, orgId }: ImsClient): void {
  const [, token = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  const known = shop.tokens.get(token);
  if (!known || known.expiresAtMs < Date.now())
    throw new ApiError(401, { message: 'Oauth token is not valid' });
  if (c.req.header('x-api-key') !== clientId) throw new ApiError(403, { message: 'Api Key is invalid' });
  if (c.req.header('x-gw-ims-org-id') !== orgId)
    throw new ApiError(403, { message: 'The organization of the token is another one' });
}
