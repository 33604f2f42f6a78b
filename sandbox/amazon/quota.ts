import type { Clock } from '../clock';
import type { Store } from '../store';
import type { AmazonSettings } from './settings';

export const operations = [
  'searchOrders',
  'getOrder',
  'confirmShipment',
  'createFeedDocument',
  'createFeed',
  'getFeed',
  'getFeeds',
  'cancelFeed',
  'getFeedDocument',
  'createDestination',
  'getDestinations',
  'getDestination',
  'deleteDestination',
  'createSubscription',
  'getSubscription',
  'getSubscriptions',
  'getSubscriptionById',
  'deleteSubscriptionById',
] as const;
export type Operation = (typeof operations)[number];

type Rate = AmazonSettings['rates'][keyof AmazonSettings['rates']];

interface Bucket {
  operation: Operation;
  tokens: number;
  /** Sandbox time of the last look, in milliseconds. */
  at: number;
  calls: number;
  violations: number;
}

export interface OperationUse {
  calls: number;
  violations: number;
}

export interface Quota {
  /** Takes one token; false, and one violation more, when there is none. */
  take(operation: Operation): boolean;
  /** What `x-amzn-RateLimit-Limit` says: requests per second of real time. */
  rateHeader(operation: Operation): string;
  /** By operation. */
  use(): Record<string, OperationUse>;
  reset(): void;
}

/**
 * Amazon's token buckets, one per operation, filled in sandbox time: with the clock at speed 60 a client may
 * call 60 times as often. They are kept in the store, so that a restart is no way round them.
 */
export function createQuota(store: Store, clock: Clock, settings: () => AmazonSettings): Quota {
  const buckets = store.collection<Bucket>('amazon-quota');
  const rateOf = (operation: Operation) => {
    const { rates } = settings();
    const own: Partial<Record<Operation, Rate>> = rates;
    return own[operation] ?? rates.notifications;
  };
  const read = (operation: Operation): Bucket => {
    const { perSecond, burst } = rateOf(operation);
    const at = clock.now().getTime();
    const bucket = buckets.get(operation);
    if (!bucket) return { operation, tokens: burst, at, calls: 0, violations: 0 };
    const refill = (Math.max(0, at - bucket.at) / 1000) * perSecond;
    return { ...bucket, tokens: Math.min(burst, bucket.tokens + refill), at };
  };

  return {
    take: (operation) => {
      const bucket = read(operation);
      const granted = bucket.tokens >= 1;
      const change = granted ? { tokens: bucket.tokens - 1 } : { violations: bucket.violations + 1 };
      buckets.put(operation, { ...bucket, ...change, calls: bucket.calls + 1 });
      return granted;
    },
    rateHeader: (operation) => String(rateOf(operation).perSecond * clock.speed()),
    use: () =>
      Object.fromEntries(
        operations.map((operation) => {
          const { calls, violations } = read(operation);
          return [operation, { calls, violations }];
        }),
      ),
    reset: () => {
      for (const operation of operations) buckets.delete(operation);
    },
  };
}
