import {
  type Client,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import {
  amazonOrderWorkflowType,
  type OperatorAction,
  type OrderDelivery,
  type OrderState,
  orderSnapshotQuery,
  orderWorkflowId,
  type ParcelReport,
  parcelShippedSignal,
} from '../workflows/order/contract';
import { attributesAtStart } from '../workflows/search-attributes';
import { inWords, noWorker } from './answers';
import { OrderNotFoundError, OrderRefusedError } from './order-errors';

export interface OrderRef {
  readonly account: string;
  readonly amazonOrderId: string;
}

export type OrderSignalName = 'orderPending' | 'orderVerified' | 'orderShipped' | 'orderCancelled';

/**
 * One update of an operator; the same `updateId` acts once.
 *
 * @returns the note that it left on the order.
 * @throws OrderRefusedError, OrderNotFoundError, OrderUnansweredError
 */
export async function act<Action extends OperatorAction>(
  client: Client,
  { account, amazonOrderId }: OrderRef,
  update: UpdateDefinition<string, [Action]>,
  { action, updateId, withinMs }: { action: Action; updateId: string; withinMs: number },
): Promise<string> {
  const handle = client.workflow.getHandle(orderWorkflowId(account, amazonOrderId));
  const run = () => handle.executeUpdate(update, { args: [action], updateId });
  try {
    return await client.withDeadline(Date.now() + withinMs, run);
  } catch (error) {
    const absent = () => notRunning(client, { account, amazonOrderId });
    throw await inWords(error, { subject: `Order ${amazonOrderId}`, absent });
  }
}

/** The state of the order, or a sentence that says why it cannot be had. */
export async function snapshot(
  client: Client,
  { account, amazonOrderId }: OrderRef,
  withinMs: number,
): Promise<{ snapshot: OrderState } | { problem: string }> {
  const handle = client.workflow.getHandle(orderWorkflowId(account, amazonOrderId));
  try {
    const run = () => handle.query(orderSnapshotQuery);
    return { snapshot: await client.withDeadline(Date.now() + withinMs, run) };
  } catch (error) {
    // Without a worker the server lets the query time out, or refuses it before the first workflow task.
    if (error instanceof ServiceError) return { problem: `The details are missing: ${noWorker}` };
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `The details are missing: ${reason}` };
  }
}

/**
 * Gives an order to its workflow, which begins with it if there is none; a cancelled order begins nothing.
 *
 * @throws OrderRefusedError when the workflow has ended; OrderNotFoundError for a cancelled order without one.
 */
export async function deliver(
  client: Client,
  { account, taskQueue }: { readonly account: string; readonly taskQueue: string },
  delivery: OrderDelivery,
  signal: OrderSignalName,
): Promise<void> {
  const { order } = delivery;
  const ref = { account, amazonOrderId: order.amazonOrderId };
  const workflowId = orderWorkflowId(account, order.amazonOrderId);
  try {
    if (signal === 'orderCancelled') {
      await client.workflow.getHandle(workflowId).signal(signal, delivery);
      return;
    }
    await client.workflow.signalWithStart(amazonOrderWorkflowType, {
      workflowId,
      taskQueue,
      args: [ref],
      signal,
      signalArgs: [delivery],
      // A finished order is never begun again, and one that was ended by hand only with what it knew.
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'USE_EXISTING',
      typedSearchAttributes: attributesAtStart(account, order),
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) throw await notRunning(client, ref);
    throw await inWords(error, {
      subject: `Order ${order.amazonOrderId}`,
      absent: () => notRunning(client, ref),
    });
  }
}

/** @throws OrderNotFoundError, OrderRefusedError */
export async function reportParcel(client: Client, ref: OrderRef, report: ParcelReport): Promise<void> {
  const handle = client.workflow.getHandle(orderWorkflowId(ref.account, ref.amazonOrderId));
  try {
    await handle.signal(parcelShippedSignal, report);
  } catch (error) {
    throw await inWords(error, {
      subject: `Order ${ref.amazonOrderId}`,
      absent: () => notRunning(client, ref),
    });
  }
}

/** Temporal says "not found" for a finished workflow, too. */
async function notRunning(client: Client, { account, amazonOrderId }: OrderRef): Promise<Error> {
  try {
    const workflowId = orderWorkflowId(account, amazonOrderId);
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return new OrderRefusedError(`Order ${amazonOrderId} is over: its workflow has ended (${status.name}).`);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return new OrderNotFoundError(`Account ${account} has no order ${amazonOrderId}.`);
  }
}
