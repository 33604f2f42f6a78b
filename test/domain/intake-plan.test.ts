import { endCall } from '../../domain/intake-outcome';
import { beginCall, bringForward, bringToTimings, nextCall } from '../../domain/intake-plan';
import type { LaneName } from '../../domain/lanes';
import { amazonTime, call, fresh, hour, minute, page, run, since, start, timings, windowOf } from './lanes';

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

  it('re-reads the last day while a fast sweep that goes back for weeks is under way', () => {
    const state = fresh();
    call(state, start, page({ nextToken: 'A', upTo: amazonTime(30 * 24 * hour) }));
    const calls = run(state, 20 * minute, (lane) =>
      page(lane === 'fast' ? { nextToken: `${Math.random()}` } : {}),
    );
    expect(calls.filter((lane) => lane === 'slow')).toHaveLength(1);
    expect(state.lastReports.slow?.window).toEqual({ lastUpdatedAfter: amazonTime(29 * 24 * hour) });
  });

  it('takes over shorter periods for what is planned already, and longer ones for what comes after', () => {
    const state = fresh();
    call(state, start, page());
    bringToTimings(state, { ...timings, sweepEveryMs: minute });
    expect(nextCall(state, start)).toEqual({ at: start + minute });
    bringToTimings(state, { ...timings, sweepEveryMs: hour });
    expect(nextCall(state, start)).toEqual({ at: start + minute });
  });
});
