import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PortInUseError } from '../../sandbox/server';
import { startSqs } from '../../sandbox/sqs';
import { eventually } from '../support/eventually';
import { openQueue } from './amazon-queue';

const root = join(__dirname, '..', '..');
const answers = (endpoint: string) =>
  fetch(`${endpoint}/health`)
    .then(({ ok }) => ok)
    .catch(() => false);

describe('the SQS server', () => {
  it('answers on loopback only, on the port that it is told, until it is closed', async () => {
    const { endpoint, close } = await startSqs();
    const { port } = new URL(endpoint);
    expect(endpoint).toBe(`http://127.0.0.1:${port}`);
    expect(await answers(endpoint)).toBe(true);
    const others = Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal);
    for (const { address } of others) expect(await answers(`http://${address}:${port}`)).toBe(false);
    await expect(startSqs(Number(port))).rejects.toThrow(PortInUseError);
    await close();
    await close();
    expect(await answers(endpoint)).toBe(false);
    const again = await startSqs(Number(port));
    expect(again.endpoint).toBe(endpoint);
    await again.close();
  });

  it('knows queues by its own address, and those of each region apart', async () => {
    const { endpoint, close } = await startSqs();
    const queue = await openQueue(endpoint, 'orders');
    const find = (region: string) => {
      const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
      const client = new SQSClient({ endpoint, region, credentials });
      return client.send(new GetQueueUrlCommand({ QueueName: 'orders' })).finally(() => client.destroy());
    };
    expect((await find('us-east-1')).QueueUrl).toBe(`${endpoint}/000000000000/orders`);
    await expect(find('eu-west-1')).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
    queue.close();
    await close();
  });

  it('ends with the program that started it, even if that is killed', async () => {
    const module = JSON.stringify(join(root, 'sandbox', 'sqs.ts'));
    const script = `void require(${module}).startSqs().then(({ endpoint }) => {
      console.log(endpoint);
      setInterval(() => {}, 1000);
    });`;
    const program = spawn(process.execPath, ['--import', 'tsx', '--eval', script], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [endpoint] = (await once(createInterface(program.stdout), 'line')) as [string];
    expect(await answers(endpoint)).toBe(true);
    program.kill('SIGKILL');
    await eventually(
      () => answers(endpoint),
      (isThere) => !isThere,
    );
  });
});
