import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../domain/lanes';
import {
  intakeSnapshotQuery,
  orderIntakeWorkflowId,
  type ReconcileRequest,
  reconcileNowUpdate,
} from '../../workflows/intake/contract';
import { orderSnapshotQuery, orderWorkflowId } from '../../workflows/order/contract';
import { type Channel, openChannel } from '../support/channel';
import { eventually, patiently } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const hour = 3_600_000;
const lines = [{ sku: 'JAR-GLASS-6', quantity: 1, taxMinor: 275 }];

let channel: Channel;
let ids: string[];
/** Twelve orders in Commerce, which no sweep lists any more. */
beforeEach(async () => {
  channel = await openChannel({ folder: tempFolder() });
  await channel.startWorker();
  ids = Array.from({ length: 12 }, () => channel.place({ lines }).orderId);
  for (const orderId of ids) await channel.move(orderId, 'verify');
  channel.sandbox.clock.advance(3 * 60_000);
  for (const orderId of ids) await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
  channel.sandbox.clock.advance(2 * hour);
  await swept();
});
afterEach(async () => {
  expect(channel.violations()).toEqual([]);
  await channel.close();
});

const intake = () => channel.client.workflow.getHandle(orderIntakeWorkflowId(channel.name));
const order = (orderId: string) => channel.client.workflow.getHandle(orderWorkflowId(channel.name, orderId));
const stateOf = (orderId: string) => patiently(() => order(orderId).query(orderSnapshotQuery));

/** Once a sweep has begun after now and ended. */
async function swept(): Promise<void> {
  const { sweeps } = await patiently(() => intake().query(intakeSnapshotQuery));
  await eventually(
    () => intake().query(intakeSnapshotQuery),
    (state) => state.sweeps >= sweeps + 2,
  );
}

async function reconciled(request: ReconcileRequest = {}): Promise<Report> {
  const { lastReports } = await patiently(() => intake().query(intakeSnapshotQuery));
  await intake().executeUpdate(reconcileNowUpdate, { args: [request] });
  const state = await eventually(
    () => intake().query(intakeSnapshotQuery),
    (seen) => seen.lastReports.reconciliation?.startedAt !== lastReports.reconciliation?.startedAt,
  );
  const report = state.lastReports.reconciliation;
  if (!report) throw new Error('There is no report');
  return report;
}

async function wipe(orderId: string): Promise<void> {
  const { namespace } = channel.client.options;
  const workflowExecution = { workflowId: orderWorkflowId(channel.name, orderId) };
  await channel.client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
}

const listedRuns = async (status: string) => {
  const query = `TaskQueue = '${channel.name}' AND WorkflowType = 'amazonOrderWorkflow' AND ExecutionStatus = '${status}'`;
  return (await channel.client.workflow.count(query)).count;
};

const commerceOrders = async () => {
  const { commerce } = await channel.books();
  return commerce.orders.map(({ ext_order_id, increment_id }) => `${ext_order_id} ${increment_id}`).sort();
};

it('restores exactly the ten workflows that a database has lost, and adopts their Commerce orders', async () => {
  const before = await commerceOrders();
  expect(before).toHaveLength(12);
  const creations = () =>
    channel.exchanges.filter(({ method, path }) => method === 'POST' && /\/V1\/orders$/.test(path));
  const created = creations().length;
  const lost = ids.slice(0, 10);
  for (const orderId of lost) await wipe(orderId);
  await eventually(
    () => listedRuns('Running'),
    (count) => count === 2,
  );
  await swept();
  expect(await listedRuns('Running')).toBe(2);

  const { findings } = await reconciled();
  expect(findings).toMatchObject({
    listed: 12,
    started: { count: 10 },
    restarted: { count: 0 },
    tooOld: { count: 0 },
  });
  expect([...findings.started.first].sort()).toEqual([...lost].sort());
  for (const orderId of lost) await channel.row(orderId, (row) => row?.commerceOrderNumber !== undefined);
  expect(await listedRuns('Running')).toBe(12);
  expect(await commerceOrders()).toEqual(before);
  expect(creations()).toHaveLength(created);
  expect((await reconciled()).findings).toMatchObject({ listed: 12, delivered: 0, started: { count: 0 } });
});

it('starts ten terminated workflows again, with their state', async () => {
  const terminated = ids.slice(0, 10);
  const states = await Promise.all(terminated.map(stateOf));
  for (const orderId of terminated) await order(orderId).terminate('by mistake');
  await eventually(
    () => listedRuns('Terminated'),
    (count) => count === 10,
  );
  const { findings } = await reconciled();
  expect(findings).toMatchObject({ listed: 12, started: { count: 0 }, restarted: { count: 10 } });
  for (const [index, orderId] of terminated.entries()) {
    const state = await stateOf(orderId);
    expect(state.commerce).toEqual(states[index]?.commerce);
    expect(state.notes).toEqual(expect.arrayContaining(states[index]?.notes ?? []));
    expect(state.attention.map(({ reason }) => reason)).toContain('restarted');
  }
  expect(await commerceOrders()).toHaveLength(12);
});

it('leaves alone what was shipped longer ago than anything is kept of it', async () => {
  await eventually(
    async () => {
      channel.sandbox.clock.advance(hour);
      await delay(300);
      return (await channel.orders.count()).Shipped;
    },
    (shipped) => shipped === 12,
  );
  for (const orderId of ids) await wipe(orderId);
  await eventually(
    () => listedRuns('Running'),
    (count) => count === 0,
  );
  channel.sandbox.clock.advance(60 * 24 * hour);
  await swept();
  const since = channel.sandbox.startedAt.toISOString();
  expect((await reconciled({ since })).findings).toMatchObject({
    listed: 12,
    tooOld: { count: 12 },
    delivered: 0,
  });
  await delay(500);
  expect(await listedRuns('Running')).toBe(0);
});
