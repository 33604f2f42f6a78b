import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { SweepPageInput, SweepPageResult } from '../../activities/contracts/amazon';
import { isFailureType } from '../../domain/failures';
import { endCall, repeats } from '../../domain/intake-outcome';
import { beginCall } from '../../domain/intake-plan';
import type { LaneName, PageOutcome, Sweep, Window } from '../../domain/lanes';
import { beginOf, endOf } from '../../domain/sweep-window';
import { sweepPage } from '../proxies';
import type { IntakeProblem, IntakeState, IntakeTimings, WiderAdmittance } from './contract';
import { park, retryParked, withId } from './parked';
import { skuMapInput } from './sku-map';

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
    if (result.kind !== 'page') return result;
    takePage(state, lane, sweep, result);
    return repeats(sweep, result) ? repeated(state, lane, sweep) : result;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = problemOf(error, { lane, page: sweep.page }, state.problem);
    const { type, sentence } = state.problem;
    return type === 'Refused' || type === 'NotConfigured'
      ? { kind: 'refused', sentence }
      : { kind: 'failed' };
  }
}

function inputOf(account: string, lane: LaneName, sweep: Sweep, state: IntakeState): SweepPageInput {
  const { window, paginationToken } = sweep;
  return {
    account,
    window,
    asOf: state.asOf,
    ...(paginationToken !== undefined && { paginationToken }),
    ...(state.parked.length > 0 && { tellIds: true }),
    ...skuMapInput(state),
    ...lookOf(lane, state),
  };
}

function takePage(
  state: IntakeState,
  lane: LaneName,
  sweep: Sweep,
  page: SweepPageResult & { kind: 'page' },
): void {
  const { problem } = state;
  if (problem?.lane === lane && sweep.page >= problem.page) delete state.problem;
  state.lastAnswerAt = new Date().toISOString();
  state.delivered += page.findings.delivered;
  // Without an id nobody can tell when it is delivered, so it is shown until its lane begins again.
  if (sweep.page === 0) state.parked = state.parked.filter((order) => order.lane !== lane);
  const parked = page.parked.map((order) => (withId(order) ? order : { ...order, lane }));
  park(state, { ...page, parked }, lookOf(lane, state));
}

/** A back-fill takes what sweeps leave out. */
function lookOf(lane: LaneName, { backfills }: IntakeState): WiderAdmittance {
  if (lane !== 'backfill') return {};
  return { anyAge: true, ...(backfills[0]?.beforeImportSince && { beforeImportSince: true }) };
}

/** Its orders are delivered, but what comes after it cannot be had. */
function repeated(state: IntakeState, lane: LaneName, sweep: Sweep): PageOutcome {
  state.problem = {
    type: 'UnexpectedAnswer',
    sentence: 'Amazon gives the same page of orders again and again.',
    since: state.problem?.since ?? new Date().toISOString(),
    lane,
    page: sweep.page,
  };
  return { kind: 'failed' };
}

function problemOf(
  { cause, message }: ActivityFailure,
  where: Pick<IntakeProblem, 'lane' | 'page'>,
  before: IntakeProblem | undefined,
): IntakeProblem {
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  const sentence = cause?.message ?? message;
  const since = before?.since ?? new Date().toISOString();
  return { ...where, sentence, since, ...(isFailureType(type) && { type }) };
}

const names: Readonly<Record<LaneName, string>> = {
  fast: 'Orders changed',
  slow: 'Again: orders changed',
  backfill: 'Back-fill: orders purchased',
  reconciliation: 'Reconciliation: orders purchased',
};

function summaryOf(lane: LaneName, { window, page: pages }: Sweep): string {
  const page = pages === 0 ? '' : `, page ${pages + 1}`;
  return `${names[lane]} ${describeWindow(window)}${page}`;
}

/** "since 2026-10-01T00:00:00.000Z" */
export function describeWindow(window: Window): string {
  const until = endOf(window);
  return until === undefined ? `since ${beginOf(window)}` : `from ${beginOf(window)} to ${until}`;
}
