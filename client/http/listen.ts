import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';

/** Another program has the port. */
export class PortInUseError extends Error {
  override readonly name = 'PortInUseError';
}

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export interface Address {
  readonly host: string;
  /** 0: a free one. */
  readonly port: number;
}

/** For what is being answered; browsers keep connections open on which nothing comes any more. */
const graceMs = 2_000;

/** Proxies keep an idle connection for 60 s; one that ends just when a request comes would lose it. */
const keepAliveMs = 72_000;

type Fetch = Pick<Hono, 'fetch'>['fetch'];

/** @throws PortInUseError */
export async function listen(
  fetch: (request: Request) => ReturnType<Fetch>,
  address: Address,
): Promise<Listening> {
  const server = createAdaptorServer({ fetch });
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = keepAliveMs;
  const { host } = address;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, address)));
    server.listen(address.port, host, resolve);
  });
  const bound = server.address();
  const port = bound && typeof bound === 'object' ? bound.port : address.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const end = () => 'closeAllConnections' in server && server.closeAllConnections();
      const impatience = setTimeout(end, graceMs);
      await closed;
      clearTimeout(impatience);
    },
  };
}

function inWords(error: NodeJS.ErrnoException, { host, port }: Address): Error {
  if (error.code === 'EADDRINUSE') {
    return new PortInUseError(
      `Port ${port} of ${host} is in use: end the other program, or set another port.`,
    );
  }
  return error;
}
