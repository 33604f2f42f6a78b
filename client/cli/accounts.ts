import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { loadConfig } from '../../config/load';
import { CommerceError } from '../../integrations/commerce/errors';
import { checkAccount } from '../account-checks';
import { type Accounts, createAccounts, requireAccount } from '../accounts';
import { CheckError } from '../check-error';
import { setUpStock } from '../stock-set-up';
import { accountFacts, describeAccounts, describeChecks } from './describe-accounts';
import { CliError } from './errors';
import { print, printJson, type Session, withSession } from './session';
import { userName } from './user-name';

interface ListOptions {
  readonly config?: string;
  readonly json?: boolean;
}

interface CheckOptions extends ListOptions {
  readonly account?: string;
}

interface SetUpOptions {
  readonly config?: string;
  readonly account: string;
}

interface ConfirmOptions {
  readonly config?: string;
  readonly by: string;
}

export function addAccountCommands(program: Command): void {
  const accounts = program.command('accounts').description('the seller accounts of the settings');
  accounts
    .command('list')
    .description('list the accounts, whether they may write, and how their intakes do')
    .option('--json', 'as JSON')
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
  accounts
    .command('check')
    .description('say for each account what works, and what to do where it does not; needs the secrets')
    .option('--account <name>', 'only this one')
    .option('--json', 'as JSON')
    .action((_, command: Command) => check(command.optsWithGlobals<CheckOptions>()));
  accounts
    .command('set-up-stock')
    .description('make in Commerce what the inventory strategies of an account need; needs the secrets')
    .requiredOption('--account <name>', 'whose')
    .action((_, command: Command) => makeStock(command.optsWithGlobals<SetUpOptions>()));
  accounts
    .command('confirm <account>')
    .description('vouch that the account may write here, and try again what waits for that')
    .option('--by <name>', 'who vouches for it', userName())
    .action((account: string, _, command: Command) =>
      confirm(account, command.optsWithGlobals<ConfirmOptions>()),
    );
}

async function list(options: ListOptions): Promise<void> {
  await withSession(options, async (session) => {
    const rows = await accountsOf(session).list();
    if (options.json) printJson({ accounts: rows.map(accountFacts) });
    else print(describeAccounts(rows));
  });
}

async function check({ account: name, ...options }: CheckOptions): Promise<void> {
  const config = await loadConfig({ path: options.config });
  const wanted = name === undefined ? config.accounts : [requireAccount(config, name)];
  await withSession(options, async (session) => {
    const tools = { config, accounts: accountsOf(session), orders: session.orders };
    const checks = (await Promise.all(wanted.map((account) => checkAccount(tools, account)))).flat();
    if (options.json) printJson({ checks });
    else print(describeChecks(checks));
    const wrong = checks.filter(({ ok }) => !ok).length;
    if (wrong > 0) throw new CliError(`${wrong} of ${checks.length} checks found something wrong.`);
  });
}

async function makeStock({ account: name, ...options }: SetUpOptions): Promise<void> {
  const config = await loadConfig({ path: options.config });
  const account = requireAccount(config, name);
  await withSession(options, async (session) => {
    const { kind, sentence } = await accountsOf(session).writing(account);
    if (kind !== 'on') throw new CliError(sentence);
    const wanted = account.marketplaces.filter(({ policy }) => policy.inventory !== 'none');
    if (wanted.length === 0) {
      throw new CliError(`Account ${name} has inventory none everywhere: there is nothing to make.`);
    }
    const names = new Set(wanted.map(({ policy }) => policy.commerce));
    for (const shop of config.commerce.filter((each) => names.has(each.name))) {
      try {
        for await (const done of setUpStock(shop, account)) print(`Commerce ${shop.name}: ${done}`);
      } catch (error) {
        const isExpected = error instanceof CheckError || error instanceof CommerceError;
        throw isExpected ? new CliError(error.message) : error;
      }
    }
  });
}

async function confirm(account: string, { by, ...options }: ConfirmOptions): Promise<void> {
  await withSession(options, async (session) => {
    const { sentence, retried } = await accountsOf(session).confirm(account, by);
    print(sentence);
    if (retried > 0) print(`Orders that waited for it and are tried again: ${retried}.`);
  });
}

/** @throws CliError where no worker has run with these settings: an id made here would be another one. */
function accountsOf(session: Session): Accounts {
  const { installationFile } = session.config;
  if (existsSync(installationFile)) return createAccounts(session);
  throw new CliError(
    `There is no id of an installation at ${installationFile}: start the worker with these settings first.`,
  );
}
