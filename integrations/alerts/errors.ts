class AlertError extends Error {
  constructor(destination: string, problem: string) {
    super(`Alerts by ${destination}: ${problem}`);
  }
}

/** Not taken now, or the answer was lost: sent again under the same id. */
export class AlertUnreachableError extends AlertError {
  override readonly name = 'AlertUnreachableError';
  /** How long the receiver asked to wait. */
  readonly retryAfterMs?: number;

  constructor(destination: string, problem: string, retryAfterMs?: number) {
    super(destination, problem);
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/** Address, secret, sender or receiver are wrong: a person must look. */
export class AlertRefusedError extends AlertError {
  override readonly name = 'AlertRefusedError';
}
