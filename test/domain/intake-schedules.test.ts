import fc from 'fast-check';
import { noFindings } from '../../domain/findings';
import { endCall, repeats } from '../../domain/intake-outcome';
import { beginCall, nextCall } from '../../domain/intake-plan';
import type { LaneTimings, PageOutcome } from '../../domain/lanes';
import { fullBucket } from '../../domain/quota';
import type { IntakeState } from '../../workflows/intake/contract';
import { newState } from '../../workflows/intake/state';
import { listPage, type ModelOrder, newestOf } from './listing-model';

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse('2026-10-01T12:00:00.000Z');
const since = new Date(start).toISOString();
const never = 10_000 * hour;
/** Fewer sweeps than in use, so that a thousand schedules take seconds, and no lane that would mend what they miss. */
const fastOnly: LaneTimings = {
  sweepEveryMs: 30 * minute,
  overlapMs: minute,
  slowSweepEveryMs: never,
  slowSweepBackMs: 24 * hour,
  reconcileEveryMs: never,
  reconcileBackMs: 480 * hour,
};
const withSlow: LaneTimings = { ...fastOnly, slowSweepEveryMs: 2 * hour };

/** What happens to a call: the delivery of a page may get through although its result is lost. */
const fates = [
  'answered',
  'throttled',
  'lost',
  'delivered and lost',
  'half delivered and lost',
  'expired',
  'empty',
] as const;
type Fate = (typeof fates)[number];

interface Schedule {
  readonly orders: readonly ModelOrder[];
  readonly fates: readonly Fate[];
  /** Order number and moment of each hint; copies, late ones and ones of nothing new among them. */
  readonly hints: readonly { readonly order: number; readonly at: number; readonly isLost: boolean }[];
  /** How long the n-th call takes. */
  readonly durations: readonly number[];
}

const busyMs = 6 * hour;
const briefly = fc.integer({ min: 0, max: minute });
const atTimesForHours = fc.oneof(
  { weight: 6, arbitrary: briefly },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 18 * hour }) },
);
const mostOrders = 12;

/** @param lagMs how much later than it happens a change shows in lists */
function schedules(lagMs: fc.Arbitrary<number>): fc.Arbitrary<Schedule> {
  const change = fc.record({ at: fc.integer({ min: 0, max: busyMs }), lagMs });
  const changes = fc.array(change, { minLength: 1, maxLength: 4 });
  const fate = fc.oneof(
    { weight: 2, arbitrary: fc.constant('answered' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...fates) },
  );
  const hint = fc.record({
    order: fc.nat(mostOrders - 1),
    at: fc.integer({ min: start, max: start + busyMs }),
    isLost: fc.boolean(),
  });
  return fc.record({
    orders: fc
      .array(changes, { minLength: 1, maxLength: mostOrders })
      .map((all) => all.map((each, number) => orderOf(number, each))),
    fates: fc.array(fate, { maxLength: 60 }),
    hints: fc.array(hint, { maxLength: 20 }),
    durations: fc.array(fc.integer({ min: 50, max: 2 * minute }), { minLength: 1, maxLength: 10 }),
  });
}

function orderOf(number: number, changes: readonly { at: number; lagMs: number }[]): ModelOrder {
  const times = changes.map(({ at, lagMs }) => ({ at: start + at, listedAt: start + at + lagMs }));
  const createdAt = Math.min(...times.map(({ at }) => at));
  return { id: String(number).padStart(2, '0'), createdAt, changes: times };
}

/** Lets a schedule happen; the state goes through JSON before each call, as it does when the run continues as new. */
function play({ orders: all, fates: told, hints, durations }: Schedule, timings: LaneTimings) {
  const delivered = new Map<string, number>();
  let signals = 0;
  const deliver = (id: string, version: number) => {
    if (version <= (delivered.get(id) ?? 0)) return;
    delivered.set(id, version);
    signals += 1;
  };
  const waiting = [...hints].sort((one, other) => one.at - other.at);
  let state: IntakeState = {
    ...newState({ account: 'acme', since, timings }),
    bucket: fullBucket({ ratePerSecond: 0.0056, burst: 20 }, start),
  };
  let calls = 0;
  const end = start + busyMs + 26 * hour;
  for (let now = start; now < end; ) {
    while (waiting[0] && waiting[0].at <= now) {
      const { order, at, isLost } = waiting.shift() ?? { order: 0, at: 0, isLost: true };
      const hinted = all[order];
      if (hinted && !isLost && newestOf(hinted, at) > 0) deliver(hinted.id, newestOf(hinted, at));
    }
    state = JSON.parse(JSON.stringify(state)) as IntakeState;
    const plan = nextCall(state, now);
    if ('at' in plan) {
      now = plan.at;
      continue;
    }
    const sweep = beginCall(state, plan.lane, timings, now);
    const { window, paginationToken } = sweep;
    const fate = told[calls] ?? 'answered';
    const page =
      fate === 'expired'
        ? undefined
        : listPage({ orders: all, window, token: paginationToken, isEmpty: fate === 'empty' }, now);
    const half = Math.floor((page?.orders.length ?? 0) / 2);
    if (fate === 'answered' || fate === 'empty' || fate === 'delivered and lost')
      for (const { id, version } of page?.orders ?? []) deliver(id, version);
    if (fate === 'half delivered and lost')
      for (const { id, version } of page?.orders.slice(0, half) ?? []) deliver(id, version);
    now += durations[calls % durations.length] ?? 0;
    calls += 1;
    const outcome = outcomeOf(fate, page);
    const isRepeated = outcome.kind === 'page' && repeats(sweep, outcome);
    endCall(state, plan.lane, isRepeated ? { kind: 'failed' } : outcome, timings, now);
  }
  return { delivered, signals, calls, seconds: (end - start) / 1000, state };
}

function outcomeOf(fate: Fate, page: ReturnType<typeof listPage>): PageOutcome {
  if (fate === 'throttled') return { kind: 'throttled' };
  if (fate !== 'answered' && fate !== 'empty' && fate !== 'expired') return { kind: 'failed' };
  if (!page) return { kind: 'tokenExpired' };
  return {
    kind: 'page',
    digest: page.orders.length > 0 ? JSON.stringify(page.orders.map(({ id }) => id)) : '',
    findings: { ...noFindings, pages: 1, listed: page.orders.length },
    upTo: new Date(page.upTo).toISOString(),
    nextToken: page.nextToken,
  };
}

function expectNewest(schedule: Schedule, { delivered, signals }: ReturnType<typeof play>): void {
  const newest = schedule.orders.map((order) => [order.id, newestOf(order, Number.MAX_VALUE)]);
  expect([...delivered].sort()).toEqual(newest);
  expect(signals).toBeLessThanOrEqual(schedule.orders.flatMap(({ changes }) => changes).length);
}

describe('any schedule of changes, pages, hints, lost calls and refusals', () => {
  it('delivers the newest state of each order, and nothing more than there is', () => {
    fc.assert(
      fc.property(schedules(briefly), (schedule) => expectNewest(schedule, play(schedule, fastOnly))),
      { numRuns: 1_000 },
    );
  });

  it('does so, too, where lists lag for hours, with the slow lane', () => {
    fc.assert(
      fc.property(schedules(atTimesForHours), (schedule) => expectNewest(schedule, play(schedule, withSlow))),
      { numRuns: 1_000 },
    );
  });

  it('never asks more often than Amazon allows, and ends its sweeps again once all goes well', () => {
    fc.assert(
      fc.property(schedules(briefly), (schedule) => {
        const { calls, seconds, state } = play(schedule, withSlow);
        expect(calls).toBeLessThanOrEqual(20 + 0.0056 * seconds);
        expect(state.sweeps).toBeGreaterThan(26);
        expect(Date.parse(state.cursor)).toBeGreaterThan(start + busyMs + 24 * hour);
      }),
      { numRuns: 200 },
    );
  });
});
