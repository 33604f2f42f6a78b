import type { InventoryStrategy, OrderPolicy } from '../domain/settings';
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
    ...ofStock(policy.inventory).map((sentence) => `${place}: ${sentence}`),
    ...(policy.customer === 'newAccount'
      ? [`${place}: with customer newAccount, Commerce mails a welcome to each new account.`]
      : []),
    ...ofStatus(policy).map((sentence) => `${place}: ${sentence}`),
  ];
}

/** `processing` is the default of the state with that name. */
function ofStatus({ orderStatus, invoice }: OrderPolicy): string[] {
  if (orderStatus === 'processing') return [];
  const code = `order status ${orderStatus}`;
  return [
    invoice === 'onImport'
      ? `with invoice onImport, Commerce puts its default in the place of ${code} as soon as an order is invoiced.`
      : `Commerce takes ${code} unchecked and shows it blank where it does not know it: see that it exists there, for the state processing.`,
  ];
}

function ofStock(inventory: InventoryStrategy): string[] {
  switch (inventory) {
    case 'none':
      return [
        "with inventory none, Amazon's orders do not lower the salable quantity in Commerce, not even when they are shipped; the ERP should set the quantities there.",
      ];
    case 'dedicatedWebsite':
      return [
        'with inventory dedicatedWebsite, an order lowers the salable quantity of the shop when it is shipped, not before; the last units can be sold twice until then.',
      ];
    case 'sourceTransfer':
      return [];
  }
}

const isLoopback = (host: string) => ['127.0.0.1', '::1', 'localhost'].includes(host);
