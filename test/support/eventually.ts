import { setTimeout } from 'node:timers/promises';
import { ServiceError } from '@temporalio/client';
import { patience } from './patience';

/**
 * Looks again and again until what it sees is as wanted; fails after `waitMs`, or a minute, with what it saw last.
 * Temporal, or a worker, may be too busy to answer one look.
 */
export async function eventually<T>(
  look: () => Promise<T>,
  wanted: (seen: T) => boolean,
  waitMs?: number,
): Promise<T> {
  const isOver = patience(waitMs);
  for (;;) {
    const seen = await look().catch(unlessBusy);
    if (!(seen instanceof ServiceError) && wanted(seen)) return seen;
    if (isOver()) throw seen instanceof ServiceError ? seen : new Error(`Not as wanted: ${told(seen)}`);
    await setTimeout(25);
  }
}

/** The first answer, whatever it says; Temporal may be too busy for a while. */
export const patiently = <T>(look: () => Promise<T>): Promise<T> => eventually(look, () => true);

const told = (seen: unknown): string => JSON.stringify(seen, null, 1);

function unlessBusy(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  throw error;
}
