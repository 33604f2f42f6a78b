import { isDeepStrictEqual } from 'node:util';
import type {
  AccountConfig,
  AlertsConfig,
  CommerceConfig,
  Config,
  ErpConfig,
  MarketplaceConfig,
} from './config';
import { deepFreeze } from './freeze';

export interface TakeOver {
  /** What is in force now: frozen; the same object where nothing is. */
  readonly config: Config;
  /** In words, the settings that are in force now and were not before. */
  readonly taken: readonly string[];
  /** In words, the settings whose change waits for a restart. */
  readonly waiting: readonly string[];
}

/** A part of the configuration by what the settings file calls it. */
type Named<Part> = readonly (readonly [setting: string, read: (part: Part) => unknown])[];

const liveOfAccount: Named<AccountConfig> = [
  ['importSince', ({ importSince }) => importSince],
  ['mode', ({ mode }) => mode],
  ['intake', ({ intake, staleAfterMs }) => [intake, staleAfterMs]],
  ['marketplaces', ({ marketplaces }) => marketplaces],
];
const fixedOfAccount: Named<AccountConfig> = [
  ['sellerId', ({ sellerId }) => sellerId],
  ['region', ({ region }) => region],
  ['endpoint', ({ endpoint }) => endpoint],
  ['tokenEndpoint', ({ tokenEndpoint }) => tokenEndpoint],
  ['secrets', ({ credentials }) => credentials],
  ['pace', ({ pace }) => pace],
  ['notifications', ({ notifications }) => notifications],
];
const liveOfCommerce: Named<CommerceConfig> = [
  ['shipmentsEvery', ({ shipmentsEveryMs }) => shipmentsEveryMs],
  ['shipmentsWithoutNumber', ({ shipmentsWithoutNumber }) => shipmentsWithoutNumber],
  ['stock', ({ stock }) => stock],
];
const fixedOfCommerce: Named<CommerceConfig> = [
  ['edition', ({ edition }) => edition],
  ['url', ({ url }) => url],
  ['tokenEndpoint', (shop) => (shop.edition === 'cloudService' ? shop.tokenEndpoint : undefined)],
  ['secrets', ({ credentials }) => credentials],
  ['concurrency', ({ concurrency }) => concurrency],
  ['events', ({ events }) => events],
];
const fixedOfErp: Named<ErpConfig> = [
  ['kind', ({ kind }) => kind],
  ['url', ({ url }) => url],
  ['secrets', ({ secret }) => secret],
  ['timeout', ({ timeoutMs }) => timeoutMs],
];
const liveOfAlerts: Named<AlertsConfig> = [
  ['alerts.every', ({ everyMs }) => everyMs],
  ['alerts.after', ({ afterMs }) => afterMs],
  ['alerts.pace', ({ paceMs }) => paceMs],
  ['alerts.reasons', ({ reasons }) => reasons],
  ['alerts.page', ({ page }) => page],
];
const fixed: Named<Config> = [
  ['alerts', ({ alerts }) => alerts !== undefined],
  ['alerts.webhook', ({ alerts }) => alerts?.webhook],
  ['alerts.mail', ({ alerts }) => alerts?.mail],
  ['page', ({ http }) => http.page],
  ['codec', ({ http }) => http.codec],
  ['temporalUi', ({ http }) => http.temporalUi],
  ['keyRing', ({ keyRingFile }) => keyRingFile],
  ['installation', ({ installationFile }) => installationFile],
  ['logs', ({ logs }) => logs],
  ['taskQueue', ({ taskQueue }) => taskQueue],
];

/**
 * What a running worker takes over of changed settings: importing, mode, intake timings and policies of the accounts
 * that it has, and how often Commerce is asked for shipments. Addresses, secrets and queues are those of its start.
 */
export function takeOver(running: Config, wanted: Config): TakeOver {
  const config: Config = {
    ...running,
    accounts: running.accounts.map((account) => accountOf(running, account, named(wanted.accounts, account))),
    commerce: running.commerce.map((shop) => commerceOf(shop, named(wanted.commerce, shop))),
    ...(running.alerts && { alerts: alertsOf(running.alerts, wanted.alerts) }),
  };
  const taken = [
    ...inEach('account', running.accounts, config.accounts, liveOfAccount),
    ...inEach('commerce', running.commerce, config.commerce, liveOfCommerce),
    ...(running.alerts && config.alerts ? different(running.alerts, config.alerts, liveOfAlerts) : []),
  ];
  const waiting = [
    ...different(running, wanted, fixed),
    ...listed('account', running.accounts, wanted.accounts),
    ...inEach('account', running.accounts, wanted.accounts, fixedOfAccount),
    ...running.accounts.flatMap((account) => waitingMarketplaces(running, named(wanted.accounts, account))),
    ...listed('commerce', running.commerce, wanted.commerce),
    ...inEach('commerce', running.commerce, wanted.commerce, fixedOfCommerce),
    ...listed('erp', running.erps, wanted.erps),
    ...inEach('erp', running.erps, wanted.erps, fixedOfErp),
  ];
  return { config: taken.length > 0 ? deepFreeze(config) : running, taken, waiting };
}

function accountOf(
  running: Config,
  present: AccountConfig,
  { importSince, mode, intake, staleAfterMs, marketplaces }: AccountConfig = present,
): AccountConfig {
  const known = (id: string) => present.marketplaces.filter((marketplace) => marketplace.id === id);
  return {
    ...present,
    importSince,
    mode,
    intake,
    staleAfterMs,
    marketplaces: marketplaces.flatMap((each) => (isServed(running, each) ? [each] : known(each.id))),
  };
}

const commerceOf = (
  present: CommerceConfig,
  { shipmentsEveryMs, shipmentsWithoutNumber, stock }: CommerceConfig = present,
): CommerceConfig => ({ ...present, shipmentsEveryMs, shipmentsWithoutNumber, stock });

/** What it says, but to whom it says it: those are addresses with secrets. */
const alertsOf = (
  present: AlertsConfig,
  { everyMs, afterMs, paceMs, reasons, page }: AlertsConfig = present,
): AlertsConfig => ({ ...present, everyMs, afterMs, paceMs, reasons, page });

/** Whether this worker speaks to the Commerce instance and the ERP of a marketplace. */
const isServed = ({ commerce, erps }: Config, { policy }: MarketplaceConfig): boolean =>
  commerce.some(({ name }) => name === policy.commerce) &&
  (policy.erp === undefined || erps.some(({ name }) => name === policy.erp));

const waitingMarketplaces = (running: Config, account: AccountConfig | undefined): string[] =>
  (account?.marketplaces ?? [])
    .filter((marketplace) => !isServed(running, marketplace))
    .map(({ id }) => `marketplace ${id} of account ${account?.name}`);

const named = <Part extends { readonly name: string }>(parts: readonly Part[], { name }: Part) =>
  parts.find((part) => part.name === name);

const different = <Part>(before: Part, after: Part, settings: Named<Part>): string[] =>
  settings.flatMap(([setting, read]) => (isDeepStrictEqual(read(before), read(after)) ? [] : [setting]));

function inEach<Part extends { readonly name: string }>(
  kind: string,
  before: readonly Part[],
  after: readonly Part[],
  settings: Named<Part>,
): string[] {
  return before.flatMap((part) =>
    different(part, named(after, part) ?? part, settings).map(
      (setting) => `${setting} of ${kind} ${part.name}`,
    ),
  );
}

/** Parts that have come or gone. */
function listed<Part extends { readonly name: string }>(
  kind: string,
  before: readonly Part[],
  after: readonly Part[],
): string[] {
  const without = (parts: readonly Part[], others: readonly Part[], how: string) =>
    parts.filter((part) => !named(others, part)).map(({ name }) => `${how} ${kind} ${name}`);
  return [...without(after, before, 'new'), ...without(before, after, 'removed')];
}
