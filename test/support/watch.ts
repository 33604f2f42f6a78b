import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import { eventually, patiently } from './eventually';
import { connectToTestServer } from './temporal';
import { startWorkers } from './workers';

export interface WatchOptions<State> {
  /** Wire name of a workflow that never ends. */
  type: string;
  workflowId: string;
  taskQueue: string;
  input: object;
  activities: object;
  activityQueues: readonly string[];
  snapshot: QueryDefinition<State>;
}

/** A name that no other test has. */
export const ownName = (): string => `t${randomUUID().slice(0, 8)}`;

/** One of the long-lived workflows, with activities of the test; `close` ends it. */
export async function startWatch<State>(options: WatchOptions<State>) {
  const { type, workflowId, taskQueue, input, activities, activityQueues } = options;
  const environment = await connectToTestServer();
  const stopWorkers = await startWorkers(environment, { taskQueue, activityQueues, activities });
  const handle = await environment.client.workflow.start(type, { workflowId, taskQueue, args: [input] });
  const latest = environment.client.workflow.getHandle(workflowId);
  const snapshot = () => patiently(() => latest.query(options.snapshot));
  return {
    handle: latest,
    firstRunId: handle.firstExecutionRunId,
    snapshot,
    until: (wanted: (state: State) => boolean) => eventually(snapshot, wanted),
    /** Once it has continued as new. */
    continued: () =>
      eventually(
        async () => (await latest.describe()).runId,
        (runId) => runId !== handle.firstExecutionRunId,
      ),
    close: async () => {
      await latest.terminate('The test is over').catch((error: unknown) => {
        // It has ended by itself.
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
      await stopWorkers();
      await environment.teardown();
    },
  };
}

/** Answers one after the other, then `last` for good; counts what it was asked. */
export function answering<Input, Result>(
  last: () => Promise<Result>,
  ...first: readonly (() => Promise<Result>)[]
) {
  const calls: { input: Input; at: number }[] = [];
  const activity = (input: Input): Promise<Result> => {
    calls.push({ input, at: Date.now() });
    return (first[calls.length - 1] ?? last)();
  };
  return {
    activity,
    calls,
    /** The inputs, once there are so many. */
    called: async (times: number): Promise<Input[]> => {
      await eventually(
        async () => calls.length,
        (count) => count >= times,
      );
      return calls.map(({ input }) => input);
    },
  };
}
