import { setCurrentDetails } from '@temporalio/workflow';
import { nextCall } from '../../domain/intake-plan';
import { type Lane, type LaneName, laneNames, type Report } from '../../domain/lanes';
import { describeWindow } from './calls';
import type { IntakeState } from './contract';

const names: Readonly<Record<LaneName, string>> = {
  fast: 'sweep',
  slow: 'slow sweep',
  backfill: 'back-fill',
  reconciliation: 'reconciliation',
};
const mostShown = 20;

/** What the Temporal Web UI says of the intake. */
export function showStory(account: string, state: IntakeState): void {
  const { cursor, bucket, parked, parkedMore, sweeps, delivered, hints, problem } = state;
  const plan = nextCall(state, Date.now());
  setCurrentDetails(
    [
      problem === undefined
        ? `Lists the orders of account **${account}** at Amazon.`
        : `**Since ${problem.since} the lists of account ${account} fail:** ${problem.sentence}`,
      '',
      `- delivered up to (Amazon’s time): ${cursor}`,
      `- last answer: ${state.lastAnswerAt ?? 'none yet'}`,
      `- last good sweep: ${state.lastSweepAt ?? 'none yet'} (${sweeps} in all)`,
      `- orders signalled: ${delivered}`,
      `- next call: ${'at' in plan ? timeOf(plan.at) : 'now'}`,
      `- calls left: ${Math.floor(bucket.tokens)} of ${bucket.burst}, ${bucket.ratePerSecond} come back per second`,
      ...laneNames.map((name) => `- ${names[name]}: ${describeLane(state.lanes[name])}`),
      ...Object.entries(state.lastReports)
        .filter(([name]) => name !== 'fast')
        .map(([name, report]) => `- last ${names[name as LaneName]}: ${describeReport(report)}`),
      `- orders to be read one by one: ${hints.length}`,
      `- parked: ${parked.length + parkedMore}`,
      ...parked
        .slice(0, mostShown)
        .map(({ amazonOrderId, reason }) => `  - ${amazonOrderId ?? 'an order without an id'}: ${reason}`),
    ].join('\n'),
  );
}

function describeLane({ dueAt, sweep }: Lane): string {
  if (!sweep) return dueAt === undefined ? 'when somebody asks for it' : `next at ${timeOf(dueAt)}`;
  const { window, findings, failures } = sweep;
  const failed = failures === 0 ? '' : `, ${failures} calls failed`;
  return `${describeWindow(window)}, ${findings.pages} pages, ${findings.listed} orders so far${failed}`;
}

function describeReport({ finishedAt, findings }: Report): string {
  const { listed, started, restarted, differing, tooOld } = findings;
  return `${finishedAt}: ${listed} listed, ${started.count} started, ${restarted.count} started again, ${differing.count} differ, ${tooOld.count} too old`;
}

const timeOf = (at: number): string =>
  Number.isFinite(at) ? new Date(at).toISOString() : 'at the next wish';
