import { fullBucket, usagePlans } from '../../domain/quota';
import type { IntakeState } from '../../workflows/intake/contract';

/** Of an intake that is well: Amazon has answered just now and the next sweep is planned. */
export function intakeState(changes: Partial<IntakeState> = {}, now = Date.now()): IntakeState {
  const iso = (ms: number) => new Date(now + ms).toISOString();
  return {
    begunAt: iso(0),
    cursor: iso(-120_000),
    asOf: iso(-120_000),
    bucket: fullBucket(usagePlans.searchOrders, now),
    lanes: {
      fast: { servedAt: now, dueAt: now + 300_000 },
      slow: { servedAt: now, dueAt: now + 3_600_000 },
      backfill: { servedAt: 0 },
      reconciliation: { servedAt: now, dueAt: now + 86_400_000 },
    },
    backfills: [],
    fastInARow: 0,
    sweeps: 1,
    lastReports: {},
    hints: [],
    parked: [],
    parkedMore: 0,
    delivered: 7,
    skuMap: {},
    lastAnswerAt: iso(0),
    lastSweepAt: iso(0),
    ...changes,
  };
}
