import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatKeyRing, type KeyRing } from '../../integrations/temporal/key-ring';

/** A settings file with one account and one shop, and its key ring beside it; returns the file's path. */
export function writeSettings(folder: string, account: string, keyRing: KeyRing, more: object = {}): string {
  const keyRingFile = join(folder, 'key-ring');
  writeFileSync(keyRingFile, formatKeyRing(keyRing), { mode: 0o600 });
  const settings = {
    accounts: [
      {
        name: account,
        sellerId: 'A1EXAMPLE',
        region: 'na',
        importSince: '2026-01-01T00:00:00Z',
        marketplaces: [{ id: 'ATVPDKIKX0DER', commerce: 'main', store: 'amazon_us' }],
      },
    ],
    commerce: [{ name: 'main', url: 'http://127.0.0.1:9' }],
    keyRing: keyRingFile,
    installation: join(folder, 'installation'),
    taskQueue: account,
    logs: { folder: join(folder, 'logs') },
    ...more,
  };
  const path = join(folder, 'channel.yaml');
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(settings));
  return path;
}

/** The Temporal of this test run, as Temporal's environment configuration names it. */
export const temporalVariables = (): NodeJS.ProcessEnv => ({
  TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS,
  TEMPORAL_NAMESPACE: process.env.TEST_TEMPORAL_NAMESPACE,
});
