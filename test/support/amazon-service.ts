import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { type AmazonSandbox, createAmazonSandbox, type OrderSpec } from '../../sandbox/amazon';
import { createClock } from '../../sandbox/clock';
import { type Exchange, listen } from '../../sandbox/server';
import { openStore } from '../../sandbox/store';
import { createWireContracts } from './wire-contracts';

export const minutes = (count: number) => count * 60_000;
/** The sandbox's time when it opens. */
export const opening = new Date('2026-10-01T08:00:00.000Z');
/** For searches that should find every order of the test. */
export const longAgo = '2026-09-01T00:00:00.000Z';

/** Puts another answer in the place of the sandbox's; undefined leaves it as it is. */
export type Tamper = (path: string, answer: Response) => Promise<Response | undefined>;

const contracts = createWireContracts();

/** The sandbox Amazon on a free port of loopback, opened at {@link opening}, and what a client needs to call it. */
export async function openAmazonService() {
  const store = openStore();
  const clock = createClock(store, 1, opening.getTime());
  const exchanges: Exchange[] = [];
  const sandbox: AmazonSandbox = createAmazonSandbox({
    store,
    clock,
    onExchange: (exchange) => exchanges.push(exchange),
  });
  let tamper: Tamper | undefined;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const underWay = new Set<Promise<Response>>();
  app.all('*', async (c) => {
    const answering = Promise.resolve(sandbox.app.fetch(c.req.raw, c.env));
    underWay.add(answering);
    const answer = await answering.finally(() => underWay.delete(answering));
    return (await tamper?.(c.req.path, answer)) ?? answer;
  });
  const server = await listen(app, 0);
  const command = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/_sandbox${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  };

  return {
    clock,
    account: {
      sellerId: 'A1SANDBOXSELLER',
      endpoint: server.url,
      tokenEndpoint: `${server.url}/auth/o2/token`,
      credentials: {
        clientId: 'amzn1.application-oa2-client.sandbox',
        clientSecret: 'amzn1.oa2-cs.v1.sandbox',
        refreshToken: 'Atzr|sandbox',
      },
    },
    place: (spec: OrderSpec) => sandbox.addOrder(spec),
    booked: (orderId: string) => sandbox.orders().find((order) => order.orderId === orderId),
    command,
    /** Sends what is due to the queues of subscribers. */
    publish: () => sandbox.work(),
    setTamper: (next: Tamper | undefined) => {
      tamper = next;
    },
    /** Requests whose path ends so, the faulted ones not counted. */
    count: (pathEnd: string) => exchanges.filter(({ path }) => path.endsWith(pathEnd)).length,
    exchanges,
    /** All that Amazon's description forbids, in sentences. */
    violations: () => exchanges.flatMap((exchange) => contracts?.violations(exchange) ?? []),
    close: async () => {
      await server.close();
      // A client that gave up does not end what the sandbox still does.
      await Promise.allSettled(underWay);
      await store.close();
    },
  };
}

export type AmazonService = Awaited<ReturnType<typeof openAmazonService>>;

/** Two lines, verified at once, with a discount, taxes, shipping and a gift: every kind of charge. */
export const fullOrder = (changes: Partial<OrderSpec> = {}): OrderSpec => ({
  lines: [
    { sku: 'MUG-BLUE-350', quantity: 3, taxMinor: 371, shippingMinor: 599, shippingTaxMinor: 49 },
    {
      sku: 'BOARD-OAK-M',
      quantity: 1,
      taxMinor: 320,
      discountMinor: 388,
      giftWrapMinor: 349,
      giftMessage: 'Happy birthday',
    },
  ],
  plan: { placedAt: opening.toISOString(), verifiedAt: opening.toISOString() },
  ...changes,
});
