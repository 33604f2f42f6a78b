import type { PullOrderInput, SweepPageInput, SweepPageResult } from '../../activities/contracts/amazon';
import { type Findings, noFindings } from '../../domain/findings';
import * as intake from '../../workflows/intake/contract';
import { newState } from '../../workflows/intake/state';
import { getOrderTaskQueue } from '../../workflows/task-queues';
import { intakeTimings } from './intake-timings';
import { answering, ownName, startWatch } from './watch';

type Page = Extract<SweepPageResult, { kind: 'page' }>;

/** Amazon's time at which the intakes of these tests begin. */
export const since = '2026-10-01T12:00:00.000Z';

export const page =
  ({ findings, ...changes }: Partial<Omit<Page, 'findings'>> & { findings?: Partial<Findings> } = {}) =>
  async (): Promise<SweepPageResult> => ({
    kind: 'page',
    digest: nextDigest(),
    parked: [],
    released: [],
    ...changes,
    findings: { ...noFindings, pages: 1, ...findings },
  });

const notThere = async (): Promise<intake.PullOrderResult> => ({ kind: 'notFound' });

let pages = 0;
/** No page is like the one before. */
function nextDigest(): string {
  pages += 1;
  return `page ${pages}`;
}

export interface IntakeOptions {
  account?: string;
  timings?: Partial<intake.IntakeTimings>;
  state?: Partial<intake.IntakeState>;
  pullOrder?: (input: PullOrderInput) => Promise<intake.PullOrderResult>;
}

/** An intake that is answered with these pages, and then with empty ones. */
export async function openIntake(
  pages: readonly (() => Promise<SweepPageResult>)[],
  options: IntakeOptions = {},
) {
  const { account = ownName(), timings, state, pullOrder = notThere } = options;
  const sweepPage = answering<SweepPageInput, SweepPageResult>(page(), ...pages);
  const fresh: intake.IntakeState = {
    ...newState({ account, since, timings: intakeTimings() }),
    bucket: { tokens: 20, ratePerSecond: 10, burst: 20, at: Date.now() },
  };
  const input: intake.OrderIntakeInput = {
    account,
    since,
    timings: intakeTimings({ sweepEveryMs: 50, overlapMs: 60_000, ...timings }),
    ...(state && { state: { ...fresh, ...state } }),
  };
  const watch = await startWatch({
    type: intake.orderIntakeWorkflowType,
    workflowId: intake.orderIntakeWorkflowId(account),
    taskQueue: account,
    input,
    activities: { sweepPage: sweepPage.activity, pullOrder },
    activityQueues: [account, getOrderTaskQueue(account)],
    snapshot: intake.intakeSnapshotQuery,
  });
  return {
    ...watch,
    sweepPage,
    /** The state once so many sweeps have ended well. */
    swept: (times: number) => watch.until(({ sweeps }) => sweeps >= times),
    pull: (amazonOrderId: string) =>
      watch.handle.executeUpdate(intake.pullOrderUpdate, { args: [{ amazonOrderId }] }),
  };
}
