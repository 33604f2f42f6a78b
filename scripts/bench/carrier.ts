import type { Client, WorkflowHandle } from '@temporalio/client';
import type { SignalDefinition } from '@temporalio/common';
import { amazonOrderWorkflowType, type OrderDelivery, orderWorkflowId } from '../../workflows/order/contract';
import { attributesAtStart } from '../../workflows/search-attributes';
import type { Ground } from './ground';

/** Which workflow carries the orders, and how it is reached. */
export interface Carrier {
  readonly client: Client;
  readonly account: string;
  readonly workflowType: string;
  readonly taskQueue: string;
  /** Whether orders are started with the search attributes of the Orders list. */
  readonly listed: boolean;
}

export const channelCarrier = ({ client, config }: Ground): Carrier => ({
  client,
  account: config.taskQueue,
  workflowType: amazonOrderWorkflowType,
  taskQueue: config.taskQueue,
  listed: true,
});

/** The bare workflow in place of the order workflow, with all else the same. */
export const sameCommandsCarrier = (ground: Ground): Carrier => ({
  ...channelCarrier(ground),
  workflowType: 'sameCommandsWorkflow',
  taskQueue: 'same-commands',
});

/** As small programs do it: no codec, no list, one task queue for everything. */
export const sameActivitiesCarrier = ({ plainClient }: Ground): Carrier => ({
  client: plainClient,
  account: 'plain',
  workflowType: 'sameActivitiesWorkflow',
  taskQueue: 'same-activities',
  listed: false,
});

/** As the intake starts an order: by the signal that delivers it. */
export function startOrder(
  { client, account, workflowType, taskQueue, listed }: Carrier,
  signal: SignalDefinition<[OrderDelivery]>,
  delivery: OrderDelivery,
): Promise<WorkflowHandle> {
  const { order } = delivery;
  return client.workflow.signalWithStart(workflowType, {
    workflowId: orderWorkflowId(account, order.amazonOrderId),
    taskQueue,
    args: [{ account, amazonOrderId: order.amazonOrderId }],
    signal,
    signalArgs: [delivery],
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    workflowIdConflictPolicy: 'USE_EXISTING',
    ...(listed && {
      staticSummary: `${order.amazonOrderId}, US, FBM`,
      typedSearchAttributes: attributesAtStart(account, order),
    }),
  });
}
