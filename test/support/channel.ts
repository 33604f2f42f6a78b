import { randomUUID } from 'node:crypto';
import { Client } from '@temporalio/client';
import { serveChannel } from '../../client/http/server';
import { createOrders } from '../../client/orders';
import type { Config } from '../../config/config';
import { openKeyRing } from '../../config/key-ring';
import type { OrderPolicy } from '../../domain/settings';
import { createWebhookErp } from '../../integrations/erp/webhook';
import { createDataConverter } from '../../integrations/temporal/data-converter';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { OrderSpec } from '../../sandbox/amazon';
import type { Fault } from '../../sandbox/faults';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import type { Exchange } from '../../sandbox/server';
import { readBooks } from '../../scripts/start/books';
import { createActivities } from '../../worker/dependencies';
import { startHints } from '../../worker/hints';
import { startWatches } from '../../worker/watches';
import { createWorkers } from '../../worker/worker';
import { channelConfig } from './channel-config';
import { eventually } from './eventually';
import { connectToTestServer } from './temporal';
import { createWireContracts } from './wire-contracts';
import { workflowBundle } from './workflow-bundle';

export interface ChannelOptions {
  folder: string;
  policy?: Partial<OrderPolicy>;
  /** How many times faster than real time the sandbox's clock runs. */
  speed?: number;
  /** Further Amazon accounts, each with an Amazon of its own. */
  moreAmazons?: readonly string[];
  /** Other settings than those of one account on the sandbox. */
  adapt?: (config: Config, sandbox: Sandbox) => Config;
  /** Told of each exchange while its answer is still under way. */
  onExchange?: (exchange: Exchange) => void;
}

const contracts = createWireContracts();
/** What a receiver says of a queue that misbehaves has tests of its own. */
const silent = { info: () => {}, warn: () => {} };

/**
 * The whole channel on the sandbox systems: intake, workers, webhooks and page, on the shared Temporal server with
 * real encryption. The worker is started by the test.
 */
export async function openChannel(options: ChannelOptions) {
  const { folder, policy = {}, speed = 60, moreAmazons = [], adapt = (same) => same, onExchange } = options;
  const environment = await connectToTestServer();
  const name = `e${randomUUID().slice(0, 8)}`;
  const exchanges: Exchange[] = [];
  const sandbox = await openSandbox({
    speed,
    moreAmazons,
    onExchange: (exchange) => {
      exchanges.push(exchange);
      onExchange?.(exchange);
    },
  });
  for (const url of [sandbox.urls.amazon, ...Object.values(sandbox.amazonUrls)])
    await patchSettings(url, { rates: { searchOrders: { perSecond: 10, burst: 1_000 } } });
  const config = adapt(channelConfig(name, folder, sandbox, policy), sandbox);
  const keyRing = openKeyRing(config.keyRingFile);
  const dataConverter = createDataConverter(keyRing);
  const { namespace = 'default', connection, nativeConnection } = environment;
  const client = new Client({ connection, namespace, dataConverter });
  const orders = createOrders(client, channelHash(keyRing), { taskQueue: config.taskQueue });
  const erps = new Map(config.erps.map((erp) => [erp.name, createWebhookErp(erp)]));
  const served = await serveChannel({ config, client, keyRing, erps: (erp) => erps.get(erp) });
  sandbox.erp.settings.change({ callbackUrl: `${served.pageUrl}/webhooks/erp/${name}` });
  const ending: (() => Promise<unknown>)[] = [() => served.close(), () => sandbox.close()];

  const startWorker = async () => {
    const workers = await createWorkers({
      connection: nativeConnection,
      namespace,
      config,
      activities: createActivities(config, client, keyRing),
      dataConverter,
      workflows: { workflowBundle: await workflowBundle() },
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    ending.unshift(async () => {
      for (const worker of workers) worker.shutdown();
      await running;
    });
    await startWatches(client, config);
    const hints = startHints({ accounts: config.accounts, client, logger: silent });
    ending.unshift(() => hints.stop());
  };

  return {
    name,
    config,
    sandbox,
    client,
    orders,
    pageUrl: served.pageUrl,
    startWorker,
    place: (spec: OrderSpec) => sandbox.amazon.addOrder(spec),
    books: () => readBooks(sandbox.urls, orders),
    /** The order's row once it is as wanted. */
    row: (
      orderId: string,
      wanted: (row: Awaited<ReturnType<typeof orders.find>> | undefined) => boolean,
      waitMs?: number,
    ) => eventually(() => orders.find(orderId).catch(() => undefined), wanted, waitMs),
    /** Verifies, cancels or ships at once at Amazon. */
    move: async (orderId: string, move: 'verify' | 'cancel' | 'ship') => {
      const answer = await fetch(`${sandbox.urls.amazon}/_sandbox/orders/${orderId}/${move}`, {
        method: 'POST',
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    misbehave: (system: 'amazon' | 'commerce' | 'erp', fault: Fault) => armFault(sandbox.urls[system], fault),
    exchanges,
    /** All that the vendors' descriptions forbid; what the sandbox answers on command is not theirs. */
    violations: () =>
      exchanges.filter(isOwnAnswer).flatMap((exchange) => contracts?.violations(exchange) ?? []),
    close: async () => {
      for (const end of ending) await end();
      await terminateAll(client, name);
      await environment.teardown();
    },
  };
}

export type Channel = Awaited<ReturnType<typeof openChannel>>;

const isOwnAnswer = ({ contentType, responseBody }: Exchange) =>
  contentType !== '' && !responseBody.startsWith('Service misbehaving');

/** Quotas have tests of their own; here they would only cost time. */
async function patchSettings(url: string, settings: object): Promise<void> {
  const answer = await fetch(`${url}/_sandbox/settings`, { method: 'PATCH', body: JSON.stringify(settings) });
  if (!answer.ok) throw new Error(await answer.text());
}

async function armFault(url: string, fault: Fault): Promise<void> {
  const answer = await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** The shared server should not keep the watches of a test that is over. */
async function terminateAll(client: Client, name: string): Promise<void> {
  for await (const { workflowId } of client.workflow.list({
    query: `TaskQueue = '${name}' AND ExecutionStatus = 'Running'`,
  })) {
    await client.workflow
      .getHandle(workflowId)
      .terminate('The test is over')
      .catch(() => {});
  }
}
