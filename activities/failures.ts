import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import { type FailureType, failureTypes } from '../domain/failures';
import { AlertRefusedError, AlertUnreachableError } from '../integrations/alerts/errors';
import {
  AmazonAccessError,
  AmazonAnswerError,
  AmazonRefusedError,
  AmazonThrottledError,
  AmazonTokenExpiredError,
  AmazonUnreachableError,
  AmazonUnreadableOrderError,
} from '../integrations/amazon/errors';
import {
  CommerceAccessError,
  CommerceAnswerError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import { ErpConfigError, ErpRetryableError, ErpUnknownOutcomeError } from '../integrations/erp/errors';
import { NotBegunError } from './keyed-gate';
import { NotConfiguredError } from './not-configured';
import { GuardUnreadableError, WritesOffError } from './write-guard';

const longestThrottleMs = 2 * 60_000;

interface Decision {
  readonly type: FailureType;
  /** The vendor's own wish; without one the retry policy decides. */
  readonly retryAfterMs?: number;
  /** Trying again alone does not help. */
  readonly final?: boolean;
}

/**
 * What a failed call means for Temporal: the only place that turns the integrations' errors into failures. Unknown
 * errors pass untouched, for they are bugs.
 */
export function toFailure(error: unknown, attempt = 1): unknown {
  const decision = decide(error, attempt);
  if (!decision || !(error instanceof Error)) return error;
  const { type, retryAfterMs, final = false } = decision;
  return ApplicationFailure.create({
    message: error.message,
    type,
    nonRetryable: final,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
    ...(!final && { category: ApplicationFailureCategory.BENIGN }),
  });
}

function decide(error: unknown, attempt: number): Decision | undefined {
  if (error instanceof AmazonThrottledError) {
    return { type: failureTypes.throttled, retryAfterMs: growing(error.retryAfterMs, attempt) };
  }
  if (
    error instanceof ErpRetryableError ||
    error instanceof CommerceUnreachableError ||
    error instanceof AlertUnreachableError
  ) {
    return unreachable(error.retryAfterMs);
  }
  if (error instanceof AmazonUnreachableError || error instanceof ErpUnknownOutcomeError) {
    return unreachable();
  }
  if (error instanceof NotBegunError) return { type: failureTypes.throttled };
  if (isUnexpected(error)) return { type: failureTypes.unexpectedAnswer };
  if (error instanceof GuardUnreadableError) return unreachable();
  if (error instanceof WritesOffError) return { type: failureTypes.writesOff, final: true };
  if (error instanceof NotConfiguredError) return { type: failureTypes.notConfigured, final: true };
  if (isAccess(error)) return { type: failureTypes.accessDenied, final: true };
  if (isRefusal(error)) return { type: failureTypes.refused, final: true };
  return undefined;
}

/**
 * Amazon tells the time of one call only; where many wait for it, each has to wait longer, and not all equally long.
 */
function growing(retryAfterMs: number, attempt: number): number {
  const ms = Math.min(retryAfterMs * 2 ** (attempt - 1), Math.max(longestThrottleMs, retryAfterMs));
  return attempt === 1 ? ms : Math.round(ms * (1 + Math.random() / 10));
}

const unreachable = (retryAfterMs?: number): Decision =>
  retryAfterMs === undefined
    ? { type: failureTypes.unreachable }
    : { type: failureTypes.throttled, retryAfterMs };

const isAccess = (error: unknown) =>
  error instanceof AmazonAccessError ||
  error instanceof CommerceAccessError ||
  error instanceof ErpConfigError ||
  error instanceof AlertRefusedError;

const isUnexpected = (error: unknown) =>
  error instanceof AmazonAnswerError ||
  error instanceof AmazonUnreadableOrderError ||
  error instanceof CommerceAnswerError;

const isRefusal = (error: unknown) =>
  error instanceof AmazonRefusedError ||
  error instanceof AmazonTokenExpiredError ||
  error instanceof CommerceRefusedError;

/** Around every activity of a worker, so that activities throw what their integration throws. */
export const failureInterceptor: ActivityInboundCallsInterceptor = {
  async execute(input, next) {
    try {
      return await next(input);
    } catch (error) {
      throw toFailure(error, activityInfo().attempt);
    }
  },
};
