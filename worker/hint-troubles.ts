import { setTimeout } from 'node:timers/promises';
import { ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import { QueueError } from '../integrations/amazon/queue-errors';

/** Another installation is the one that receives. */
export class MayNotReceiveError extends Error {
  override readonly name = 'MayNotReceiveError';
}

/** Between attempts: the first, then twice as long each time, at most the longest. */
export interface Pauses {
  readonly firstMs: number;
  readonly longestMs: number;
}

export interface Troubles {
  /** Waits before the next attempt, or until `signal`. Logs what is new since all was well. */
  pause(error: unknown, signal: AbortSignal): Promise<void>;
  over(): void;
}

/** Of one account's receiver: each kind of trouble is logged once, not at each attempt. */
export function createTroubles(
  account: string,
  logger: Pick<Logger, 'info' | 'warn'>,
  { firstMs, longestMs }: Pauses,
): Troubles {
  const told = new Set<string>();
  let failures = 0;
  return {
    pause: async (error, signal) => {
      const { kind, sentence } = describe(error);
      if (!told.has(kind)) logger.warn({ account }, `No notifications for account ${account}: ${sentence}`);
      told.add(kind);
      const pauseMs = Math.min(firstMs * 2 ** failures, longestMs);
      failures += 1;
      await setTimeout(pauseMs, undefined, { signal }).catch(() => {
        // Told to stop: the caller sees it by the signal.
      });
    },
    over: () => {
      if (told.size > 0) logger.info({ account }, `Notifications for account ${account} are received again.`);
      told.clear();
      failures = 0;
    },
  };
}

function describe(error: unknown): { kind: string; sentence: string } {
  if (error instanceof QueueError) return { kind: error.problem, sentence: error.message };
  if (error instanceof MayNotReceiveError) {
    return { kind: 'copy', sentence: 'they stay in the queue, because the account may not write here.' };
  }
  if (error instanceof WorkflowNotFoundError) {
    return { kind: 'intake', sentence: 'its order intake does not run; a start of the worker starts it.' };
  }
  if (error instanceof ServiceError) return { kind: 'temporal', sentence: 'Temporal does not answer.' };
  return { kind: 'unexpected', sentence: String(error) };
}
