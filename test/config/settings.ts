import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ConfigError } from '../../config/errors';
import { loadConfig } from '../../config/load';

/** Secrets of {@link settings}; each value can be looked for in what must not show it. */
export const secrets = {
  AMAZON_US_MAIN_CLIENT_ID: 'hidden-client-id',
  AMAZON_US_MAIN_CLIENT_SECRET: 'hidden-client-secret',
  AMAZON_US_MAIN_REFRESH_TOKEN: 'hidden-refresh-token',
  COMMERCE_MAIN_CONSUMER_KEY: 'hidden-consumer-key',
  COMMERCE_MAIN_CONSUMER_SECRET: 'hidden-consumer-secret',
  COMMERCE_MAIN_ACCESS_TOKEN: 'hidden-access-token',
  COMMERCE_MAIN_ACCESS_TOKEN_SECRET: 'hidden-access-token-secret',
  ERP_WMS_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'hidden').toString('base64')}`,
  ALERT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'hidden alerts').toString('base64')}`,
  ALERT_SMTP_PASSWORD: 'hidden-password',
};

type Fields = Record<string, unknown>;

export const marketplace = (changes: Fields = {}): Fields => ({
  id: 'ATVPDKIKX0DER',
  commerce: 'main',
  store: 'amazon_us',
  ...changes,
});

export const account = (changes: Fields = {}): Fields => ({
  name: 'us-main',
  sellerId: 'A1EXAMPLE',
  region: 'na',
  importSince: '2026-11-01T00:00:00Z',
  marketplaces: [marketplace()],
  ...changes,
});

/** The least that a settings file must say, but for `changes`. */
export const settings = (changes: Fields = {}): Fields => ({
  accounts: [account()],
  commerce: [{ name: 'main', url: 'https://shop.example.com' }],
  erps: [{ name: 'wms', kind: 'webhook', url: 'https://erp.example.com/hooks' }],
  ...changes,
});

/** The same, with `changes` in its only account, in its marketplace … */
export const inAccount = (changes: Record<string, unknown>) => settings({ accounts: [account(changes)] });
export const inMarketplace = (changes: Record<string, unknown>) =>
  inAccount({ marketplaces: [marketplace(changes)] });
export const inCommerce = (changes: Record<string, unknown>) =>
  settings({ commerce: [{ name: 'main', url: 'https://shop.example.com', ...changes }] });
export const inErp = (changes: Record<string, unknown>) =>
  settings({ erps: [{ name: 'wms', kind: 'webhook', url: 'https://erp.example.com', ...changes }] });
export const queueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
export const inQueue = (changes: Record<string, unknown>) =>
  inAccount({ notifications: { queueUrl, ...changes } });
export const mail = { host: 'smtp.example.com', from: 'alerts@example.com', to: ['orders@example.com'] };
export const inAlerts = (changes: Record<string, unknown>) => settings({ alerts: { mail, ...changes } });
export const inIntake = (changes: Record<string, unknown>) => inAccount({ intake: changes });

/** Writes `content` as channel.yaml; text as it stands, anything else as YAML. */
export function writeSettings(folder: string, content: unknown, name = 'channel.yaml'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : stringify(content));
  return path;
}

/** What `loadConfig` refuses in `content`, the file's name left out. */
export async function problemsOf(
  folder: string,
  content: unknown,
  env: NodeJS.ProcessEnv = secrets,
): Promise<string[]> {
  writeSettings(folder, content);
  const refusal: unknown = await loadConfig({ cwd: folder, env }).catch((error) => error);
  if (!(refusal instanceof ConfigError)) throw new Error(`Not refused: ${String(refusal)}`);
  return refusal.problems.map((problem) => problem.replace(/^channel\.yaml: /, ''));
}
