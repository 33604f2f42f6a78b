import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { OrderSpec } from '../../sandbox/amazon';
import { type AmazonService, fullOrder, minutes, openAmazonService } from '../support/amazon-service';
import { connectToTestServer } from '../support/temporal';
import { type Channel, openChannel, startProbes } from './amazon-channel';

/** For each test a sandbox Amazon and an account of its own; for all of the file one worker with probes. */
export function amazonFixture() {
  let env: TestWorkflowEnvironment;
  let probes: Awaited<ReturnType<typeof startProbes>>;
  let amazon: AmazonService;
  let channel: Channel;
  beforeAll(async () => {
    env = await connectToTestServer();
    probes = await startProbes(env);
  });
  afterAll(async () => {
    await probes.stop();
    await env.teardown();
  });
  beforeEach(async () => {
    amazon = await openAmazonService();
    channel = openChannel(env, amazon, probes.taskQueue);
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });

  return {
    get amazon() {
      return amazon;
    },
    get channel() {
      return channel;
    },
    /** Another account in the place of the test's, its name with this prefix. */
    openChannel: (prefix: string) => {
      channel = openChannel(env, amazon, probes.taskQueue, prefix);
    },
    /** Places an order that the next search finds. */
    place: (changes: Partial<OrderSpec> = {}): string => {
      const { orderId } = amazon.place(fullOrder(changes));
      amazon.clock.advance(minutes(3));
      return orderId;
    },
    signalsOf: async (orderId: string) => (await channel.probe(orderId)).signals,
  };
}
