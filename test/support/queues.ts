import { randomUUID } from 'node:crypto';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createQueuePort, type QueueAddress, type QueueAttributes } from '../../integrations/amazon/queue';
import { startSqs } from '../../sandbox/sqs';
import { eventually } from './eventually';

const region = 'us-east-1';

/** For the SDK of what is tested; the server takes any. */
export const awsCredentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

export interface TestQueue {
  readonly address: QueueAddress;
  readonly arn: string;
  send(body: string): Promise<void>;
  attributes(): Promise<QueueAttributes>;
  destroy(): void;
  isEmpty(): Promise<boolean>;
  /** Waits until it is. */
  empty(): Promise<void>;
  /** The attributes, once they are as wanted. */
  until(wanted: (attributes: QueueAttributes) => boolean): Promise<QueueAttributes>;
}

export interface QueueOptions {
  /** After which a message that was received and not removed comes again. */
  visibilitySeconds?: number;
  /** After so many times in vain a message goes to this queue. */
  deadLetters?: { queue: TestQueue; maxReceiveCount: number };
}

/** An SQS server of its own, and queues in it. */
export async function openQueues() {
  Object.assign(process.env, awsCredentials);
  const sqs = await startSqs();
  const { endpoint } = sqs;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new SQSClient({ endpoint, region, credentials });
  const opened: TestQueue[] = [];
  return {
    endpoint,
    open: async (options: QueueOptions = {}) => {
      const queue = await openQueue(client, endpoint, options);
      opened.push(queue);
      return queue;
    },
    /** Ends the server: what is in the queues is gone. */
    close: async () => {
      for (const each of [client, ...opened]) each.destroy();
      await sqs.close();
    },
  };
}

export type Queues = Awaited<ReturnType<typeof openQueues>>;

async function openQueue(
  client: SQSClient,
  endpoint: string,
  { visibilitySeconds = 30, deadLetters }: QueueOptions,
): Promise<TestQueue> {
  const redrive = deadLetters && {
    deadLetterTargetArn: deadLetters.queue.arn,
    maxReceiveCount: deadLetters.maxReceiveCount,
  };
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName: `orders-${randomUUID().slice(0, 8)}`,
      Attributes: {
        VisibilityTimeout: `${visibilitySeconds}`,
        ...(redrive && { RedrivePolicy: JSON.stringify(redrive) }),
      },
    }),
  );
  const address = { queueUrl: QueueUrl, region, endpoint };
  const port = createQueuePort(address);
  const attributes = () => port.attributes();
  const isEmpty = async () => {
    const { messages, messagesInFlight } = await attributes();
    return messages + messagesInFlight === 0;
  };
  return {
    address,
    arn: (await attributes()).arn,
    send: async (body) => {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    },
    attributes,
    destroy: port.close,
    isEmpty,
    empty: async () => {
      await eventually(isEmpty, Boolean);
    },
    until: (wanted) => eventually(attributes, wanted),
  };
}
