import { fullBucket, usagePlans } from '../../domain/quota';
import type { IntakeState, OrderIntakeInput } from './contract';

/** Of a new intake: its first sweep begins at once. */
export function newState({ since, surroundings }: OrderIntakeInput): IntakeState {
  const lane = { servedAt: 0 };
  return {
    begunAt: new Date().toISOString(),
    cursor: since,
    asOf: since,
    bucket: fullBucket(usagePlans.searchOrders, Date.now()),
    lanes: { fast: { ...lane, dueAt: 0 }, slow: lane, backfill: lane, reconciliation: lane },
    backfills: [],
    fastInARow: 0,
    sweeps: 0,
    lastReports: {},
    hints: [],
    parked: [],
    parkedMore: 0,
    delivered: 0,
    skuMap: {},
    ...(surroundings && { confirmed: surroundings }),
  };
}
