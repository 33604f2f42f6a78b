import { createSecretKey } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { createAmazonActivities } from '../../activities/amazon';
import { failureInterceptor } from '../../activities/failures';
import type { AccountConfig } from '../../config/config';
import { createAmazonPort } from '../../integrations/amazon/client';
import { createKeyedHash } from '../../integrations/temporal/keyed-hash';
import { orderIntakeWorkflowId, orderIntakeWorkflowType } from '../../workflows/intake/contract';
import { orderWorkflowId } from '../../workflows/order/contract';
import { getOrderTaskQueue } from '../../workflows/task-queues';
import { accountConfig } from '../support/account-config';
import { type AmazonService, minutes, opening } from '../support/amazon-service';
import { patiently } from '../support/eventually';
import { intakeTimings } from '../support/intake-timings';
import { type Told, toldQuery } from './intake-world-workflows';

/** What happens to an activity: a crash after the effect loses the result only. */
export type Crash = 'none' | 'before' | 'after';

export interface IntakeWorldOptions {
  readonly env: TestWorkflowEnvironment;
  /** Of `intake-world-workflows.ts`. */
  readonly bundle: WorkflowBundleWithSourceMap;
  readonly amazon: AmazonService;
  /** Its own in each test; also the name of the task queue. */
  readonly account: string;
  /** The activities' calls, one after the other, meet these. */
  readonly crashes?: readonly Crash[];
}

/** The calls, one after the other, meet the crashes of the list. */
function crashing<Activities extends object>(activities: Activities, crashes: readonly Crash[]): object {
  let calls = 0;
  const wrap = (work: (input: unknown) => Promise<unknown>) => async (input: unknown) => {
    const crash = crashes[calls] ?? 'none';
    calls += 1;
    if (crash === 'before') throw new Error('Crashed before it did anything');
    const result = await work(input);
    if (crash === 'after') throw new Error('Crashed after it had done everything');
    return result;
  };
  return Object.fromEntries(Object.entries(activities).map(([name, work]) => [name, wrap(work)]));
}

/** The real intake and its activities, with orders that only keep what they are told. */
export async function openIntakeWorld({ env, bundle, amazon, account, crashes = [] }: IntakeWorldOptions) {
  let config = accountConfig(account, amazon.account, { importSince: opening.toISOString() });
  const port = createAmazonPort(amazon.account, { timeoutMs: 2_000 });
  const activities = createAmazonActivities({
    accounts: () => ({ port, config }),
    client: env.client,
    guard: async () => {},
    hash: createKeyedHash(createSecretKey(Buffer.alloc(32, 7))),
    retentionMs: async () => 27 * minutes(24 * 60),
    taskQueue: account,
  });
  const options = {
    connection: env.nativeConnection,
    namespace: env.namespace ?? 'default',
    interceptors: { activity: [() => ({ inbound: failureInterceptor })] },
    activities: crashing(activities, crashes),
    maxConcurrentActivityTaskPolls: 1,
  };
  const workers = await Promise.all([
    // Nothing is cached, so that each workflow task replays all of the history.
    Worker.create({ ...options, taskQueue: account, workflowBundle: bundle, maxCachedWorkflows: 0 }),
    Worker.create({ ...options, taskQueue: getOrderTaskQueue(account) }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  const handle = await env.client.workflow.start(orderIntakeWorkflowType, {
    workflowId: orderIntakeWorkflowId(account),
    taskQueue: account,
    args: [
      {
        account,
        since: opening.toISOString(),
        timings: intakeTimings({ sweepEveryMs: 300, overlapMs: minutes(15) }),
      },
    ],
  });
  const ofAccount = `TaskQueue = '${account}' AND WorkflowType = 'amazonOrderWorkflow'`;
  const stop = async () => {
    await handle.terminate('The test is over');
    for await (const { workflowId } of env.client.workflow.list({
      query: `${ofAccount} AND ExecutionStatus = 'Running'`,
    }))
      await env.client.workflow.getHandle(workflowId).terminate('The test is over');
    for (const worker of workers) worker.shutdown();
    await running;
  };
  /** The newest that its workflow was told; undefined where it has none. */
  const toldOf = async (amazonOrderId: string): Promise<Told | undefined> =>
    patiently(() =>
      env.client.workflow.getHandle(orderWorkflowId(account, amazonOrderId)).query(toldQuery),
    ).catch((error: unknown) => {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    });
  const runs = async () => (await env.client.workflow.count(ofAccount)).count;
  /** As a worker that was started again with other settings. */
  const change = (settings: Partial<AccountConfig>) => {
    config = { ...config, ...settings };
  };
  return { handle, toldOf, runs, change, stop };
}
