import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Duration } from '@temporalio/common';
import { SetUpError } from '../set-up-error';
import { serverCommand } from './command';
import { connectWhenServing } from './health';
import { lastLogLine, launch } from './launch';
import { ensureSearchAttributes, setRetention, waitForNamespace } from './namespace';
import {
  endServer,
  isAlive,
  isRunning,
  readRunning,
  removeRecord,
  type ServerRecord,
  signalServer,
  writeRecord,
} from './pid-file';
import { requireFreePort } from './ports';
import { whenProcessEnds } from './process-end';
import type { SearchAttribute } from './search-attributes';

export interface ServerOptions {
  /** Path of the Temporal CLI. */
  binary: string;
  /** Holds the database file and the file that names the running server; made if missing. */
  folder: string;
  /** All on loopback. Without `ui` there is no Web UI; `http` and `metrics` take free ports by default. */
  ports: { grpc: number; ui?: number; http?: number; metrics?: number };
  /** Default: `default`. */
  namespace?: string;
  searchAttributes: readonly SearchAttribute[];
  /** How long closed workflows, and with them buyer data, are kept: `648h`. */
  retention: Duration;
  /** Where the Web UI has payloads decoded. */
  codecEndpoint?: string;
  /** The server's own log, JSON lines of level warn and above; one older file is kept beside it. */
  logFile: string;
  /** Nothing on disk, for tests. */
  inMemory?: boolean;
  /** Settings of the server beside ours. */
  dynamicConfig?: Readonly<Record<string, number>>;
}

export interface TemporalServer {
  /** `host:port` for gRPC. */
  address: string;
  namespace: string;
  uiUrl?: string;
  /** Ends the server if it is ours: SIGTERM, SIGKILL after ten seconds. Resolves once it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a Temporal dev server on loopback and resolves once it serves, keeps closed workflows for
 * `retention` and has all search attributes. A server that a killed run has left on the same folder is
 * taken over when it is the same command and answers, and ended otherwise.
 *
 * The server is in a process group of its own, so that Ctrl-C in the terminal leaves it to `stop()`, which
 * the caller calls after its workers; it ends with this process in any case.
 *
 * Throws a `SetUpError` when a port is in use, when another living process runs a server on the folder, or
 * when the server ends while starting.
 */
export async function startTemporalServer(options: ServerOptions): Promise<TemporalServer> {
  const { folder, ports, namespace = 'default' } = options;
  const address = `127.0.0.1:${ports.grpc}`;
  await mkdir(folder, { recursive: true });
  await mkdir(dirname(options.logFile), { recursive: true });
  const record = await takeOverOrLaunch(options, address);
  const forget = whenProcessEnds(() => signalServer(record, 'SIGTERM'));
  const stop = async () => {
    // A server in memory has nothing to lose by a kill, and saves a second.
    await endServer(record, options.inMemory === true ? 0 : undefined);
    await removeRecord(folder);
    forget();
  };
  try {
    await prepare(options, address, namespace, record);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    namespace,
    ...(ports.ui === undefined ? {} : { uiUrl: `http://127.0.0.1:${ports.ui}` }),
    stop,
  };
}

async function prepare(options: ServerOptions, address: string, namespace: string, record: ServerRecord) {
  const connection = await connectWhenServing(address, () => isRunning(record));
  if (connection === undefined) {
    throw new SetUpError(`The Temporal server does not start: ${lastLogLine(options.logFile)}`);
  }
  try {
    await waitForNamespace(connection, namespace);
    await setRetention(connection, namespace, options.retention);
    await ensureSearchAttributes(connection, namespace, options.searchAttributes);
  } finally {
    await connection.close();
  }
}

async function takeOverOrLaunch(options: ServerOptions, address: string): Promise<ServerRecord> {
  const command = await serverCommand(options);
  const left = await readRunning(options.folder);
  if (left !== undefined) {
    requireNoOwner(left);
    if (left.command.join(' ') === command.join(' ') && (await answers(address, left))) {
      return keep(options.folder, { ...left, owner: process.pid });
    }
    await endServer(left);
  }
  const { grpc, ...others } = options.ports;
  await requireFreePort(grpc, 'the Temporal server');
  for (const port of Object.values(others)) await requireFreePort(port, 'the Temporal server');
  return keep(options.folder, { pid: launch(command, options.logFile), owner: process.pid, command });
}

function requireNoOwner({ pid, owner }: ServerRecord): void {
  if (owner === process.pid || !isAlive(owner)) return;
  throw new SetUpError(
    `This folder's Temporal server (process ${pid}) is in use by process ${owner}: end that one first.`,
  );
}

async function keep(folder: string, record: ServerRecord): Promise<ServerRecord> {
  await writeRecord(folder, record);
  return record;
}

async function answers(address: string, record: ServerRecord): Promise<boolean> {
  const connection = await connectWhenServing(address, () => isRunning(record), 3_000);
  await connection?.close();
  return connection !== undefined;
}
