import { noFindings } from '../../domain/findings';
import { beginCall, bringForward, bringToTimings, endCall, nextCall } from '../../domain/intake-plan';
import type { LaneName, Lanes, LaneTimings, PageOutcome } from '../../domain/lanes';
import { fullBucket } from '../../domain/quota';
import { newState } from '../../workflows/intake/state';

const minute = 60_000;
const hour = 60 * minute;
const timings: LaneTimings = {
  sweepEveryMs: 5 * minute,
  overlapMs: 30 * minute,
  slowSweepEveryMs: hour,
  slowSweepBackMs: 24 * hour,
  reconcileEveryMs: 24 * hour,
  reconcileBackMs: 480 * hour,
};
const since = '2026-10-01T12:00:00.000Z';
const start = Date.parse('2026-10-02T00:00:00.000Z');
const amazonTime = (afterMs: number) => new Date(Date.parse(since) + afterMs).toISOString();

const fresh = (changes: Partial<Lanes> = {}): Lanes => ({
  ...newState({ account: 'acme', since, timings }),
  bucket: fullBucket({ ratePerSecond: 0.0056, burst: 20 }, start),
  ...changes,
});

let digests = 0;
function page(changes: Partial<PageOutcome & { kind: 'page' }> = {}): PageOutcome {
  digests += 1;
  return { kind: 'page', digest: `${digests}`, findings: { ...noFindings, pages: 1, listed: 1 }, ...changes };
}

/** One call of the lane that is its turn, answered so. */
function call(state: Lanes, now: number, outcome: PageOutcome): LaneName | undefined {
  const plan = nextCall(state, now);
  if (!('lane' in plan)) return undefined;
  beginCall(state, plan.lane, timings, now);
  endCall(state, plan.lane, outcome, timings, now);
  return plan.lane;
}

/** Lets `duration` pass, each call answered with `answer`; the lanes in the order of their calls. */
function run(state: Lanes, duration: number, answer: (lane: LaneName) => PageOutcome): LaneName[] {
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

const windowOf = (state: Lanes, lane: LaneName) =>
  beginCall(structuredClone(state), lane, timings, start).window;

describe('the plan of an account’s list calls', () => {
  it('sweeps every five minutes, once more each hour over a day, and reconciles each day', () => {
    const calls = run(fresh(), 25 * hour, () => page({ upTo: amazonTime(0) }));
    const count = (lane: LaneName) => calls.filter((each) => each === lane).length;
    expect(count('fast')).toBeGreaterThanOrEqual(25 * 12);
    expect(count('slow')).toBe(25);
    expect(count('reconciliation')).toBe(1);
    expect(count('backfill')).toBe(0);
  });

  it('gives a page only to Amazon’s pace', () => {
    const calls = run(fresh(), hour, () => page({ nextToken: `${Math.random()}` }));
    expect(calls.length).toBeLessThanOrEqual(20 + 0.0056 * 3600 + 1);
    expect(calls.length).toBeGreaterThanOrEqual((20 + 0.0056 * 3600) * 0.95);
  });

  it('moves the cursor to what the first page saw, once the last one is read', () => {
    const state = fresh();
    call(state, start, page({ upTo: amazonTime(5_000), nextToken: 'A' }));
    expect(state.cursor).toBe(since);
    call(state, start, page({ upTo: amazonTime(9_000) }));
    expect(state.cursor).toBe(amazonTime(5_000));
    call(state, start + timings.sweepEveryMs, page({ upTo: amazonTime(-1) }));
    expect(state.cursor).toBe(amazonTime(5_000));
  });

  it('gives other lanes a turn when the fast one never ends', () => {
    const state = fresh();
    call(state, start, page());
    bringForward(state, 'slow', start);
    state.backfills = [{ from: amazonTime(-hour), to: since }];
    bringForward(state, 'backfill', start);
    bringForward(state, 'fast', start);
    const calls = run(state, 2 * hour, () => page({ nextToken: `${Math.random()}` }));
    const share = (lane: LaneName) => calls.filter((each) => each === lane).length / calls.length;
    expect(share('fast')).toBeCloseTo(0.75, 1);
    expect(share('slow')).toBeCloseTo(0.125, 1);
    expect(share('backfill')).toBeCloseTo(0.125, 1);
  });

  it('leaves one call to the fast lane, which is not kept waiting by a back-fill', () => {
    const state = fresh();
    call(state, start, page());
    state.backfills = [{ from: amazonTime(-hour), to: since }];
    bringForward(state, 'backfill', start);
    let now = start;
    for (const dueAt = start + timings.sweepEveryMs; now < dueAt; ) {
      const plan = nextCall(state, now);
      if ('lane' in plan) call(state, now, page({ nextToken: `${Math.random()}` }));
      else now = plan.at;
    }
    expect(nextCall(state, now)).toEqual({ lane: 'fast' });
  });

  it('asks from the cursor, from a day before it, from the wish, or as far back as it reconciles', () => {
    const state = fresh({
      backfills: [{ from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' }],
    });
    expect(windowOf(state, 'fast')).toEqual({ lastUpdatedAfter: amazonTime(-30 * minute) });
    expect(windowOf(state, 'slow')).toEqual({ lastUpdatedAfter: amazonTime(-24 * hour) });
    expect(windowOf(state, 'reconciliation')).toEqual({ createdAfter: amazonTime(-480 * hour) });
    expect(windowOf({ ...state, reconcileSince: since }, 'reconciliation')).toEqual({ createdAfter: since });
    expect(windowOf(state, 'backfill')).toEqual({
      createdAfter: '2026-01-01T00:00:00.000Z',
      createdBefore: '2026-02-01T00:00:00.000Z',
    });
  });

  it('leaves out an end of a back-fill that Amazon would refuse as too young', () => {
    const state = fresh({ backfills: [{ from: amazonTime(-hour), to: amazonTime(1) }] });
    expect(windowOf(state, 'backfill')).toEqual({ createdAfter: amazonTime(-hour) });
  });

  it('keeps all pages of a sweep in one window, whatever the cursor does', () => {
    const state = fresh();
    bringForward(state, 'slow', start);
    const { window } = beginCall(state, 'slow', timings, start);
    endCall(state, 'slow', page({ nextToken: 'A' }), timings, start);
    state.cursor = amazonTime(hour);
    expect(beginCall(state, 'slow', timings, start)).toMatchObject({ window, paginationToken: 'A' });
  });

  it('asks a failed page again after growing pauses, and after five from the first page', () => {
    const state = fresh();
    call(state, start, page({ nextToken: 'A', upTo: amazonTime(1) }));
    const pauses: number[] = [];
    let now = start;
    while (state.lanes.fast.sweep?.paginationToken === 'A') {
      call(state, now, { kind: 'failed' });
      const plan = nextCall(state, now);
      if (!('at' in plan)) throw new Error('There is no pause');
      pauses.push(plan.at - now);
      now = plan.at;
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    call(state, now, page({ upTo: amazonTime(2) }));
    expect(state.cursor).toBe(amazonTime(2));
  });

  it('begins again in the same window when the token has expired', () => {
    const state = fresh();
    call(state, start, page({ nextToken: 'A', upTo: amazonTime(1) }));
    call(state, start, { kind: 'tokenExpired' });
    expect(state.lanes.fast.sweep).toMatchObject({ window: { lastUpdatedAfter: amazonTime(-30 * minute) } });
    expect(state.lanes.fast.sweep).not.toHaveProperty('paginationToken');
    expect(state.lanes.fast.sweep).not.toHaveProperty('upTo');
  });

  it('ends a sweep whose pages repeat themselves under new tokens', () => {
    const state = fresh();
    call(state, start, page({ digest: 'same', nextToken: 'A' }));
    call(state, start, page({ digest: 'same', nextToken: 'B' }));
    expect(state.sweeps).toBe(1);
  });

  it('takes over shorter periods for what is planned already, and longer ones for what comes after', () => {
    const state = fresh();
    call(state, start, page());
    bringToTimings(state, { ...timings, sweepEveryMs: minute });
    expect(nextCall(state, start)).toEqual({ at: start + minute });
    bringToTimings(state, { ...timings, sweepEveryMs: hour });
    expect(nextCall(state, start)).toEqual({ at: start + minute });
  });

  it('waits for a whole token after a 429, at the rate that Amazon told', () => {
    const state = fresh();
    call(state, start, { kind: 'throttled', ratePerSecond: 0.5 });
    const plan = nextCall(state, start);
    if (!('at' in plan)) throw new Error('There is no pause');
    expect(plan.at - start).toBeGreaterThanOrEqual(2_000);
    expect(plan.at - start).toBeLessThanOrEqual(2_100);
  });

  it('reports each back-fill, one after the other', () => {
    const [first, second] = [
      { from: amazonTime(-3 * hour), to: amazonTime(-2 * hour) },
      { from: amazonTime(-2 * hour), to: amazonTime(-hour) },
    ] as const;
    const state = fresh({ backfills: [first, second] });
    call(state, start, page());
    bringForward(state, 'backfill', start);
    call(state, start, page({ nextToken: 'A' }));
    call(state, start, page());
    expect(state.lastReports.backfill).toMatchObject({
      window: { createdAfter: first.from },
      findings: { pages: 2, listed: 2 },
    });
    expect(state.backfills).toEqual([second]);
    call(state, start, page());
    expect(state.lastReports.backfill).toMatchObject({ window: { createdAfter: second.from } });
    expect(state.backfills).toEqual([]);
    expect(state.lanes.backfill).not.toHaveProperty('dueAt');
  });
});
