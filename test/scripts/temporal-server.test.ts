import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { silentStep } from '../../scripts/progress';
import { SetUpError } from '../../scripts/set-up-error';
import { findTemporal, realProbes } from '../../scripts/temporal/find';
import { ensureSearchAttributes, readRetention } from '../../scripts/temporal/namespace';
import { isRunning, readRunning, type ServerRecord, writeRecord } from '../../scripts/temporal/pid-file';
import { freePort } from '../../scripts/temporal/ports';
import { searchAttributes } from '../../scripts/temporal/search-attributes';
import { type ServerOptions, startTemporalServer } from '../../scripts/temporal/server';
import { tempFolders } from '../support/temp-folder';

const root = join(__dirname, '..', '..');
const tempFolder = tempFolders();
const dayMs = 86_400_000;
let binary = '';
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const source = await findTemporal({ ...realProbes(silentStep), address: () => undefined });
  if (source.kind === 'binary') binary = source.path;
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function options(changes: Partial<ServerOptions> = {}): Promise<ServerOptions> {
  const folder = tempFolder();
  return {
    binary,
    folder,
    ports: { grpc: await freePort() },
    searchAttributes,
    retention: '648h',
    logFile: join(folder, 'logs', 'temporal.log'),
    ...changes,
  };
}

async function start(given: ServerOptions) {
  const server = await startTemporalServer(given);
  stops.push(server.stop);
  return server;
}

async function connected<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

async function running(folder: string): Promise<ServerRecord> {
  const record = await readRunning(folder);
  if (record === undefined) throw new Error(`no server runs on ${folder}`);
  return record;
}

/** Makes the server on `folder` one whose starter was killed; that process id is free. */
async function orphan(folder: string): Promise<ServerRecord> {
  const dead = spawn(process.execPath, ['-e', '']);
  await new Promise((done) => dead.once('exit', done));
  const record = { ...(await running(folder)), owner: dead.pid ?? 0 };
  await writeRecord(folder, record);
  return record;
}

const startWorkflow = (address: string, workflowId: string, attributes = {}) =>
  connected(address, async (connection) => {
    const client = new Client({ connection });
    await client.workflow.start('nobodyRunsThis', {
      workflowId,
      taskQueue: workflowId,
      searchAttributes: attributes,
    });
  });

const exists = (address: string, workflowId: string) =>
  connected(address, async (connection) => {
    const { workflowId: found } = await new Client({ connection }).workflow.getHandle(workflowId).describe();
    return found === workflowId;
  });

describe('a server that was started', () => {
  it('keeps closed workflows for 27 days and knows every search attribute', async () => {
    const { address, namespace } = await start(await options({ inMemory: true }));
    await connected(address, async (connection) => {
      expect(await readRetention(connection, namespace)).toBe(27 * dayMs);
      const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
      expect(Object.keys(customAttributes)).toEqual(
        expect.arrayContaining(searchAttributes.map(({ name }) => name)),
      );
    });
    await startWorkflow(address, 'with-attributes', { AmazonOrderId: ['1'], Attention: ['late', 'blocked'] });
  });

  it('adds nothing to what is there, and refuses an attribute of another type', async () => {
    const { address, namespace } = await start(await options({ inMemory: true }));
    await connected(address, async (connection) => {
      await ensureSearchAttributes(connection, namespace, searchAttributes);
      const other = ensureSearchAttributes(connection, namespace, [{ name: 'AmazonOrderId', type: 'INT' }]);
      await expect(other).rejects.toThrow(
        'search attributes of another type than needed: AmazonOrderId (INT)',
      );
    });
  });

  it('uses a namespace of its own and shows the Web UI when asked', async () => {
    const [grpc, ui] = [await freePort(), await freePort()];
    const server = await start(await options({ ports: { grpc, ui }, namespace: 'shop', inMemory: true }));
    expect(server).toMatchObject({
      address: `127.0.0.1:${grpc}`,
      namespace: 'shop',
      uiUrl: `http://127.0.0.1:${ui}`,
    });
    expect((await fetch(`${server.uiUrl}`)).status).toBe(200);
    await connected(server.address, async (connection) => {
      expect(await readRetention(connection, 'shop')).toBe(27 * dayMs);
    });
  });

  it('ends on stop, and goes on where it was when started again', async () => {
    const given = await options();
    const first = await start(given);
    await startWorkflow(first.address, 'kept');
    const record = await running(given.folder);
    await first.stop();
    expect(isRunning(record)).toBe(false);
    expect(await readRunning(given.folder)).toBeUndefined();

    const second = await start(given);
    expect(await exists(second.address, 'kept')).toBe(true);
  });

  it('says which port is in use', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const bound = taken.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    const failure = await startTemporalServer(await options({ ports: { grpc: port } })).catch(
      (error: unknown) => error,
    );
    taken.close();
    expect(failure).toBeInstanceOf(SetUpError);
    expect(String(failure)).toContain(`Port ${port}, needed for the Temporal server, is in use`);
  });

  it('says what it said last when it ends while starting', async () => {
    const failure = startTemporalServer(await options({ binary: process.execPath }));
    await expect(failure).rejects.toThrow('The Temporal server does not start: ');
  });
});

describe('a server left behind by a killed run', () => {
  it('is taken over when the same server is asked for', async () => {
    const given = await options();
    await start(given);
    const left = await orphan(given.folder);
    const again = await start(given);
    expect(await running(given.folder)).toEqual({ ...left, owner: process.pid });
    await again.stop();
    expect(isRunning(left)).toBe(false);
  });

  it('is ended and replaced when another port is asked for', async () => {
    const given = await options();
    const first = await start(given);
    await startWorkflow(first.address, 'kept');
    const left = await orphan(given.folder);
    const again = await start({ ...given, ports: { grpc: await freePort() } });
    expect(isRunning(left)).toBe(false);
    expect(await exists(again.address, 'kept')).toBe(true);
  });

  it('is left alone while the process that started it lives', async () => {
    const given = await options();
    await start(given);
    const record = { ...(await running(given.folder)), owner: process.ppid };
    await writeRecord(given.folder, record);
    await expect(startTemporalServer(given)).rejects.toThrow(`is in use by process ${process.ppid}`);
    expect(isRunning(record)).toBe(true);
  });
});

describe('the program that started a server', () => {
  it.each([
    ['exits', 'exit', undefined],
    ['is ended by SIGINT', 'wait', 'SIGINT'],
    ['is ended by SIGTERM', 'wait', 'SIGTERM'],
    ['loses its terminal', 'wait', 'SIGHUP'],
  ] as const)('takes it along when it %s', async (_case, then, signal) => {
    const folder = tempFolder();
    const program = join(root, 'test', 'support', 'start-server.ts');
    const args = ['--import', 'tsx', program, binary, folder, String(await freePort()), then];
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const exited = new Promise((done) => child.once('exit', done));
    if (signal !== undefined) {
      await new Promise((done) => child.stdout.once('data', done));
      expect(isRunning(await running(folder))).toBe(true);
      child.kill(signal);
    }
    await exited;
    for (let waited = 0; waited < 5_000 && (await readRunning(folder)) !== undefined; waited += 50)
      await delay(50);
    expect(await readRunning(folder)).toBeUndefined();
  });
});
