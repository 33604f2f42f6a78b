import type { AmazonOrder, AmazonOrderStatus } from '../../domain/order';
import type { OrderPolicy } from '../../domain/settings';
import { buyerTokens, orderVersion } from '../../integrations/temporal/keyed-hash';
import type { PullOrderResult } from '../../workflows/intake/contract';
import { OrderNotFoundError } from '../order-errors';
import type { OrderSignalName } from '../order-messages';
import { CliError } from './errors';
import { readOrderFile } from './order-file';
import { print, requireOrderId, type Session, withSession } from './session';

export type OrderSignalCommand = 'verified' | 'cancelled';

const signals: Readonly<
  Record<OrderSignalCommand, { signal: OrderSignalName; statuses: readonly AmazonOrderStatus[] }>
> = {
  verified: { signal: 'orderVerified', statuses: ['UNSHIPPED', 'PARTIALLY_SHIPPED'] },
  cancelled: { signal: 'orderCancelled', statuses: ['CANCELLED'] },
};

export interface SignalOrderOptions {
  readonly config?: string;
  readonly account?: string;
  readonly file?: string;
}

/** @throws CliError unless the order is now what the command says. */
export async function signalOrder(
  name: OrderSignalCommand,
  id: string,
  options: SignalOrderOptions,
): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  const order = options.file === undefined ? undefined : await readOrderFile(options.file);
  await withSession(options, async (session) => {
    const account = await accountOf(session, amazonOrderId, options.account);
    if (order) await sendFile(session, { name, account, amazonOrderId, order });
    else requirePulled(name, amazonOrderId, await session.intakes.pull({ account, amazonOrderId }));
    print(`Order ${amazonOrderId} of account ${account}: ${signals[name].signal} is delivered.`);
  });
}

/** The one that was named, that has the order, or that is the only one. */
async function accountOf(
  { config, orders }: Session,
  amazonOrderId: string,
  named: string | undefined,
): Promise<string> {
  if (named !== undefined) return named;
  try {
    return (await orders.find(amazonOrderId)).account;
  } catch (error) {
    const [only, ...others] = config.accounts;
    if (!(error instanceof OrderNotFoundError) || !only || others.length > 0) throw error;
    return only.name;
  }
}

interface Sent {
  readonly name: OrderSignalCommand;
  readonly account: string;
  readonly amazonOrderId: string;
  readonly order: AmazonOrder;
}

async function sendFile(session: Session, { name, account, amazonOrderId, order }: Sent): Promise<void> {
  const { signal, statuses } = signals[name];
  if (order.amazonOrderId !== amazonOrderId) {
    throw new CliError(`The file holds order ${order.amazonOrderId}, not ${amazonOrderId}.`);
  }
  if (!statuses.includes(order.status)) {
    throw new CliError(
      `The order in the file is ${order.status}; ${signal} is for ${statuses.join(' or ')}.`,
    );
  }
  const delivery = {
    order,
    version: orderVersion(session.hash, order),
    buyerTokens: buyerTokens(session.hash, order.buyer ?? {}),
    policy: await policyOf(session, account, order),
  };
  await session.orders.deliver(account, delivery, signal);
}

/** The account's settings of today; for an account or marketplace that has none here, those the order has. */
async function policyOf(
  { config, orders }: Session,
  account: string,
  { amazonOrderId, marketplaceId }: AmazonOrder,
): Promise<OrderPolicy> {
  const marketplaces = config.accounts.find(({ name }) => name === account)?.marketplaces ?? [];
  const configured = marketplaces.find(({ id }) => id === marketplaceId)?.policy;
  if (configured) return configured;
  const { snapshot, problem } = await orders.show(amazonOrderId, account);
  if (snapshot?.delivery) return snapshot.delivery.policy;
  throw new CliError(
    `Account ${account} has no settings for marketplace ${marketplaceId}${problem ? `, and: ${problem}` : '.'}`,
  );
}

function requirePulled(name: OrderSignalCommand, amazonOrderId: string, result: PullOrderResult): void {
  const { signal, statuses } = signals[name];
  if (result.kind === 'notFound')
    throw new CliError(`Amazon has no order ${amazonOrderId} for this account.`);
  if (result.kind === 'ignored') {
    throw new CliError(`Order ${amazonOrderId} is not imported: ${result.reason ?? 'no reason was given'}`);
  }
  const { status } = result;
  if (status === undefined || statuses.some((fitting) => fitting === status)) return;
  throw new CliError(`Amazon says ${status}; that is delivered, and ${signal} is not sent.`);
}
