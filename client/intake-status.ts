import type { Backfill, Lane, LaneName, Window } from '../domain/lanes';
import { laneNames } from '../domain/lanes';
import { waitForTokens } from '../domain/quota';
import type { SkuMap } from '../domain/sku-map';
import type { IntakeProblem, IntakeState, ParkedOrder } from '../workflows/intake/contract';

/** Of one account, for people: from its intake's snapshot, or why there is none. Without personal data. */
export type IntakeStatus = IntakeView | SilentIntake;

export interface SilentIntake {
  readonly account: string;
  /** A sentence. */
  readonly silence: string;
}

export interface IntakeView {
  readonly account: string;
  /** Amazon's time, which is not comparable with ours. */
  readonly deliveredUpTo: string;
  /** Since when Amazon has not answered, where that is longer than the account allows. */
  readonly staleSince?: string;
  readonly lastAnswerAt?: string;
  readonly lastSweepAt?: string;
  /** While list calls fail. */
  readonly problem?: IntakeProblem;
  /** Of fast sweeps that ended well. */
  readonly sweeps: number;
  /** Signals that were sent because an order was new or had changed. */
  readonly delivered: number;
  /** When Amazon's quota allows the next call, where it does not allow one now. */
  readonly quotaAt?: string;
  readonly parked: readonly ParkedOrder[];
  /** Those too that found no room in the list. */
  readonly parkedCount: number;
  /** Commerce's SKUs by Amazon's, for the account's future orders. */
  readonly skuMap: SkuMap;
  readonly lanes: readonly LaneView[];
  /** The first one is under way, or the next. */
  readonly backfills: readonly Backfill[];
  readonly reports: IntakeState['lastReports'];
}

export type LaneView = { readonly name: LaneName } & (
  | LaneUnderWay
  | { readonly kind: 'planned'; readonly at: string }
  /** Its time has come; it waits for its turn or for Amazon's quota. */
  | { readonly kind: 'due' }
  | { readonly kind: 'idle' }
);

interface LaneUnderWay {
  readonly kind: 'underWay';
  readonly since: string;
  readonly window: Window;
  readonly pages: number;
  readonly listed: number;
  /** Failed calls since the last answer. */
  readonly failures: number;
}

export const isSilent = (status: IntakeStatus): status is SilentIntake => 'silence' in status;

export interface StatusTerms {
  readonly account: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** How long Amazon may stay silent. */
  readonly staleAfterMs: number;
}

/** What the snapshot of an intake means at a moment. */
export function intakeView(state: IntakeState, { account, now, staleAfterMs }: StatusTerms): IntakeView {
  const { cursor, lastAnswerAt, lastSweepAt, problem, sweeps, delivered, parked, backfills } = state;
  const heardAt = lastAnswerAt ?? state.begunAt;
  const isStale = now - Date.parse(heardAt) > staleAfterMs;
  const waitMs = waitForTokens(state.bucket, 1, now);
  return {
    account,
    deliveredUpTo: cursor,
    ...(isStale && { staleSince: heardAt }),
    ...(lastAnswerAt !== undefined && { lastAnswerAt }),
    ...(lastSweepAt !== undefined && { lastSweepAt }),
    ...(problem && { problem }),
    sweeps,
    delivered,
    ...(waitMs > 0 && { quotaAt: iso(now + waitMs) }),
    parked,
    parkedCount: parked.length + state.parkedMore,
    skuMap: state.skuMap ?? {},
    lanes: laneNames.map((name) => laneView(name, state.lanes[name], now)),
    backfills,
    reports: state.lastReports,
  };
}

function laneView(name: LaneName, { dueAt, sweep }: Lane, now: number): LaneView {
  if (sweep) {
    const { window, startedAt: since, failures, findings } = sweep;
    const { pages, listed } = findings;
    return { name, kind: 'underWay', since, window, pages, listed, failures };
  }
  if (dueAt === undefined) return { name, kind: 'idle' };
  return dueAt > now ? { name, kind: 'planned', at: iso(dueAt) } : { name, kind: 'due' };
}

const iso = (at: number): string => new Date(at).toISOString();
