/** Which call failed. No headers, bodies or full addresses: those carry signatures and buyers. */
export interface ErpCall {
  readonly erp: string;
  readonly method: string;
  /** Path template, or a fixed name where the path itself may be a secret. */
  readonly path: string;
  readonly status?: number;
}

class ErpError extends Error {
  readonly call: ErpCall;

  constructor(call: ErpCall, problem: string) {
    const answer = call.status === undefined ? '' : ` answered ${call.status}`;
    super(`ERP ${call.erp}: ${call.method} ${call.path}${answer}: ${problem}`);
    this.call = call;
  }
}

/** The ERP did not take the request and may take it later: 429, 5xx, connection refused. */
export class ErpRetryableError extends ErpError {
  override readonly name = 'ErpRetryableError';
  /** How long the ERP asked to wait. */
  readonly retryAfterMs?: number;

  constructor(call: ErpCall, problem: string, retryAfterMs?: number) {
    super(call, problem);
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Time-out or lost connection after the request may have been sent: the ERP may or may not have acted. Ask with
 * `findOrder` where there is one, before the call is repeated.
 */
export class ErpUnknownOutcomeError extends ErpError {
  override readonly name = 'ErpUnknownOutcomeError';
}

/** Address, secret or rights are wrong, whatever the order: a person must look, no order is at fault. */
export class ErpConfigError extends ErpError {
  override readonly name = 'ErpConfigError';
}

/** - `headers`, `timestamp`, `signature`: not proven to be from the ERP
 *  - `body`: from the ERP, but not an event that the channel knows */
export type WebhookRefusal = 'headers' | 'timestamp' | 'signature' | 'body';

/** A pushed message that the channel does not take. Its message is a sentence for the ERP's developer. */
export class WebhookRefusedError extends Error {
  override readonly name = 'WebhookRefusedError';
  readonly reason: WebhookRefusal;

  constructor(reason: WebhookRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}
