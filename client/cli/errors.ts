import { CommanderError } from 'commander';
import { TemporalUnreachableError } from '../../config/connect';
import { ConfigError } from '../../config/errors';
import { OrderError } from '../order-errors';

/** The command cannot be done as it was given; the message is one sentence for the terminal. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** What to write on stderr: a sentence for what is expected, the whole error for a fault. */
export function describeError(error: unknown): string {
  const expected =
    error instanceof CliError ||
    error instanceof ConfigError ||
    error instanceof OrderError ||
    error instanceof TemporalUnreachableError;
  if (expected) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Commander has written its own sentence already. */
export const isWritten = (error: unknown): error is CommanderError => error instanceof CommanderError;
