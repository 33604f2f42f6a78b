import type { AmazonOrder } from '../domain/order';
import type { OrderPolicy } from '../domain/settings';
import { ownSkuMap, type SkuMap } from '../domain/sku-map';
import { buyerTokens, type KeyedHash, orderVersion } from '../integrations/temporal/keyed-hash';
import type { OrderDelivery } from '../workflows/order/contract';

/** What the workflow of `order` is told: workflows have no crypto, so both hashes are made here. */
export function orderDelivery(
  order: AmazonOrder,
  policy: OrderPolicy,
  hash: KeyedHash,
  skuMap: SkuMap = {},
): OrderDelivery {
  const own = ownSkuMap(order, skuMap);
  return {
    order,
    version: orderVersion(hash, order),
    buyerTokens: buyerTokens(hash, order.buyer ?? {}),
    policy,
    ...(Object.keys(own).length > 0 && { skuMap: own }),
  };
}
