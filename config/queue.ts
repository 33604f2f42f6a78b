/** The AWS region in an address of Amazon's own queue service; undefined for one that does not tell it. */
export function queueRegion(queueUrl: string): string | undefined {
  const { hostname } = new URL(queueUrl);
  return /^sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(hostname)?.[1];
}

export const noQueueRegion = 'is missing, because the address of the queue does not tell it';

/** FIFO queues have a name that ends so. */
export const isStandardQueue = (queueUrl: string): boolean => !queueUrl.endsWith('.fifo');
