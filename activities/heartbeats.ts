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

/**
 * Says that the worker lives while an activity takes long, so that what a killed worker had under way is done by
 * another one after the heartbeat time-out and not only after the longest call's. Short activities send nothing.
 */
export const heartbeatInterceptor: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    const context = Context.current();
    const timer = setInterval(() => heartbeat(progress.get(context)), everyMs);
    try {
      return await next(input);
    } finally {
      clearInterval(timer);
    }
  },
};
