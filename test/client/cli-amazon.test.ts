import { account, secrets, settings, writeSettings } from '../config/settings';
import { type AmazonService, openAmazonService } from '../support/amazon-service';
import { type Ended, runChannel } from '../support/channel-cli';
import { awsCredentials, openQueues, type Queues, type TestQueue } from '../support/queues';
import { tempFolders } from '../support/temp-folder';

describe('the command line for notifications', () => {
  const tempFolder = tempFolders();
  let folder: string;
  let amazon: AmazonService;
  let queues: Queues;
  let queue: TestQueue;
  let subscribe: (...args: string[]) => Promise<Ended>;
  let unsubscribe: (...args: string[]) => Promise<Ended>;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    folder = tempFolder();
    amazon = await openAmazonService();
    queues = await openQueues();
    queue = await queues.open();
    const { clientId, clientSecret, refreshToken } = amazon.account.credentials;
    env = {
      ...secrets,
      ...awsCredentials,
      AMAZON_US_MAIN_CLIENT_ID: clientId,
      AMAZON_US_MAIN_CLIENT_SECRET: clientSecret,
      AMAZON_US_MAIN_REFRESH_TOKEN: refreshToken,
      NODE_NO_WARNINGS: '1',
    };
    configure({ queueUrl: queue.address.queueUrl, region: 'us-east-1' });
    const run =
      (name: string) =>
      (...args: string[]) =>
        runChannel(folder, ['amazon', name, '--account', 'us-main', ...args], env);
    subscribe = run('subscribe');
    unsubscribe = run('unsubscribe');
  });
  afterEach(async () => {
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
    await queues.close();
  });

  const configure = (notifications?: object) => {
    const { endpoint, tokenEndpoint } = amazon.account;
    const own = account({ endpoint, tokenEndpoint, ...(notifications && { notifications }) });
    writeSettings(folder, settings({ accounts: [own] }));
  };
  const others = 'arn:aws:sqs:us-east-1:123456789012:others';

  it('subscribes the queue of the settings, once, and ends that', async () => {
    const first = await subscribe();
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toMatch(
      new RegExp(
        `^Amazon now sends changes of orders of account us-main to ${queue.arn} \\(subscription \\S+\\)\\.\n$`,
      ),
    );
    const second = await subscribe();
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain(`to ${queue.arn} already (subscription`);
    const ended = await unsubscribe();
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^Amazon sends no changes of orders of account us-main any more/);
    const none = await unsubscribe();
    expect(none.stdout).toBe('Amazon sends no changes of orders of account us-main; nothing was changed.\n');
  });

  it('takes the queue from --queue-arn, and says so where nobody receives', async () => {
    configure();
    expect(await subscribe()).toMatchObject({
      code: 1,
      stderr:
        'Account us-main has no queue in the settings: set notifications.queueUrl, or name the queue with --queue-arn.\n',
    });
    const { code, stdout } = await subscribe('--queue-arn', others);
    expect(code).toBe(0);
    expect(stdout).toContain(`Amazon now sends changes of orders of account us-main to ${others}`);
    expect(stdout).toContain('Nobody receives them yet: set notifications.queueUrl of account us-main');
  });

  it('leaves a subscription to another queue as it is, unless that is named', async () => {
    await subscribe('--queue-arn', others);
    const sentence = `Amazon sends changes of orders of account us-main to ${others}, which may be another program’s; it is left as it is. To end that, unsubscribe with --queue-arn ${others}.\n`;
    expect(await subscribe()).toEqual({ code: 1, stdout: '', stderr: sentence });
    expect(await unsubscribe()).toEqual({ code: 1, stdout: '', stderr: sentence });
    expect(await unsubscribe('--queue-arn', others)).toMatchObject({ code: 0, stderr: '' });
    expect(await subscribe()).toMatchObject({ code: 0, stderr: '' });
  });

  it.each([
    [`${others}.fifo`, 'Amazon sends nothing to a FIFO queue: make a standard one.'],
    ['arn:aws:sns:us-east-1:123456789012:orders', 'It must look like arn:aws:sqs:'],
  ])('refuses %s', async (arn, sentence) => {
    const { code, stderr } = await subscribe('--queue-arn', arn);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(amazon.exchanges).toEqual([]);
  });

  it('names a secret that is missing, and an account that is not there', async () => {
    const { AMAZON_US_MAIN_REFRESH_TOKEN: _, ...without } = env;
    env = without;
    const { code, stderr } = await subscribe();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^AMAZON_US_MAIN_REFRESH_TOKEN is missing in the environment;/);
    env = { ...env, AMAZON_US_MAIN_REFRESH_TOKEN: amazon.account.credentials.refreshToken };
    const other = await runChannel(folder, ['amazon', 'subscribe', '--account', 'other'], env);
    expect(other.stderr).toBe('There is no account other in the settings; there are us-main.\n');
  });

  it('says what to do where the queue or Amazon does not play along', async () => {
    await amazon.command('POST', '/faults', {
      path: '/notifications',
      kind: 'status',
      status: 503,
      times: 1,
    });
    const busy = await subscribe('--queue-arn', queue.arn);
    expect(busy.stderr).toContain('Try again in a minute; nothing is done twice.');
    const body = JSON.stringify({ errors: [{ code: 'InvalidInput', message: 'The queue cannot be used.' }] });
    await amazon.command('POST', '/faults', {
      path: '/destinations$',
      method: 'POST',
      kind: 'body',
      status: 400,
      body,
    });
    const refused = await subscribe('--queue-arn', queue.arn);
    expect(refused.stderr).toContain('InvalidInput: The queue cannot be used.');
    expect(refused.stderr).toContain('must allow AWS account 437568002678');
    await amazon.command('PATCH', '/settings', { refreshToken: 'Atzr|changed' });
    const revoked = await subscribe('--queue-arn', queue.arn);
    expect(revoked.stderr).toContain('Check the secrets of the account');
    configure({ queueUrl: `${queue.address.queueUrl}-gone`, region: 'us-east-1' });
    const gone = await subscribe();
    expect(gone.stderr).toMatch(/^Queue orders-\w+-gone: there is no such queue .*--queue-arn\.\n$/);
    expect([busy, refused, revoked, gone].map(({ code }) => code)).toEqual([1, 1, 1, 1]);
    const all = [busy, refused, revoked, gone].map(({ stderr }) => stderr).join();
    expect(all).not.toMatch(/Atz|oa2-cs|\n {4}at /);
  });
});
