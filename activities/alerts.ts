import { isDeepStrictEqual } from 'node:util';
import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { AccountConfig, CommerceConfig } from '../config/config';
import { compare } from '../domain/alert-memory';
import { digestOf, isWorthTelling, type Telling, type Trouble } from '../domain/alerts';
import { alertOf } from '../integrations/alerts/message';
import type { AlertPort } from '../integrations/alerts/port';
import type { AlertDestination } from '../workflows/alerts/contract';
import type { AlertActivities, FindAlertsInput, FindAlertsResult, SendAlertInput } from './contracts/alerts';
import { intakeTroubles } from './intake-troubles';
import { NotConfiguredError } from './not-configured';
import { orderTroubles } from './order-troubles';
import { watchTroubles } from './watch-troubles';

/** What of the settings in force now the alerts go by. */
export interface AlertSettings extends Telling {
  /** Base address of the Orders page, for the links. */
  readonly page: string;
}

export interface AlertActivityDeps {
  readonly client: Client;
  /** Of the order workflows. */
  readonly taskQueue: string;
  /** Undefined where the settings have no alerts. */
  readonly settings: () => AlertSettings | undefined;
  readonly accounts: () => readonly Pick<AccountConfig, 'name' | 'mode' | 'staleAfterMs' | 'marketplaces'>[];
  readonly commerce: () => readonly Pick<CommerceConfig, 'name' | 'shipmentsEveryMs'>[];
  /** Undefined where the settings have none. */
  readonly port: (destination: AlertDestination) => AlertPort | undefined;
}

export function createAlertActivities(deps: AlertActivityDeps): AlertActivities {
  return {
    findAlerts: (input) => findAlerts(deps, input),
    sendAlert: async ({ destination, id, digest }: SendAlertInput) => {
      const port = deps.port(destination);
      const settings = deps.settings();
      if (!port || !settings) throw new NotConfiguredError(`Alerts by ${destination}`);
      return port.send(alertOf(digest, id, settings.page), { signal: cancellationSignal() });
    },
  };
}

async function findAlerts(
  { client, taskQueue, settings, accounts, commerce }: AlertActivityDeps,
  { told, silentSince, tell }: FindAlertsInput,
): Promise<FindAlertsResult> {
  const telling = settings();
  if (!telling) throw new NotConfiguredError('Alerts');
  const [orders, intakes, watches] = await Promise.all([
    orderTroubles(client, taskQueue),
    intakeTroubles(client, accounts(), silentSince),
    watchTroubles(client, { shops: commerce(), accounts: accounts() }, silentSince),
  ]);
  const now = Date.now();
  const readOnly = accounts().flatMap(({ name, mode }) => (mode === 'readOnly' ? [name] : []));
  // Somebody has set it so.
  const isWanted = ({ account, reason }: Trouble) => reason === 'readOnly' && readOnly.includes(account);
  const open = [...orders, ...intakes.troubles, ...watches.troubles].filter(
    (trouble) => isWorthTelling(trouble, telling, now) && !isWanted(trouble),
  );
  const { news, before, after } = compare(open, told, now);
  const next = tell ? after : before;
  return {
    open: open.length,
    untold: tell ? 0 : news.length,
    silentSince: { ...intakes.silentSince, ...watches.silentSince },
    ...(!isDeepStrictEqual(next, told) && { told: next }),
    ...(tell && news.length > 0 && { digest: digestOf(news, new Date(now).toISOString()) }),
  };
}
