import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { SweepPageInput, SweepPageResult } from '../../activities/contracts/amazon';
import { isFailureType } from '../../domain/failures';
import { beginCall, endCall } from '../../domain/intake-plan';
import type { LaneName, PageOutcome, Sweep, Window } from '../../domain/lanes';
import { sweepPage } from '../proxies';
import type { IntakeProblem, IntakeState, IntakeTimings } from './contract';
import { park, retryParked, withId } from './parked';

/** One list call of a lane. What fails is asked again later, and nothing is lost: the cursor waits. */
export async function callAmazon(
  account: string,
  lane: LaneName,
  timings: IntakeTimings,
  state: IntakeState,
): Promise<void> {
  const sweep = beginCall(state, lane, timings, Date.now());
  const sweeps = state.sweeps;
  endCall(state, lane, await outcomeOf(account, lane, sweep, state), timings, Date.now());
  if (state.sweeps === sweeps) return;
  state.lastSweepAt = new Date().toISOString();
  retryParked(state);
}

async function outcomeOf(
  account: string,
  lane: LaneName,
  sweep: Sweep,
  state: IntakeState,
): Promise<PageOutcome> {
  try {
    const summary = summaryOf(lane, sweep);
    const result = await sweepPage.executeWithOptions({ summary }, [inputOf(account, lane, sweep, state)]);
    if (result.kind === 'page') takePage(state, lane, sweep, result);
    return result;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = problemOf(error, state.problem);
    return { kind: 'failed' };
  }
}

function inputOf(account: string, lane: LaneName, sweep: Sweep, state: IntakeState): SweepPageInput {
  const { window, paginationToken } = sweep;
  const parked = state.parked.filter(withId).map(({ amazonOrderId }) => amazonOrderId);
  const isBackfill = lane === 'backfill';
  return {
    account,
    window,
    asOf: state.cursor,
    ...(paginationToken !== undefined && { paginationToken }),
    ...(parked.length > 0 && { parked }),
    ...(isBackfill && { anyAge: true }),
    ...(isBackfill && state.backfills[0]?.beforeImportSince && { beforeImportSince: true }),
  };
}

function takePage(
  state: IntakeState,
  lane: LaneName,
  sweep: Sweep,
  page: SweepPageResult & { kind: 'page' },
): void {
  delete state.problem;
  state.lastAnswerAt = new Date().toISOString();
  state.delivered += page.findings.delivered;
  const isFirst = sweep.paginationToken === undefined;
  // Without an id nobody can tell when it is delivered, so it is shown until the next fast sweep begins.
  if (lane === 'fast' && isFirst) state.parked = state.parked.filter(withId);
  park(state, page);
}

function problemOf({ cause, message }: ActivityFailure, before: IntakeProblem | undefined): IntakeProblem {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  const sentence = cause?.message ?? message;
  const since = before?.since ?? new Date().toISOString();
  return { sentence, since, ...(isFailureType(type) && { type }) };
}

const names: Readonly<Record<LaneName, string>> = {
  fast: 'Orders changed',
  slow: 'Again: orders changed',
  backfill: 'Back-fill: orders purchased',
  reconciliation: 'Reconciliation: orders purchased',
};

function summaryOf(lane: LaneName, { window, findings }: Sweep): string {
  const page = findings.pages === 0 ? '' : `, page ${findings.pages + 1}`;
  return `${names[lane]} ${describeWindow(window)}${page}`;
}

/** "since 2026-10-01T00:00:00.000Z" */
export function describeWindow(window: Window): string {
  if ('lastUpdatedAfter' in window) return `since ${window.lastUpdatedAfter}`;
  const { createdAfter, createdBefore } = window;
  return createdBefore === undefined ? `since ${createdAfter}` : `from ${createdAfter} to ${createdBefore}`;
}
