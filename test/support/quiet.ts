import type { WorkflowHandle } from '@temporalio/client';
import { eventually } from './eventually';

type Duration = { seconds?: unknown; nanos?: number | null } | null | undefined;

const looksAlike = 3;

/**
 * Until nothing of the workflow is under way or due, but for activities that the test itself holds: several looks in a
 * row see the same history, and no task, activity or timer that would go on with it.
 */
export async function quiet(handle: WorkflowHandle, held: readonly string[] = []): Promise<void> {
  let lengths: number[] = [];
  const look = async () => {
    const { raw, historyLength } = await handle.describe();
    const activities = (raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name ?? '');
    const underWay = activities.filter((name) => !held.includes(name));
    if (raw.pendingWorkflowTask) underWay.push('workflow task');
    lengths = underWay.length > 0 ? [] : [...lengths, historyLength].slice(-looksAlike);
    const isSteady = lengths.length === looksAlike && new Set(lengths).size === 1;
    return { isQuiet: isSteady && !(await hasTimerDue(handle)), underWay, historyLength };
  };
  await eventually(look, ({ isQuiet }) => isQuiet);
}

/** A timer that has to fire by now, or within the time. */
export async function hasTimerDue(handle: WorkflowHandle, withinMs = 0): Promise<boolean> {
  const { events } = await handle.fetchHistory();
  const dueAt = new Map<string, number>();
  for (const event of events ?? []) {
    const { timerStartedEventAttributes: started } = event;
    const ended = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (started) dueAt.set(started.timerId ?? '', ms(event.eventTime) + ms(started.startToFireTimeout));
    if (ended) dueAt.delete(ended.timerId ?? '');
  }
  return [...dueAt.values()].some((at) => at <= Date.now() + withinMs);
}

const ms = (duration: Duration): number =>
  Number(duration?.seconds ?? 0) * 1000 + (duration?.nanos ?? 0) / 1_000_000;
