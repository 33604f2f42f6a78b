import { join } from 'node:path';
import type { Config } from '../../config/config';
import type { OrderPolicy } from '../../domain/settings';
import { amazonSettingsDefaults } from '../../sandbox/amazon';
import { sandboxCredentials } from '../../sandbox/commerce';
import { erpSandboxSecret } from '../../sandbox/erp';
import type { Sandbox } from '../../sandbox/sandbox';
import { intakeTimings } from './intake-timings';
import { orderPolicy } from './orders';
import { shopStock } from './stock';

/** Settings of a channel on the sandbox, with one name for account, shop, ERP and task queue. */
export function channelConfig(
  name: string,
  folder: string,
  { urls, startedAt }: Pick<Sandbox, 'urls' | 'startedAt'>,
  policy: Partial<OrderPolicy>,
): Config {
  const { clientId, clientSecret, refreshToken } = amazonSettingsDefaults;
  const { consumerKey, consumerSecret, token, tokenSecret } = sandboxCredentials;
  const credentials = { consumerKey, consumerSecret, accessToken: token, accessTokenSecret: tokenSecret };
  return {
    accounts: [
      {
        name,
        sellerId: 'A1SANDBOXSELLER',
        region: 'na',
        endpoint: urls.amazon,
        tokenEndpoint: `${urls.amazon}/auth/o2/token`,
        credentials: { clientId, clientSecret, refreshToken },
        importSince: startedAt.toISOString(),
        mode: 'live',
        intake: intakeTimings({ sweepEveryMs: 200 }),
        staleAfterMs: 30 * 60_000,
        pace: { getOrder: 100, confirmShipment: 100 },
        marketplaces: [
          {
            id: 'ATVPDKIKX0DER',
            policy: orderPolicy({
              commerce: name,
              erp: name,
              retryBlockedMs: [200, 500],
              confirmWithinMs: 2_000,
              settleForMs: 60_000,
              ...policy,
            }),
          },
        ],
      },
    ],
    commerce: [
      {
        name,
        url: urls.commerce,
        edition: 'paas',
        credentials,
        shipmentsEveryMs: 200,
        shipmentsWithoutNumber: 'wait',
        concurrency: 6,
        stock: shopStock,
      },
    ],
    erps: [
      {
        name,
        kind: 'webhook',
        url: `${urls.erp}/webhooks/channel`,
        secret: erpSandboxSecret,
        timeoutMs: 5_000,
      },
    ],
    http: {
      page: { host: '127.0.0.1', port: 0 },
      codec: { port: 0 },
      temporalUi: 'http://127.0.0.1:8233',
    },
    keyRingFile: join(folder, 'key-ring'),
    installationFile: join(folder, 'installation'),
    logs: { folder: join(folder, 'logs'), level: 'info' },
    taskQueue: name,
  };
}
