import { regionOf } from './marketplaces';
import type { AccountSettings, CommerceSettings, MarketplaceSettings, Settings } from './schema';

/** Settings that are right one by one and do not go together; one sentence each. */
export function contradictions(settings: Settings): string[] {
  const { accounts, commerce, erps, page, codec } = settings;
  return [
    ...repeated('accounts', 'name', accounts, ({ name }) => name),
    ...repeated('commerce', 'name', commerce, ({ name }) => name),
    ...repeated('erps', 'name', erps, ({ name }) => name),
    ...sameSellers(accounts),
    ...sharedQueues(accounts),
    ...commerce.flatMap((instance, index) => ofEdition(instance, `commerce[${index}]`)),
    ...commerce.flatMap(({ stock }, index) => ofSources(stock, `commerce[${index}].stock`)),
    ...accounts.flatMap((account, index) => ofAccount(settings, account, `accounts[${index}]`)),
    ...(page.port === codec.port ? [`page.port and codec.port are both ${page.port}: choose another.`] : []),
  ];
}

function repeated<T>(
  list: string,
  key: string,
  entries: readonly T[],
  keyOf: (entry: T) => string,
): string[] {
  return entries.flatMap((entry, index) => {
    const first = entries.findIndex((other) => keyOf(other) === keyOf(entry));
    if (first === index) return [];
    return [
      `${list}[${index}].${key} is ${keyOf(entry)} like that of ${list}[${first}]: each needs its own.`,
    ];
  });
}

/** Two slugs for one seller and region would import each order twice and share one quota unknowingly. */
function sameSellers(accounts: readonly AccountSettings[]): string[] {
  return accounts.flatMap((account, index) => {
    const first = accounts.find(
      ({ sellerId, region }) => sellerId === account.sellerId && region === account.region,
    );
    if (first === account || first?.name === account.name || !first) return [];
    return [
      `accounts[${index}] is the seller and region of account ${first.name} under another name: put its marketplaces there.`,
    ];
  });
}

/** Each would take messages of the other out of the queue, and drop them. */
function sharedQueues(accounts: readonly AccountSettings[]): string[] {
  return accounts.flatMap(({ notifications }, index) => {
    if (!notifications) return [];
    const first = accounts.findIndex((other) => other.notifications?.queueUrl === notifications.queueUrl);
    if (first === index) return [];
    return [
      `accounts[${index}].notifications.queueUrl is that of accounts[${first}]: each account needs a queue of its own.`,
    ];
  });
}

/** Each edition has addresses and secrets of its own kind. */
function ofEdition({ edition, url, tokenEndpoint }: CommerceSettings, path: string): string[] {
  const { hostname, pathname } = new URL(url);
  if (edition === 'cloudService') {
    return pathname === '/'
      ? [`${path}.url must end with the tenant, like https://na1.api.commerce.adobe.com/your-tenant-id.`]
      : [];
  }
  return [
    ...(hostname.endsWith('.api.commerce.adobe.com')
      ? [`${path}.url is that of Commerce as a Cloud Service: set ${path}.edition to cloudService.`]
      : []),
    ...(tokenEndpoint === undefined
      ? []
      : [`${path}.tokenEndpoint is for edition cloudService only: remove it, or set the edition.`]),
  ];
}

function ofSources({ origin, allocation }: CommerceSettings['stock'], path: string): string[] {
  if (origin !== allocation) return [];
  return [`${path}.origin and ${path}.allocation are both ${origin}: units move from one to the other.`];
}

function ofAccount(settings: Settings, account: AccountSettings, path: string): string[] {
  const { sweepEvery, staleAfter } = account.intake;
  return [
    ...repeated(`${path}.marketplaces`, 'id', account.marketplaces, ({ id }) => id),
    ...(staleAfter > sweepEvery
      ? []
      : [`${path}.intake.staleAfter must be longer than sweepEvery, or each wait would raise an alert.`]),
    ...account.marketplaces.flatMap((marketplace, index) =>
      ofMarketplace(settings, account, marketplace, `${path}.marketplaces[${index}]`),
    ),
  ];
}

function ofMarketplace(
  { commerce, erps }: Settings,
  { region }: AccountSettings,
  marketplace: MarketplaceSettings,
  path: string,
): string[] {
  const { id, inventory, pendingStock, erp } = marketplace;
  const itsRegion = regionOf(id) ?? region;
  return [
    ...(itsRegion === region ? [] : [`${path}.id is a marketplace of region ${itsRegion}, not ${region}.`]),
    ...unknown(`${path}.commerce`, 'commerce', marketplace.commerce, commerce),
    ...(erp === undefined ? [] : unknown(`${path}.erp`, 'erps', erp, erps)),
    ...ofStock(path, inventory, pendingStock),
  ];
}

function unknown(path: string, list: string, name: string, entries: readonly { name: string }[]): string[] {
  if (entries.some((entry) => entry.name === name)) return [];
  return [`${path} is ${name}, but no entry of ${list} has that name.`];
}

function ofStock(
  path: string,
  inventory: MarketplaceSettings['inventory'],
  pendingStock: MarketplaceSettings['pendingStock'],
): string[] {
  if (pendingStock === 'reserve' && inventory !== 'sourceTransfer') {
    return [`${path}.pendingStock can be reserve only with inventory: sourceTransfer.`];
  }
  return [];
}
