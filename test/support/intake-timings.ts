import type { IntakeTimings } from '../../workflows/intake/contract';

const hour = 3_600_000;

/** So long that only what a test changes happens in it. */
export const intakeTimings = (changes: Partial<IntakeTimings> = {}): IntakeTimings => ({
  sweepEveryMs: hour,
  overlapMs: hour / 2,
  slowSweepEveryMs: 24 * hour,
  slowSweepBackMs: 24 * hour,
  reconcileEveryMs: 24 * hour,
  reconcileBackMs: 20 * 24 * hour,
  ...changes,
});
