import { tempFolders } from '../support/temp-folder';
import { account, marketplace, problemsOf, secrets, settings } from './settings';

const tempFolder = tempFolders();

const inAccount = (changes: Record<string, unknown>) => settings({ accounts: [account(changes)] });
const inMarketplace = (changes: Record<string, unknown>) =>
  inAccount({ marketplaces: [marketplace(changes)] });
const queueUrl = 'https://sqs.us-east-1.amazonaws.com/123456789012/orders';
const inQueue = (changes: Record<string, unknown>) => inAccount({ notifications: { queueUrl, ...changes } });
const secondSeller = {
  AMAZON_US_TOO_CLIENT_ID: 'x',
  AMAZON_US_TOO_CLIENT_SECRET: 'x',
  AMAZON_US_TOO_REFRESH_TOKEN: 'x',
};
const atQueue = 'accounts[0].notifications';
const at = 'accounts[0].marketplaces[0]';

const wrong: [unknown, string][] = [
  ['', 'the file must be a group of settings.'],
  [settings({ accounts: [] }), 'accounts must not be empty.'],
  [settings({ commerce: undefined }), 'commerce is missing.'],
  [settings({ colour: 'red' }), 'colour is not a setting.'],
  [
    inAccount({ name: 'US main' }),
    'accounts[0].name must be at most 40 lower-case letters, digits and dashes.',
  ],
  [inAccount({ sellerId: 17 }), 'accounts[0].sellerId must be a text.'],
  [inAccount({ region: 'us' }), 'accounts[0].region must be na, eu or fe.'],
  [inAccount({ importSince: undefined }), 'accounts[0].importSince is missing.'],
  [
    inAccount({ importSince: '2026-11-01' }),
    'accounts[0].importSince must be a time like 2026-11-01T00:00:00Z.',
  ],
  [inAccount({ intake: null }), 'accounts[0].intake must be a group of settings.'],
  [
    inAccount({ intake: { sweepEvery: '5 minutes' } }),
    'accounts[0].intake.sweepEvery must be a duration like',
  ],
  [inAccount({ intake: { sweepEvery: 0 } }), 'accounts[0].intake.sweepEvery must be longer than nothing.'],
  [
    inAccount({ intake: { slowSweepBack: '23 h' } }),
    'accounts[0].intake.slowSweepBack must be 24 h or longer',
  ],
  [
    inAccount({ intake: { reconcileBack: '26 d' } }),
    'accounts[0].intake.reconcileBack must be 25 d or shorter',
  ],
  [
    inAccount({ intake: { sweepEvery: '1 h' } }),
    'accounts[0].intake.staleAfter must be longer than sweepEvery, or each wait would raise an alert.',
  ],
  [inAccount({ clientSecret: 'x' }), 'accounts[0].clientSecret is not a setting.'],
  [inQueue({ queueUrl: undefined }), `${atQueue}.queueUrl is missing.`],
  [inQueue({ queueUrl: 'orders' }), `${atQueue}.queueUrl must be an address that begins with https://`],
  [
    inQueue({ queueUrl: `${queueUrl}.fifo` }),
    `${atQueue}.queueUrl must be a standard queue: Amazon sends nothing to a FIFO one.`,
  ],
  [inQueue({ region: 'USA' }), `${atQueue}.region must be an AWS region like us-east-1.`],
  [
    inQueue({ queueUrl: 'http://127.0.0.1:4566/000000000000/orders' }),
    `${atQueue}.region is missing, because the address of the queue does not tell it.`,
  ],
  [inQueue({ accessKey: 'x' }), `${atQueue}.accessKey is not a setting.`],
  [inMarketplace({ id: 'US' }), `${at}.id must be Amazon's id of a marketplace`],
  [inMarketplace({ store: undefined }), `${at}.store is missing.`],
  [inMarketplace({ store: 'all' }), `${at}.store must be a store view that sells`],
  [inMarketplace({ customer: 'new account' }), `${at}.customer must be guest or newAccount.`],
  [inMarketplace({ orderNumber: 'erp' }), `${at}.orderNumber must be amazon, commerce or {`],
  [inMarketplace({ orderNumber: { source: 'commerce', prefix: 'C-' } }), `${at}.orderNumber must be amazon`],
  [inMarketplace({ orderStatus: 'Paid!' }), `${at}.orderStatus must be default or a status code`],
  [inMarketplace({ retryBlocked: [] }), `${at}.retryBlocked must not be empty.`],
  [inMarketplace({ retryBlocked: ['5 ms'] }), `${at}.retryBlocked[0] must be 1 s or longer.`],
  [inMarketplace({ settleFor: '4 d' }), `${at}.settleFor must be 3 d or shorter, so that buyer data is gone`],
  [
    settings({ commerce: [{ name: 'main', url: 'shop' }] }),
    'commerce[0].url must be an address that begins with',
  ],
  [
    settings({ commerce: [{ name: 'main', url: 'http://shop.example.com' }] }),
    'commerce[0].url must be an address that begins with https://',
  ],
  [
    settings({ commerce: [{ name: 'main', url: 'https://shop.example.com/rest/V1' }] }),
    'commerce[0].url must be the address of the shop, without /rest.',
  ],
  [
    settings({ commerce: [{ name: 'main', url: 'https://shop.example.com', concurrency: 0 }] }),
    'commerce[0].concurrency must be at least 1.',
  ],
  [
    settings({ erps: [{ name: 'wms', kind: 'ftp', url: 'https://e.example' }] }),
    'erps[0].kind must be webhook.',
  ],
  [settings({ page: { port: 70_000 } }), 'page.port must be at most 65535.'],
  [settings({ page: { port: 'http' } }), 'page.port must be a number.'],
  [settings({ logs: { level: 'loud' } }), 'logs.level must be debug, info, warn or error.'],
];
const refusals = wrong.map(([content, sentence]): [string, unknown] => [sentence, content]);

describe('a wrong setting is refused with a sentence that names it', () => {
  it.each(refusals)('%s', async (sentence, content) => {
    const problems = await problemsOf(tempFolder(), content);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(sentence);
    expect(problems[0]).toMatch(/\.$/);
  });

  it('all at once', async () => {
    const content = settings({ accounts: [account({ region: 'us', colour: 1, shape: 2 })], commerce: [] });
    expect(await problemsOf(tempFolder(), content)).toEqual([
      'accounts[0].region must be na, eu or fe.',
      'accounts[0].colour is not a setting.',
      'accounts[0].shape is not a setting.',
      'commerce must not be empty.',
    ]);
  });

  it('and never quoted, since it may be a secret in the wrong place', async () => {
    const secret = 'https://hidden:secret@shop.example.com';
    const content = settings({
      accounts: [account({ sellerId: 'Atzr|hidden', clientSecret: 'hidden' })],
      commerce: [{ name: 'main', url: secret }],
    });
    const problems = await problemsOf(tempFolder(), content);
    expect(problems).toHaveLength(3);
    expect(problems.join()).not.toContain('hidden');
  });
});

describe('settings that do not go together are refused', () => {
  it.each<[string, unknown, string]>([
    [
      'a Commerce instance that is not there',
      inMarketplace({ commerce: 'other' }),
      `${at}.commerce is other, but no entry of commerce has that name.`,
    ],
    [
      'an ERP that is not there',
      inMarketplace({ erp: 'sap' }),
      `${at}.erp is sap, but no entry of erps has that name.`,
    ],
    [
      'an account name twice',
      settings({ accounts: [account(), account({ sellerId: 'A2OTHER' })] }),
      'accounts[1].name is us-main like that of accounts[0]: each needs its own.',
    ],
    [
      'a seller and region under two names',
      settings({ accounts: [account(), account({ name: 'us-too' })] }),
      'accounts[1] is the seller and region of account us-main under another name: put its marketplaces there.',
    ],
    [
      'one queue for two accounts',
      settings({
        accounts: [
          account({ notifications: { queueUrl } }),
          account({ name: 'us-too', sellerId: 'A2OTHER', notifications: { queueUrl: `${queueUrl}/` } }),
        ],
      }),
      'accounts[1].notifications.queueUrl is that of accounts[0]: each account needs a queue of its own.',
    ],
    [
      'a marketplace twice',
      inAccount({ marketplaces: [marketplace(), marketplace({ store: 'second' })] }),
      'accounts[0].marketplaces[1].id is ATVPDKIKX0DER like that of accounts[0].marketplaces[0]: each needs its own.',
    ],
    [
      'a marketplace of another region',
      inMarketplace({ id: 'A1PA6795UKMFR9' }),
      `${at}.id is a marketplace of region eu, not na.`,
    ],
    [
      'reserving without source transfer',
      inMarketplace({ pendingStock: 'reserve' }),
      `${at}.pendingStock can be reserve only with inventory: sourceTransfer.`,
    ],
    [
      'an inventory strategy that is not built',
      inMarketplace({ inventory: 'dedicatedWebsite' }),
      `${at}.inventory is dedicatedWebsite, which is not available yet: set it to none.`,
    ],
    [
      'one port for two servers',
      settings({ page: { port: 8231 } }),
      'page.port and codec.port are both 8231: choose another.',
    ],
  ])('%s', async (_, content, sentence) => {
    const env = { ...secrets, ...secondSeller };
    expect(await problemsOf(tempFolder(), content, env)).toEqual([sentence]);
  });

  it('the same seller in another region is another account', async () => {
    const european = account({
      name: 'eu-main',
      region: 'eu',
      marketplaces: [marketplace({ id: 'A1PA6795UKMFR9' })],
    });
    const problems = await problemsOf(tempFolder(), settings({ accounts: [account(), european] }), {});
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('AMAZON_EU_MAIN_CLIENT_ID');
  });
});
