import { setTimeout as delay } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { z } from 'zod';
import type { Config } from '../../config/config';
import { catalog } from '../../sandbox/catalog';
import type { Sandbox } from '../../sandbox/sandbox';
import {
  type IntakeState,
  type IntakeTimings,
  intakeSnapshotQuery,
  orderIntakeWorkflowId,
} from '../../workflows/intake/contract';
import type { Ground } from './ground';

export const hour = 3_600_000;
const patienceMs = 2 * 60_000;

/** Places orders over the last hours, verified unless they are to wait for it. Answers their ids. */
export function placeOrders(
  { amazon, clock }: Sandbox,
  count: number,
  { verified }: { readonly verified: boolean },
): string[] {
  const now = clock.now().getTime();
  const before = (ms: number) => new Date(now - ms).toISOString();
  return Array.from({ length: count }, (_, number) => {
    const sku = catalog[number % catalog.length]?.sku ?? '';
    const age = 2 * hour + number * 10_000;
    const plan = { placedAt: before(age), ...(verified && { verifiedAt: before(age - hour / 2) }) };
    return amazon.addOrder({ lines: [{ sku, quantity: 1 }], plan }).orderId;
  });
}

/** No lane begins a second sweep while something is measured, unless `timings` say so. */
export const withOneSweep = (config: Config, timings: Partial<IntakeTimings> = {}): Config => ({
  ...config,
  accounts: config.accounts.map((account) => ({
    ...account,
    intake: {
      ...account.intake,
      sweepEveryMs: hour,
      slowSweepEveryMs: hour,
      reconcileEveryMs: hour,
      ...timings,
    },
  })),
});

/** Of the bench's only account. */
export const intakeOf = ({ client, config }: Pick<Ground, 'client' | 'config'>): WorkflowHandle =>
  client.workflow.getHandle(orderIntakeWorkflowId(config.taskQueue));

/** @throws after two minutes */
export async function untilIntake(
  intake: WorkflowHandle,
  wanted: (state: IntakeState) => boolean,
): Promise<IntakeState> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const state = await intake.query(intakeSnapshotQuery);
    if (wanted(state)) return state;
    if (Date.now() > giveUpAt) throw new Error(`The intake does not go on: ${JSON.stringify(state.lanes)}`);
    await delay(200);
  }
}

/** @throws after two minutes */
export async function untilThereAre(client: Client, wanted: number, query: string): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const { count } = await client.workflow.count(query);
    if (count >= wanted) return;
    if (Date.now() > giveUpAt) throw new Error(`After two minutes only ${count} of ${wanted}: ${query}`);
    await delay(100);
  }
}

const useSchema = z.object({
  operations: z.object({
    searchOrders: z.object({ calls: z.number() }),
    getOrder: z.object({ calls: z.number() }),
  }),
  quotaViolations: z.number(),
});

/** Calls that the sandbox Amazon has counted since its start, and those that were over the quota. */
export async function quotaUse({ amazon }: Sandbox) {
  const answer = await amazon.app.request('/_sandbox/orders');
  const { operations, quotaViolations } = useSchema.parse(await answer.json());
  return { searches: operations.searchOrders.calls, gets: operations.getOrder.calls, quotaViolations };
}
