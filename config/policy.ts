import type { OrderPolicy } from '../domain/settings';
import type { AccountConfig } from './config';

/** Undefined where the account's settings do not name the marketplace: its orders are not imported. */
export function policyFor(account: AccountConfig, marketplaceId: string): OrderPolicy | undefined {
  return account.marketplaces.find(({ id }) => id === marketplaceId)?.policy;
}
