import { placeOrder } from '../../activities/place-order';
import { createCommercePort } from '../../integrations/commerce/client';
import type { CommercePort } from '../../integrations/commerce/port';
import { sandboxCredentials } from '../../sandbox/commerce';
import { openSandbox } from '../../sandbox/sandbox';
import { newOrder } from './order';
import type { Measurement } from './report';

/** What a new order asks of the shop, in HTTP calls. The first one also reads what the port then keeps. */
export async function benchCommerce(): Promise<Measurement[]> {
  let calls = 0;
  const sandbox = await openSandbox({
    onExchange: () => {
      calls += 1;
    },
  });
  const port = portOf(sandbox.urls.commerce);
  const callsOf = async (work: () => Promise<void>): Promise<number> => {
    const before = calls;
    await work();
    return calls - before;
  };
  try {
    const first = await callsOf(() => place(port, 'guest'));
    const guest = await callsOf(() => place(port, 'guest'));
    const account = await callsOf(() => place(port, 'newAccount'));
    return [
      { what: 'guest order', value: guest, atMost: 5 },
      { what: 'order with a new account', value: account, atMost: 7 },
      { what: 'first guest order after the worker’s start', value: first },
    ].map((measurement) => ({ ...measurement, unit: 'calls' }));
  } finally {
    await sandbox.close();
  }
}

function portOf(url: string): CommercePort {
  const { consumerKey, consumerSecret, token, tokenSecret } = sandboxCredentials;
  const credentials = { consumerKey, consumerSecret, accessToken: token, accessTokenSecret: tokenSecret };
  return createCommercePort({ name: 'bench', url, credentials });
}

async function place(port: CommercePort, customer: 'guest' | 'newAccount'): Promise<void> {
  const order = newOrder();
  const pinned = {
    commerce: port.name,
    store: 'amazon_us',
    incrementId: order.amazonOrderId,
    customer,
  };
  const result = await placeOrder(
    port,
    { account: 'bench', order, pinned, orderStatus: 'processing' },
    {},
    { before: undefined, keep: async () => {} },
  );
  if (result.kind !== 'placed') throw new Error(`The order was not placed: ${JSON.stringify(result)}`);
}
