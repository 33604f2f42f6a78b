import type { Clock } from '../clock';
import type { Store } from '../store';
import type { AmazonSettings } from './settings';

export type Operation = keyof AmazonSettings['rates'];

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
  use(): Record<Operation, OperationUse>;
  reset(): void;
}

const operations: readonly Operation[] = ['searchOrders', 'getOrder', 'confirmShipment'];

/**
 * Amazon's token buckets, one per operation, filled in sandbox time: with the clock at speed 60 a client may
 * call 60 times as often. They are kept in the store, so that a restart is no way round them.
 */
export function createQuota(store: Store, clock: Clock, settings: () => AmazonSettings): Quota {
  const buckets = store.collection<Bucket>('amazon-quota');
  const read = (operation: Operation): Bucket => {
    const { perSecond, burst } = settings().rates[operation];
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
    rateHeader: (operation) => String(settings().rates[operation].perSecond * clock.speed()),
    use: () => {
      const useOf = (operation: Operation): OperationUse => {
        const { calls, violations } = read(operation);
        return { calls, violations };
      };
      return {
        searchOrders: useOf('searchOrders'),
        getOrder: useOf('getOrder'),
        confirmShipment: useOf('confirmShipment'),
      };
    },
    reset: () => {
      for (const operation of operations) buckets.delete(operation);
    },
  };
}
