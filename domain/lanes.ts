import type { Findings } from './findings';
import type { Bucket } from './quota';

/**
 * Why an account's orders are listed; all lanes share one quota.
 *
 * - `fast`: what changed since the cursor, every few minutes
 * - `slow`: the last day again, because Amazon's list lags and forgets
 * - `backfill`: a range of purchase dates that somebody asked for
 * - `reconciliation`: Amazon's list against the workflows
 */
export const laneNames = ['fast', 'slow', 'backfill', 'reconciliation'] as const;
export type LaneName = (typeof laneNames)[number];

/** Amazon's times. The two families are never mixed (Orders API 2026-01-01, `searchOrders`). */
export type Window =
  | { readonly lastUpdatedAfter: string; readonly lastUpdatedBefore?: string }
  | { readonly createdAfter: string; readonly createdBefore?: string };

/** A sweep that has begun; all its pages are asked with the same window. */
export interface Sweep {
  readonly window: Window;
  readonly startedAt: string;
  readonly paginationToken?: string;
  /** Pages read since its first one. */
  readonly page: number;
  /** Amazon's time up to which the first page saw changes. */
  readonly upTo?: string;
  /** Of the orders of the last page, to notice pages that repeat themselves. */
  readonly digest?: string;
  /** Failed calls since the last answer. */
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly retryAt?: number;
  readonly findings: Findings;
}

export interface Lane {
  /** Epoch milliseconds at which the next sweep begins; absent where only somebody's wish begins one. */
  readonly dueAt?: number;
  /** Epoch milliseconds of its last call. */
  readonly servedAt: number;
  readonly sweep?: Sweep;
  /** The most that one sweep covers, once a longer one has outlived its pagination token; Amazon's time. */
  readonly spanMs?: number;
  /** Of the sweeps before, which covered the beginning of what this lane is to cover. */
  readonly before?: { readonly startedAt: string; readonly from: string; readonly findings: Findings };
}

export interface Backfill {
  readonly from: string;
  readonly to: string;
  /** Also orders purchased before the account's `importSince`. */
  readonly beforeImportSince?: boolean;
}

/** Of a sweep that has ended. */
export interface Report {
  readonly window: Window;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly findings: Findings;
  /** A sentence, where it was given up before its end. */
  readonly problem?: string;
}

export interface LaneTimings {
  /** From the begin of one sweep to the next. */
  readonly sweepEveryMs: number;
  /** How far a sweep looks back behind the cursor, in Amazon's time. */
  readonly overlapMs: number;
  readonly slowSweepEveryMs: number;
  /** How far the slow sweep looks back, in Amazon's time. */
  readonly slowSweepBackMs: number;
  readonly reconcileEveryMs: number;
  readonly reconcileBackMs: number;
}

/** Survives continue-as-new as a part of the intake's state. */
export interface Lanes {
  /** Everything that Amazon changed before this moment (Amazon's time) has been delivered. */
  cursor: string;
  /** The newest moment (Amazon's time) up to which Amazon has listed anything: it is later now. */
  asOf: string;
  bucket: Bucket;
  lanes: Record<LaneName, Lane>;
  /** The first one is under way, or the next. */
  backfills: readonly Backfill[];
  /** Of the reconciliation that somebody asked for: how far it looks back. */
  reconcileSince?: string;
  /** Calls of the fast lane in a row while another lane waited. */
  fastInARow: number;
  /** Fast sweeps that have ended well. */
  sweeps: number;
  lastReports: { first?: Report; fast?: Report; slow?: Report; backfill?: Report; reconciliation?: Report };
}

export type PageOutcome =
  | {
      readonly kind: 'page';
      readonly nextToken?: string | undefined;
      readonly upTo?: string | undefined;
      readonly digest: string;
      readonly ratePerSecond?: number | undefined;
      readonly findings: Findings;
    }
  | { readonly kind: 'throttled'; readonly ratePerSecond?: number | undefined }
  | { readonly kind: 'tokenExpired' }
  /** No answer that can be used, or the delivery broke off: the page is asked again. */
  | { readonly kind: 'failed' }
  /** Amazon refuses this very request, so that asking again does not help. */
  | { readonly kind: 'refused'; readonly sentence: string };

export function setLane(state: Lanes, name: LaneName, lane: Lane): void {
  state.lanes = { ...state.lanes, [name]: lane };
}

export const iso = (at: number): string => new Date(at).toISOString();
