import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { workflowBundle } from './workflow-bundle';

export interface WorkersOptions {
  /** Of the workflows. */
  taskQueue: string;
  /** Each gets a worker; that of the workflows too, if it is among them. */
  activityQueues: readonly string[];
  activities: object;
  /** 0: every workflow task replays from the beginning. */
  maxCachedWorkflows?: number;
}

/** Workers for all workflows of the channel, with activities of the test; the answer stops them. */
export async function startWorkers(
  environment: TestWorkflowEnvironment,
  { taskQueue, activityQueues, activities, maxCachedWorkflows = 50 }: WorkersOptions,
): Promise<() => Promise<void>> {
  const options = { connection: environment.nativeConnection, namespace: environment.namespace ?? 'default' };
  const few = { maxConcurrentActivityTaskPolls: 1 };
  const bundle = await workflowBundle();
  const others = activityQueues.filter((queue) => queue !== taskQueue);
  const workers = await Promise.all([
    Worker.create({
      ...options,
      ...(others.length < activityQueues.length && { ...few, activities }),
      taskQueue,
      workflowBundle: bundle,
      maxCachedWorkflows,
      maxConcurrentWorkflowTaskPolls: 2,
    }),
    ...others.map((queue) => Worker.create({ ...options, ...few, taskQueue: queue, activities })),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  return async () => {
    for (const worker of workers) worker.shutdown();
    await running;
  };
}
