import { parseArgs } from 'node:util';
import type { Config } from '../../config/config';
import { connectChannel, TemporalUnreachableError } from '../../config/connect';
import { ConfigError } from '../../config/errors';
import { loadConfig } from '../../config/load';
import { createLogger } from '../../config/logger';
import { type CommerceEvents, createCommerceEvents } from '../../integrations/commerce/io-events';
import type { ErpPort } from '../../integrations/erp/port';
import { createWebhookErp } from '../../integrations/erp/webhook';
import { PortInUseError } from './listen';
import { serveChannel } from './server';

/**
 * The process of Orders page, webhooks and codec endpoint: `client/http/main.ts [--config PATH]`. Prints one JSON
 * line with their addresses once it serves; ends with SIGINT or SIGTERM.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { config: { type: 'string' } } });
  const config = await loadConfig({ path: values.config });
  const logger = createLogger(config.logs, 'http');
  const { client, keyRing, close } = await connectChannel(config);
  const erps = erpPorts(config);
  const commerceEvents = commerceEventsOf(config);
  const served = await serveChannel({
    config,
    client,
    keyRing,
    erps: (name) => erps.get(name),
    commerceEvents: (name) => commerceEvents.get(name),
    onFault: (error) => logger.error({ type: error.name, reason: error.message }, 'A page failed'),
  }).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const end = async () => {
    logger.info('Ending');
    await served.close();
    await close();
    // A retry of the SDK that is still planned would throw, because the connection is closed.
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
  logger.info({ page: served.pageUrl, codec: served.codecUrl }, 'Serving');
  process.stdout.write(`${JSON.stringify({ page: served.pageUrl, codec: served.codecUrl })}\n`);
}

function erpPorts({ erps }: Config): ReadonlyMap<string, ErpPort> {
  return new Map(erps.map((erp) => [erp.name, createWebhookErp(erp)]));
}

function commerceEventsOf({ commerce }: Config): ReadonlyMap<string, CommerceEvents> {
  return new Map(
    commerce.flatMap(({ name, events }) => (events ? [[name, createCommerceEvents(events)]] : [])),
  );
}

main().catch((error: unknown) => {
  const expected =
    error instanceof ConfigError ||
    error instanceof TemporalUnreachableError ||
    error instanceof PortInUseError;
  const stack = error instanceof Error ? error.stack : undefined;
  process.stderr.write(`${expected ? error.message : (stack ?? String(error))}\n`);
  process.exitCode = 1;
});
