import { noFindings, sum } from './findings';
import {
  type Lane,
  type LaneName,
  type Lanes,
  type LaneTimings,
  laneNames,
  type PageOutcome,
  type Sweep,
  type Window,
} from './lanes';
import { emptied, takeToken, waitForTokens, withRate } from './quota';

/** Other lanes wait no longer than so many calls of a fast lane that never ends. */
const mostFastInARow = 3;
/** One call stays in the bucket for the fast lane. */
const tokensOfOthers = 2;
/** A page that fails so often is given up: the sweep begins again with its first page. */
const mostFailures = 5;
const firstPauseMs = 1_000;
const longestPauseMs = 5 * 60_000;

/** The lane that may call now, or when to look again (epoch milliseconds). */
export type Plan = { readonly lane: LaneName } | { readonly at: number };

/** Which list call of an account comes next, and when: decided by its lanes and its bucket alone. */
export function nextCall(state: Lanes, now: number): Plan {
  const ready = laneNames.filter((name) => readyAt(state.lanes[name]) <= now);
  const others = ready.filter((name) => name !== 'fast').sort(longestWaiting(state));
  const isOwed = others.length > 0 && state.fastInARow >= mostFastInARow;
  const lane = ready.includes('fast') && !isOwed ? 'fast' : others[0];
  const soonest = Math.min(...laneNames.map((name) => readyAt(state.lanes[name])).filter((at) => at > now));
  if (lane === undefined) return { at: soonest };
  const waitMs = waitForTokens(state.bucket, lane === 'fast' || isOwed ? 1 : tokensOfOthers, now);
  return waitMs === 0 ? { lane } : { at: Math.min(now + waitMs, soonest) };
}

const readyAt = ({ dueAt = Number.POSITIVE_INFINITY, sweep }: Lane): number =>
  sweep ? (sweep.retryAt ?? 0) : dueAt;

const longestWaiting =
  ({ lanes }: Lanes) =>
  (one: LaneName, other: LaneName) =>
    lanes[one].servedAt - lanes[other].servedAt;

/** Takes a token and tells what to ask Amazon for; begins a sweep where none is under way. */
export function beginCall(state: Lanes, name: LaneName, timings: LaneTimings, now: number): Sweep {
  const lane = state.lanes[name];
  const sweep = lane.sweep ?? {
    window: windowOf(state, name, timings),
    startedAt: iso(now),
    failures: 0,
    findings: noFindings,
  };
  const othersWait = laneNames.some((other) => other !== 'fast' && readyAt(state.lanes[other]) <= now);
  state.fastInARow = name === 'fast' && othersWait ? state.fastInARow + 1 : 0;
  state.bucket = takeToken(state.bucket, now);
  setLane(state, name, { ...lane, servedAt: now, sweep });
  return sweep;
}

function windowOf(
  { cursor, backfills, reconcileSince }: Lanes,
  name: LaneName,
  timings: LaneTimings,
): Window {
  switch (name) {
    case 'fast':
      return { lastUpdatedAfter: earlier(cursor, timings.overlapMs) };
    case 'slow':
      return { lastUpdatedAfter: earlier(cursor, timings.slowSweepBackMs) };
    case 'backfill': {
      const { from = cursor, to = cursor } = backfills[0] ?? {};
      // Amazon refuses a bound younger than two minutes; the cursor is never younger.
      return { createdAfter: from, ...(Date.parse(to) <= Date.parse(cursor) && { createdBefore: to }) };
    }
    case 'reconciliation':
      return { createdAfter: reconcileSince ?? earlier(cursor, timings.reconcileBackMs) };
  }
}

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
      setLane(state, name, { ...lane, sweep: fromItsFirstPage(sweep) });
      return;
    case 'failed':
      setLane(state, name, { ...lane, sweep: afterFailure(sweep, timings, now) });
      return;
    case 'page': {
      state.bucket = withRate(state.bucket, outcome.ratePerSecond);
      const read = afterPage(sweep, outcome);
      if (read.paginationToken === undefined) finish(state, name, read, timings, now);
      else setLane(state, name, { ...lane, sweep: read });
    }
  }
}

/** Begins the lane's next sweep no later than `at`. */
export function bringForward(state: Lanes, name: LaneName, at: number): void {
  const { dueAt = at, ...lane } = state.lanes[name];
  setLane(state, name, { ...lane, dueAt: Math.min(dueAt, at) });
}

/** Shorter periods hold for the sweeps that are planned already, too. */
export function bringToTimings(state: Lanes, timings: LaneTimings): void {
  const periods = {
    fast: timings.sweepEveryMs,
    slow: timings.slowSweepEveryMs,
    reconciliation: timings.reconcileEveryMs,
  };
  for (const name of ['fast', 'slow', 'reconciliation'] as const) {
    const last = state.lastReports[name];
    if (last) bringForward(state, name, Date.parse(last.startedAt) + periods[name]);
  }
}

/** What was found counts on: the orders are delivered. */
function fromItsFirstPage({ window, startedAt, failures, findings }: Sweep): Sweep {
  return { window, startedAt, failures, findings };
}

function afterFailure(sweep: Sweep, { sweepEveryMs }: LaneTimings, now: number): Sweep {
  const failures = sweep.failures + 1;
  const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs, sweepEveryMs);
  const rest = failures % mostFailures === 0 ? fromItsFirstPage(sweep) : sweep;
  return { ...rest, failures, retryAt: now + pauseMs };
}

/** A page that repeats the one before ends the sweep: Amazon has given the same orders under ever new tokens. */
function afterPage(sweep: Sweep, page: PageOutcome & { kind: 'page' }): Sweep {
  const { window, startedAt, findings } = sweep;
  const upTo = sweep.upTo ?? page.upTo;
  const repeats = page.digest === sweep.digest || page.nextToken === sweep.paginationToken;
  return {
    window,
    startedAt,
    failures: 0,
    digest: page.digest,
    findings: sum(findings, page.findings),
    ...(upTo !== undefined && { upTo }),
    ...(page.nextToken !== undefined && !repeats && { paginationToken: page.nextToken }),
  };
}

function finish(state: Lanes, name: LaneName, sweep: Sweep, timings: LaneTimings, now: number): void {
  const { window, startedAt, findings, upTo } = sweep;
  state.lastReports = { ...state.lastReports, [name]: { window, startedAt, finishedAt: iso(now), findings } };
  const begun = Date.parse(startedAt);
  switch (name) {
    case 'fast':
      if (upTo !== undefined && Date.parse(upTo) > Date.parse(state.cursor)) state.cursor = upTo;
      state.sweeps += 1;
      next(state, name, Math.max(begun + timings.sweepEveryMs, now));
      if (state.sweeps === 1) beginTheOthers(state, timings, now);
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

/** The first fast sweep has read what they would read, so they wait their time. */
function beginTheOthers(state: Lanes, timings: LaneTimings, now: number): void {
  const { slow, reconciliation } = state.lanes;
  if (slow.dueAt === undefined) next(state, 'slow', now + timings.slowSweepEveryMs);
  if (reconciliation.dueAt === undefined) next(state, 'reconciliation', now + timings.reconcileEveryMs);
}

function next(state: Lanes, name: LaneName, dueAt: number | undefined): void {
  const { servedAt } = state.lanes[name];
  setLane(state, name, { servedAt, ...(dueAt !== undefined && { dueAt }) });
}

function setLane(state: Lanes, name: LaneName, lane: Lane): void {
  state.lanes = { ...state.lanes, [name]: lane };
}

const iso = (at: number): string => new Date(at).toISOString();
const earlier = (time: string, ms: number): string => iso(Date.parse(time) - ms);
