import { ActivityFailure, sleep } from '@temporalio/workflow';
import type { SweepPageResult } from '../../activities/contracts/amazon';
import { emptied, takeToken, waitForToken, withRate } from '../../domain/quota';
import { sweepPage } from '../proxies';
import type { IntakeState, IntakeTimings } from './contract';
import { park, withId } from './parked';

/** One page after the other, each within the quota. The cursor moves only when the last one is delivered. */
export async function sweep(account: string, timings: IntakeTimings, state: IntakeState): Promise<void> {
  const lastUpdatedAfter = earlier(state.cursor, timings.overlapMs);
  let paginationToken: string | undefined;
  let nextCursor: string | undefined;
  for (;;) {
    const result = await nextPage(state, account, lastUpdatedAfter, paginationToken);
    if (result === undefined || result.kind === 'tokenExpired') return;
    if (result.kind === 'throttled') continue;
    state.delivered += result.delivered;
    const before = paginationToken === undefined ? state.parked.filter(withId) : state.parked;
    state.parked = park(before, result);
    nextCursor ??= result.lastUpdatedBefore;
    paginationToken = result.nextToken;
    if (paginationToken === undefined) break;
  }
  state.sweeps += 1;
  state.lastSweepAt = new Date().toISOString();
  if (nextCursor !== undefined && Date.parse(nextCursor) > Date.parse(state.cursor))
    state.cursor = nextCursor;
}

/** Undefined when the page could not be had; the sweep begins again later, and nothing is lost. */
async function nextPage(
  state: IntakeState,
  account: string,
  lastUpdatedAfter: string,
  paginationToken: string | undefined,
): Promise<SweepPageResult | undefined> {
  const waitMs = waitForToken(state.bucket, Date.now());
  if (waitMs > 0) await sleep(waitMs, { summary: 'Amazon’s quota' });
  state.bucket = takeToken(state.bucket, Date.now());
  const parked = state.parked.filter(withId).map(({ amazonOrderId }) => amazonOrderId);
  const input = {
    account,
    lastUpdatedAfter,
    ...(paginationToken !== undefined && { paginationToken }),
    ...(parked.length > 0 && { parked }),
  };
  try {
    const result = await sweepPage.executeWithOptions(
      { summary: `Orders changed since ${lastUpdatedAfter}` },
      [input],
    );
    delete state.problem;
    if (result.kind !== 'tokenExpired') state.bucket = withRate(state.bucket, result.ratePerSecond);
    if (result.kind === 'throttled') state.bucket = emptied(state.bucket, Date.now());
    return result;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = error.cause?.message ?? error.message;
    return undefined;
  }
}

const earlier = (time: string, ms: number): string => new Date(Date.parse(time) - ms).toISOString();
