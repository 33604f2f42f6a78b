import type { Worker } from '@temporalio/worker';
import type { Activities } from '../../worker/dependencies';
import { createWorkers } from '../../worker/worker';
import { channelWorkflows, type Ground } from './ground';

/** The channel's own workers, with these activities, and with its own workflows unless others are named. */
export function channelWorkers(
  { config, connection, namespace, dataConverter }: Ground,
  activities: Activities,
  workflowsPath = channelWorkflows,
): Promise<Worker[]> {
  const workflows = { workflowsPath };
  return createWorkers({ connection, namespace, config, activities, dataConverter, workflows });
}

/** Where nobody is called, Amazon's quotas would be all that is measured. */
export function withoutQuotas(ground: Ground): Ground {
  const pace = { getOrder: 10_000, confirmShipment: 10_000 };
  const accounts = ground.config.accounts.map((account) => ({ ...account, pace }));
  return { ...ground, config: { ...ground.config, accounts } };
}

/** Runs the workers for as long as `work` takes. */
export async function whileRunning<T>(workers: readonly Worker[], work: () => Promise<T>): Promise<T> {
  const ended = Promise.all(workers.map((worker) => worker.run()));
  try {
    return await work();
  } finally {
    for (const worker of workers) worker.shutdown();
    await ended;
  }
}
