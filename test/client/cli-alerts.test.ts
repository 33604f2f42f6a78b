import { erpSandboxSecret } from '../../sandbox/erp';
import { type AlertState, alertWorkflowId, alertWorkflowType } from '../../workflows/alerts/contract';
import { inAlerts, mail, settings, writeSettings } from '../config/settings';
import { openListener } from '../sandbox/erp-shop';
import { openCli, runChannel } from '../support/channel-cli';
import { withStandIn } from '../support/listed-orders';
import { openMailServer } from '../support/mail-server';
import { tempFolders } from '../support/temp-folder';

const tempFolder = tempFolders();

describe('channel alerts show', () => {
  const digest = { at: '2026-10-01T12:00:00.000Z', orders: 1, late: 0, first: [], intakes: [] };
  const state: AlertState = {
    looks: 7,
    lastLookAt: '2026-10-01T12:05:00.000Z',
    open: 3,
    untold: 1,
    told: { known: { 'us-main/113-0000000-0000001 late': 0 }, beyond: 0 },
    silentSince: {},
    outboxes: {
      webhook: { sent: 2, failed: 0, lastSentAt: '2026-10-01T12:00:00.000Z' },
      mail: {
        sent: 1,
        failed: 4,
        sending: { id: 'msg_1', digest },
        waiting: { id: 'msg_2', digest },
        nextAt: '2026-10-01T12:08:00.000Z',
        problem: 'the mail server refuses user or password',
      },
    },
  };

  it('says what was found and sent, and what cannot be sent', async () => {
    const cli = await openCli(tempFolder());
    const { client } = cli.list;
    expect(await cli.channel(['alerts', 'show'])).toMatchObject({
      code: 1,
      stderr: 'No alerts run; have the settings alerts, and is the worker running?\n',
    });
    const options = { workflowId: alertWorkflowId(cli.account), taskQueue: cli.account, args: [{ state }] };
    await client.workflow.start(alertWorkflowType, options);
    await withStandIn(cli.list, async () => {
      const { code, stdout } = await cli.channel(['alerts', 'show']);
      expect(code).toBe(0);
      expect(stdout).toBe(`Last look         1 Oct 2026, 12:05, 7 in all
Needs a person    3, of which 1 wait for the next digest
Webhook           2 sent, the last at 1 Oct 2026, 12:00
Mail              1 sent; 2 are still to be sent
Mail problem      the mail server refuses user or password
Mail again        at 1 Oct 2026, 12:08
`);
      expect(JSON.parse((await cli.channel(['alerts', 'show', '--json'])).stdout)).toEqual(state);
    });
    await cli.list.close();
  });
});

describe('channel alerts test', () => {
  const secrets = { ALERT_WEBHOOK_SECRET: erpSandboxSecret, ALERT_SMTP_PASSWORD: 'hidden' };
  let server: Awaited<ReturnType<typeof openMailServer>>;
  let listener: Awaited<ReturnType<typeof openListener>>;
  beforeEach(async () => {
    [server, listener] = await Promise.all([openMailServer({ password: 'hidden' }), openListener()]);
  });
  afterEach(() => Promise.all([server.close(), listener.close()]));

  function test(env: NodeJS.ProcessEnv = secrets) {
    const folder = tempFolder();
    const here = { host: '127.0.0.1', port: server.port, secure: false, user: 'channel' };
    writeSettings(folder, inAlerts({ webhook: { url: listener.url }, mail: { ...mail, ...here } }));
    return runChannel(folder, ['alerts', 'test'], env);
  }

  it('sends one to each destination and says so', async () => {
    const { code, stdout, stderr } = await test();
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(
      `Sent by webhook to ${new URL(listener.url).host}.\nSent by mail to orders@example.com.\n`,
    );
    expect(listener.kinds()).toEqual(['alert.test']);
    expect(server.mails.map(({ source }) => /^Subject: (.*)\r$/m.exec(source)?.[1])).toEqual([
      'Test alert of the Amazon sales channel',
    ]);
  });

  it('says what is wrong with one and sends to the other', async () => {
    listener.answerNext(403);
    expect(await test()).toEqual({
      code: 1,
      stdout: 'Sent by mail to orders@example.com.\n',
      stderr: 'Alerts by webhook: answered 403; check address and secret.\n',
    });
  });

  it('needs the secrets of the destinations, and alerts in the settings', async () => {
    expect(await test({})).toEqual({
      code: 1,
      stdout: '',
      stderr: 'ALERT_WEBHOOK_SECRET and ALERT_SMTP_PASSWORD cannot be used: run config check.\n',
    });
    const folder = tempFolder();
    writeSettings(folder, settings());
    const { code, stderr } = await runChannel(folder, ['alerts', 'test'], secrets);
    expect([code, stderr]).toEqual([1, 'channel.yaml has no alerts.\n']);
  });
});
