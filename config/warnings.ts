import type { AccountConfig, Config, MarketplaceConfig } from './config';

/** What works and may surprise: one sentence each, for the log at start-up. */
export function startUpWarnings({ accounts, http }: Config): string[] {
  const { host } = http.page;
  return [
    ...accounts.flatMap((account) =>
      account.marketplaces.flatMap((marketplace) => ofMarketplace(account, marketplace)),
    ),
    ...(isLoopback(host) ? [] : [`The Orders page listens on ${host} and shows buyers to all who reach it.`]),
  ];
}

function ofMarketplace({ name }: AccountConfig, { id, policy }: MarketplaceConfig): string[] {
  if (policy.importOrders === 'disabled') return [];
  const place = `Account ${name}, marketplace ${id}`;
  return [
    `${place}: with inventory none, Amazon's orders do not lower the salable quantity in Commerce, not even when they are shipped; the ERP should set the quantities there.`,
    ...(policy.customer === 'newAccount'
      ? [`${place}: with customer newAccount, Commerce mails a welcome to each new account.`]
      : []),
  ];
}

const isLoopback = (host: string) => ['127.0.0.1', '::1', 'localhost'].includes(host);
