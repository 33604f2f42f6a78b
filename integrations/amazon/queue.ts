import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { parseJson } from './json';
import { QueueError, type QueueOperation, toQueueError } from './queue-errors';
import { present } from './unreadable';
import { describeIssue } from './wire';

/** A standard SQS queue, at Amazon or elsewhere. */
export interface QueueAddress {
  readonly queueUrl: string;
  readonly region: string;
  /** Base address of the queue service. */
  readonly endpoint: string;
}

export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
}

export interface QueueAttributes {
  readonly arn: string;
  /** Roughly; those that somebody is working on are not counted. */
  readonly messages: number;
  /** Roughly: received, and neither removed nor back yet. */
  readonly messagesInFlight: number;
  /** Where messages go that were received in vain too often; absent where the queue has no dead-letter queue. */
  readonly deadLetterQueueArn?: string;
}

/** One attempt per call; each throws `QueueError`, or the reason of `signal`. */
export interface QueuePort {
  /** At most ten messages, once there is one; none after 20 seconds. They come again unless they are removed. */
  receive(signal?: AbortSignal): Promise<readonly QueueMessage[]>;
  /** At most ten. */
  remove(messages: readonly QueueMessage[], signal?: AbortSignal): Promise<void>;
  attributes(signal?: AbortSignal): Promise<QueueAttributes>;
  close(): void;
}

const longPollSeconds = 20;
const answerWithinMs = 10_000;

const messagesSchema = z.array(
  z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string() }),
);
const attributesSchema = z.object({
  QueueArn: z.string(),
  ApproximateNumberOfMessages: z.coerce.number().int(),
  ApproximateNumberOfMessagesNotVisible: z.coerce.number().int(),
  RedrivePolicy: z.string().optional(),
});
const redrivePolicySchema = z.object({ deadLetterTargetArn: z.string() });

/** The AWS SDK looks for credentials by itself: in the environment, in its files, as the machine's role. */
export function createQueuePort({ queueUrl, region, endpoint }: QueueAddress): QueuePort {
  const client = new SQSClient({ region, endpoint, maxAttempts: 1 });
  const name = new URL(queueUrl).pathname.split('/').at(-1) ?? '';
  const queue: Queue = { client, queueUrl, name, ask: createAsk(name) };
  return {
    receive: (signal) => receive(queue, signal),
    remove: (messages, signal) => remove(queue, messages, signal),
    attributes: (signal) => attributes(queue, signal),
    close: () => client.destroy(),
  };
}

interface Queue {
  readonly client: SQSClient;
  readonly queueUrl: string;
  readonly name: string;
  readonly ask: ReturnType<typeof createAsk>;
}

async function receive(queue: Queue, signal: AbortSignal | undefined): Promise<QueueMessage[]> {
  const command = new ReceiveMessageCommand({
    QueueUrl: queue.queueUrl,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: longPollSeconds,
  });
  const withinMs = longPollSeconds * 1000 + answerWithinMs;
  const { Messages = [] } = await queue.ask('ReceiveMessage', { signal, withinMs }, (abortSignal) =>
    queue.client.send(command, { abortSignal }),
  );
  return read(queue, messagesSchema, Messages).map(({ MessageId, ReceiptHandle, Body }) => ({
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
  }));
}

async function remove(
  queue: Queue,
  messages: readonly QueueMessage[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const command = new DeleteMessageBatchCommand({
    QueueUrl: queue.queueUrl,
    Entries: messages.map(({ receiptHandle }, id) => ({ Id: `${id}`, ReceiptHandle: receiptHandle })),
  });
  const { Failed = [] } = await queue.ask('DeleteMessage', { signal }, (abortSignal) =>
    queue.client.send(command, { abortSignal }),
  );
  const [first] = Failed;
  if (!first) return;
  const code = first.Code ?? 'no reason given';
  throw new QueueError(
    'refused',
    queue.name,
    `${Failed.length} of ${messages.length} messages stay in it (${code}).`,
  );
}

async function attributes(queue: Queue, signal: AbortSignal | undefined): Promise<QueueAttributes> {
  const command = new GetQueueAttributesCommand({ QueueUrl: queue.queueUrl, AttributeNames: ['All'] });
  const { Attributes } = await queue.ask('GetQueueAttributes', { signal }, (abortSignal) =>
    queue.client.send(command, { abortSignal }),
  );
  const answer = read(queue, attributesSchema, Attributes);
  const redrive = redrivePolicySchema.safeParse(parseJson(answer.RedrivePolicy ?? ''));
  return {
    arn: answer.QueueArn,
    messages: answer.ApproximateNumberOfMessages,
    messagesInFlight: answer.ApproximateNumberOfMessagesNotVisible,
    ...present({ deadLetterQueueArn: redrive.data?.deadLetterTargetArn }),
  };
}

interface Limits {
  readonly signal: AbortSignal | undefined;
  readonly withinMs?: number;
}

function createAsk(queue: string) {
  return async <Answer>(
    operation: QueueOperation,
    { signal, withinMs = answerWithinMs }: Limits,
    send: (abortSignal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> => {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(withinMs);
    const either = signal ? AbortSignal.any([signal, timeout]) : timeout;
    try {
      // The search for credentials does not listen to the signal.
      return await Promise.race([send(either), whenAborted(either)]);
    } catch (error) {
      signal?.throwIfAborted();
      throw toQueueError(error, queue, operation);
    }
  };
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

function read<Schema extends z.ZodType>({ name }: Queue, schema: Schema, answer: unknown): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new QueueError('refused', name, `the answer is not as described: ${describeIssue(parsed.error)}.`);
}
