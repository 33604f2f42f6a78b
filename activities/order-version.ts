import type { AmazonOrder } from '../domain/order';
import type { OrderPolicy } from '../domain/settings';
import { buyerTokens, type KeyedHash } from '../integrations/temporal/keyed-hash';
import type { OrderDelivery } from '../workflows/order/contract';

/** What the workflow of `order` is told: workflows have no crypto, so both hashes are made here. */
export function orderDelivery(order: AmazonOrder, policy: OrderPolicy, hash: KeyedHash): OrderDelivery {
  return {
    order,
    version: `${order.lastUpdatedAt} ${hash(canonicalJson(order))}`,
    buyerTokens: buyerTokens(hash, order.buyer ?? {}),
    policy,
  };
}

/** The same text for the same data, in whatever order its keys came. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}
