import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createActivities } from '../../worker/dependencies';
import { startWatches } from '../../worker/watches';
import { amazonOrderWorkflowType } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { intakeOf, placeOrders, quotaUse, untilIntake, untilThereAre, withOneSweep } from './backlog';
import { type Ground, onGround } from './ground';
import type { Measurement } from './report';
import { channelWorkers, whileRunning } from './workers';

const orders = 300;
const ordersPerCall = 100;
const allOrders = `WorkflowType = '${amazonOrderWorkflowType}'`;
/** Nothing has been written for so long: the orders wait for what comes from outside. */
const quietMs = 3_000;

/** A merchant connects with a backlog, down to Commerce; then the same orders are listed again. */
export async function benchImport(): Promise<Measurement[]> {
  const sandbox = await openSandbox({ speed: 1 });
  try {
    placeOrders(sandbox, orders, { verified: true });
    const { reads, workflows, placed, listed, events } = await onGround(
      (ground) => importAndListAgain(ground, sandbox),
      sandbox.urls,
    );
    const atMost = orders / ordersPerCall + 1;
    return [
      { what: `reads at Amazon for a backlog of ${orders} orders`, value: reads, unit: 'calls', atMost },
      { what: 'until all of them are workflows', value: workflows, digits: 1, unit: 's' },
      { what: 'until all of them stand in Commerce', value: placed, digits: 1, unit: 's' },
      {
        what: 'orders that a fast and a slow sweep list again, unchanged',
        value: listed,
        atLeast: 2 * orders,
      },
      { what: 'history events that these sweeps write into their workflows', value: events, atMost: 0 },
    ];
  } finally {
    await sandbox.close();
  }
}

async function importAndListAgain(ground: Ground, sandbox: Sandbox) {
  const { client, keyRing } = ground;
  const config = withOneSweep(ground.config);
  const workers = await channelWorkers(ground, createActivities(config, client, keyRing));
  return whileRunning(workers, async () => {
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    await startWatches(client, config);
    await untilThereAre(client, orders, allOrders);
    const workflows = seconds();
    await untilThereAre(client, orders, `${attributes.commerceOrderId.name} > 0`);
    const placed = seconds();
    const { searches: reads } = await quotaUse(sandbox);
    return { reads, workflows, placed, ...(await listAgain(ground)) };
  });
}

/** By another intake, which knows nothing and finds nothing to tell. */
async function listAgain(ground: Ground): Promise<{ listed: number; events: number }> {
  const { client } = ground;
  const before = await eventsOnceQuiet(client);
  await intakeOf(ground).terminate('Another one lists the same orders');
  await startWatches(client, withOneSweep(ground.config, { slowSweepEveryMs: 1_000 }));
  const { lastReports } = await untilIntake(
    intakeOf(ground),
    (state) => state.lastReports.slow !== undefined,
  );
  const listed = (lastReports.fast?.findings.listed ?? 0) + (lastReports.slow?.findings.listed ?? 0);
  return { listed, events: (await eventsOnceQuiet(client)) - before };
}

async function eventsOnceQuiet(client: Client): Promise<number> {
  let before = await eventsOf(client);
  for (;;) {
    await delay(quietMs);
    const now = await eventsOf(client);
    if (now === before) return now;
    before = now;
  }
}

/** In the histories of all orders. */
async function eventsOf({ workflow }: Client): Promise<number> {
  let events = 0;
  for await (const { workflowId } of workflow.list({ query: allOrders })) {
    events += (await workflow.getHandle(workflowId).describe()).historyLength;
  }
  return events;
}
