/** Something the user can put right: its message is one sentence for the terminal, without a stack. */
export class SetUpError extends Error {
  override readonly name = 'SetUpError';
}

/** What the terminal shows of a failure: the sentence of a `SetUpError`, the whole stack of anything else. */
export function describeFailure(error: unknown): string {
  if (error instanceof SetUpError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
