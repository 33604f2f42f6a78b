import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { AccountConfig } from '../config/config';
import { AmazonUnreadableOrderError } from '../integrations/amazon/errors';
import type { AmazonPort } from '../integrations/amazon/port';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { PullOrderResult } from '../workflows/intake/contract';
import type { OrderDelivery } from '../workflows/order/contract';
import { channelTaskQueue } from '../workflows/task-queues';
import { policyOf } from './admission';
import type { AmazonActivities, OrderRef, PullOrderInput } from './contracts/amazon';
import { type Fate, fateOf } from './deliver-page';
import { NotConfiguredError } from './not-configured';
import { orderDelivery } from './order-delivery';
import { findRuns } from './order-runs';
import { type SweepTools, sweepPage } from './sweep-page';
import type { WriteGuard } from './write-guard';

export interface AmazonAccountTools {
  readonly port: AmazonPort;
  readonly config: AccountConfig;
}

export interface AmazonActivitiesDependencies {
  /** @throws NotConfiguredError for an account that the settings do not have. */
  readonly accounts: (name: string) => AmazonAccountTools;
  readonly client: Client;
  readonly guard: WriteGuard;
  readonly hash: KeyedHash;
  /** How long Temporal keeps what has ended. */
  readonly retentionMs: () => Promise<number>;
  /** Of the order workflows that are started; default `channelTaskQueue`. */
  readonly taskQueue?: string;
}

/** Amazon's side of the channel. Errors are those of `integrations/amazon/errors.ts` and `NotConfiguredError`. */
export function createAmazonActivities(dependencies: AmazonActivitiesDependencies): AmazonActivities {
  const { accounts, guard } = dependencies;
  return {
    sweepPage: (input) => sweepPage(toolsOf(dependencies, input.account), input),
    pullOrder: (input) => pullOrder(dependencies, input),
    readOrder: (ref) => readOrder(dependencies, ref),
    confirmShipment: async ({ account, ...confirmation }) => {
      await guard(account);
      return accounts(account).port.confirmShipment(confirmation, { signal: cancellationSignal() });
    },
    prepareCancellation: async ({ account, ...cancellation }) => {
      await guard(account);
      const { port } = accounts(account);
      return { ticket: await port.cancellation.prepare(cancellation, { signal: cancellationSignal() }) };
    },
    submitCancellation: async ({ account, ticket, marketplaceId }) => {
      await guard(account);
      const { port } = accounts(account);
      return port.cancellation.submit(ticket, { marketplaceId }, { signal: cancellationSignal() });
    },
    followCancellation: async ({ account, ticket }) =>
      accounts(account).port.cancellation.follow(ticket, { signal: cancellationSignal() }),
  };
}

function toolsOf(dependencies: AmazonActivitiesDependencies, account: string): SweepTools {
  const { accounts, client, hash, retentionMs, taskQueue = channelTaskQueue } = dependencies;
  const { port, config } = accounts(account);
  return { desk: { client, account, taskQueue }, hash, port, rules: config, retentionMs };
}

async function readOrder(
  { accounts, hash }: AmazonActivitiesDependencies,
  { account, amazonOrderId }: OrderRef,
): Promise<OrderDelivery | null> {
  const { port, config } = accounts(account);
  const order = await port.getOrder(amazonOrderId, { signal: cancellationSignal() });
  if (!order) return null;
  const policy = policyOf(order.marketplaceId, config.marketplaces);
  if (!policy) throw new NotConfiguredError(`Marketplace ${order.marketplaceId} of account ${account}`);
  return orderDelivery(order, policy, hash);
}

async function pullOrder(
  dependencies: AmazonActivitiesDependencies,
  { account, amazonOrderId, skuMap, ...admittance }: PullOrderInput,
): Promise<PullOrderResult> {
  const { port, ...tools } = toolsOf(dependencies, account);
  try {
    const order = await port.getOrder(amazonOrderId, { signal: cancellationSignal() });
    if (!order) return { kind: 'notFound' };
    const run = (await findRuns(tools.desk, [amazonOrderId])).get(amazonOrderId);
    return { status: order.status, ...pulled(await fateOf({ ...tools, skuMap }, order, run, admittance)) };
  } catch (error) {
    if (!(error instanceof AmazonUnreadableOrderError)) throw error;
    return { kind: 'ignored', parked: true, reason: error.reason };
  }
}

/** What became of an order, as an answer to whoever wanted it. */
function pulled(fate: Fate): PullOrderResult {
  switch (fate.kind) {
    case 'started':
    case 'restarted':
    case 'updated':
      return { kind: 'delivered' };
    case 'unchanged':
      return { kind: 'unchanged' };
    case 'finished':
      return { kind: 'ignored', reason: 'Its workflow has ended and is not started again' };
    case 'tooOld':
      return { kind: 'ignored', reason: 'Amazon shipped it so long ago that nothing is kept of it' };
    case 'differing':
      return { kind: 'ignored', reason: `It is not started again: ${fate.reason}` };
    case 'ignored':
      return { kind: 'ignored', reason: fate.reason };
    case 'parked':
      return { kind: 'ignored', reason: fate.reason, parked: true };
  }
}
