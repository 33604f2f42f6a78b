import type { WorkflowHandle } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';

type Events = NonNullable<Awaited<ReturnType<WorkflowHandle['fetchHistory']>>['events']>;

/** When an activity began and when it ended well; by the server's clock, in epoch milliseconds. */
interface Stretch {
  readonly startedAt: number;
  readonly completedAt: number;
}

/** What a whole history tells about times. */
export interface Moments {
  /** When the workflow was given its first such signal. @throws where it was not */
  signalled(signal: string): number;
  /** Its activities of this type that have ended well, the first one first. */
  done(activity: string): readonly Stretch[];
}

export async function momentsOf(handle: WorkflowHandle): Promise<Moments> {
  const { events } = await handle.fetchHistory();
  const all = events ?? [];
  return {
    signalled: (signal) => {
      const isIt = ({ workflowExecutionSignaledEventAttributes: given }: Events[number]) =>
        given?.signalName === signal;
      const event = all.find(isIt);
      if (!event) throw new Error(`${handle.workflowId} was given no signal ${signal}`);
      return tsToMs(event.eventTime);
    },
    done: (activity) => stretches(all, activity),
  };
}

function stretches(events: Events, activity: string): Stretch[] {
  /** Events are numbered from 1. */
  const event = (id: { toNumber(): number } | null | undefined) => events[(id?.toNumber() ?? 0) - 1];
  return events.flatMap(({ eventTime, activityTaskCompletedEventAttributes: done }) => {
    const scheduled = event(done?.scheduledEventId)?.activityTaskScheduledEventAttributes;
    if (scheduled?.activityType?.name !== activity) return [];
    return [{ startedAt: tsToMs(event(done?.startedEventId)?.eventTime), completedAt: tsToMs(eventTime) }];
  });
}
