import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { AccountConfig } from '../config/config';
import type { AmazonPort } from '../integrations/amazon/port';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { PullOrderResult } from '../workflows/intake/contract';
import type { OrderDelivery } from '../workflows/order/contract';
import { channelTaskQueue } from '../workflows/task-queues';
import { admit, policyOf } from './admission';
import type { AmazonActivities, OrderRef } from './contracts/amazon';
import { deliver, type OrderDesk } from './delivery';
import { NotConfiguredError } from './not-configured';
import { orderDelivery } from './order-delivery';
import { findRuns } from './order-runs';
import { sweepPage } from './sweep-page';

export interface AmazonAccountTools {
  readonly port: AmazonPort;
  readonly config: AccountConfig;
}

export interface AmazonActivitiesDependencies {
  /** @throws NotConfiguredError for an account that the settings do not have. */
  readonly accounts: (name: string) => AmazonAccountTools;
  readonly client: Client;
  readonly hash: KeyedHash;
  /** Of the order workflows that are started; default `channelTaskQueue`. */
  readonly taskQueue?: string;
}

/** Amazon's side of the channel. Errors are those of `integrations/amazon/errors.ts` and `NotConfiguredError`. */
export function createAmazonActivities(dependencies: AmazonActivitiesDependencies): AmazonActivities {
  const { accounts, hash } = dependencies;
  return {
    sweepPage: async (input) => {
      const { port, config } = accounts(input.account);
      return sweepPage({ desk: deskOf(dependencies, input.account), hash, port, rules: config }, input);
    },
    pullOrder: (ref) => pullOrder(dependencies, ref),
    readOrder: (ref) => readOrder(dependencies, ref),
    confirmShipment: async ({ account, amazonOrderId, marketplaceId, parcel }) =>
      accounts(account).port.confirmShipment(
        { amazonOrderId, marketplaceId, parcel },
        { signal: cancellationSignal() },
      ),
  };
}

const deskOf = (dependencies: AmazonActivitiesDependencies, account: string): OrderDesk => {
  const { client, taskQueue = channelTaskQueue } = dependencies;
  return { client, account, taskQueue };
};

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
  { account, amazonOrderId }: OrderRef,
): Promise<PullOrderResult> {
  const { accounts, hash } = dependencies;
  const { port, config } = accounts(account);
  const order = await port.getOrder(amazonOrderId, { signal: cancellationSignal() });
  if (!order) return { kind: 'notFound' };
  const { status } = order;
  const admission = admit(order, config);
  if (admission.kind !== 'admitted') {
    const { kind, reason } = admission;
    return { kind: 'ignored', status, reason, ...(kind === 'parked' && { parked: true }) };
  }

  const delivery = orderDelivery(order, admission.policy, hash);
  const desk = deskOf(dependencies, account);
  const run = (await findRuns(desk, [amazonOrderId])).get(amazonOrderId);
  const outcome = await deliver(desk, delivery, run);
  if (outcome === 'unseen')
    return { kind: 'ignored', status, reason: 'Amazon cancelled it before the channel had it' };
  const isKnown = run?.version === delivery.version && run.stage !== 'broken';
  if (isKnown) return { kind: 'unchanged', status };
  if (outcome === 'finished')
    return { kind: 'ignored', status, reason: 'Its workflow has ended and is not started again' };
  return { kind: 'delivered', status };
}
