import type { AccountConfig } from '../config/config';
import type { AmazonOrder } from '../domain/order';
import type { OrderPolicy } from '../domain/settings';

export type ImportRules = Pick<AccountConfig, 'importSince' | 'marketplaces'>;

/**
 * - `admitted`: belongs to a workflow
 * - `ignored`: not to be imported, or not yet
 * - `parked`: a person has to look
 */
export type Admission =
  | { readonly kind: 'admitted'; readonly policy: OrderPolicy }
  | { readonly kind: 'ignored' | 'parked'; readonly reason: string };

/** Whether an order may come to its workflow at all, by the account's settings. */
export function admit(order: AmazonOrder, { importSince, marketplaces }: ImportRules): Admission {
  if (order.fulfilledBy === 'AMAZON' && order.status !== 'SHIPPED')
    return { kind: 'ignored', reason: 'Amazon fulfils it and has not shipped it yet' };
  if (Date.parse(order.purchasedAt) < Date.parse(importSince))
    return { kind: 'ignored', reason: `It was purchased before ${importSince}, when importing begins` };
  if (order.status === 'UNFULFILLABLE')
    return { kind: 'parked', reason: 'Amazon shows it as UNFULFILLABLE: look at it in Seller Central' };
  const policy = policyOf(order.marketplaceId, marketplaces);
  if (!policy)
    return { kind: 'parked', reason: `Marketplace ${order.marketplaceId} is not in the account’s settings` };
  return { kind: 'admitted', policy };
}

export function policyOf(
  marketplaceId: string,
  marketplaces: ImportRules['marketplaces'],
): OrderPolicy | undefined {
  return marketplaces.find(({ id }) => id === marketplaceId)?.policy;
}
