import { proxyActivities } from '@temporalio/workflow';

export interface ProgressActivities {
  work(): Promise<unknown>;
}

/** Its activity is taken for dead as soon as it sends no heartbeat for a second. */
export async function progressWorkflow(): Promise<unknown> {
  const { work } = proxyActivities<ProgressActivities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '1s',
    retry: { initialInterval: '10ms', maximumAttempts: 2 },
  });
  return work();
}
