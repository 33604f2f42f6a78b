import { Context, heartbeat } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

const everyMs = 3_000;

/** What each running activity said last; Temporal keeps only the newest. */
const progress = new WeakMap<Context, unknown>();

/** Says how far the activity is, for whoever has to judge what a killed worker left behind. */
export function reportProgress(details: unknown): void {
  progress.set(Context.current(), details);
  heartbeat(details);
}

/** What the attempts of one activity tell each other. */
export interface Progress {
  /** What was kept last, by an attempt before this one. */
  readonly before: unknown;
  /** Resolves once Temporal has it; rejects where it cannot be reached, or has given this attempt up. */
  keep(details: unknown): Promise<void>;
}

/**
 * By a call beside the SDK's heartbeat, which is held back for seconds and does not tell whether it arrived. Both, for
 * one that is held back would bring what was said before.
 */
export function activityProgress(): Progress {
  const context = Context.current();
  return {
    before: context.info.heartbeatDetails,
    keep: async (details) => {
      reportProgress(details);
      await context.client.activity.heartbeat(context.info.taskToken, details);
    },
  };
}

/**
 * Says that the worker lives while an activity takes long, so that what a killed worker had under way is done by
 * another one after the heartbeat time-out and not only after the longest call's. Short activities send nothing.
 */
export const heartbeatInterceptor: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    const context = Context.current();
    // A heartbeat without it would take from the next attempt what an earlier one has kept.
    progress.set(context, context.info.heartbeatDetails);
    const timer = setInterval(() => heartbeat(progress.get(context)), everyMs);
    try {
      return await next(input);
    } finally {
      clearInterval(timer);
    }
  },
};
