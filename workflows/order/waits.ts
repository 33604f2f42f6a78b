import { allHandlersFinished, condition, workflowInfo } from '@temporalio/workflow';

/** Leaves the phases when the history has grown long: the order continues as new from its state. */
export class ContinueAsNewDue extends Error {
  override readonly name = 'ContinueAsNewDue';
}

/** Activities under way. One number per run, because the sandbox evaluates modules for each workflow. */
let running = 0;

/** Waits for `wanted`, or until the absolute time `at`: a wait that continues as new goes on where it was. */
export async function until(wanted: () => boolean, at?: string, summary?: string): Promise<void> {
  const awake = () => wanted() || workflowInfo().continueAsNewSuggested;
  if (at === undefined) {
    await condition(awake);
  } else {
    const leftMs = Date.parse(at) - Date.now();
    if (leftMs > 0) await condition(awake, leftMs, summary === undefined ? {} : { summary });
  }
  leaveWhenDue();
}

/** Runs an activity, unless the run is about to end: then its result would be lost. */
export async function perform<T>(activity: () => Promise<T>): Promise<T> {
  leaveWhenDue();
  running += 1;
  try {
    return await activity();
  } finally {
    running -= 1;
  }
}

/** Until nothing of this run is under way any more. */
export const allQuiet = (): Promise<void> => condition(() => running === 0 && allHandlersFinished());

function leaveWhenDue(): void {
  if (workflowInfo().continueAsNewSuggested) throw new ContinueAsNewDue();
}

/** The absolute time `ms` from now. */
export const inFuture = (ms: number): string => new Date(Date.now() + ms).toISOString();
