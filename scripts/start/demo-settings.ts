import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { amazonSettingsDefaults } from '../../sandbox/amazon';
import { sandboxCredentials } from '../../sandbox/commerce';
import { erpSandboxSecret } from '../../sandbox/erp/settings';
import { demoMarketplaceIds } from '../../sandbox/seed-features';
import { type DemoQueue, queueSecrets } from './queue';

export interface DemoAddresses {
  readonly amazon: string;
  readonly commerce: string;
  readonly erp: string;
  readonly page: number;
  readonly codec: number;
  readonly temporalUi: string;
}

export interface DemoSettings {
  /** Slug of the account, the shop and the ERP. */
  readonly name: string;
  readonly addresses: DemoAddresses;
  /** Sandbox time at which the demo began. */
  readonly importSince: string;
  readonly folder: string;
  readonly taskQueue: string;
  /** Where Amazon's notifications come; without one the sweeps do the job alone. */
  readonly queue?: DemoQueue;
}

/** Waits of the product itself, short as the sandbox's day is; what Amazon times is scaled by the sandbox. */
const waits = {
  intake: {
    sweepEvery: '1 s',
    overlap: '30 min',
    slowSweepEvery: '20 s',
    reconcileEvery: '60 s',
    staleAfter: '1 min',
  },
  shipmentsEvery: '1 s',
  retryBlocked: ['2 s', '5 s', '15 s'],
  confirmWithin: '20 s',
};

/** Writes the settings file of a demo, the same kind of file that a merchant writes. */
export function writeDemoSettings(path: string, settings: DemoSettings): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stringify(demoSettings(settings)));
}

function demoSettings({ name, addresses, importSince, folder, taskQueue, queue }: DemoSettings) {
  const marketplace = (id: string) => ({
    id,
    commerce: name,
    store: 'amazon_us',
    erp: name,
    retryBlocked: waits.retryBlocked,
    confirmWithin: waits.confirmWithin,
  });
  return {
    accounts: [
      {
        name,
        sellerId: 'A1SANDBOXSELLER',
        region: 'na',
        importSince,
        endpoint: addresses.amazon,
        tokenEndpoint: `${addresses.amazon}/auth/o2/token`,
        intake: waits.intake,
        ...(queue && { notifications: queue }),
        marketplaces: demoMarketplaceIds.map(marketplace),
      },
    ],
    commerce: [{ name, url: addresses.commerce, shipmentsEvery: waits.shipmentsEvery }],
    erps: [{ name, kind: 'webhook', url: `${addresses.erp}/webhooks/channel` }],
    page: { port: addresses.page },
    codec: { port: addresses.codec },
    temporalUi: addresses.temporalUi,
    keyRing: `${folder}/key-ring`,
    installation: `${folder}/installation`,
    logs: { folder: `${folder}/logs` },
    taskQueue,
  };
}

/** For a shell, so that `npx channel accounts check` has them: `set -a; . .data/start/secrets.env`. */
export function writeDemoSecrets(path: string, secrets: NodeJS.ProcessEnv): void {
  const lines = Object.entries(secrets).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}='${value}'`],
  );
  writeFileSync(path, `${lines.join('\n')}\n`, { mode: 0o600 });
}

/** The sandbox's credentials, where a merchant's would come from the environment as well. */
export function demoSecrets(name: string): NodeJS.ProcessEnv {
  const slug = name.toUpperCase().replaceAll('-', '_');
  const { clientId, clientSecret, refreshToken } = amazonSettingsDefaults;
  const { consumerKey, consumerSecret, token, tokenSecret } = sandboxCredentials;
  return {
    ...queueSecrets,
    [`AMAZON_${slug}_CLIENT_ID`]: clientId,
    [`AMAZON_${slug}_CLIENT_SECRET`]: clientSecret,
    [`AMAZON_${slug}_REFRESH_TOKEN`]: refreshToken,
    [`COMMERCE_${slug}_CONSUMER_KEY`]: consumerKey,
    [`COMMERCE_${slug}_CONSUMER_SECRET`]: consumerSecret,
    [`COMMERCE_${slug}_ACCESS_TOKEN`]: token,
    [`COMMERCE_${slug}_ACCESS_TOKEN_SECRET`]: tokenSecret,
    [`ERP_${slug}_WEBHOOK_SECRET`]: erpSandboxSecret,
  };
}
