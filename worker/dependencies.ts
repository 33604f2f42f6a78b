import type { Client } from '@temporalio/client';
import { policyOf } from '../activities/admission';
import { createAlertActivities } from '../activities/alerts';
import { createAmazonActivities } from '../activities/amazon';
import { createCommerceActivities } from '../activities/commerce';
import { createErpActivities } from '../activities/erp';
import { createLivePace, type LivePace } from '../activities/live-pace';
import { NotConfiguredError } from '../activities/not-configured';
import { namespaceRetention } from '../activities/retention';
import { createShipmentActivities } from '../activities/shipments';
import { createWriteGuard, type WriteGuard } from '../activities/write-guard';
import type { AccountConfig, Config } from '../config/config';
import { surroundingsOf } from '../config/surroundings';
import { createMailAlerts } from '../integrations/alerts/mail';
import type { AlertPort } from '../integrations/alerts/port';
import { createWebhookAlerts } from '../integrations/alerts/webhook';
import { type AmazonPortOptions, createAmazonPort } from '../integrations/amazon/client';
import { createCommercePort } from '../integrations/commerce/client';
import { createWebhookErp } from '../integrations/erp/webhook';
import type { KeyRing } from '../integrations/temporal/key-ring';
import { channelHash } from '../integrations/temporal/keyed-hash';
import type { AlertDestination } from '../workflows/alerts/contract';

export interface ActivitiesOptions {
  /** The settings in force now, for what can change while the worker runs; default: those of its start. */
  readonly present?: () => Config;
  readonly guard?: WriteGuard;
}

/** All activities, with what they need. The only place where the worker's parts are put together. */
export function createActivities(
  config: Config,
  client: Client,
  keyRing: KeyRing,
  { present = () => config, guard = createGuard(present, client) }: ActivitiesOptions = {},
) {
  const hash = channelHash(keyRing);
  const ports = byName('Amazon account', config.accounts, (account) =>
    createAmazonPort(account, { onRate: followRates(createLivePace(client, account)) }),
  );
  const settingsOf = (name: string) => accountOf(present(), name);
  const accounts = (name: string) => ({ port: ports(name), config: settingsOf(name) });
  const commerce = byName('Commerce instance', config.commerce, (instance) => createCommercePort(instance));
  const erp = byName('ERP', config.erps, (settings) => createWebhookErp(settings));
  return {
    amazon: createAmazonActivities({
      accounts,
      client,
      guard,
      hash,
      retentionMs: namespaceRetention(client),
      taskQueue: config.taskQueue,
    }),
    commerce: createCommerceActivities({
      commerce,
      guard,
      policyOf: (account, marketplaceId) => policyOf(marketplaceId, settingsOf(account).marketplaces),
    }),
    shipments: createShipmentActivities({
      commerce,
      client,
      hash,
      sendsWithoutNumber: (name) =>
        present().commerce.some((shop) => shop.name === name && shop.shipmentsWithoutNumber === 'send'),
    }),
    alerts: createAlertActivities({
      client,
      taskQueue: config.taskQueue,
      settings: () => present().alerts,
      accounts: () => present().accounts,
      commerce: () => present().commerce,
      port: alertPorts(config),
    }),
    erp: createErpActivities({ erp, guard }),
  };
}

/** A secret that cannot work is refused when the settings are read. */
function alertPorts({ alerts }: Config): (destination: AlertDestination) => AlertPort | undefined {
  const ports = {
    webhook: alerts?.webhook && createWebhookAlerts(alerts.webhook),
    mail: alerts?.mail && createMailAlerts(alerts.mail),
  };
  return (destination) => ports[destination];
}

/** Whether an account may write now, and where. */
export const createGuard = (present: () => Config, client: Client): WriteGuard =>
  createWriteGuard({
    client,
    surroundingsOf: (account) => surroundingsOf(present(), client)(account),
    modeOf: (account) => accountOf(present(), account).mode,
  });

function accountOf({ accounts }: Config, name: string): AccountConfig {
  const account = accounts.find((each) => each.name === name);
  if (!account) throw new NotConfiguredError(`Amazon account ${name}`);
  return account;
}

/** Lists are paced by their workflow. */
const followRates =
  (follow: LivePace): NonNullable<AmazonPortOptions['onRate']> =>
  (operation, perSecond) => {
    if (operation === 'getOrder' || operation === 'confirmShipment') void follow(operation, perSecond);
  };

export type Activities = ReturnType<typeof createActivities>;

/** Ports keep tokens and live quotas, so each is made once. */
function byName<Settings extends { readonly name: string }, Port>(
  kind: string,
  all: readonly Settings[],
  create: (settings: Settings) => Port,
): (name: string) => Port {
  const ports = new Map(all.map((settings) => [settings.name, create(settings)]));
  return (name) => {
    const port = ports.get(name);
    if (port === undefined) throw new NotConfiguredError(`${kind} ${name}`);
    return port;
  };
}
