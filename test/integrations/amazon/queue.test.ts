import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createQueuePort } from '../../../integrations/amazon/queue';
import { QueueError, type QueueProblem, toQueueError } from '../../../integrations/amazon/queue-errors';
import { awsCredentials, openQueues, type Queues } from '../../support/queues';

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the queue', () => {
  let queues: Queues;
  beforeAll(async () => {
    queues = await openQueues();
  });
  afterAll(() => queues.close());

  it('gives at most ten messages, once there is one', async () => {
    const queue = await queues.open();
    const port = createQueuePort(queue.address);
    const waiting = port.receive();
    await queue.send('first');
    expect(await waiting).toEqual([
      { messageId: expect.any(String), receiptHandle: expect.any(String), body: 'first' },
    ]);
    for (let count = 0; count < 12; count += 1) await queue.send(`message ${count}`);
    expect(await port.receive()).toHaveLength(10);
    port.close();
  });

  it('gives a message again unless it is removed', async () => {
    const queue = await queues.open({ visibilitySeconds: 1 });
    const port = createQueuePort(queue.address);
    await queue.send('kept');
    const [first] = await port.receive();
    const again = await port.receive();
    expect(again).toMatchObject([{ messageId: first?.messageId, body: 'kept' }]);
    await port.remove(again);
    expect(await queue.attributes()).toMatchObject({ messages: 0, messagesInFlight: 0 });
    port.close();
  });

  it('says what it is and how full', async () => {
    const deadLetters = await queues.open();
    const queue = await queues.open({ deadLetters: { queue: deadLetters, maxReceiveCount: 5 } });
    await queue.send('one');
    await queue.send('two');
    const port = createQueuePort(queue.address);
    const name = queue.address.queueUrl.split('/').at(-1);
    expect(await port.attributes()).toEqual({
      arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
      messages: 2,
      messagesInFlight: 0,
      deadLetterQueueArn: deadLetters.arn,
    });
    expect(await deadLetters.attributes()).not.toHaveProperty('deadLetterQueueArn');
    port.close();
  });

  it('stops waiting for messages when it is told to', async () => {
    const { address } = await queues.open();
    const port = createQueuePort(address);
    const stop = new AbortController();
    const waiting = failureOf(port.receive(stop.signal));
    setTimeout(() => stop.abort(new Error('The worker ends')), 200);
    expect(await waiting).toEqual(new Error('The worker ends'));
    port.close();
  });

  it('that is not there is an error that says so', async () => {
    const { address } = await queues.open();
    const port = createQueuePort({ ...address, queueUrl: `${address.queueUrl}-gone` });
    const error = await failureOf(port.receive());
    expect(error).toBeInstanceOf(QueueError);
    expect(error).toMatchObject({
      problem: 'missing',
      message: expect.stringMatching(
        /^Queue orders-\w+-gone: there is no such queue \(\S+\); look at queueUrl/,
      ),
    });
    port.close();
  });

  it('whose server is away is asked once', async () => {
    const { address } = await queues.open();
    let asked = 0;
    const mute = createServer((socket) => {
      asked += 1;
      socket.destroy();
    });
    await once(mute.listen(0, '127.0.0.1'), 'listening');
    const { port: away } = mute.address() as AddressInfo;
    const queueUrl = new URL(address.queueUrl);
    queueUrl.port = String(away);
    const port = createQueuePort({ ...address, queueUrl: queueUrl.href, endpoint: queueUrl.origin });
    expect(await failureOf(port.receive())).toMatchObject({
      name: 'QueueError',
      problem: 'unreachable',
      message: expect.stringContaining('no answer to ReceiveMessage ('),
    });
    expect(asked).toBe(1);
    port.close();
    mute.close();
  });

  it('without credentials is an error that says where they are looked for', async () => {
    const { address } = await queues.open();
    for (const name of Object.keys(awsCredentials)) delete process.env[name];
    process.env.AWS_EC2_METADATA_DISABLED = 'true';
    const port = createQueuePort(address);
    try {
      expect(await failureOf(port.attributes())).toMatchObject({
        problem: 'credentials',
        message: expect.stringContaining('the AWS SDK finds no credentials'),
      });
    } finally {
      Object.assign(process.env, awsCredentials);
      delete process.env.AWS_EC2_METADATA_DISABLED;
      port.close();
    }
  });
});

describe('an error of the AWS SDK', () => {
  const awsError = (name: string, httpStatusCode: number) =>
    Object.assign(new Error('AKIASECRET said something'), { name, $metadata: { httpStatusCode } });

  it.each<[string, number, QueueProblem, string]>([
    ['AccessDenied', 403, 'denied', 'AWS does not allow sqs:DeleteMessage with these credentials'],
    ['ExpiredToken', 403, 'credentials', 'AWS does not take the credentials (ExpiredToken).'],
    ['QueueDoesNotExist', 400, 'missing', 'there is no such queue (QueueDoesNotExist)'],
    ['RequestThrottled', 400, 'unreachable', 'no answer to DeleteMessage (RequestThrottled).'],
    ['InternalFailure', 500, 'unreachable', 'no answer to DeleteMessage (InternalFailure).'],
    ['SomethingNew', 400, 'refused', 'DeleteMessage is refused (SomethingNew, status 400).'],
  ])('%s %i is %s', (name, status, problem, sentence) => {
    const error = toQueueError(awsError(name, status), 'orders', 'DeleteMessage');
    expect(error).toMatchObject({ problem, message: expect.stringContaining(`Queue orders: ${sentence}`) });
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toContain('AKIASECRET');
  });

  it('that is none at all is taken for one', () => {
    const error = toQueueError('a text', 'orders', 'ReceiveMessage');
    expect(error.message).toBe('Queue orders: no answer to ReceiveMessage (no reason given).');
  });
});
