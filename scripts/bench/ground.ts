import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../../config/config';
import { loadConfig } from '../../config/load';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { createKeyRing, type KeyRing } from '../../integrations/temporal/key-ring';
import { createStartStep } from '../progress';
import { demoSecrets, writeDemoSettings } from '../start/demo-settings';
import { retention, Undoing } from '../start/installation';
import type { DemoQueue } from '../start/queue';
import { findTemporal, realProbes } from '../temporal/find';
import { openTemporal } from '../temporal/open';
import { freePort } from '../temporal/ports';
import { whenProcessEnds } from '../temporal/process-end';
import { searchAttributes } from '../temporal/search-attributes';

/** Path of the channel's workflows. */
export const channelWorkflows = join(__dirname, '..', '..', 'workflows', 'index.ts');
/** Of the workflows that ours are measured against. */
export const bareWorkflows = join(__dirname, 'workflows.ts');
/** The real intake with order workflows that do nothing. */
export const standInWorkflows = join(__dirname, 'intake-orders.ts');

/** Of the account, the shop and the ERP alike. */
const name = 'bench';

/** A Temporal server of its own, and the channel's settings and encryption on it. */
export interface Ground {
  readonly config: Config;
  readonly keyRing: KeyRing;
  readonly client: Client;
  /** Without the codec. */
  readonly plainClient: Client;
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly dataConverter: DataConverter;
}

/** Where the channel finds its systems. Nobody listens at the default, which no-op activities never call. */
export interface SystemAddresses {
  readonly amazon: string;
  readonly commerce: string;
  readonly erp: string;
}

const nowhere = 'http://127.0.0.1:9';
const nowhereAtAll: SystemAddresses = { amazon: nowhere, commerce: nowhere, erp: nowhere };

/**
 * Runs `work` on a dev server in memory that is made for it and gone afterwards; `TEMPORAL_ADDRESS` is not followed,
 * because nobody wants a benchmark's load on a server in use.
 */
export async function onGround<T>(
  work: (ground: Ground) => Promise<T>,
  addresses: SystemAddresses = nowhereAtAll,
  queue?: DemoQueue,
): Promise<T> {
  const undo = new Undoing();
  try {
    const folder = makeFolder(undo);
    const temporal = await startServer(folder);
    undo.add(() => temporal.stop());
    const { address, namespace } = temporal;
    const connection = await NativeConnection.connect({ address });
    undo.add(() => connection.close());
    const clientConnection = await Connection.connect({ address });
    undo.add(() => clientConnection.close());

    const keyRing = createKeyRing();
    const dataConverter = createDataConverter(keyRing);
    const config = await settings(folder, addresses, queue);
    const client = new Client({ connection: clientConnection, namespace, dataConverter });
    const plainClient = new Client({ connection: clientConnection, namespace });
    return await work({ config, keyRing, client, plainClient, connection, namespace, dataConverter });
  } finally {
    await undo.run();
  }
}

/** Gone after the benchmark, also when that is interrupted. */
function makeFolder(undo: Undoing): string {
  const folder = mkdtempSync(join(tmpdir(), 'amazon-sales-channel-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const forget = whenProcessEnds(remove);
  undo.add(async () => {
    remove();
    forget();
  });
  return folder;
}

async function startServer(folder: string) {
  const source = await findTemporal({ ...realProbes(createStartStep()), address: () => undefined });
  return openTemporal(source, {
    folder: join(folder, 'temporal'),
    ports: { grpc: await freePort() },
    searchAttributes,
    retention,
    logFile: join(folder, 'temporal.log'),
    inMemory: true,
  });
}

/** The demo's settings file, read as a worker reads it. */
function settings(folder: string, addresses: SystemAddresses, queue?: DemoQueue): Promise<Config> {
  const path = join(folder, 'channel.yaml');
  writeDemoSettings(path, {
    name,
    folder,
    taskQueue: name,
    importSince: new Date(Date.now() - 24 * 3_600_000).toISOString(),
    addresses: { ...addresses, page: 8230, codec: 8231, temporalUi: nowhere },
    ...(queue && { queue }),
  });
  return loadConfig({ path, env: demoSecrets(name), cwd: folder });
}
