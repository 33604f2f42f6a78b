import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import type { AccountConfig } from '../../config/config';
import { loadConfig } from '../../config/load';
import {
  createNotificationsPort,
  type OrderChangeSubscription,
  type SubscribeResult,
  type UnsubscribeResult,
} from '../../integrations/amazon/notifications';
import { createQueuePort } from '../../integrations/amazon/queue';
import { createAccounts, requireAccount } from '../accounts';
import { explained } from './amazon-problems';
import { CliError } from './errors';
import { print, withSession } from './session';

interface Options {
  readonly config?: string;
  readonly account: string;
  readonly queueArn?: string;
}

export function addAmazonCommands(program: Command): void {
  const amazon = program.command('amazon').description('whether Amazon notifies the channel of changes');
  addCommand(
    amazon,
    'subscribe',
    'have Amazon send changes of orders to the queue; needs the secrets',
  ).action((_, command: Command) => subscribe(command.optsWithGlobals<Options>()));
  addCommand(amazon, 'unsubscribe', 'end that; the sweeps go on; needs the secrets').action(
    (_, command: Command) => unsubscribe(command.optsWithGlobals<Options>()),
  );
}

const addCommand = (amazon: Command, name: string, description: string) =>
  amazon
    .command(name)
    .description(description)
    .requiredOption('--account <name>', 'an account of the settings')
    .option('--queue-arn <arn>', 'of the queue, instead of asking the queue itself', standardQueueArn);

function standardQueueArn(text: string): string {
  if (text.endsWith('.fifo')) {
    throw new InvalidArgumentError('Amazon sends nothing to a FIFO queue: make a standard one.');
  }
  if (/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}$/.test(text)) return text;
  throw new InvalidArgumentError('It must look like arn:aws:sqs:us-east-1:123456789012:amazon-orders.');
}

async function subscribe(options: Options): Promise<void> {
  const account = await accountOf(options);
  const { name } = account;
  const result = await explained(async () => {
    const queueArn = await queueArnOf(account, options);
    return createNotificationsPort(account).subscribe({ queueArn, name: `amazon-sales-channel-${name}` });
  });
  print(subscribed(name, result));
  if (account.notifications) return;
  print(`Nobody receives them yet: set notifications.queueUrl of account ${name} and restart the worker.`);
}

async function unsubscribe(options: Options): Promise<void> {
  const account = await accountOf(options);
  const result = await explained(async () =>
    createNotificationsPort(account).unsubscribe(await queueArnOf(account, options)),
  );
  print(unsubscribed(account.name, result));
}

/** @throws CliError where the account must not write: a subscription is one of the things that others rely on. */
async function accountOf(options: Options): Promise<AccountConfig> {
  const config = await loadConfig({ path: options.config });
  const account = requireAccount(config, options.account);
  if (account.mode === 'readOnly')
    throw new CliError(`Account ${account.name} is read-only by its settings.`);
  // Where the channel has never run, there is nothing that this could be a copy of.
  if (!existsSync(config.keyRingFile)) return account;
  await withSession(options, async (session) => {
    const { kind, sentence } = await createAccounts(session).writing(account);
    if (kind === 'off') throw new CliError(sentence);
  });
  return account;
}

async function queueArnOf({ name, notifications }: AccountConfig, { queueArn }: Options): Promise<string> {
  if (queueArn !== undefined) return queueArn;
  if (!notifications) {
    throw new CliError(
      `Account ${name} has no queue in the settings: set notifications.queueUrl, or name the queue with --queue-arn.`,
    );
  }
  const queue = createQueuePort(notifications);
  try {
    return (await queue.attributes()).arn;
  } finally {
    queue.close();
  }
}

/** @throws CliError for a subscription that is not as wanted. */
function subscribed(account: string, { kind, subscription }: SubscribeResult): string {
  const { subscriptionId, queueArn } = subscription;
  if (kind === 'elsewhere') throw new CliError(elsewhere(account, subscription));
  if (kind === 'narrower') {
    throw new CliError(
      `Amazon sends only some changes of orders of account ${account} to ${queueArn}: unsubscribe, then subscribe again.`,
    );
  }
  return kind === 'subscribed'
    ? `Amazon now sends changes of orders of account ${account} to ${queueArn} (subscription ${subscriptionId}).`
    : `Amazon sends changes of orders of account ${account} to ${queueArn} already (subscription ${subscriptionId}); nothing was changed.`;
}

/** @throws CliError for a subscription that is not to this queue. */
function unsubscribed(account: string, result: UnsubscribeResult): string {
  if (result.kind === 'notSubscribed') {
    return `Amazon sends no changes of orders of account ${account}; nothing was changed.`;
  }
  const { subscription } = result;
  if (result.kind === 'elsewhere') throw new CliError(elsewhere(account, subscription));
  return `Amazon sends no changes of orders of account ${account} any more (subscription ${subscription.subscriptionId} is deleted; destination ${subscription.destinationId} stays for the next one).`;
}

function elsewhere(account: string, { destinationId, queueArn }: OrderChangeSubscription): string {
  const sends = `Amazon sends changes of orders of account ${account} to`;
  return queueArn === undefined
    ? `${sends} destination ${destinationId}, which is no queue. If no other program needs that, end it by unsubscribe, or where it was made.`
    : `${sends} ${queueArn}, which may be another program’s; it is left as it is. To end that, unsubscribe with --queue-arn ${queueArn}.`;
}
