import { resolve } from 'node:path';
import type { OrderPolicy } from '../domain/settings';
import type {
  AccountConfig,
  CommerceAccess,
  CommerceConfig,
  Config,
  ErpConfig,
  MarketplaceConfig,
} from './config';
import { loginWithAmazon, regionEndpoint } from './marketplaces';
import type { AccountSettings, CommerceSettings, MarketplaceSettings, Settings } from './schema';
import type { SecretReader } from './secrets';

/** What needs no secret: enough to look at orders and to signal their workflows. */
export type ClientConfig = Pick<
  Config,
  'http' | 'installationFile' | 'keyRingFile' | 'logs' | 'taskQueue'
> & {
  readonly accounts: readonly Omit<AccountConfig, 'credentials'>[];
  readonly commerce: readonly Pick<CommerceConfig, 'name' | 'url'>[];
};

/** Adobe's identity management, the same everywhere. */
const adobeTokens = 'https://ims-na1.adobelogin.com/ims/token/v3';

/** Relative paths start at `cwd`. */
export function clientConfigOf(settings: Settings, cwd: string): ClientConfig {
  const { accounts, page, codec, temporalUi, keyRing, installation, logs, taskQueue } = settings;
  return {
    accounts: accounts.map((account) => accountOf(account, settings.commerce)),
    commerce: settings.commerce.map(({ name, url }) => ({ name, url })),
    http: { page, codec, temporalUi },
    keyRingFile: resolve(cwd, keyRing),
    installationFile: resolve(cwd, installation),
    logs: { folder: resolve(cwd, logs.folder), level: logs.level },
    taskQueue,
  };
}

/** Missing secrets are empty texts here; the reader knows of them. */
export function configOf(settings: Settings, secrets: SecretReader, cwd: string): Config {
  const client = clientConfigOf(settings, cwd);
  return {
    ...client,
    accounts: client.accounts.map((account) => ({ ...account, credentials: secrets.amazon(account.name) })),
    commerce: settings.commerce.map(
      (instance): CommerceConfig => ({
        name: instance.name,
        url: instance.url,
        ...accessOf(instance, secrets),
        shipmentsEveryMs: instance.shipmentsEvery,
        concurrency: instance.concurrency,
        stock: instance.stock,
      }),
    ),
    erps: settings.erps.map(
      ({ name, kind, url, timeout }): ErpConfig => ({
        name,
        kind,
        url,
        secret: secrets.webhookSecret(name),
        timeoutMs: timeout,
      }),
    ),
  };
}

function accessOf({ name, edition, tokenEndpoint }: CommerceSettings, secrets: SecretReader): CommerceAccess {
  if (edition === 'paas') return { edition, credentials: secrets.commerce(name) };
  return { edition, credentials: secrets.cloudService(name), tokenEndpoint: tokenEndpoint ?? adobeTokens };
}

function accountOf(
  account: AccountSettings,
  instances: readonly CommerceSettings[],
): Omit<AccountConfig, 'credentials'> {
  const { name, sellerId, region, importSince, mode, intake, pace } = account;
  return {
    name,
    sellerId,
    region,
    endpoint: account.endpoint ?? regionEndpoint(region),
    tokenEndpoint: account.tokenEndpoint ?? loginWithAmazon,
    importSince,
    mode,
    intake: {
      sweepEveryMs: intake.sweepEvery,
      overlapMs: intake.overlap,
      slowSweepEveryMs: intake.slowSweepEvery,
      slowSweepBackMs: intake.slowSweepBack,
      reconcileEveryMs: intake.reconcileEvery,
      reconcileBackMs: intake.reconcileBack,
    },
    staleAfterMs: intake.staleAfter,
    pace,
    ...(account.notifications !== undefined && { notifications: account.notifications }),
    marketplaces: account.marketplaces.map((marketplace) => marketplaceOf(marketplace, instances)),
  };
}

function marketplaceOf(
  settings: MarketplaceSettings,
  instances: readonly CommerceSettings[],
): MarketplaceConfig {
  const { importOrders, commerce, store, customer, orderNumber, orderStatus, fbaOrders, invoice } = settings;
  return {
    id: settings.id,
    policy: {
      importOrders,
      commerce,
      store,
      customer,
      orderNumber,
      orderStatus,
      ...stockPolicyOf(settings, instances),
      fbaOrders,
      invoice,
      ...(settings.erp !== undefined && { erp: settings.erp }),
      retryBlockedMs: settings.retryBlocked,
      shipByWarningMs: settings.shipByWarning,
      settleForMs: settings.settleFor,
      confirmWithinMs: settings.confirmWithin,
    },
  };
}

/** Sources and websites are the shop's, whichever marketplace its orders come from. */
function stockPolicyOf(
  { inventory, pendingStock, commerce }: MarketplaceSettings,
  instances: readonly CommerceSettings[],
): Pick<OrderPolicy, 'inventory' | 'stock' | 'pendingStock'> {
  const instance = instances.find(({ name }) => name === commerce);
  if (inventory === 'none' || !instance) return { inventory };
  return { inventory, stock: instance.stock, ...(pendingStock === 'reserve' && { pendingStock }) };
}
