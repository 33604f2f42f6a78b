import type { AmazonOrder } from '../domain/order';
import type { OrderPolicy } from '../domain/settings';
import { buyerTokens, type KeyedHash, orderVersion } from '../integrations/temporal/keyed-hash';
import type { OrderDelivery } from '../workflows/order/contract';

/** What the workflow of `order` is told: workflows have no crypto, so both hashes are made here. */
export function orderDelivery(order: AmazonOrder, policy: OrderPolicy, hash: KeyedHash): OrderDelivery {
  return {
    order,
    version: orderVersion(hash, order),
    buyerTokens: buyerTokens(hash, order.buyer ?? {}),
    policy,
  };
}
