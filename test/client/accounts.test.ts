import { join } from 'node:path';
import { openInstallation } from '../../config/installation';
import { createNotificationsPort } from '../../integrations/amazon/notifications';
import { amazonSettingsDefaults } from '../../sandbox/amazon';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { startSqs } from '../../sandbox/sqs';
import { demoSecrets } from '../../scripts/start/demo-settings';
import { openQueue } from '../sandbox/amazon-queue';
import { type Cli, openCli } from '../support/channel-cli';
import { writeSettings } from '../support/channel-settings';
import { withStandIn } from '../support/listed-orders';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();
let folder: string;
let cli: Cli;
beforeEach(async () => {
  folder = tempFolder();
  cli = await openCli(folder);
});
afterEach(() => cli.list.close());

const accounts = (...args: string[]) => cli.channel(['accounts', ...args]);

describe('channel accounts list and confirm', () => {
  it('say that the worker has never run with these settings', async () => {
    for (const command of [['list'], ['confirm', cli.account]]) {
      const { code, stderr } = await accounts(...command);
      expect([code, stderr]).toEqual([
        1,
        `There is no id of an installation at ${join(folder, 'installation')}: start the worker with these settings first.\n`,
      ]);
    }
  });

  it('show an account whose intake does not run, and confirm nothing then', async () => {
    openInstallation(join(folder, 'installation'));
    const { code, stdout } = await accounts('list');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ACCOUNT +SELLER +REGION +MODE +MARKETPLACES +IMPORT SINCE +INTAKE +NOTE$/m);
    expect(stdout).toMatch(`${cli.account}  A1EXAMPLE  na      live  US            1 Jan 2026`);
    expect(stdout).toContain(
      `no answer  No order intake runs for account ${cli.account}; is the worker running?\n`,
    );
    expect(await accounts('confirm', cli.account)).toMatchObject({
      code: 1,
      stderr: `No order intake runs for account ${cli.account} yet: start the worker.\n`,
    });
    expect((await accounts('confirm', 'other')).stderr).toBe(
      `There is no account other in the settings; there are ${cli.account}.\n`,
    );
  });

  it('go on, once confirmed, with the orders that wait for it and no others', async () => {
    const installation = openInstallation(join(folder, 'installation'));
    const since = '2026-10-01T12:00:00Z';
    const waiting = await cli.list.start({
      memo: { attention: [{ reason: 'readOnly', note: 'Nobody has confirmed it.', since }] },
    });
    const late = await cli.list.start({ memo: { attention: [{ reason: 'late', note: 'Ship it.', since }] } });
    await cli.list.startIntake({ parked: [{ reason: 'Unknown currency' }] });
    await withStandIn(cli.list, async () => {
      expect((await accounts('list')).stdout).toContain('Nobody has confirmed');
      const { stdout, stderr } = await accounts('confirm', cli.account, '--by', 'Ada');
      expect(stderr).toBe('');
      expect(stdout.split('\n')).toEqual([
        `Ada confirmed installation ${installation}.`,
        'Orders that waited for it and are tried again: 1.',
        '',
      ]);
      const notes = await Promise.all(
        [waiting, late].map(async (id) => (await cli.orders.show(id)).snapshot?.notes),
      );
      expect(notes).toMatchObject([[{ by: 'Ada', text: expect.stringContaining('may write again') }], []]);

      const again = await accounts('confirm', cli.account);
      expect(again.stdout).toContain(`Account ${cli.account} was confirmed here already.`);
      const { stdout: json } = await accounts('list', '--json');
      expect(JSON.parse(json)).toMatchObject({
        accounts: [
          {
            name: cli.account,
            mode: 'live',
            marketplaces: ['ATVPDKIKX0DER'],
            writes: true,
            intake: { answers: true, parked: 1, lastSweepAt: expect.any(String) },
          },
        ],
      });
    });
  });
});

describe('channel accounts check', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());

  interface Changes {
    tokenEndpoint?: string;
    store?: string;
    mode?: string;
    notifications?: object;
  }
  const account = (name: string, { store = 'amazon_us', ...changes }: Changes = {}) => ({
    name,
    sellerId: name === cli.account ? 'A1SANDBOXSELLER' : 'A1OTHER',
    region: 'na',
    importSince: '2026-01-01T00:00:00Z',
    endpoint: sandbox.urls.amazon,
    tokenEndpoint: `${sandbox.urls.amazon}/auth/o2/token`,
    marketplaces: [{ id: 'ATVPDKIKX0DER', commerce: cli.account, store, erp: cli.account }],
    ...changes,
  });
  async function check(settings: object[], { args = [] as string[], secrets = {}, more = {} } = {}) {
    openInstallation(join(folder, 'installation'));
    writeSettings(folder, cli.account, cli.list.keyRing, {
      accounts: settings,
      commerce: [{ name: cli.account, url: sandbox.urls.commerce }],
      erps: [{ name: cli.account, kind: 'webhook', url: `${sandbox.urls.erp}/webhooks/channel` }],
      ...more,
    });
    const env = { ...demoSecrets(cli.account), ...secrets };
    const ended = await cli.channel(['accounts', 'check', '--json', ...args], env);
    const checks = JSON.parse(ended.stdout).checks as {
      account: string;
      subject: string;
      ok: boolean;
      sentence: string;
    }[];
    return {
      ...ended,
      checks,
      of: (subject: string) => checks.find((each) => each.subject.startsWith(subject)),
    };
  }
  const confirmed = async () => {
    await cli.list.startIntake();
    await withStandIn(cli.list, () => accounts('confirm', cli.account));
  };
  async function orderAtAmazon() {
    const at = sandbox.startedAt.toISOString();
    const lines = [{ sku: 'MUG-BLUE-350', quantity: 1 }];
    const { orderId } = sandbox.amazon.addOrder({ lines, plan: { placedAt: at, verifiedAt: at } });
    await cli.list.start({ amazonOrderId: orderId });
    return orderId;
  }

  it('finds that all works, with an order whose buyer Amazon shows', async () => {
    openInstallation(join(folder, 'installation'));
    const orderId = await orderAtAmazon();
    await check([account(cli.account)]);
    await confirmed();
    const { code, stderr, checks } = await check([account(cli.account)]);
    expect([code, stderr]).toEqual([0, '']);
    expect(checks.map(({ subject, sentence }) => `${subject}: ${sentence}`)).toEqual([
      'Login with Amazon: The credentials are accepted.',
      `Orders at Amazon: Order ${orderId} can be read, with address and e-mail address.`,
      'Notifications: No queue is configured: sweeps alone find what has changed.',
      `Commerce ${cli.account}: The credentials are accepted; store view amazon_us found, shipments can be read.`,
      `Stock in Commerce ${cli.account}: Website amazon has inventory none; possible: none, sourceTransfer.`,
      `ERP ${cli.account}: It answers. Whether it takes the signature, the next order will tell.`,
      'Writing: The account may write where it is.',
    ]);
  });

  it('says of each account alone what is wrong and what to do', async () => {
    const other = demoSecrets('other-seller');
    const secrets = { ...other, AMAZON_OTHER_SELLER_REFRESH_TOKEN: 'Atzr|revoked' };
    const both = [account(cli.account), account('other-seller', { store: 'gone' })];
    const { code, stderr, checks } = await check(both, { secrets });
    expect([code, stderr]).toEqual([1, '5 of 13 checks found something wrong.\n']);
    const problems = checks.filter(({ ok }) => !ok);
    expect(problems.map(({ account: name, subject }) => [name, subject])).toEqual([
      [cli.account, 'Writing'],
      ['other-seller', 'Login with Amazon'],
      ['other-seller', 'Orders at Amazon'],
      ['other-seller', `Commerce ${cli.account}`],
      ['other-seller', 'Writing'],
    ]);
    expect(problems[1]?.sentence).toMatch(
      /the credentials are not accepted \(invalid_grant\)\. Check the three AMAZON_OTHER_SELLER_… secrets/,
    );
    expect(problems[3]?.sentence).toContain('There is no store view with the code "gone".');
    expect(checks.find(({ subject }) => subject === 'Orders at Amazon')?.sentence).toBe(
      'Orders can be read. Buyer data cannot be judged: the account has no open order to be shipped.',
    );
    expect(JSON.stringify(checks)).not.toContain('Atzr');
  });

  it('tells of systems that do not answer, and of a queue that is not there', async () => {
    const nowhere = 'http://127.0.0.1:9';
    const notifications = {
      queueUrl: `${nowhere}/123456789012/orders`,
      region: 'us-east-1',
      endpoint: nowhere,
    };
    const { of } = await check([account(cli.account, { notifications, tokenEndpoint: nowhere })], {
      args: ['--account', cli.account],
      secrets: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
      more: {
        commerce: [{ name: cli.account, url: nowhere }],
        erps: [{ name: cli.account, kind: 'webhook', url: nowhere }],
      },
    });
    for (const subject of ['Login', 'Orders', 'Notifications', 'Commerce', 'ERP'])
      expect(of(subject)).toMatchObject({ ok: false, sentence: expect.stringMatching(/\.$/) });
  });

  it('tells whether Amazon notifies the queue', async () => {
    const sqs = await startSqs();
    const queue = await openQueue(sqs.endpoint, 'orders');
    const queueUrl = `${sqs.endpoint}/000000000000/orders`;
    const settings = account(cli.account, {
      notifications: { queueUrl, region: 'us-east-1', endpoint: sqs.endpoint },
    });
    const look = async () => {
      const secrets = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
      return (await check([settings], { secrets })).of('Notifications');
    };
    try {
      expect(await look()).toMatchObject({
        ok: false,
        sentence: `Queue ${queue.arn} is there, but Amazon notifies nobody: run \`channel amazon subscribe --account ${cli.account}\`.`,
      });
      const { endpoint, tokenEndpoint } = settings;
      const port = createNotificationsPort({ endpoint, tokenEndpoint, credentials: amazonSettingsDefaults });
      await port.subscribe({ queueArn: queue.arn, name: 'orders' });
      expect(await look()).toMatchObject({
        ok: true,
        sentence: `Amazon notifies queue ${queue.arn}, where 0 messages wait.`,
      });
    } finally {
      queue.close();
      await sqs.close();
    }
  });

  it('calls a read-only account no problem, and shows lines to people', async () => {
    await check([account(cli.account, { mode: 'readOnly' })]);
    const { code, stdout } = await cli.channel(['accounts', 'check'], demoSecrets(cli.account));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ACCOUNT +CHECK +RESULT$/m);
    expect(stdout).toMatch(/Writing +ok +Read-only by its settings: nothing is written\.$/m);
  });
});
