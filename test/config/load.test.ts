import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountConfig } from '../../config/config';
import { ConfigError } from '../../config/errors';
import { loadClientConfig, loadConfig } from '../../config/load';
import { tempFolders } from '../support/temp-folder';
import { account, marketplace, secrets, settings, writeSettings } from './settings';

const tempFolder = tempFolders();

async function load(content: unknown, env: NodeJS.ProcessEnv = secrets) {
  const cwd = tempFolder();
  writeSettings(cwd, content);
  return { cwd, config: await loadConfig({ cwd, env }) };
}

const policyOf = (account: AccountConfig | undefined, marketplace: string) =>
  account?.marketplaces.find(({ id }) => id === marketplace)?.policy;

describe('the settings', () => {
  it('are complete with defaults where the file says the least', async () => {
    const { cwd, config } = await load(settings());
    expect(config).toEqual({
      accounts: [
        {
          name: 'us-main',
          sellerId: 'A1EXAMPLE',
          region: 'na',
          endpoint: 'https://sellingpartnerapi-na.amazon.com',
          tokenEndpoint: 'https://api.amazon.com/auth/o2/token',
          credentials: {
            clientId: 'hidden-client-id',
            clientSecret: 'hidden-client-secret',
            refreshToken: 'hidden-refresh-token',
          },
          importSince: '2026-11-01T00:00:00.000Z',
          mode: 'live',
          intake: {
            sweepEveryMs: 300_000,
            overlapMs: 1_800_000,
            slowSweepEveryMs: 3_600_000,
            slowSweepBackMs: 86_400_000,
            reconcileEveryMs: 86_400_000,
            reconcileBackMs: 1_728_000_000,
          },
          staleAfterMs: 1_800_000,
          pace: {},
          marketplaces: [
            {
              id: 'ATVPDKIKX0DER',
              policy: {
                importOrders: 'enabled',
                commerce: 'main',
                store: 'amazon_us',
                customer: 'guest',
                orderNumber: { source: 'amazon', prefix: '' },
                orderStatus: 'processing',
                inventory: 'none',
                fbaOrders: 'createComplete',
                invoice: 'onShipment',
                retryBlockedMs: [900_000, 3_600_000, 21_600_000, 86_400_000],
                shipByWarningMs: 43_200_000,
                settleForMs: 259_200_000,
                confirmWithinMs: 1_800_000,
              },
            },
          ],
        },
      ],
      commerce: [
        {
          name: 'main',
          url: 'https://shop.example.com',
          edition: 'paas',
          credentials: {
            consumerKey: 'hidden-consumer-key',
            consumerSecret: 'hidden-consumer-secret',
            accessToken: 'hidden-access-token',
            accessTokenSecret: 'hidden-access-token-secret',
          },
          shipmentsEveryMs: 60_000,
          shipmentsWithoutNumber: 'wait',
          concurrency: 6,
          stock: { website: 'base', origin: 'default', allocation: 'amazon_allocated' },
        },
      ],
      erps: [
        {
          name: 'wms',
          kind: 'webhook',
          url: 'https://erp.example.com/hooks',
          secret: secrets.ERP_WMS_WEBHOOK_SECRET,
          timeoutMs: 20_000,
        },
      ],
      http: {
        page: { host: '127.0.0.1', port: 8230 },
        codec: { port: 8231 },
        temporalUi: 'http://127.0.0.1:8233',
      },
      taskQueue: 'amazon-sales-channel',
      keyRingFile: join(cwd, '.data/key-ring'),
      installationFile: join(cwd, '.data/installation'),
      logs: { folder: join(cwd, '.data/logs'), level: 'info' },
    });
  });

  it('are taken as they are written', async () => {
    const { config } = await load(
      settings({
        accounts: [
          account({
            importSince: '2026-11-01T01:00:00+01:00',
            mode: 'readOnly',
            endpoint: 'http://127.0.0.1:4100/',
            intake: { sweepEvery: 500, overlap: '0 s', slowSweepBack: '2 d', staleAfter: '2 s' },
            marketplaces: [
              marketplace({
                orderNumber: { source: 'amazon', prefix: 'AMZ-' },
                orderStatus: 'amazon_paid',
                erp: 'wms',
                retryBlocked: ['2 s', '1.5 h'],
              }),
              marketplace({ id: 'A2EUQ1WTGCTBG2', orderNumber: 'commerce' }),
            ],
          }),
        ],
      }),
    );
    const [first] = config.accounts;
    expect(first).toMatchObject({
      importSince: '2026-11-01T00:00:00.000Z',
      mode: 'readOnly',
      endpoint: 'http://127.0.0.1:4100',
      intake: { sweepEveryMs: 500, overlapMs: 0, slowSweepBackMs: 172_800_000 },
      staleAfterMs: 2_000,
    });
    expect(policyOf(first, 'ATVPDKIKX0DER')).toMatchObject({
      orderNumber: { source: 'amazon', prefix: 'AMZ-' },
      orderStatus: 'amazon_paid',
      erp: 'wms',
      retryBlockedMs: [2_000, 5_400_000],
    });
    expect(policyOf(first, 'A2EUQ1WTGCTBG2')?.orderNumber).toEqual({
      source: 'commerce',
      prefix: '',
    });
    expect(policyOf(first, 'A1PA6795UKMFR9')).toBeUndefined();
  });

  it('take the region and the address of the queue service from the address of a queue', async () => {
    const notificationsOf = async (notifications: object) => {
      const { config } = await load(settings({ accounts: [account({ notifications })] }));
      return config.accounts[0]?.notifications;
    };
    const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/123456789012/orders';
    expect(await notificationsOf({ queueUrl })).toEqual({
      queueUrl,
      region: 'eu-west-1',
      endpoint: 'https://sqs.eu-west-1.amazonaws.com',
    });
    const elsewhere = { region: 'us-east-1', endpoint: 'http://127.0.0.1:4566' };
    expect(await notificationsOf({ queueUrl, ...elsewhere })).toEqual({ queueUrl, ...elsewhere });
  });

  it('cannot be changed once they are loaded', async () => {
    const { config } = await load(settings());
    const policy = config.accounts[0]?.marketplaces[0]?.policy;
    expect([config, config.accounts, policy, policy?.retryBlockedMs].every(Object.isFrozen)).toBe(true);
  });

  it('need no secret where a program talks to Temporal only', async () => {
    const cwd = tempFolder();
    writeSettings(cwd, settings());
    const config = await loadClientConfig({ cwd, env: {} });
    expect(config.accounts[0]?.name).toBe('us-main');
    expect(config.keyRingFile).toBe(join(cwd, '.data/key-ring'));
    expect(JSON.stringify(config)).not.toContain('credentials');
  });
});

describe('the settings file', () => {
  const accountsOf = async (options: Parameters<typeof loadClientConfig>[0]) =>
    (await loadClientConfig(options)).accounts.map(({ name }) => name);
  const named = (name: string) => settings({ accounts: [account({ name })] });

  it('is the one on the command line, then that of CHANNEL_CONFIG, then channel.yaml, then that of the demo', async () => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, '.data/start'), { recursive: true });
    writeSettings(cwd, named('demo'), '.data/start/channel.yaml');
    expect(await accountsOf({ cwd, env: {} })).toEqual(['demo']);
    writeSettings(cwd, named('here'));
    expect(await accountsOf({ cwd, env: {} })).toEqual(['here']);
    const env = { CHANNEL_CONFIG: writeSettings(cwd, named('variable'), 'variable.yaml') };
    expect(await accountsOf({ cwd, env })).toEqual(['variable']);
    writeSettings(cwd, named('option'), 'option.yaml');
    expect(await accountsOf({ cwd, env, path: 'option.yaml' })).toEqual(['option']);
  });

  it('is asked for where there is none', async () => {
    await expect(loadConfig({ cwd: tempFolder(), env: {} })).rejects.toThrow(
      'There is no channel.yaml here: copy channel.example.yaml to channel.yaml',
    );
  });

  it('is not replaced by another where the one that was named is missing', async () => {
    const cwd = tempFolder();
    writeSettings(cwd, settings());
    const refusal = loadConfig({ cwd, env: secrets, path: 'other.yaml' });
    await expect(refusal).rejects.toThrow(new ConfigError(['other.yaml: there is no such file.']));
  });

  it('is not a folder', async () => {
    const cwd = tempFolder();
    mkdirSync(join(cwd, 'channel.yaml'));
    await expect(loadConfig({ cwd, env: {} })).rejects.toThrow(
      'channel.yaml: is a folder, not a settings file.',
    );
  });

  it.each([
    ['accounts:\n  - name: a\n   sellerId: hidden', 'line 3'],
    ['accounts: [\n', 'line 2, column 1 is not valid YAML (bad indent)'],
    ['page: {}\npage: {}\n', 'line 2, column 1 is not valid YAML (duplicate key)'],
    ['logs: &hidden x\ncodec: "hidden\n', 'line 3'],
  ])('that is not YAML is refused with its line: %j', async (text, sentence) => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'channel.yaml'), text);
    const refusal = await loadConfig({ cwd, env: {} }).catch(String);
    expect(refusal).toContain(sentence);
    expect(refusal).not.toContain('hidden');
  });
});
