import { log } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { AccountConfig } from '../config/config';
import { confirmShipmentTaskQueue, getOrderTaskQueue } from '../workflows/task-queues';

export type PacedOperation = 'getOrder' | 'confirmShipment';

/** Takes over what Amazon says that it grants an operation now, in calls per second. Never throws. */
export type LivePace = (operation: PacedOperation, toldPerSecond: number) => Promise<void>;

const queueOf: Readonly<Record<PacedOperation, (account: string) => string>> = {
  getOrder: getOrderTaskQueue,
  confirmShipment: confirmShipmentTaskQueue,
};

/** `TASK_QUEUE_TYPE_ACTIVITY` of Temporal's API. */
const activityQueue = 2;

/** The rate is a decimal number in a header; less than this is no change. */
const leastChange = 0.05;

/**
 * Keeps the engine's limit of an account's queues at Amazon's live quota, which grows with the seller's business. The
 * settings' own pace, where there is one, is never exceeded. The engine's limit goes before the workers' and outlives
 * them, so the first answer sets it in any case.
 */
export function createLivePace(
  client: Client,
  { name, pace }: Pick<AccountConfig, 'name' | 'pace'>,
): LivePace {
  const set = new Map<PacedOperation, number>();
  return async (operation, told) => {
    const wanted = Math.min(told, pace[operation] ?? Number.POSITIVE_INFINITY);
    const present = set.get(operation);
    if (present !== undefined && Math.abs(wanted - present) <= present * leastChange) return;
    // Before the answer, so that calls at the same time change it once.
    set.set(operation, wanted);
    const taskQueue = queueOf[operation](name);
    await setRate(client, taskQueue, wanted).catch((error: unknown) => {
      set.delete(operation);
      const reason = error instanceof Error ? error.message : 'unknown';
      log.warn('The rate of a task queue stays as it was', { taskQueue, perSecond: wanted, reason });
    });
  };
}

async function setRate(
  { workflowService, options }: Client,
  taskQueue: string,
  requestsPerSecond: number,
): Promise<void> {
  await workflowService.updateTaskQueueConfig({
    namespace: options.namespace,
    identity: options.identity,
    taskQueue,
    taskQueueType: activityQueue,
    updateQueueRateLimit: { rateLimit: { requestsPerSecond }, reason: 'Amazon’s live quota' },
  });
}
