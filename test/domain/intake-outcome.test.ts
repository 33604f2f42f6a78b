import { noFindings } from '../../domain/findings';
import { endCall, repeats } from '../../domain/intake-outcome';
import { beginCall, bringForward, nextCall } from '../../domain/intake-plan';
import type { PageOutcome } from '../../domain/lanes';
import { amazonTime, call, fresh, hour, minute, page, since, start, timings, windowOf } from './lanes';

describe('the answer to a list call', () => {
  it('moves the cursor to what the first page saw, once the last one is read', () => {
    const state = fresh();
    call(state, start, page({ upTo: amazonTime(5_000), nextToken: 'A' }));
    expect(state.cursor).toBe(since);
    call(state, start, page({ upTo: amazonTime(9_000) }));
    expect(state.cursor).toBe(amazonTime(5_000));
    call(state, start + timings.sweepEveryMs, page({ upTo: amazonTime(-1) }));
    expect(state.cursor).toBe(amazonTime(5_000));
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

  it('covers half as much at once when a token has expired, and then the rest', () => {
    const state = fresh();
    const day = 24 * hour;
    call(state, start, page({ nextToken: 'A', upTo: amazonTime(10 * day) }));
    call(state, start, { kind: 'tokenExpired' });
    expect(state.lanes.fast.sweep).not.toHaveProperty('paginationToken');
    const first = windowOf(state, 'fast');
    expect(first).toMatchObject({ lastUpdatedAfter: amazonTime(-30 * minute) });
    call(state, start, page({ upTo: amazonTime(10 * day) }));
    expect(state.cursor).toBe('lastUpdatedBefore' in first ? first.lastUpdatedBefore : undefined);
    expect(state.sweeps).toBe(0);
    for (let calls = 0; calls < 3 && state.sweeps === 0; calls += 1)
      call(state, start, page({ upTo: amazonTime(11 * day) }));
    expect(state).toMatchObject({ sweeps: 1, cursor: amazonTime(11 * day) });
    expect(state.lastReports.fast).toMatchObject({
      window: { lastUpdatedAfter: amazonTime(-30 * minute) },
      findings: { pages: 3 },
    });
  });

  it('lets a reconciliation end whose pages take longer than a token lives', () => {
    const state = fresh({ asOf: amazonTime(0) });
    call(state, start, page({ upTo: amazonTime(0) }));
    bringForward(state, 'reconciliation', start);
    const windows: object[] = [];
    for (let now = start; state.lastReports.reconciliation === undefined; now += 1) {
      const { window, page: read } = beginCall(state, 'reconciliation', timings, now);
      // Five pages are more than a token lives.
      const outcome: PageOutcome = read === 5 ? { kind: 'tokenExpired' } : page({ nextToken: `${now}` });
      const days =
        (Date.parse('createdBefore' in window ? (window.createdBefore ?? since) : since) -
          Date.parse('createdAfter' in window ? window.createdAfter : since)) /
        (24 * hour);
      const isLast = read >= Math.ceil(days) - 1;
      if (read === 0) windows.push(window);
      endCall(state, 'reconciliation', isLast && read < 5 ? page() : outcome, timings, now);
    }
    expect(windows.length).toBeGreaterThan(3);
    expect(state.lastReports.reconciliation).toMatchObject({
      window: { createdAfter: amazonTime(-480 * hour) },
    });
    expect(state).not.toHaveProperty('reconcileSince');
    expect(state.lanes.reconciliation).not.toHaveProperty('before');
  });

  it('gives up a back-fill that Amazon refuses, and says so', () => {
    const state = fresh({ backfills: [{ from: amazonTime(-hour), to: since }] });
    call(state, start, page());
    bringForward(state, 'backfill', start);
    call(state, start, { kind: 'refused', sentence: 'Too early.' });
    expect(state.lastReports.backfill).toMatchObject({ problem: 'Too early.' });
    expect(state.backfills).toEqual([]);
    call(state, start + timings.sweepEveryMs, { kind: 'refused', sentence: 'No.' });
    expect(state.lanes.fast.sweep).toMatchObject({ failures: 1 });
  });

  it('keeps a wish for the next sweep that comes while one is under way', () => {
    const state = fresh();
    call(state, start, page({ nextToken: 'A' }));
    bringForward(state, 'fast', start + minute);
    call(state, start, page());
    expect(state.lanes.fast.dueAt).toBe(start + minute);
  });

  it('knows a page that repeats the one before, and takes no two empty pages for that', () => {
    const state = fresh();
    call(state, start, page({ digest: 'same', nextToken: 'A' }));
    const { sweep } = state.lanes.fast;
    if (!sweep) throw new Error('There is no sweep');
    const next = { kind: 'page', findings: noFindings } as const;
    expect(repeats(sweep, { ...next, digest: 'same', nextToken: 'B' })).toBe(true);
    expect(repeats(sweep, { ...next, digest: 'other', nextToken: 'A' })).toBe(true);
    expect(repeats(sweep, { ...next, digest: 'other', nextToken: 'B' })).toBe(false);
    expect(repeats(sweep, { ...next, digest: 'same' })).toBe(false);
    expect(repeats({ ...sweep, digest: '' }, { ...next, digest: '', nextToken: 'B' })).toBe(false);
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
