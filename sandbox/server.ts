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
  /** Cuts the connections; requests in hand, delayed ones too, take effect before it ends. */
  close(): Promise<void>;
}

/** Its message is a sentence for whoever starts the sandbox. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

/**
 * Serves `app` on loopback; port 0 takes a free one.
 *
 * @throws PortInUseError
 */
export async function listen(app: Hono<{ Bindings: HttpBindings }>, port: number): Promise<Listening> {
  const pending = new Set<unknown>();
  const server = createAdaptorServer({
    hostname: '127.0.0.1',
    fetch: async (request, env) => {
      const answer = app.fetch(request, env as HttpBindings);
      pending.add(answer);
      try {
        return await answer;
      } finally {
        pending.delete(answer);
      }
    },
  });
  // Without a limit no idle connection ends just when the next request is on its way.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 0;
  await new Promise<void>((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'EADDRINUSE' ? portInUse(port) : error),
    );
    server.listen(port, '127.0.0.1', done);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: async () => {
      await new Promise<void>((done) => {
        server.close(() => done());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await Promise.allSettled(pending);
    },
  };
}

const portInUse = (port: number) =>
  new PortInUseError(
    `Port ${port} is in use: end the program that listens there or choose another port for the sandbox.`,
  );
