/** How often a system is looked at. Milliseconds. */
export interface WatchPace {
  /** From the end of a look to the next one. */
  readonly pauseMs: number;
  /** From one look at all waiting orders to the next; the looks between ask only for what is new. */
  readonly roundMs: number;
}

/** What a look tells of the load. */
export interface LookLoad {
  /** It came to the end of all waiting orders. */
  readonly wholeRound: boolean;
  readonly tookMs: number;
  readonly waiting: number;
  /** The system did not answer, or asked for patience (429, 503). */
  readonly busy: boolean;
  /** How long it asked to wait. */
  readonly retryAfterMs?: number | undefined;
}

/** A round may take a quarter of the time. */
const share = 4;
/** So many waiting orders are looked at within one interval; more take more intervals. */
const ordersPerInterval = 2_000;
const mostIntervals = 10;
const longestWishMs = 3_600_000;

export const usualPace = (everyMs: number): WatchPace => ({ pauseMs: everyMs, roundMs: everyMs });

/**
 * The pace after a look. A busy system is asked half as often with every look, and not before the time that it named;
 * with the first good answer the pause is as usual again. Rounds are stretched by what the last one cost.
 */
export function paceAfter(everyMs: number, before: WatchPace, load: LookLoad): WatchPace {
  const bounded = (ms: number) => Math.min(Math.max(ms, everyMs), mostIntervals * everyMs);
  if (load.busy) {
    const wishMs = Math.min(load.retryAfterMs ?? 0, longestWishMs);
    return { ...before, pauseMs: Math.max(bounded(2 * before.pauseMs), wishMs) };
  }
  const { roundMs } = before;
  const costMs = Math.max(share * load.tookMs, (load.waiting / ordersPerInterval) * everyMs);
  return { pauseMs: everyMs, roundMs: load.wholeRound ? Math.round(bounded(costMs)) : roundMs };
}
