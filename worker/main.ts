import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { DefaultLogger, makeTelemetryFilterString, NativeConnection, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { type WriteGuard, WritesOffError } from '../activities/write-guard';
import type { Config } from '../config/config';
import { connectChannel, TemporalUnreachableError } from '../config/connect';
import { ConfigError } from '../config/errors';
import { loadConfig, reviewConfig, settingsFile } from '../config/load';
import { createLogger } from '../config/logger';
import { startUpWarnings } from '../config/warnings';
import { createDataConverter } from '../integrations/temporal/data-converter';
import { createActivities, createGuard } from './dependencies';
import { startHints } from './hints';
import { followSettings } from './live-settings';
import { startWatches } from './watches';
import { createWorkers } from './worker';

/** The worker's process: `worker/main.ts [--config PATH]`. Ends with SIGINT or SIGTERM, after what is under way. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const file = settingsFile({ path: values.config });
  const config = await loadConfig({ path: file });
  const logger = createLogger(config.logs, 'worker');
  installRuntime(logger);
  for (const warning of startUpWarnings(config)) logger.warn(warning);

  const { client, keyRing, close } = await connectChannel(config);
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig();
  const connection = await NativeConnection.connect({
    ...connectionOptions,
    grpcCompression: { codec: 'none' },
  });
  const load = () => reviewConfig({ path: file });
  const onChange = (changed: Config) => startWatches(client, changed);
  const { present, stop } = followSettings({ config, file, load, logger, onChange });
  const guard = createGuard(present, client);
  const workers = await createWorkers({
    connection,
    namespace,
    config,
    activities: createActivities(config, client, keyRing, { present, guard }),
    dataConverter: createDataConverter(keyRing),
    workflows: { workflowsPath: join(__dirname, '..', 'workflows', 'index.ts') },
  });
  const ended = Promise.all(workers.map((worker) => worker.run()));
  await startWatches(client, config);
  const hints = startHints({ accounts: config.accounts, client, logger, mayReceive: mayReceive(guard) });
  process.stdout.write(`${JSON.stringify({ worker: 'running' })}\n`);
  await ended;
  await stop();
  await hints.stop();
  await connection.close();
  await close();
}

/** What the guard keeps from writing must also leave the messages to others. */
const mayReceive = (guard: WriteGuard) => (account: string) =>
  guard(account).then(
    () => true,
    (error: unknown) => {
      if (error instanceof WritesOffError) return false;
      throw error;
    },
  );

/** The SDK's own log into ours; it installs the signal handlers that end the workers. */
function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const name = level === 'TRACE' ? 'trace' : (level.toLowerCase() as 'debug' | 'info' | 'warn' | 'error');
      logger[name]({ ...meta }, message);
    }),
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN' }), forward: {} } },
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof ConfigError || error instanceof TemporalUnreachableError;
  const stack = error instanceof Error ? error.stack : undefined;
  process.stderr.write(`${expected ? error.message : (stack ?? String(error))}\n`);
  // What was opened before, and the SDK's own runtime, would keep the process alive.
  process.exit(1);
});
