import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createActivities } from '../../worker/dependencies';
import { startHints } from '../../worker/hints';
import { startWatches } from '../../worker/watches';
import { pullOrderUpdate } from '../../workflows/intake/contract';
import { orderVerifiedSignal, orderWorkflowId } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { queueSecrets, startQueue, subscribeQueue } from '../start/queue';
import { intakeOf, placeOrders, quotaUse, untilIntake, untilThereAre, withOneSweep } from './backlog';
import { channelWorkflows, type Ground, onGround, standInWorkflows } from './ground';
import { type Moments, momentsOf } from './moments';
import { type Measurement, median, quantile } from './report';
import { channelWorkers, whileRunning } from './workers';

/** Of the sandbox's clock, and with it of Amazon's quota: 30 reads of single orders per second. */
const fast = 60;

interface Changes {
  readonly count: number;
  readonly everyMs: number;
  readonly speed: number;
  readonly workflowsPath: string;
  /** What the channel does at each change, or nothing more than the signal. */
  readonly activity?: string;
}

/** From the change at Amazon, in milliseconds. */
interface Delays {
  readonly signalled: readonly number[];
  /** Until the activity had ended. */
  readonly done: readonly number[];
  readonly reads: number;
  readonly quotaViolations: number;
}

/** Amazon says that an order has changed: how soon the order knows, and how soon it stands in Commerce. */
export async function benchHints(): Promise<Measurement[]> {
  const standIn = { workflowsPath: standInWorkflows };
  const told = await measure({ count: 200, everyMs: 120, speed: fast, ...standIn });
  const real = { workflowsPath: channelWorkflows, activity: 'placeOrder' };
  const placed = await measure({ count: 60, everyMs: 350, speed: fast, ...real });
  const atOnce = await measure({ count: 5, everyMs: 0, speed: 1, ...standIn });
  const violations = told.quotaViolations + placed.quotaViolations + atOnce.quotaViolations;
  const ms = { unit: 'ms' };
  const toSignal = 'from a change at Amazon to the signal at the order';
  const toCommerce = 'from a change at Amazon to the order in Commerce';
  const lastKnows = `${atOnce.signalled.length} changes at once, at Amazon’s own pace: until the last order knows`;
  return [
    { what: 'reads at Amazon per change that it tells', value: told.reads, digits: 2, atMost: 1 },
    { what: 'calls over the quota, of all changes here', value: violations, atMost: 0 },
    { what: `${toSignal}, p50 of ${told.signalled.length}`, value: median(told.signalled), ...ms },
    { what: `${toSignal}, p99 of ${told.signalled.length}`, value: quantile(told.signalled, 0.99), ...ms },
    { what: `${toCommerce}, p50 of ${placed.done.length}`, value: median(placed.done), atMost: 1_000, ...ms },
    { what: `${toCommerce}, p99 of ${placed.done.length}`, value: quantile(placed.done, 0.99), ...ms },
    { what: lastKnows, value: quantile(atOnce.signalled, 1), ...ms },
  ];
}

async function measure(changes: Changes): Promise<Delays> {
  setQueueSecrets();
  const queue = await startQueue(0);
  const sandbox = await openSandbox({ speed: changes.speed });
  try {
    const ids = placeOrders(sandbox, changes.count, { verified: false });
    await subscribeQueue(sandbox.urls.amazon, queue);
    return await onGround((ground) => change(ground, sandbox, ids, changes), sandbox.urls, queue.address);
  } finally {
    await sandbox.close();
    await queue.stop();
  }
}

/** The receiver's AWS SDK reads the environment. */
function setQueueSecrets(): void {
  for (const [name, value] of Object.entries(queueSecrets)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

async function change(
  ground: Ground,
  sandbox: Sandbox,
  ids: readonly string[],
  { everyMs, workflowsPath, activity }: Changes,
): Promise<Delays> {
  const { client, keyRing } = ground;
  const config = withOneSweep(ground.config);
  const workers = await channelWorkers(ground, createActivities(config, client, keyRing), workflowsPath);
  return whileRunning(workers, async () => {
    await startWatches(client, config);
    const { delivered } = await untilImported(ground, ids);
    const hints = startHints({ accounts: config.accounts, client, logger: pino({ level: 'silent' }) });
    const before = await quotaUse(sandbox);
    const changedAt = await verifyOneByOne(sandbox, ids, everyMs);
    await untilIntake(intakeOf(ground), (state) => state.delivered >= delivered + ids.length);
    const { gets, quotaViolations } = await quotaUse(sandbox);
    if (activity) await untilThereAre(client, ids.length, `${attributes.commerceOrderId.name} > 0`);
    await hints.stop();
    const reads = (gets - before.gets) / ids.length;
    return { ...(await delaysOf(ground, changedAt, activity)), reads, quotaViolations };
  });
}

/** With one order read already, after which the queue has Amazon's live rate. */
async function untilImported(ground: Ground, [amazonOrderId = '']: readonly string[]) {
  await untilIntake(intakeOf(ground), ({ sweeps }) => sweeps > 0);
  await intakeOf(ground).executeUpdate(pullOrderUpdate, { args: [{ amazonOrderId }] });
  await delay(1_000);
  return untilIntake(intakeOf(ground), () => true);
}

/** Amazon has verified the payment: the change at which an order goes to Commerce. Answers when each one was. */
async function verifyOneByOne(
  { amazon }: Sandbox,
  ids: readonly string[],
  everyMs: number,
): Promise<ReadonlyMap<string, number>> {
  const changedAt = new Map<string, number>();
  for (const id of ids) {
    changedAt.set(id, Date.now());
    const answer = await amazon.app.request(`/_sandbox/orders/${id}/verify`, { method: 'POST' });
    if (!answer.ok) throw new Error(`The sandbox does not verify ${id}`);
    await delay(everyMs);
  }
  return changedAt;
}

async function delaysOf(
  { client, config }: Ground,
  changedAt: ReadonlyMap<string, number>,
  activity: string | undefined,
): Promise<Pick<Delays, 'signalled' | 'done'>> {
  const histories: { readonly at: number; readonly moments: Moments }[] = [];
  for (const [id, at] of changedAt) {
    const handle = client.workflow.getHandle(orderWorkflowId(config.taskQueue, id));
    histories.push({ at, moments: await momentsOf(handle) });
  }
  return {
    signalled: histories.map(({ at, moments }) => moments.signalled(orderVerifiedSignal.name) - at),
    done: histories.flatMap(({ at, moments }) =>
      activity === undefined ? [] : moments.done(activity).map(({ completedAt }) => completedAt - at),
    ),
  };
}
