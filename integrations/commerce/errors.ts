/** Which call failed. No headers, bodies or full addresses: those carry signatures and buyers. */
export interface CommerceCall {
  readonly commerce: string;
  /** What the channel wanted, e.g. "create order". */
  readonly operation: string;
  readonly method: string;
  /** Path template, e.g. `/V1/orders/{id}`. */
  readonly path: string;
  readonly status?: number;
}

/** Any of the below. */
export class CommerceError extends Error {
  readonly call: CommerceCall;

  constructor(call: CommerceCall, problem: string) {
    const answer = call.status === undefined ? '' : ` answered ${call.status}`;
    super(`Commerce ${call.commerce}: ${call.operation} (${call.method} ${call.path})${answer}: ${problem}`);
    this.call = call;
  }
}

/** No usable answer, perhaps later: network, time-out, 408, 429, 5xx. */
export class CommerceUnreachableError extends CommerceError {
  override readonly name = 'CommerceUnreachableError';
  /** Commerce may have done what was asked: look before asking again. False where nothing can have happened. */
  readonly outcomeUnknown: boolean;
  readonly problem: string;
  /** How long Commerce asked to wait. */
  readonly retryAfterMs?: number;

  constructor(
    call: CommerceCall,
    problem: string,
    { outcomeUnknown, retryAfterMs }: { outcomeUnknown: boolean; retryAfterMs?: number | undefined },
  ) {
    super(call, problem);
    this.outcomeUnknown = outcomeUnknown;
    this.problem = problem;
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs;
  }
}

/** 401 and 403: keys, rights or the address are wrong, whatever the order. A person must act. */
export class CommerceAccessError extends CommerceError {
  override readonly name = 'CommerceAccessError';
}

/** Commerce, or the channel in its place, refuses this request; asking again alone does not help. */
export class CommerceRefusedError extends CommerceError {
  override readonly name = 'CommerceRefusedError';
  /** Why, in Commerce's words where they quote nothing of the buyer. For the operator. */
  readonly sentence: string;

  constructor(call: CommerceCall, sentence: string) {
    super(call, sentence);
    this.sentence = sentence;
  }
}

/** The answer is not what this call answers: a proxy's page, another version. Its effect is unknown. */
export class CommerceAnswerError extends CommerceError {
  override readonly name = 'CommerceAnswerError';
}
