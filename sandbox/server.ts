import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';

/** One request and its answer as they crossed the wire; tests hold them against the vendors' descriptions. */
export interface Exchange {
  system: 'amazon' | 'commerce' | 'erp';
  method: string;
  path: string;
  /** Raw query string without the question mark. */
  query: string;
  requestBody: string;
  status: number;
  contentType: string;
  responseBody: string;
}

export type ExchangeListener = (exchange: Exchange) => void;

/** Tells `listener` each exchange; the control plane's own calls are not told. */
export const recordExchanges = (system: Exchange['system'], listener: ExchangeListener) =>
  createMiddleware(async (c, next) => {
    const requestBody = await c.req.text();
    await next();
    const url = new URL(c.req.url);
    if (url.pathname.startsWith('/_sandbox')) return;
    listener({
      system,
      method: c.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      requestBody,
      status: c.res.status,
      contentType: c.res.headers.get('content-type') ?? '',
      responseBody: await c.res.clone().text(),
    });
  });

export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** Serves `app` on loopback; port 0 takes a free one. */
export async function listen(app: Hono<{ Bindings: HttpBindings }>, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch, hostname: '127.0.0.1' });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
