import { resolve } from 'node:path';
import type { OrderPolicy } from '../domain/settings';
import type {
  AccountConfig,
  AlertsConfig,
  CommerceAccess,
  CommerceConfig,
  Config,
  ErpConfig,
  MailAlertConfig,
  MarketplaceConfig,
} from './config';
import { loginWithAmazon, regionEndpoint } from './marketplaces';
import type {
  AccountSettings,
  AlertSettings,
  CommerceSettings,
  MarketplaceSettings,
  Settings,
} from './schema';
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
        shipmentsWithoutNumber: instance.shipmentsWithoutNumber,
        ...(instance.events !== undefined && { events: instance.events }),
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
    ...(settings.alerts && { alerts: alertsOf(settings.alerts, settings.page, secrets) }),
  };
}

function alertsOf(
  { every, after, pace, reasons, page, webhook, mail }: AlertSettings,
  { host, port }: Settings['page'],
  secrets: SecretReader,
): AlertsConfig {
  return {
    everyMs: every,
    afterMs: after,
    paceMs: pace,
    reasons,
    page: page ?? pageOf(host, port),
    ...(webhook && { webhook: { url: webhook.url, secret: secrets.alertWebhook() } }),
    ...(mail && { mail: mailOf(mail, secrets) }),
  };
}

/** As somebody on this machine reaches it. */
function pageOf(host: string, port: number): string {
  if (['0.0.0.0', '::'].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function mailOf(
  { host, secure, port = secure ? 465 : 587, user, from, to }: NonNullable<AlertSettings['mail']>,
  secrets: SecretReader,
): MailAlertConfig {
  const login = user === undefined ? {} : { login: { user, password: secrets.alertSmtp() } };
  return { host, secure, port, from, to, ...login };
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
