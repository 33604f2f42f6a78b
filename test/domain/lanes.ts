import { noFindings } from '../../domain/findings';
import { endCall } from '../../domain/intake-outcome';
import { beginCall, nextCall } from '../../domain/intake-plan';
import type { LaneName, Lanes, LaneTimings, PageOutcome } from '../../domain/lanes';
import { fullBucket } from '../../domain/quota';
import { newState } from '../../workflows/intake/state';

export const minute = 60_000;
export const hour = 60 * minute;
export const timings: LaneTimings = {
  sweepEveryMs: 5 * minute,
  overlapMs: 30 * minute,
  slowSweepEveryMs: hour,
  slowSweepBackMs: 24 * hour,
  reconcileEveryMs: 24 * hour,
  reconcileBackMs: 480 * hour,
};
export const since = '2026-10-01T12:00:00.000Z';
export const start = Date.parse('2026-10-02T00:00:00.000Z');
export const amazonTime = (afterMs: number) => new Date(Date.parse(since) + afterMs).toISOString();

export const fresh = (changes: Partial<Lanes> = {}): Lanes => ({
  ...newState({ account: 'acme', since, timings }),
  bucket: fullBucket({ ratePerSecond: 0.0056, burst: 20 }, start),
  ...changes,
});

let digests = 0;
export function page(changes: Partial<PageOutcome & { kind: 'page' }> = {}): PageOutcome {
  digests += 1;
  return { kind: 'page', digest: `${digests}`, findings: { ...noFindings, pages: 1, listed: 1 }, ...changes };
}

/** One call of the lane that is its turn, answered so. */
export function call(state: Lanes, now: number, outcome: PageOutcome): LaneName | undefined {
  const plan = nextCall(state, now);
  if (!('lane' in plan)) return undefined;
  beginCall(state, plan.lane, timings, now);
  endCall(state, plan.lane, outcome, timings, now);
  return plan.lane;
}

/** Lets `duration` pass, each call answered with `answer`; the lanes in the order of their calls. */
export function run(state: Lanes, duration: number, answer: (lane: LaneName) => PageOutcome): LaneName[] {
  const calls: LaneName[] = [];
  let now = start;
  while (now <= start + duration) {
    const plan = nextCall(state, now);
    if ('at' in plan) {
      expect(plan.at).toBeGreaterThan(now);
      now = plan.at;
      continue;
    }
    beginCall(state, plan.lane, timings, now);
    endCall(state, plan.lane, answer(plan.lane), timings, now);
    calls.push(plan.lane);
  }
  return calls;
}

export const windowOf = (state: Lanes, lane: LaneName) =>
  beginCall(structuredClone(state), lane, timings, start).window;
