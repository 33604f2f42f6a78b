import { sum } from './findings';
import { bringForward } from './intake-plan';
import {
  iso,
  type Lane,
  type LaneName,
  type Lanes,
  type LaneTimings,
  type PageOutcome,
  type Report,
  type Sweep,
  setLane,
} from './lanes';
import { emptied, withRate } from './quota';
import { beginningAt, beginOf, endOf, isLater, leastSpanMs, spanOf, windowOf } from './sweep-window';

/** A page that fails so often is given up: the sweep begins again with its first page. */
const mostFailures = 5;
const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/** What the answer to a lane's call changes. */
export function endCall(
  state: Lanes,
  name: LaneName,
  outcome: PageOutcome,
  timings: LaneTimings,
  now: number,
): void {
  const lane = state.lanes[name];
  const { sweep } = lane;
  if (!sweep) return;
  switch (outcome.kind) {
    case 'throttled':
      state.bucket = emptied(withRate(state.bucket, outcome.ratePerSecond), now);
      return;
    case 'tokenExpired':
      setLane(state, name, afterExpiry(state, name, sweep, timings));
      return;
    case 'failed':
      setLane(state, name, { ...lane, sweep: afterFailure(sweep, timings, now) });
      return;
    case 'refused':
      // Nobody waits for a fast or slow sweep, and the orders of it are wanted all the same.
      if (name === 'fast' || name === 'slow')
        setLane(state, name, { ...lane, sweep: afterFailure(sweep, timings, now) });
      else end(state, name, sweep, timings, now, outcome.sentence);
      return;
    case 'page': {
      state.bucket = withRate(state.bucket, outcome.ratePerSecond);
      if (isLater(outcome.upTo, state.asOf)) state.asOf = outcome.upTo;
      const read = afterPage(sweep, outcome);
      if (read.paginationToken === undefined) finish(state, name, read, timings, now);
      else setLane(state, name, { ...lane, sweep: read });
      if (isCatchingUp(state, read, timings)) bringForward(state, 'slow', now);
    }
  }
}

/** Amazon has given the same orders under ever new tokens: such a page is no progress, and its sweep has not ended. */
export function repeats(sweep: Sweep, page: PageOutcome & { kind: 'page' }): boolean {
  if (page.nextToken === undefined) return false;
  return page.nextToken === sweep.paginationToken || (page.digest !== '' && page.digest === sweep.digest);
}

/** What was found counts on: the orders are delivered. */
function fromItsFirstPage({ window, startedAt, failures, findings }: Sweep): Sweep {
  return { window, startedAt, page: 0, failures, findings };
}

/** A sweep that did not end within the life of its token begins again as two, for it would never end. */
function afterExpiry(state: Lanes, name: LaneName, sweep: Sweep, timings: LaneTimings): Lane {
  const { window } = sweep;
  const until = endOf(window) ?? sweep.upTo ?? state.asOf;
  const spanMs = Math.max(leastSpanMs, (Date.parse(until) - Date.parse(beginOf(window))) / 2);
  const lane = { ...state.lanes[name], spanMs };
  const planned = windowOf({ ...state, lanes: { ...state.lanes, [name]: lane } }, name, timings);
  return { ...lane, sweep: { ...fromItsFirstPage(sweep), window: planned } };
}

function afterFailure(sweep: Sweep, { sweepEveryMs }: LaneTimings, now: number): Sweep {
  const failures = sweep.failures + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs, sweepEveryMs);
  const rest = failures % mostFailures === 0 ? fromItsFirstPage(sweep) : sweep;
  return { ...rest, failures, retryAt: now + pauseMs };
}

function afterPage(sweep: Sweep, page: PageOutcome & { kind: 'page' }): Sweep {
  const { window, startedAt, findings } = sweep;
  const upTo = sweep.upTo ?? endOf(window) ?? page.upTo;
  return {
    window,
    startedAt,
    page: sweep.page + 1,
    failures: 0,
    digest: page.digest,
    findings: sum(findings, page.findings),
    ...(upTo !== undefined && { upTo }),
    ...(page.nextToken !== undefined && { paginationToken: page.nextToken }),
  };
}

/** A fast sweep that goes back for days reaches today's orders last, so the slow one looks after them. */
function isCatchingUp(
  { lanes: { fast, slow } }: Lanes,
  { window, upTo }: Sweep,
  timings: LaneTimings,
): boolean {
  const isLong = (sweep: Sweep | undefined) =>
    sweep?.window === window && spanOf(window, upTo) > timings.slowSweepBackMs;
  return isLong(fast.sweep) && slow.dueAt === undefined && !slow.sweep;
}

/** All pages of a sweep are delivered: on with what is left of the lane's range, or its end. */
function finish(state: Lanes, name: LaneName, sweep: Sweep, timings: LaneTimings, now: number): void {
  if (name === 'fast' && isLater(sweep.upTo, state.cursor)) state.cursor = sweep.upTo;
  const rest = restOf(state, name, sweep);
  if (!rest) {
    end(state, name, sweep, timings, now);
    return;
  }
  Object.assign(state, rest);
  const { servedAt, spanMs, before } = state.lanes[name];
  const startedAt = before?.startedAt ?? sweep.startedAt;
  const from = before?.from ?? beginOf(sweep.window);
  const findings = before ? sum(before.findings, sweep.findings) : sweep.findings;
  const going = spanMs === undefined ? {} : { spanMs };
  setLane(state, name, { servedAt, ...going, before: { startedAt, from, findings }, dueAt: now });
}

/** What changes in the state so that the lane's next sweep covers what this one did not; undefined at the end. */
function restOf(state: Lanes, name: LaneName, { window }: Sweep): Partial<Lanes> | undefined {
  const until = endOf(window);
  if (until === undefined) return undefined;
  if (name === 'fast') return {};
  if (name === 'reconciliation') return { reconcileSince: until };
  const [first, ...others] = state.backfills;
  if (name !== 'backfill' || !first || !isLater(first.to, until)) return undefined;
  return { backfills: [{ ...first, from: until }, ...others] };
}

function end(
  state: Lanes,
  name: LaneName,
  sweep: Sweep,
  timings: LaneTimings,
  now: number,
  problem?: string,
): void {
  const report = reportOf(state.lanes[name], sweep, now, problem);
  const isFirst = name === 'fast' && state.lastReports.first === undefined;
  state.lastReports = { ...state.lastReports, ...(isFirst && { first: report }), [name]: report };
  const begun = Date.parse(report.startedAt);
  switch (name) {
    case 'fast':
      state.sweeps += 1;
      next(state, name, Math.max(begun + timings.sweepEveryMs, now));
      beginTheOthers(state, timings, now);
      return;
    case 'slow':
      next(state, name, Math.max(begun + timings.slowSweepEveryMs, now));
      return;
    case 'backfill':
      state.backfills = state.backfills.slice(1);
      next(state, name, state.backfills.length > 0 ? now : undefined);
      return;
    case 'reconciliation':
      delete state.reconcileSince;
      next(state, name, Math.max(begun + timings.reconcileEveryMs, now));
      return;
  }
}

function reportOf({ before }: Lane, sweep: Sweep, now: number, problem: string | undefined): Report {
  const { window, startedAt, findings } = sweep;
  return {
    window: before ? beginningAt(window, before.from) : window,
    startedAt: before?.startedAt ?? startedAt,
    finishedAt: iso(now),
    findings: before ? sum(before.findings, findings) : findings,
    ...(problem !== undefined && { problem }),
  };
}

/** The first fast sweep reads what they would read, so they wait their time. */
function beginTheOthers(state: Lanes, timings: LaneTimings, now: number): void {
  const { slow, reconciliation } = state.lanes;
  if (slow.dueAt === undefined && !slow.sweep) next(state, 'slow', now + timings.slowSweepEveryMs);
  if (reconciliation.dueAt === undefined && !reconciliation.sweep)
    next(state, 'reconciliation', now + timings.reconcileEveryMs);
}

/** Not later than somebody's wish, or a hint, that came while the sweep was under way. */
function next(state: Lanes, name: LaneName, planned: number | undefined): void {
  const { servedAt, spanMs, dueAt: wished } = state.lanes[name];
  const times = [planned, wished].filter((time) => time !== undefined);
  setLane(state, name, {
    servedAt,
    ...(spanMs !== undefined && { spanMs }),
    ...(times.length > 0 && { dueAt: Math.min(...times) }),
  });
}
