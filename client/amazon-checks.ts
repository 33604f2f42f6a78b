import type { AccountConfig } from '../config/config';
import { createAccessTokens } from '../integrations/amazon/access-token';
import { createAmazonPort } from '../integrations/amazon/client';
import { AmazonAccessError, AmazonRefusedError } from '../integrations/amazon/errors';
import { createNotificationsPort } from '../integrations/amazon/notifications';
import { createQueuePort } from '../integrations/amazon/queue';
import { advise, CheckError, variablePart } from './check-error';
import type { OrderRow } from './order-row';
import type { Orders } from './orders';

// Each check answers with what works, and throws with what to do.

export async function checkLogin(
  { tokenEndpoint, credentials, name }: AccountConfig,
  timeoutMs: number,
): Promise<string> {
  const tokens = createAccessTokens(tokenEndpoint, credentials, timeoutMs);
  await tokens
    .current()
    .catch(
      advise(
        AmazonAccessError,
        `Check the three AMAZON_${variablePart(name)}_… secrets, and in Seller Central that the seller still authorises the application.`,
      ),
    );
  return 'The credentials are accepted.';
}

/** Amazon has no order of this id, and says so to whoever may read orders. */
const noOrder = '000-0000000-0000000';

/** Never a list: the quota of lists is the intake's. */
export async function checkOrderAccess(
  orders: Orders,
  account: AccountConfig,
  timeoutMs: number,
): Promise<string> {
  const known = await openOrderOf(orders, account.name);
  const port = createAmazonPort(account, { timeoutMs });
  const id = known?.amazonOrderId ?? noOrder;
  const order = await port
    .getOrder(id)
    .catch((error: unknown) => {
      // Whoever is refused for such an id may ask.
      if (!known && error instanceof AmazonRefusedError) return null;
      throw error;
    })
    .catch(
      advise(
        AmazonAccessError,
        'Give the application the roles to read orders, then have the seller authorise it again.',
      ),
    );
  if (!known)
    return 'Orders can be read. Buyer data cannot be judged: the account has no open order to be shipped.';
  if (!order)
    throw new CheckError(`Amazon has no order ${id} for this account any more: is the seller the right one?`);
  const missing = [
    ...(order.shipTo ? [] : ['no address']),
    ...(order.buyer?.email === undefined ? ['no e-mail address'] : []),
  ];
  if (missing.length === 0) return `Order ${id} can be read, with address and e-mail address.`;
  throw new CheckError(
    `Amazon shows ${missing.join(' and ')} for order ${id}: give the application the restricted role Direct-to-Consumer Delivery, then have the seller authorise it again.`,
  );
}

/** The queue is there, and Amazon sends to it. */
export async function checkNotifications(account: AccountConfig, timeoutMs: number): Promise<string> {
  const { name, notifications } = account;
  if (!notifications) return 'No queue is configured: sweeps alone find what has changed.';
  const signal = AbortSignal.timeout(timeoutMs);
  const queue = createQueuePort(notifications);
  try {
    const { arn, messages } = await queue.attributes(signal);
    const advice =
      'Give the application the role for notifications, then have the seller authorise it again.';
    const subscription = await createNotificationsPort(account, { timeoutMs })
      .subscription({ signal })
      .catch(advise(AmazonAccessError, advice));
    if (subscription?.queueArn === arn)
      return `Amazon notifies queue ${arn}, where ${messages} messages wait.`;
    const found = subscription
      ? `notifies ${subscription.queueArn ?? 'a destination that is gone'}`
      : 'notifies nobody';
    throw new CheckError(
      `Queue ${arn} is there, but Amazon ${found}: run \`channel amazon subscribe --account ${name}\`.`,
    );
  } finally {
    queue.close();
  }
}

/** Amazon shows buyers only while there is something to ship, or a little longer. */
async function openOrderOf(orders: Orders, account: string): Promise<OrderRow | undefined> {
  const filter = { account, channelStatus: ['Unshipped', 'PartiallyShipped'], open: true } as const;
  const { orders: rows } = await orders.list(filter, { pageSize: 50 });
  return rows.find(({ fulfilledBy }) => fulfilledBy === 'MERCHANT');
}
