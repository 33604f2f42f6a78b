export type AmazonOperation =
  | 'logIn'
  | 'searchOrders'
  | 'getOrder'
  | 'confirmShipment'
  | 'createFeedDocument'
  | 'uploadFeedDocument'
  | 'createFeed'
  | 'getFeed'
  | 'getFeedDocument'
  | 'downloadFeedDocument'
  | 'getDestinations'
  | 'createDestination'
  | 'getSubscription'
  | 'createSubscription'
  | 'deleteSubscriptionById';

/** Which call failed. No headers, bodies or query strings: those carry tokens, secrets and buyers. */
export interface AmazonCall {
  readonly operation: AmazonOperation;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Path template, as Amazon's description writes it; addresses that carry a signature are left out. */
  readonly path: string;
  readonly status?: number;
  /** `x-amzn-RequestId`, which Amazon's support asks for. */
  readonly requestId?: string;
}

class AmazonError extends Error {
  readonly call: AmazonCall;

  constructor(call: AmazonCall, problem: string) {
    const answer = call.status === undefined ? '' : ` answered ${call.status}`;
    const request = call.requestId === undefined ? '' : ` (request ${call.requestId})`;
    super(`Amazon: ${call.operation} ${call.method} ${call.path}${answer}: ${problem}${request}`);
    this.call = call;
  }
}

/** 429. Amazon says no time to wait; one token of its bucket comes back after `retryAfterMs`. */
export class AmazonThrottledError extends AmazonError {
  override readonly name = 'AmazonThrottledError';
  readonly retryAfterMs: number;
  /** The live quota as Amazon told it last; absent while it never did. */
  readonly ratePerSecond?: number;

  constructor(call: AmazonCall, retryAfterMs: number, ratePerSecond?: number) {
    super(call, `quota exceeded, to be tried again after ${retryAfterMs} ms`);
    this.retryAfterMs = retryAfterMs;
    if (ratePerSecond !== undefined) this.ratePerSecond = ratePerSecond;
  }
}

/**
 * Network, time-out or 5xx. A write may have taken effect; Amazon's are safe to repeat with the same body.
 */
export class AmazonUnreachableError extends AmazonError {
  override readonly name = 'AmazonUnreachableError';
}

/** Credentials, authorisation or role: 401 and 403 after a fresh token, 400 and 401 of Login with Amazon. */
export class AmazonAccessError extends AmazonError {
  override readonly name = 'AmazonAccessError';
}

/** Any other 4xx: Amazon does not take this request. */
export class AmazonRefusedError extends AmazonError {
  override readonly name = 'AmazonRefusedError';
  /** Amazon's error code; most refusals share `InvalidInput`, so the text tells them apart. */
  readonly code: string;
  readonly text: string;

  constructor(call: AmazonCall, code: string, text: string) {
    super(call, `${code}: ${text}`);
    this.code = code;
    this.text = text;
  }
}

/** The pagination token is too old or not taken any more: only a new search helps. */
export class AmazonTokenExpiredError extends AmazonError {
  override readonly name = 'AmazonTokenExpiredError';
}

/** The answer is HTML, no JSON, or not of the described shape. `problem` names the field, quotes no value. */
export class AmazonAnswerError extends AmazonError {
  override readonly name = 'AmazonAnswerError';
}

/** Amazon's answer is of the described shape, but the order in it cannot be mapped; `reason` names the field. */
export class AmazonUnreadableOrderError extends AmazonError {
  override readonly name = 'AmazonUnreadableOrderError';
  readonly reason: string;

  constructor(call: AmazonCall, reason: string) {
    super(call, reason);
    this.reason = reason;
  }
}
