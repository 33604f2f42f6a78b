import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createStartStep } from '../progress';
import { readBooks } from './books';
import { type Comparison, compare } from './compare';
import { type Demo, openDemo } from './demo';
import { freePorts } from './ports';
import { comparisonTable } from './table';

export interface OnceOptions {
  readonly seed: string;
  readonly orders: number;
  readonly speed: number;
  /** Parent of the run's own folder. */
  readonly folder: string;
}

const spreadHours = 2;
const giveUpAfterMs = 10 * 60_000;
/** The books are read one after the other; what moved in between looks like a difference for a moment. */
const settleMs = 5_000;

/**
 * Drains the demo's orders without a board, compares the books and prints the result; true where every order has
 * reached its end and nothing differs. An unfinished run of the same seed is gone on with, a finished one replaced.
 */
export async function runOnce({ seed, orders, speed, folder }: OnceOptions): Promise<boolean> {
  const own = join(folder, `${seed}-${orders}`);
  const finished = join(own, 'finished');
  if (existsSync(finished)) rmSync(own, { recursive: true, force: true });
  const demo = await openDemo({ folder: own, ports: await freePorts(), speed, seed, orders, spreadHours });
  try {
    process.stderr.write(
      `Orders page ${demo.pageUrl}, Temporal Web UI ${demo.temporal.uiUrl ?? 'as you run it'}\n`,
    );
    const result = await drain(demo, orders);
    const { summary } = result;
    process.stdout.write(`${result.table}\n${demo.incidents.map((text) => `${text}\n`).join('')}`);
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    if (summary.pending === 0) writeFileSync(finished, `${JSON.stringify(summary)}\n`);
    return summary.pending === 0 && summary.differences === 0 && summary.orders === orders;
  } finally {
    await demo.stop();
  }
}

async function drain(demo: Demo, orders: number): Promise<Comparison & { table: string }> {
  const step = createStartStep()(`Carrying ${orders} orders to their end`);
  const giveUpAt = Date.now() + giveUpAfterMs;
  let quietSince: number | undefined;
  for (;;) {
    const books = await readBooks(demo.addresses, demo.orders).catch((error: unknown) => {
      // A program that died is started again in a moment.
      if (Date.now() > giveUpAt) throw error;
      return undefined;
    });
    if (!books) {
      await delay(500);
      continue;
    }
    const comparison = compare(books);
    const { pending, differences } = comparison.summary;
    step.update(`${orders - pending} of ${orders}`);
    quietSince = pending === 0 ? (quietSince ?? Date.now()) : undefined;
    const isSettled = quietSince !== undefined && (differences === 0 || Date.now() - quietSince > settleMs);
    if (isSettled || Date.now() > giveUpAt) {
      step.done(`${orders - pending} of ${orders}`);
      return { ...comparison, table: comparisonTable(books, comparison) };
    }
    await delay(500);
  }
}
