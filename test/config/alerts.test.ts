import { loadConfig } from '../../config/load';
import { takeOver } from '../../config/take-over';
import { alertReasons } from '../../domain/alerts';
import { tempFolders } from '../support/temp-folder';
import { inAlerts, mail, secrets, settings, writeSettings } from './settings';

const folders = tempFolders();
/** One for all, because the settings hold paths in it. */
let cwd: string;
beforeAll(() => {
  cwd = folders();
});

function load(content: unknown, env: NodeJS.ProcessEnv = secrets) {
  writeSettings(cwd, content);
  return loadConfig({ cwd, env });
}
const webhook = { url: 'https://alerts.example.com/hooks' };

describe('the settings of alerts', () => {
  it('are none where the file has none', async () => {
    expect(await load(settings())).not.toHaveProperty('alerts');
  });

  it('have defaults, and need no secret where a mail server asks for no user', async () => {
    const { ALERT_WEBHOOK_SECRET: _, ALERT_SMTP_PASSWORD: __, ...env } = secrets;
    const { alerts } = await load(inAlerts({}), env);
    expect(alerts).toEqual({
      everyMs: 60_000,
      afterMs: 900_000,
      paceMs: 900_000,
      reasons: alertReasons,
      page: 'http://127.0.0.1:8230',
      mail: { ...mail, secure: true, port: 465 },
    });
  });

  it('take the secrets from the environment', async () => {
    const { alerts } = await load(inAlerts({ webhook, mail: { ...mail, secure: false, user: 'alerts' } }));
    expect(alerts).toMatchObject({
      webhook: { ...webhook, secret: secrets.ALERT_WEBHOOK_SECRET },
      mail: { port: 587, login: { user: 'alerts', password: 'hidden-password' } },
    });
  });

  it.each([
    [{ host: '0.0.0.0' }, undefined, 'http://127.0.0.1:8230'],
    [{ host: '::1', port: 80 }, undefined, 'http://[::1]:80'],
    [{ host: '10.0.0.7' }, 'https://channel.example.com/', 'https://channel.example.com'],
  ])('lead to the Orders page: %j, %s', async (page, address, expected) => {
    const content = { ...inAlerts({ page: address }), page };
    expect((await load(content)).alerts?.page).toBe(expected);
  });

  it('change while the worker runs, but for their addresses', async () => {
    const running = await load(inAlerts({ webhook }));
    const changed = { webhook: { url: 'https://other.example.com' }, pace: '1 h', reasons: ['late'] };
    const { config, taken, waiting } = takeOver(running, await load(inAlerts(changed)));
    expect(taken).toEqual(['alerts.pace', 'alerts.reasons']);
    expect(waiting).toEqual(['alerts.webhook']);
    expect(config.alerts).toMatchObject({ paceMs: 3_600_000, reasons: ['late'], webhook });
  });

  it('begin and end with a restart', async () => {
    const [without, having] = [await load(settings()), await load(inAlerts({}))];
    expect(takeOver(without, having)).toMatchObject({
      config: without,
      waiting: ['alerts', 'alerts.mail'],
    });
    expect(takeOver(having, without)).toMatchObject({ config: having, waiting: ['alerts', 'alerts.mail'] });
  });
});
