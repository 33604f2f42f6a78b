import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Config } from '../../config/config';
import { catalog } from '../../sandbox/catalog';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { createActivities } from '../../worker/dependencies';
import { startWatches } from '../../worker/watches';
import { amazonOrderWorkflowType } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { type Ground, onGround } from './ground';
import type { Measurement } from './report';
import { channelWorkers, whileRunning } from './workers';

const orders = 300;
const ordersPerCall = 100;
const hour = 3_600_000;
const patienceMs = 5 * 60_000;

/** A merchant connects with a backlog: the real intake and activities on the sandbox, within Amazon's own quota. */
export async function benchIntake(): Promise<Measurement[]> {
  let searches = 0;
  const sandbox = await openSandbox({
    speed: 1,
    onExchange: ({ system, path }) => {
      if (system === 'amazon' && path === '/orders/2026-01-01/orders') searches += 1;
    },
  });
  try {
    placeBacklog(sandbox);
    const { workflows, placed } = await onGround(importBacklog, sandbox.urls);
    const atMost = orders / ordersPerCall + 1;
    return [
      { what: `reads at Amazon for a backlog of ${orders} orders`, value: searches, unit: 'calls', atMost },
      { what: 'until all of them are workflows', value: workflows, digits: 1, unit: 's' },
      { what: 'until all of them stand in Commerce', value: placed, digits: 1, unit: 's' },
    ];
  } finally {
    await sandbox.close();
  }
}

/** Verified orders, placed over the last hours. */
function placeBacklog({ amazon, clock }: Sandbox): void {
  const now = clock.now().getTime();
  const before = (ms: number) => new Date(now - ms).toISOString();
  for (let number = 0; number < orders; number += 1) {
    const sku = catalog[number % catalog.length]?.sku ?? '';
    const age = 2 * hour + number * 10_000;
    const plan = { placedAt: before(age), verifiedAt: before(age - hour / 2) };
    amazon.addOrder({ lines: [{ sku, quantity: 1 }], plan });
  }
}

/** Seconds from the start of the intake. */
async function importBacklog(ground: Ground): Promise<{ workflows: number; placed: number }> {
  const { client, keyRing } = ground;
  const config = withOneSweep(ground.config);
  const workers = await channelWorkers(ground, createActivities(config, client, keyRing));
  return whileRunning(workers, async () => {
    const startedAt = performance.now();
    const seconds = () => (performance.now() - startedAt) / 1000;
    await startWatches(client, config);
    await untilThereAreAll(client, `WorkflowType = '${amazonOrderWorkflowType}'`);
    const workflows = seconds();
    await untilThereAreAll(client, `${attributes.commerceOrderId.name} > 0`);
    return { workflows, placed: seconds() };
  });
}

/** The next sweep would count as well. */
const withOneSweep = (config: Config): Config => ({
  ...config,
  accounts: config.accounts.map((account) => ({
    ...account,
    intake: { ...account.intake, sweepEveryMs: hour },
  })),
});

async function untilThereAreAll(client: Client, query: string): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const { count } = await client.workflow.count(query);
    if (count >= orders) return;
    if (Date.now() > giveUpAt) throw new Error(`After five minutes only ${count} of ${orders}: ${query}`);
    await delay(100);
  }
}
