import type { OrderRef, SweepPageInput, SweepPageResult } from '../../activities/contracts/amazon';
import * as intake from '../../workflows/intake/contract';
import { getOrderTaskQueue } from '../../workflows/task-queues';
import { answering, ownName, startWatch } from './watch';

type Page = Extract<SweepPageResult, { kind: 'page' }>;

/** Amazon's time at which the intakes of these tests begin. */
export const since = '2026-10-01T12:00:00.000Z';

export const page =
  (changes: Partial<Page> = {}) =>
  async (): Promise<SweepPageResult> => ({
    kind: 'page',
    delivered: 0,
    unchanged: 0,
    parked: [],
    released: [],
    ...changes,
  });

export interface IntakeOptions {
  account?: string;
  timings?: Partial<intake.IntakeTimings>;
  state?: Partial<intake.IntakeState>;
  pullOrder?: (input: OrderRef) => Promise<intake.PullOrderResult>;
}

/** An intake that is answered with these pages, and then with empty ones. */
export async function openIntake(
  pages: readonly (() => Promise<SweepPageResult>)[],
  options: IntakeOptions = {},
) {
  const { account = ownName(), timings, state, pullOrder } = options;
  const sweepPage = answering<SweepPageInput, SweepPageResult>(page(), ...pages);
  const fresh: intake.IntakeState = {
    cursor: since,
    bucket: { tokens: 20, ratePerSecond: 10, burst: 20, at: Date.now() },
    parked: [],
    sweeps: 0,
    delivered: 0,
  };
  const input: intake.OrderIntakeInput = {
    account,
    since,
    timings: { sweepEveryMs: 50, overlapMs: 60_000, ...timings },
    ...(state && { state: { ...fresh, ...state } }),
  };
  const watch = await startWatch({
    type: intake.orderIntakeWorkflowType,
    workflowId: intake.orderIntakeWorkflowId(account),
    taskQueue: account,
    input,
    activities: { sweepPage: sweepPage.activity, ...(pullOrder && { pullOrder }) },
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
