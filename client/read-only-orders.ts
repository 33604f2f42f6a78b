import { OrderRefusedError } from './order-errors';
import type { OrderRow } from './order-row';
import type { Act, Orders } from './orders';

/**
 * Has the orders of an account that show `readOnly` tried again at once, and says how many did. Those that go on by
 * themselves in the meantime refuse, which is as good.
 *
 * @throws OrderUnansweredError without a worker
 */
export async function retryWaiting(orders: Orders, account: string, by: string): Promise<number> {
  const waiting = await ordersThatWait(orders, account);
  let retried = 0;
  for (const order of waiting) retried += (await isRetried(orders.retry, order, by)) ? 1 : 0;
  return retried;
}

async function isRetried(retry: Act, order: OrderRow, by: string): Promise<boolean> {
  try {
    await retry(order, { by, why: 'The account may write again.' });
    return true;
  } catch (error) {
    if (error instanceof OrderRefusedError) return false;
    throw error;
  }
}

async function ordersThatWait(orders: Orders, account: string): Promise<OrderRow[]> {
  const found: OrderRow[] = [];
  let pageToken: string | undefined;
  do {
    const filter = { account, attention: true, includePending: true, open: true };
    const page = await orders.list(filter, { pageSize: 200, pageToken });
    found.push(
      ...page.orders.filter(({ attention }) => attention.some(({ reason }) => reason === 'readOnly')),
    );
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return found;
}
