import { noFindings } from './findings';
import {
  iso,
  type Lane,
  type LaneName,
  type Lanes,
  type LaneTimings,
  laneNames,
  type Sweep,
  setLane,
} from './lanes';
import { takeToken, waitForTokens } from './quota';
import { windowOf } from './sweep-window';

/** Other lanes wait no longer than so many calls of a fast lane that never ends. */
const mostFastInARow = 3;
/** One call stays in the bucket for the fast lane. */
const tokensOfOthers = 2;

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
  const { dueAt, ...lane } = state.lanes[name];
  const sweep = lane.sweep ?? {
    window: windowOf(state, name, timings),
    startedAt: iso(now),
    page: 0,
    failures: 0,
    findings: noFindings,
  };
  const othersWait = laneNames.some((other) => other !== 'fast' && readyAt(state.lanes[other]) <= now);
  state.fastInARow = name === 'fast' && othersWait ? state.fastInARow + 1 : 0;
  state.bucket = takeToken(state.bucket, now);
  // What brings the next sweep forward while this one is under way counts when it ends.
  const next = lane.sweep && dueAt !== undefined ? { dueAt } : {};
  setLane(state, name, { ...lane, ...next, servedAt: now, sweep });
  return sweep;
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
