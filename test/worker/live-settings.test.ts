import { renameSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config/config';
import { loadConfig, reviewConfig } from '../../config/load';
import { followSettings, type LiveSettings } from '../../worker/live-settings';
import { account, inAccount, marketplace, secrets, settings, writeSettings } from '../config/settings';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
const second = { id: 'A2EUQ1WTGCTBG2' };

describe('settings that change while the worker runs', () => {
  let cwd: string;
  let live: LiveSettings;
  let log: string[];
  let told: Config[];
  let deaf: boolean;

  const write = (content: unknown) => {
    // Beside it and in its place, as editors and Kubernetes do.
    const path = writeSettings(cwd, content, 'next.yaml');
    renameSync(path, join(cwd, 'channel.yaml'));
  };
  const logged = (part: string) =>
    eventually(
      async () => log.join('\n'),
      (text) => text.includes(part),
    );
  const first = () => live.present().accounts[0];
  const policy = () => first()?.marketplaces[0]?.policy;

  beforeEach(async () => {
    cwd = tempFolder();
    writeSettings(cwd, settings());
    log = [];
    told = [];
    deaf = false;
    const options = { cwd, path: 'channel.yaml', env: secrets };
    live = followSettings({
      config: await loadConfig(options),
      file: join(cwd, 'channel.yaml'),
      load: () => reviewConfig(options),
      logger: {
        info: (text: string) => void log.push(`info ${text}`),
        warn: (text: string) => void log.push(`warn ${text}`),
      },
      onChange: async (config) => {
        if (deaf) throw new Error('Temporal is away');
        told.push(config);
      },
      everyMs: 20,
    });
  });
  afterEach(() => live.stop());

  it('are in force without a restart: policies, mode, timings, import, marketplaces', async () => {
    write(
      inAccount({
        mode: 'readOnly',
        importSince: '2026-12-01T00:00:00Z',
        intake: { sweepEvery: '7 min' },
        marketplaces: [marketplace({ orderStatus: 'amazon_paid', erp: 'wms' }), marketplace(second)],
      }),
    );
    await logged('Changed settings are in force');
    expect(log).toEqual([
      'info Changed settings are in force: importSince of account us-main, mode of account us-main, intake of account us-main, marketplaces of account us-main.',
    ]);
    expect(first()).toMatchObject({ mode: 'readOnly', importSince: '2026-12-01T00:00:00.000Z' });
    expect(first()?.intake.sweepEveryMs).toBe(420_000);
    expect(policy()).toMatchObject({ orderStatus: 'amazon_paid', erp: 'wms' });
    expect(first()?.marketplaces[1]?.id).toBe(second.id);
    expect(Object.isFrozen(policy())).toBe(true);
    await eventually(async () => told.length, Boolean);
    expect(told).toEqual([live.present()]);
  });

  it('are refused with their sentences where they are wrong, and those before stay', async () => {
    const before = live.present();
    write(inAccount({ marketplaces: [marketplace({ erp: 'sap' })] }));
    await logged('refused');
    write('accounts: [');
    await logged('not valid YAML');
    rmSync(join(cwd, 'channel.yaml'));
    await logged('no such file');
    expect(log).toEqual([
      expect.stringMatching(
        /^warn The changed settings are refused, those before stay in force: channel\.yaml: .*erp is sap, but no/,
      ),
      expect.stringContaining('line 1'),
      expect.stringContaining('there is no such file.'),
    ]);
    expect(live.present()).toBe(before);
    write(inAccount({ mode: 'readOnly' }));
    await logged('mode of account');
    expect(first()?.mode).toBe('readOnly');
  });

  it('that need a restart are named, and the rest is taken over', async () => {
    const shop = { name: 'second', url: 'https://second.example.com' };
    write(
      settings({
        accounts: [
          account({
            mode: 'readOnly',
            sellerId: 'A2OTHER',
            pace: { getOrder: 0.1 },
            marketplaces: [
              marketplace({ orderStatus: 'paid' }),
              marketplace({ ...second, commerce: 'second' }),
            ],
          }),
        ],
        commerce: [
          {
            name: 'main',
            url: 'https://other.example.com',
            shipmentsEvery: '5 min',
            shipmentsWithoutNumber: 'send',
            events: { clientId: '0123456789abcdef' },
          },
          shop,
        ],
        erps: [],
        page: { port: 9000 },
        taskQueue: 'another',
      }),
    );
    await logged('would fail');
    expect(log[1]).toBe(
      `warn Changed settings wait for a restart of the worker: page, taskQueue, sellerId of account us-main, pace of account us-main, marketplace ${second.id} of account us-main, new commerce second, url of commerce main, events of commerce main, removed erp wms.`,
    );
    expect(log[2]).toMatch(
      /^warn A restart of the worker would fail: COMMERCE_SECOND_CONSUMER_KEY, .*missing/,
    );
    expect(first()).toMatchObject({ mode: 'readOnly', sellerId: 'A1EXAMPLE', pace: {} });
    expect(first()?.marketplaces.map(({ policy: { orderStatus } }) => orderStatus)).toEqual(['paid']);
    expect(live.present().commerce).toMatchObject([
      { url: 'https://shop.example.com', shipmentsEveryMs: 300_000, shipmentsWithoutNumber: 'send' },
    ]);
  });

  it('are told again until they are heard, and what is no change is not told', async () => {
    utimesSync(join(cwd, 'channel.yaml'), new Date(), new Date());
    deaf = true;
    write(inAccount({ intake: { sweepEvery: '7 min' } }));
    await logged('Temporal is away');
    expect(first()?.intake.sweepEveryMs).toBe(420_000);
    deaf = false;
    await eventually(async () => told.length, Boolean);
    await new Promise((passed) => setTimeout(passed, 100));
    expect(told).toHaveLength(1);
    expect(log).toEqual([
      'info Changed settings are in force: intake of account us-main.',
      'warn Changed settings cannot be told yet, it is tried again: Error: Temporal is away',
    ]);
  });
});
