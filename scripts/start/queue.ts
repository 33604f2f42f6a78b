import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createNotificationsPort } from '../../integrations/amazon/notifications';
import { amazonSettingsDefaults } from '../../sandbox/amazon';
import { startSqs } from '../../sandbox/sqs';
import { SetUpError } from '../set-up-error';

const region = 'us-east-1';
const receivedInVainAtMost = 5;

/** For the AWS SDK; the demo's queue server takes any. Only what is set here counts, not a profile of the user's. */
export const queueSecrets: NodeJS.ProcessEnv = {
  AWS_ACCESS_KEY_ID: 'demo',
  AWS_SECRET_ACCESS_KEY: 'demo',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** What the settings file of the demo says of it. */
export interface DemoQueue {
  readonly queueUrl: string;
  readonly region: string;
  readonly endpoint: string;
}

export interface RunningQueue {
  readonly address: DemoQueue;
  readonly arn: string;
  stop(): Promise<void>;
}

/** The queue `orders` with its dead-letter queue, on a server of our own that forgets them when it ends. */
export async function startQueue(port: number): Promise<RunningQueue> {
  // The SDK would warn of what it needs next year, in the middle of the board.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { endpoint, close } = await startSqs(port);
  const credentials = { accessKeyId: 'demo', secretAccessKey: 'demo' };
  const client = new SQSClient({ endpoint, region, credentials });
  try {
    const dead = await createQueue(client, 'orders-dead-letters');
    const RedrivePolicy = JSON.stringify({
      deadLetterTargetArn: dead.arn,
      maxReceiveCount: receivedInVainAtMost,
    });
    const { queueUrl, arn } = await createQueue(client, 'orders', { RedrivePolicy, VisibilityTimeout: '60' });
    return { address: { queueUrl, region, endpoint }, arn, stop: close };
  } catch (error) {
    await close();
    throw error;
  } finally {
    client.destroy();
  }
}

async function createQueue(client: SQSClient, name: string, attributes: Record<string, string> = {}) {
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
  );
  const arn = Attributes?.QueueArn;
  if (QueueUrl === undefined || arn === undefined) throw new SetUpError(`The queue ${name} was not made.`);
  return { queueUrl: QueueUrl, arn };
}

/** Has the sandbox Amazon tell the queue what happens to orders. A sandbox that does so already goes on. */
export async function subscribeQueue(amazon: string, { address, arn }: RunningQueue): Promise<void> {
  const answer = await fetch(`${amazon}/_sandbox/settings`, {
    method: 'PATCH',
    body: JSON.stringify({ sqsEndpoint: address.endpoint }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new SetUpError('The sandbox Amazon does not take the address of the queue server.');
  const { clientId, clientSecret, refreshToken } = amazonSettingsDefaults;
  const port = createNotificationsPort({
    endpoint: amazon,
    tokenEndpoint: `${amazon}/auth/o2/token`,
    credentials: { clientId, clientSecret, refreshToken },
  });
  const { kind } = await port.subscribe({ queueArn: arn, name: 'orders' });
  if (kind === 'elsewhere' || kind === 'narrower')
    throw new SetUpError('The sandbox Amazon has another subscription already: remove .data/start.');
}
