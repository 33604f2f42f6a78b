import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { ApiError, badRequest, MaskedError, PhpFatal } from './errors';
import { selectFields } from './fields';
import { sandboxTenant, verifyToken } from './ims';
import { type Parameters, readArguments } from './input';
import { isObject, type Json, type JsonObject } from './json';
import { verifySignature } from './oauth';
import { parseQuery } from './query';
import type { SettingsHolder } from './settings';
import type { Shop } from './shop';
import { type StoreView, storeByCode } from './stores';

type Env = { Bindings: HttpBindings };

/** A request that has passed authentication, with its arguments converted. */
export interface Call {
  shop: Shop;
  /** A number in the path; `NaN` if it is none. */
  id(name: string): number;
  /** A decoded part of the path. */
  path(name: string): string;
  query: JsonObject;
  /** The body's arguments, of the types that the route declares. */
  args: JsonObject;
  /** An argument that is an object; empty if it was not sent. */
  object(name: string): JsonObject;
  /** The store view named in the URL, in the cloud service in the header. */
  store: StoreView;
  origin: string;
}

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  /** The right that the integration needs; `anonymous` for none. */
  resource: string;
  parameters?: Parameters;
  /** The cloud service has no such call. */
  absentInCloud?: true;
  handle(call: Call): Json;
}

const specifiedRequest = () => badRequest('Specified request cannot be processed.');

const isCloudService = ({ req }: Context<Env>) => req.path.startsWith(`/${sandboxTenant}/`);

function authorize(c: Context<Env>, shop: Shop, settings: SettingsHolder, resource: string): void {
  const { ims, deniedResources } = settings.get();
  // The cloud service shows nothing to strangers.
  if (isCloudService(c)) verifyToken(c, shop, ims);
  if (resource === 'anonymous') return;
  const known = isCloudService(c) || verifySigned(c, shop, settings);
  if (!known || deniedResources.includes(resource)) {
    throw new ApiError(401, {
      message: "The consumer isn't authorized to access %resources.",
      parameters: { resources: resource },
    });
  }
}

/** Whether the request is signed at all; throws the answer to a wrong signature. */
function verifySigned(c: Context<Env>, shop: Shop, settings: SettingsHolder): boolean {
  const authorization = c.req.header('authorization') ?? '';
  if (!/^OAuth\s/i.test(authorization)) return false;
  const { origin, pathname: path, search } = new URL(c.req.url);
  const { method } = c.req;
  verifySignature(shop, settings.get().oauth, {
    method,
    origin,
    path,
    query: search.slice(1),
    authorization,
  });
  return true;
}

async function readBody(c: Context<Env>): Promise<JsonObject> {
  const text = await c.req.text();
  if (text === '') return {};
  try {
    const body: Json = JSON.parse(text);
    return isObject(body) ? body : {};
  } catch {
    throw badRequest('Decoding error.');
  }
}

async function readCall(c: Context<Env>, shop: Shop, route: Route): Promise<Call> {
  const url = new URL(c.req.url);
  const store = storeByCode(isCloudService(c) ? c.req.header('store') : c.req.param('store'));
  if (!store) throw specifiedRequest();
  const parameter = (name: string) => c.req.param(name) ?? '';
  const body = route.parameters ? await readBody(c) : {};
  const args = route.parameters ? readArguments(body, route.parameters) : {};
  return {
    shop,
    id: (name) => Number(parameter(name)),
    path: parameter,
    query: parseQuery(url.search.slice(1)),
    args,
    object: (name) => (isObject(args[name]) ? args[name] : {}),
    store,
    origin: url.origin,
  };
}

function failure(c: Context<Env>, shop: Shop, error: unknown): Response {
  const json = (body: Json, status: number) =>
    c.body(JSON.stringify(body), status as 200, { 'content-type': 'application/json; charset=utf-8' });
  if (error instanceof ApiError) return json(error.body, error.status);
  if (error instanceof MaskedError) {
    const report = (shop.next('reports') + 0x6b03900000000).toString(16);
    const message = `Internal Error. Details are available in Magento log file. Report ID: webapi-${report}`;
    return json({ message }, 500);
  }
  if (error instanceof PhpFatal) {
    const text = 'An error has happened during application run. See exception log for details.\n';
    return c.body(text, 500, { 'content-type': 'text/plain;charset=UTF-8' });
  }
  throw error;
}

/**
 * Serves `routes` under `/rest/V1` and `/rest/<store code>/V1`, and under the tenant as the cloud service does. Each
 * call is one database transaction.
 */
export function restApi(shop: Shop, settings: SettingsHolder, routes: readonly Route[]): Hono<Env> {
  const app = new Hono<Env>();
  for (const route of routes) {
    const answer = async (c: Context<Env>): Promise<Response> => {
      try {
        authorize(c, shop, settings, route.resource);
        const call = await readCall(c, shop, route);
        const result = shop.transaction(() => route.handle(call));
        const fields = call.query.fields;
        const shown = typeof fields === 'string' && fields !== '' ? selectFields(result, fields) : result;
        return c.body(JSON.stringify(shown), 200, { 'content-type': 'application/json; charset=utf-8' });
      } catch (error) {
        return failure(c, shop, error);
      }
    };
    const roots = ['/rest/V1', '/rest/:store/V1', ...(route.absentInCloud ? [] : [`/${sandboxTenant}/V1`])];
    for (const root of roots) app.on(route.method, root + route.path, answer);
  }
  for (const root of ['/rest', `/${sandboxTenant}`]) {
    app.all(`${root}/*`, (c) =>
      failure(c, shop, new ApiError(404, { message: 'Request does not match any route.' })),
    );
  }
  return app;
}
