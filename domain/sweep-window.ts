import type { Lane, LaneName, Lanes, LaneTimings, Window } from './lanes';

/** No sweep is cut into less. */
export const leastSpanMs = 3_600_000;

/** What a lane's next sweep covers, in Amazon's time. */
export function windowOf(state: Lanes, name: LaneName, timings: LaneTimings): Window {
  const { cursor, asOf, backfills, reconcileSince, lanes } = state;
  switch (name) {
    case 'fast': {
      const lastUpdatedAfter = earlier(cursor, timings.overlapMs);
      const lastUpdatedBefore = endFor(lanes.fast, cursor, asOf);
      return { lastUpdatedAfter, ...(lastUpdatedBefore !== undefined && { lastUpdatedBefore }) };
    }
    case 'slow':
      return { lastUpdatedAfter: earlier(asOf, timings.slowSweepBackMs) };
    case 'backfill': {
      const { from = cursor, to = cursor } = backfills[0] ?? {};
      // Amazon refuses a bound younger than two minutes; what it has listed is older.
      const last = isLater(to, asOf) ? undefined : to;
      return createdFrom(from, endFor(lanes.backfill, from, last ?? asOf) ?? last);
    }
    case 'reconciliation': {
      const since = reconcileSince ?? earlier(asOf, timings.reconcileBackMs);
      return createdFrom(since, endFor(lanes.reconciliation, since, asOf));
    }
  }
}

/** Where the lane's sweep ends, if it may not cover all of its range up to `last` at once. */
function endFor({ spanMs }: Lane, from: string, last: string): string | undefined {
  if (spanMs === undefined) return undefined;
  const until = earlier(from, -spanMs);
  return isLater(last, until) ? until : undefined;
}

const createdFrom = (createdAfter: string, createdBefore: string | undefined): Window => ({
  createdAfter,
  ...(createdBefore !== undefined && { createdBefore }),
});

export const beginOf = (window: Window): string =>
  'createdAfter' in window ? window.createdAfter : window.lastUpdatedAfter;

export const endOf = (window: Window): string | undefined =>
  'createdAfter' in window ? window.createdBefore : window.lastUpdatedBefore;

/** Milliseconds; `upTo` where the window itself has no end. */
export const spanOf = (window: Window, upTo: string | undefined): number =>
  Date.parse(endOf(window) ?? upTo ?? beginOf(window)) - Date.parse(beginOf(window));

export const beginningAt = (window: Window, from: string): Window =>
  'createdAfter' in window ? { ...window, createdAfter: from } : { ...window, lastUpdatedAfter: from };

export function isLater(time: string | undefined, than: string): time is string {
  return time !== undefined && Date.parse(time) > Date.parse(than);
}

const earlier = (time: string, ms: number): string => new Date(Date.parse(time) - ms).toISOString();
