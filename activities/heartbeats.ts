import { heartbeat } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';

const everyMs = 3_000;

/**
 * Says that the worker lives while an activity takes long, so that what a killed worker had under way is done by
 * another one after the heartbeat time-out and not only after the longest call's. Short activities send nothing.
 */
export const heartbeatInterceptor: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    const timer = setInterval(() => heartbeat(), everyMs);
    try {
      return await next(input);
    } finally {
      clearInterval(timer);
    }
  },
};
