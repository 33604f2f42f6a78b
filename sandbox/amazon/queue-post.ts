import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** One attempt to put `body` into the queue `arn` of the server at `endpoint`; false if it failed. */
export type QueuePost = (
  endpoint: string,
  message: { arn: string; body: string },
  signal?: AbortSignal,
) => Promise<boolean>;

/** Keeps one client per server and region. */
export function createQueuePost(): QueuePost {
  const clients = new Map<string, SQSClient>();
  const clientOf = (endpoint: string, region: string) => {
    const key = `${endpoint} ${region}`;
    const client = clients.get(key) ?? clientFor(endpoint, region);
    clients.set(key, client);
    return client;
  };

  return async (endpoint, { arn, body }, signal) => {
    const [, , , region = '', account = '', name = ''] = arn.split(':');
    const message = { QueueUrl: new URL(`/${account}/${name}`, endpoint).href, MessageBody: body };
    const options = signal && { abortSignal: signal };
    try {
      await clientOf(endpoint, region).send(new SendMessageCommand(message), options);
      return true;
    } catch {
      return false;
    }
  };
}

const clientFor = (endpoint: string, region: string) =>
  new SQSClient({
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000 },
  });
