import type { PullOrderInput, SweepPageInput, SweepPageResult } from '../../activities/contracts/amazon';
import { type Findings, noFindings } from '../../domain/findings';
import * as intake from '../../workflows/intake/contract';
import { newState } from '../../workflows/intake/state';
import { getOrderTaskQueue } from '../../workflows/task-queues';
import { intakeTimings } from './intake-timings';
import { eventsOfARun } from './test-server';
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
    settled: [],
    passedOver: [],
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
    /** Until the server suggests that the run continue as new. */
    lengthen: async (timings: intake.IntakeTimings) => {
      for (let sent = 0; sent < eventsOfARun; sent += 50) {
        const send = () => watch.handle.signal(intake.intakeTimingsSignal, timings);
        await Promise.all(Array.from({ length: 50 }, send));
      }
    },
    /** When the activities of the present run were asked for, by the server's clock. */
    scheduledAt: async (): Promise<number[]> => {
      const { events } = await watch.handle.fetchHistory();
      return (events ?? [])
        .filter(({ activityTaskScheduledEventAttributes }) => activityTaskScheduledEventAttributes)
        .map(({ eventTime }) => Number(eventTime?.seconds ?? 0) * 1_000 + (eventTime?.nanos ?? 0) / 1e6);
    },
    /** The state once so many sweeps have ended well. */
    swept: (times: number) => watch.until(({ sweeps }) => sweeps >= times),
    pull: (amazonOrderId: string) =>
      watch.handle.executeUpdate(intake.pullOrderUpdate, { args: [{ amazonOrderId }] }),
  };
}
