import {
  AmazonAccessError,
  AmazonAnswerError,
  AmazonRefusedError,
  AmazonThrottledError,
  AmazonUnreachableError,
} from '../../integrations/amazon/errors';
import { QueueError } from '../../integrations/amazon/queue-errors';
import { CliError } from './errors';

/** @throws CliError with what to do, in the place of an expected error of queue or Amazon. */
export async function explained<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const advice = adviceFor(error);
    if (advice === undefined || !(error instanceof Error)) throw error;
    throw new CliError(`${error.message.replace(/\.$/, '')}. ${advice}`);
  }
}

function adviceFor(error: unknown): string | undefined {
  if (error instanceof QueueError) return 'Put that right, or name the queue with --queue-arn.';
  if (error instanceof AmazonRefusedError) {
    return 'The policy of the queue must allow AWS account 437568002678, which is Amazon’s, sqs:SendMessage and sqs:GetQueueAttributes, and the queue must be a standard one.';
  }
  if (error instanceof AmazonAccessError) {
    return 'Check the secrets of the account, and that the seller authorises the application with a role that has notifications of orders.';
  }
  const isPassing =
    error instanceof AmazonThrottledError ||
    error instanceof AmazonUnreachableError ||
    error instanceof AmazonAnswerError;
  return isPassing ? 'Try again in a minute; nothing is done twice.' : undefined;
}
