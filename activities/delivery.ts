import { log } from '@temporalio/activity';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { marketplaceCountry } from '../domain/marketplaces';
import { type AmazonOrder, type AmazonOrderStatus, isCancelled } from '../domain/order';
import { priorityOf } from '../domain/priority';
import {
  type AmazonOrderInput,
  amazonOrderWorkflowType,
  type OrderDelivery,
  type OrderState,
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  orderWorkflowId,
} from '../workflows/order/contract';
import { attributesAtStart } from '../workflows/search-attributes';
import { type OrderRun, orderRun } from './order-runs';
import { isServerTrouble } from './server-trouble';

/**
 * - `delivered`: the workflow has it, or has been started with it
 * - `finished`: the workflow has completed; a finished order is never started again
 * - `unseen`: cancelled before the channel had it, so there is nothing to do
 */
export type DeliveryOutcome = 'delivered' | 'finished' | 'unseen';

/** Where the workflows of an account's orders are. */
export interface OrderDesk {
  readonly client: Client;
  readonly account: string;
  /** Of workflows that are started; the running ones stay on theirs. */
  readonly taskQueue: string;
}

const queryTimeoutMs = 10_000;

const signals = {
  PENDING_AVAILABILITY: orderPendingSignal,
  PENDING: orderPendingSignal,
  UNSHIPPED: orderVerifiedSignal,
  PARTIALLY_SHIPPED: orderVerifiedSignal,
  SHIPPED: orderShippedSignal,
  CANCELLED: orderCancelledSignal,
} as const satisfies Record<Exclude<AmazonOrderStatus, 'UNFULFILLABLE'>, unknown>;

/**
 * Brings an order to its workflow and starts that if need be. May be repeated: the workflow tells repetitions by
 * their version.
 *
 * @param run the latest run as far as it is known; a broken one is started again with what it knew
 */
export async function deliver(
  desk: OrderDesk,
  delivery: OrderDelivery,
  run?: OrderRun,
): Promise<DeliveryOutcome> {
  if (run?.stage === 'completed') return 'finished';
  if (!run && isCancelled(delivery.order)) return signalIfRunning(desk, delivery);
  const broken = run?.stage === 'broken' ? run : undefined;
  try {
    await signalWithStart(desk, delivery, broken);
    return 'delivered';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // The run was not what it was taken for, because the list is a moment old.
    return broken ? 'finished' : deliver(desk, delivery, await latestRun(desk, delivery.order));
  }
}

async function signalWithStart(
  { client, account, taskQueue }: OrderDesk,
  delivery: OrderDelivery,
  broken: OrderRun | undefined,
): Promise<void> {
  const { order } = delivery;
  const workflowId = orderWorkflowId(account, order.amazonOrderId);
  const input: AmazonOrderInput = {
    account,
    amazonOrderId: order.amazonOrderId,
    ...(broken && (await resumption(client, workflowId, broken.runId))),
  };
  await client.workflow.signalWithStart(amazonOrderWorkflowType, {
    workflowId,
    taskQueue,
    args: [input],
    signal: signalOf(order),
    signalArgs: [delivery],
    // Completed is completed, and a broken run is not started again without what it knew.
    workflowIdReusePolicy: broken ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: summaryOf(order),
    priority: { priorityKey: priorityOf(order) },
    typedSearchAttributes: attributesAtStart(account, order),
  });
}

async function latestRun({ client, account }: OrderDesk, { amazonOrderId }: AmazonOrder): Promise<OrderRun> {
  return orderRun(await client.workflow.getHandle(orderWorkflowId(account, amazonOrderId)).describe());
}

/** The list may be a moment old, so the workflow itself is asked before a cancellation is thrown away. */
async function signalIfRunning(
  { client, account }: OrderDesk,
  delivery: OrderDelivery,
): Promise<DeliveryOutcome> {
  try {
    const handle = client.workflow.getHandle(orderWorkflowId(account, delivery.order.amazonOrderId));
    await handle.signal(orderCancelledSignal, delivery);
    return 'delivered';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'unseen';
    throw error;
  }
}

/**
 * What a broken run knew. A worker that is slow or away fails the delivery, which comes again; where the state is lost
 * for good, the next run compares with what it finds.
 */
async function resumption(
  client: Client,
  workflowId: string,
  runId: string,
): Promise<Pick<AmazonOrderInput, 'state' | 'resumed'>> {
  const state = await snapshotOf(client, workflowId, runId).catch((error: unknown) => {
    if (isServerTrouble(error)) throw error;
    const reason = error instanceof Error ? error.message : 'unknown';
    log.warn('The state of a broken order workflow is lost', { workflowId, runId, reason });
    return undefined;
  });
  return { resumed: 'terminated', ...(state && { state }) };
}

function snapshotOf(client: Client, workflowId: string, runId: string): Promise<OrderState> {
  return client.withDeadline(Date.now() + queryTimeoutMs, () =>
    client.workflow.getHandle(workflowId, runId).query(orderSnapshotQuery),
  );
}

function signalOf({ status, amazonOrderId }: AmazonOrder) {
  if (status === 'UNFULFILLABLE') throw new TypeError(`Order ${amazonOrderId} is ${status}`);
  return signals[status];
}

/** "113-1234567-1234567, US, FBM" */
const summaryOf = ({ amazonOrderId, marketplaceId, fulfilledBy }: AmazonOrder) =>
  [
    amazonOrderId,
    marketplaceCountry(marketplaceId) ?? marketplaceId,
    fulfilledBy === 'AMAZON' ? 'FBA' : 'FBM',
  ].join(', ');
