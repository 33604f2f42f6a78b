import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { createLivePace } from '../../activities/live-pace';
import { confirmShipmentTaskQueue, getOrderTaskQueue } from '../../workflows/task-queues';
import { connectToTestServer } from '../support/temporal';

let env: TestWorkflowEnvironment;
beforeAll(async () => {
  env = await connectToTestServer();
});
afterAll(() => env.teardown());

/** Calls per second that the engine allows a queue of activities; undefined while only its workers limit it. */
async function limitOf(name: string): Promise<number | undefined> {
  const { config } = await env.client.workflowService.describeTaskQueue({
    namespace: env.client.options.namespace,
    taskQueue: { name },
    taskQueueType: 2,
    reportConfig: true,
  });
  return config?.queueRateLimit?.rateLimit?.requestsPerSecond ?? undefined;
}

const inActivity = (work: () => Promise<void>): Promise<void> =>
  new MockActivityEnvironment().run<[], void, () => Promise<void>>(work);

describe('Amazon’s live quota', () => {
  it('becomes the engine’s limit of the account’s queue, up and down', async () => {
    const name = `acme-${randomUUID().slice(0, 8)}`;
    const follow = createLivePace(env.client, { name, pace: {} });
    await inActivity(() => follow('getOrder', 5));
    await inActivity(() => follow('getOrder', 5.01));
    expect(await limitOf(getOrderTaskQueue(name))).toBe(5);
    await inActivity(() => follow('getOrder', 0.5));
    expect(await limitOf(getOrderTaskQueue(name))).toBe(0.5);
    expect(await limitOf(confirmShipmentTaskQueue(name))).toBeUndefined();
  });

  it('never goes beyond the pace of the settings', async () => {
    const name = `acme-${randomUUID().slice(0, 8)}`;
    const follow = createLivePace(env.client, { name, pace: { confirmShipment: 3 } });
    await inActivity(() => follow('confirmShipment', 10));
    expect(await limitOf(confirmShipmentTaskQueue(name))).toBe(3);
    await inActivity(() => follow('confirmShipment', 1));
    expect(await limitOf(confirmShipmentTaskQueue(name))).toBe(1);
  });
});
