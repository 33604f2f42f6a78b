import { fullBucket, usagePlans } from '../../domain/quota';
import { openSandbox } from '../../sandbox/sandbox';
import { createActivities } from '../../worker/dependencies';
import {
  type OrderIntakeInput,
  orderIntakeWorkflowId,
  orderIntakeWorkflowType,
  pullOrderUpdate,
} from '../../workflows/intake/contract';
import { newState } from '../../workflows/intake/state';
import { placeOrders, quotaUse, untilIntake, withOneSweep } from './backlog';
import { type Ground, onGround, standInWorkflows } from './ground';
import { momentsOf } from './moments';
import { type Measurement, median } from './report';
import { channelWorkers, whileRunning } from './workers';

const orders = 2_000;
const ordersPerCall = 100;
/**
 * Of the sandbox's clock: a call comes back every 4.5 s instead of every three minutes. Much faster, and the intake's
 * margin against delays, a fiftieth of that, would be less than the delays of a busy machine.
 */
const speed = 40;
/** Amazon grants 20, which would be enough for all of them. */
const burst = 2;
const warmUpMs = 3_000;

/** A backlog at the end of the burst: how much of what comes back is used. */
export async function benchQuota(): Promise<Measurement[]> {
  /** Sandbox time of the answers. */
  const answeredAt: number[] = [];
  const sandbox = await openSandbox({
    speed,
    onExchange: ({ system, path, status }) => {
      const isList = system === 'amazon' && path === '/orders/2026-01-01/orders' && status === 200;
      if (isList) answeredAt.push(sandbox.clock.now().getTime());
    },
  });
  const perSecond = usagePlans.searchOrders.ratePerSecond;
  sandbox.amazon.settings.change({ rates: { searchOrders: { perSecond, burst } } });
  try {
    const [first = ''] = placeOrders(sandbox, orders, { verified: true });
    const { seconds, pages } = await onGround((ground) => importAll(ground, first), sandbox.urls);
    const { searches, quotaViolations } = await quotaUse(sandbox);
    const lastedMs = (answeredAt.at(-1) ?? 0) - (answeredAt[0] ?? 0);
    const granted = burst + (perSecond * lastedMs) / 1000;
    const share = (100 * answeredAt.length) / granted;
    const what = `backlog of ${orders} orders, burst spent`;
    return [
      { what: `${what}: reads`, value: searches, unit: 'calls', atMost: orders / ordersPerCall + 1 },
      { what: `${what}: of the quota used`, value: share, digits: 1, unit: '%', atLeast: 95 },
      { what: `${what}: calls over the quota`, value: quotaViolations, atMost: 0 },
      { what: `${what}: until all are workflows`, value: seconds, digits: 1, unit: 's' },
      { what: `${what}: a page with its delivery`, value: median(pages), digits: 2, unit: 's' },
    ];
  } finally {
    await sandbox.close();
  }
}

/** Its calls are sent evenly only by a worker that has its access token, so that one reads an order before. */
async function importAll(ground: Ground, amazonOrderId: string) {
  const { client, keyRing } = ground;
  const config = withOneSweep(ground.config);
  const workers = await channelWorkers(ground, createActivities(config, client, keyRing), standInWorkflows);
  return whileRunning(workers, async () => {
    const dueAt = Date.now() + warmUpMs;
    const intake = await startIntake({ ...ground, config }, dueAt);
    await intake.executeUpdate(pullOrderUpdate, { args: [{ amazonOrderId }] });
    await untilIntake(intake, ({ sweeps }) => sweeps > 0);
    const seconds = (Date.now() - dueAt) / 1000;
    const { done } = await momentsOf(intake);
    const pages = done('sweepPage').map((page) => (page.completedAt - page.startedAt) / 1000);
    return { seconds, pages };
  });
}

/** As if it had continued as new after using up its burst; its first sweep begins at `dueAt`. */
function startIntake({ client, config }: Pick<Ground, 'client' | 'config'>, dueAt: number) {
  const [account] = config.accounts;
  if (!account) throw new TypeError('The benchmark’s settings have an account');
  const { name, importSince, intake } = account;
  const input: OrderIntakeInput = { account: name, since: importSince, timings: intake };
  const fresh = newState(input);
  const rate = { ratePerSecond: usagePlans.searchOrders.ratePerSecond * speed, burst };
  const lanes = { ...fresh.lanes, fast: { servedAt: 0, dueAt } };
  const state = { ...fresh, lanes, bucket: fullBucket(rate, dueAt) };
  return client.workflow.start<(input: OrderIntakeInput) => Promise<never>>(orderIntakeWorkflowType, {
    workflowId: orderIntakeWorkflowId(name),
    taskQueue: config.taskQueue,
    args: [{ ...input, state }],
  });
}
