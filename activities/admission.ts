import type { AccountConfig } from '../config/config';
import type { AmazonOrder } from '../domain/order';
import type { OrderPolicy } from '../domain/settings';
import type { Admittance } from './contracts/amazon';

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
export function admit(
  order: AmazonOrder,
  { importSince, marketplaces }: ImportRules,
  { beforeImportSince = false }: Pick<Admittance, 'beforeImportSince'> = {},
): Admission {
  if (order.fulfilledBy === 'AMAZON' && order.status !== 'SHIPPED')
    return { kind: 'ignored', reason: 'Amazon fulfils it and has not shipped it yet' };
  if (!beforeImportSince && Date.parse(order.purchasedAt) < Date.parse(importSince))
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

/** Amazon cancels by itself what is not shipped for so long after the date that it promised. */
const latestShippingMs = 30 * 86_400_000;

/**
 * Whether nothing is kept of an order any more, because it was shipped longer ago than it settles and Temporal keeps
 * what has ended: it would begin a second time. A cancelled order without a workflow never begins.
 *
 * @param retentionMs how long Temporal keeps what has ended
 */
export function isForgotten(
  order: AmazonOrder,
  { settleForMs }: OrderPolicy,
  { asOf, anyAge = false }: Admittance,
  retentionMs: number,
): boolean {
  if (anyAge || order.status !== 'SHIPPED') return false;
  return Date.parse(asOf) - shippedAt(order) > settleForMs + retentionMs;
}

/** No later than this, as far as Amazon tells: it shows packages of merchants' orders only. */
function shippedAt({ packages, shipBy, lastUpdatedAt }: AmazonOrder): number {
  const times = packages.flatMap((each) =>
    each.shippedAt === undefined ? [] : [Date.parse(each.shippedAt)],
  );
  const changed = Date.parse(lastUpdatedAt);
  if (times.length > 0) return Math.min(changed, Math.max(...times));
  return shipBy === undefined ? changed : Math.min(changed, Date.parse(shipBy) + latestShippingMs);
}
