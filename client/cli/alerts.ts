import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { AlertsConfig } from '../../config/config';
import { reviewConfig } from '../../config/load';
import { AlertRefusedError, AlertUnreachableError } from '../../integrations/alerts/errors';
import { createMailAlerts } from '../../integrations/alerts/mail';
import { testAlert } from '../../integrations/alerts/message';
import type { AlertPort } from '../../integrations/alerts/port';
import { createWebhookAlerts } from '../../integrations/alerts/webhook';
import { readAlerts } from '../alerts';
import { describeAlerts } from './describe-alerts';
import { CliError } from './errors';
import { print, printJson, withSession } from './session';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export function addAlertCommands(program: Command): void {
  const alerts = program.command('alerts').description('who is told what needs a person');
  alerts
    .command('show')
    .description('show what the alerts have found and sent, and what they cannot send')
    .option('--json', 'as JSON')
    .action((_, command: Command) => show(command.optsWithGlobals<Options>()));
  alerts
    .command('test')
    .description('send a test alert to all destinations of the settings; needs their secrets')
    .action((_, command: Command) => test(command.optsWithGlobals<Options>()));
}

async function show(options: Options): Promise<void> {
  await withSession(options, async ({ client, config }) => {
    const state = await readAlerts(client, config.taskQueue);
    if (options.json) printJson(state);
    else print(describeAlerts(state));
  });
}

/** Each destination is tried, whatever becomes of the others. @throws CliError where one fails */
async function test({ config: path }: Options): Promise<void> {
  const { file, config } = await reviewConfig({ path });
  if (!config.alerts) throw new CliError(`${file} has no alerts.`);
  const alert = testAlert(`msg_${randomUUID()}`, new Date().toISOString(), config.alerts.page);
  const failures: string[] = [];
  for (const { name, port } of destinationsOf(config.alerts)) {
    try {
      const { problem } = await port.send(alert);
      print(`Sent by ${name}${problem === undefined ? '.' : `, but ${problem}.`}`);
    } catch (error) {
      if (!(error instanceof AlertRefusedError) && !(error instanceof AlertUnreachableError)) throw error;
      failures.push(`${error.message}.`);
    }
  }
  if (failures.length > 0) throw new CliError(failures.join('\n'));
}

/** @throws CliError for secrets that are missing */
function destinationsOf({ webhook, mail }: AlertsConfig): { name: string; port: AlertPort }[] {
  const missing = [
    ...(webhook?.secret === '' ? ['ALERT_WEBHOOK_SECRET'] : []),
    ...(mail?.login?.password === '' ? ['ALERT_SMTP_PASSWORD'] : []),
  ];
  if (missing.length > 0) throw new CliError(`${missing.join(' and ')} cannot be used: run config check.`);
  return [
    ...(webhook
      ? [{ name: `webhook to ${new URL(webhook.url).host}`, port: createWebhookAlerts(webhook) }]
      : []),
    ...(mail ? [{ name: `mail to ${mail.to.join(', ')}`, port: createMailAlerts(mail) }] : []),
  ];
}
