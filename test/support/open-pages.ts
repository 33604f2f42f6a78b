import { createPages } from '../../client/http/pages';
import { createIntakes } from '../../client/intakes';
import { createOrders } from '../../client/orders';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { List } from './listed-orders';

const origin = 'http://127.0.0.1:8230';
export const formHeaders = { 'content-type': 'application/x-www-form-urlencoded', origin };

/** The pages of a list, asked without a browser. */
export function openPages(
  { client, keyRing, account }: Pick<List, 'client' | 'keyRing' | 'account'>,
  answerWithinMs = 15_000,
) {
  const faults: Error[] = [];
  const pages = createPages({
    orders: createOrders(client, channelHash(keyRing), { taskQueue: account, answerWithinMs }),
    intakes: createIntakes(client, { accounts: [{ name: account, staleAfterMs: 60_000 }], answerWithinMs }),
    temporalUi: 'http://127.0.0.1:8233/',
    namespace: 'shop one',
    timeZone: 'Europe/Berlin',
    onFault: (error) => faults.push(error),
  });
  return {
    faults,
    get: async (path: string, headers: Record<string, string> = {}) => {
      const response = await pages.request(new URL(path, origin).href, { headers });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    post: (
      path: string,
      fields: Record<string, string> = {},
      headers: Record<string, string> = formHeaders,
    ) =>
      pages.request(`${origin}${path}`, {
        method: 'POST',
        headers,
        body: new URLSearchParams(fields).toString(),
      }),
  };
}

/** The order ids of a page, from top to bottom. */
export const ordersIn = (text: string): string[] =>
  [...text.matchAll(/data-order="([^"]+)"/g)].map(([, id = '']) => id);
