import { createSecretKey, randomUUID } from 'node:crypto';
import type { WorkflowExecutionInfo, WorkflowExecutionStatusName } from '@temporalio/client';
import { MockActivityEnvironment, type TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { type AmazonAccountTools, createAmazonActivities } from '../../activities/amazon';
import type {
  ConfirmShipmentInput,
  FollowCancellationInput,
  PrepareCancellationInput,
  PullOrderInput,
  SubmitCancellationInput,
  SweepPageInput,
} from '../../activities/contracts/amazon';
import { NotConfiguredError } from '../../activities/not-configured';
import type { OrderPolicy } from '../../domain/settings';
import { createAmazonPort } from '../../integrations/amazon/client';
import { createKeyedHash } from '../../integrations/temporal/keyed-hash';
import { orderWorkflowId } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { type AmazonService, longAgo } from '../support/amazon-service';
import { patiently } from '../support/eventually';
import { intakeTimings } from '../support/intake-timings';
import { finishSignal, probeQuery, skuMapQuery } from './order-probe';

export const policy: OrderPolicy = {
  importOrders: 'enabled',
  commerce: 'shop',
  store: 'default',
  customer: 'guest',
  orderNumber: { source: 'amazon', prefix: '' },
  orderStatus: 'processing',
  inventory: 'none',
  fbaOrders: 'createComplete',
  invoice: 'onShipment',
  retryBlockedMs: [900_000],
  shipByWarningMs: 3_600_000,
  settleForMs: 259_200_000,
  confirmWithinMs: 600_000,
};
export const importSince = '2026-10-01T00:00:00.000Z';

/** The probe's worker on a queue of its own; `stop` ends it. */
export async function startProbes(env: TestWorkflowEnvironment) {
  const taskQueue = `amazon-activities-${randomUUID()}`;
  const worker = await Worker.create({
    connection: env.nativeConnection,
    namespace: env.client.options.namespace,
    taskQueue,
    workflowsPath: require.resolve('./order-probe'),
  });
  const running = worker.run();
  return {
    taskQueue,
    stop: async () => {
      worker.shutdown();
      await running;
    },
  };
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error('Visibility does not show it');
}

const inActivity = <T>(work: () => Promise<T>): Promise<T> =>
  new MockActivityEnvironment().run<[], T, () => Promise<T>>(work);

/** One account with the activities for it. Its name is its own, so that tests share the server. */
export function openChannel(
  env: TestWorkflowEnvironment,
  amazon: AmazonService,
  taskQueue: string,
  prefix = 'acme',
) {
  const account = `${prefix}-${randomUUID().slice(0, 8)}`;
  const tools: AmazonAccountTools = {
    port: createAmazonPort(amazon.account),
    config: {
      ...amazon.account,
      name: account,
      sellerId: 'A1',
      region: 'na',
      importSince,
      mode: 'live',
      intake: intakeTimings(),
      staleAfterMs: 1_800_000,
      pace: { getOrder: 10, confirmShipment: 10 },
      marketplaces: [{ id: 'ATVPDKIKX0DER', policy }],
    },
  };
  const activities = createAmazonActivities({
    accounts: (name) => {
      if (name !== account) throw new NotConfiguredError(`Amazon account ${name}`);
      return tools;
    },
    client: env.client,
    guard: async () => {},
    hash: createKeyedHash(createSecretKey(Buffer.alloc(32, 7))),
    retentionMs: async () => 27 * 86_400_000,
    taskQueue,
  });
  const handle = (amazonOrderId: string) =>
    env.client.workflow.getHandle(orderWorkflowId(account, amazonOrderId));

  const list = async (query: string) => {
    const runs: WorkflowExecutionInfo[] = [];
    for await (const run of env.client.workflow.list({ query })) runs.push(run);
    return runs;
  };

  return {
    account,
    handle,
    sweepPage: (changes: Partial<SweepPageInput> = {}) =>
      inActivity(() =>
        activities.sweepPage({ account, window: { lastUpdatedAfter: longAgo }, asOf: longAgo, ...changes }),
      ),
    pullOrder: (amazonOrderId: string, changes: Partial<Omit<PullOrderInput, 'amazonOrderId'>> = {}) =>
      inActivity(() => activities.pullOrder({ account, amazonOrderId, asOf: importSince, ...changes })),
    readOrder: (amazonOrderId: string) => inActivity(() => activities.readOrder({ account, amazonOrderId })),
    confirmShipment: (input: Omit<ConfirmShipmentInput, 'account'>) =>
      inActivity(() => activities.confirmShipment({ account, ...input })),
    cancellation: {
      prepare: (input: Omit<PrepareCancellationInput, 'account'>) =>
        inActivity(() => activities.prepareCancellation({ account, ...input })),
      submit: (input: Omit<SubmitCancellationInput, 'account'>) =>
        inActivity(() => activities.submitCancellation({ account, ...input })),
      follow: (input: Omit<FollowCancellationInput, 'account'>) =>
        inActivity(() => activities.followCancellation({ account, ...input })),
    },
    probe: (amazonOrderId: string) => patiently(() => handle(amazonOrderId).query(probeQuery)),
    skuMapOf: (amazonOrderId: string) => patiently(() => handle(amazonOrderId).query(skuMapQuery)),
    finish: async (amazonOrderId: string) => {
      await handle(amazonOrderId).signal(finishSignal);
      await handle(amazonOrderId).result();
    },
    /** Ids of all runs of the account's order workflows, once visibility shows as many. */
    runs: async (count: number) => {
      const runs = await eventually(async () => {
        const listed = await list(`SellerAccount = '${account}'`);
        return listed.length >= count ? listed : undefined;
      });
      return runs.map((run) => run.typedSearchAttributes.get(attributes.amazonOrderId)).sort();
    },
    /** Until visibility shows the order's latest run in this status, with the version that it was sent. */
    shown: (amazonOrderId: string, status: WorkflowExecutionStatusName = 'RUNNING') =>
      eventually(async () => {
        const listed = await list(`SellerAccount = '${account}' AND AmazonOrderId = '${amazonOrderId}'`);
        return listed.find(
          (run) => run.status.name === status && run.typedSearchAttributes.get(attributes.amazonVersion),
        );
      }),
  };
}

export type Channel = ReturnType<typeof openChannel>;
