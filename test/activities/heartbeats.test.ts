import { randomUUID } from 'node:crypto';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ActivityNotFoundError, Client } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { activityProgress, heartbeatInterceptor } from '../../activities/heartbeats';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { createKeyRing } from '../../integrations/temporal/key-ring';
import { connectToTestServer } from '../support/temporal';
import { type ProgressActivities, progressWorkflow } from './progress-workflows';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await connectToTestServer();
});
afterAll(() => env.teardown());

/** Runs one activity, by a worker as the channel's. */
async function run(work: ProgressActivities['work']): Promise<unknown> {
  const taskQueue = randomUUID();
  const dataConverter = createDataConverter(createKeyRing());
  const namespace = env.namespace ?? 'default';
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace,
    dataConverter,
    taskQueue,
    workflowsPath: require.resolve('./progress-workflows'),
    activities: { work },
    interceptors: { activity: [() => ({ inbound: heartbeatInterceptor })] },
  });
  const client = new Client({ connection: env.connection, namespace, dataConverter });
  return worker.runUntil(client.workflow.execute(progressWorkflow, { taskQueue, workflowId: taskQueue }));
}

describe('what an attempt keeps', () => {
  it('is there for the next one, whatever heartbeats went before', async () => {
    const before = await run(async () => {
      const { attempt } = activityInfo();
      const progress = activityProgress();
      if (attempt > 1) return progress.before;
      // The SDK holds back what follows this for the better part of the time-out.
      heartbeat();
      await progress.keep({ since: 'now' });
      throw ApplicationFailure.retryable('the worker is gone');
    });
    expect(before).toEqual({ since: 'now' });
  });

  it('is said again by an attempt that keeps nothing itself', async () => {
    jest.useFakeTimers();
    try {
      const environment = new MockActivityEnvironment(
        { attempt: 2, heartbeatDetails: { since: 'now' } },
        { interceptors: [() => ({ inbound: heartbeatInterceptor })] },
      );
      const said: unknown[] = [];
      environment.on('heartbeat', (details) => said.push(details));
      await environment.run(async () => {
        await jest.advanceTimersByTimeAsync(3_000);
      });
      expect(said).toEqual([{ since: 'now' }]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('can be taken back', async () => {
    const before = await run(async () => {
      const { attempt } = activityInfo();
      const progress = activityProgress();
      if (attempt > 1) return { before: progress.before };
      await progress.keep({ since: 'now' });
      await progress.keep(null);
      throw ApplicationFailure.retryable('tried in vain');
    });
    expect(before).toEqual({ before: null });
  });

  it('is refused where Temporal has given the attempt up and begun another one', async () => {
    let another = () => {};
    const anotherBegan = new Promise<void>((begun) => {
      another = begun;
    });
    let refusal: unknown;
    let refused = () => {};
    const wasRefused = new Promise<void>((done) => {
      refused = done;
    });
    await run(async () => {
      const progress = activityProgress();
      if (activityInfo().attempt > 1) {
        another();
        await wasRefused;
        return;
      }
      // As one that hung: nothing is heard of it until another one has begun.
      await anotherBegan;
      refusal = await progress.keep({ since: 'now' }).catch((error: unknown) => error);
      refused();
    });
    expect(refusal).toBeInstanceOf(ActivityNotFoundError);
  });
});
