import { z } from 'zod';

/**
 * - `credentials`: the AWS SDK finds none, or AWS does not take them
 * - `denied`: they lack a right
 * - `missing`: there is no such queue
 * - `unreachable`: network, time-out, 5xx or throttling; to be tried again
 * - `refused`: anything else that AWS answered
 */
export type QueueProblem = 'credentials' | 'denied' | 'missing' | 'unreachable' | 'refused';

/** What was asked of the queue service, in its own word, which is also the word of the right that it needs. */
export type QueueOperation = 'ReceiveMessage' | 'DeleteMessage' | 'GetQueueAttributes';

/**
 * A queue could not be asked. Its message is a sentence for the operator; of the SDK's error only the name is kept,
 * because the rest may hold messages and signatures.
 */
export class QueueError extends Error {
  override readonly name = 'QueueError';
  readonly problem: QueueProblem;

  constructor(problem: QueueProblem, queue: string, sentence: string) {
    super(`Queue ${queue}: ${sentence}`);
    this.problem = problem;
  }
}

const credentialErrors = [
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSecurity',
  'InvalidSignatureException',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
];
const deniedErrors = ['AccessDenied', 'AccessDeniedException', 'KmsAccessDenied'];
const missingErrors = [
  'AWS.SimpleQueueService.NonExistentQueue',
  'InvalidAddress',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
];
const throttlingErrors = ['KmsThrottled', 'OverLimit', 'RequestThrottled', 'ThrottlingException'];

/** What the AWS SDK's error means, whatever else it holds. */
export function toQueueError(error: unknown, queue: string, operation: QueueOperation): QueueError {
  const { name, status } = nameAndStatus(error);
  const failed = (problem: QueueProblem, sentence: string) => new QueueError(problem, queue, sentence);
  if (name === 'CredentialsProviderError') {
    return failed(
      'credentials',
      'the AWS SDK finds no credentials, neither in variables nor in files nor as a role.',
    );
  }
  if (credentialErrors.includes(name)) {
    return failed('credentials', `AWS does not take the credentials (${name}).`);
  }
  if (deniedErrors.includes(name)) {
    return failed('denied', `AWS does not allow sqs:${operation} with these credentials (${name}).`);
  }
  if (missingErrors.includes(name)) {
    return failed('missing', `there is no such queue (${name}); look at queueUrl and region.`);
  }
  if (status === undefined || status >= 500 || throttlingErrors.includes(name)) {
    return failed('unreachable', `no answer to ${operation} (${name}).`);
  }
  return failed('refused', `${operation} is refused (${name}, status ${status}).`);
}

const plainName = z.string().regex(/^(?!Error$)[\w.]{1,60}$/);
const sdkErrorSchema = z.object({
  name: plainName.optional().catch(undefined),
  /** `ECONNREFUSED` and the like. */
  code: plainName.optional().catch(undefined),
  $metadata: z.object({ httpStatusCode: z.number().optional() }).optional().catch(undefined),
});

function nameAndStatus(error: unknown): { name: string; status: number | undefined } {
  const { name, code, $metadata } = sdkErrorSchema.safeParse(error).data ?? {};
  return { name: code ?? name ?? 'no reason given', status: $metadata?.httpStatusCode };
}
