import {
  isGrpcDeadlineError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { rootCause } from '@temporalio/common';
import { OrderRefusedError, OrderUnansweredError } from './order-errors';

export const noWorker = 'no worker answered in time; is the worker running?';

interface Wording {
  /** What the sentence is about, e.g. an order. */
  readonly subject: string;
  /** There is no such workflow, or it has ended: Temporal calls both "not found". */
  readonly absent: () => Error | Promise<Error>;
  /** Nobody answered in time. */
  readonly late?: string;
}

/** What is expected of a workflow that was sent something becomes a sentence, everything else stays as it is. */
export async function inWords(
  error: unknown,
  { subject, absent, late = noWorker }: Wording,
): Promise<unknown> {
  if (error instanceof WorkflowNotFoundError) return absent();
  if (error instanceof WorkflowUpdateFailedError) {
    return new OrderRefusedError(rootCause(error.cause) ?? `${subject} refuses it.`);
  }
  const isLate = error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || isGrpcDeadlineError(error);
  return isLate ? new OrderUnansweredError(`${subject}: ${late}`) : error;
}
