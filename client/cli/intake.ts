import type { Command } from 'commander';
import { isSilent } from '../intake-status';
import { describeIntakes, describeParkedOrders } from './describe-intake';
import { CliError } from './errors';
import {
  type BackfillOptions,
  backfill,
  type PullOptions,
  pull,
  type ReconcileOptions,
  reconcile,
  requireAccount,
} from './intake-requests';
import { print, printJson, type Session, withSession } from './session';
import { addSkuMap } from './sku-map';

interface LookOptions {
  readonly config?: string;
  readonly account?: string;
  readonly json?: boolean;
}

const old = 'also orders purchased before importSince';

export function addIntakeCommands(program: Command): void {
  const intake = program.command('intake').description('how orders come in from Amazon');
  addLook(intake, 'show', 'show what each intake does and has found', show);
  addLook(intake, 'parked', 'list the orders that cannot be imported, with the reason', parked);
  intake
    .command('pull <id>')
    .description('have one order read at Amazon now, however old it is')
    .option('--account <name>', 'where the settings have several')
    .option('--before-import-since', old)
    .action((id: string, _, command: Command) => pull(id, command.optsWithGlobals<PullOptions>()));
  intake
    .command('backfill')
    .description('import the orders that were purchased in a range of time, however old they are')
    .requiredOption('--account <name>', 'an account of the settings')
    .requiredOption('--from <date>', 'date (the whole day in UTC) or ISO instant')
    .requiredOption('--to <date>', 'likewise; a date is included')
    .option('--before-import-since', old)
    .action((_, command: Command) => backfill(command.optsWithGlobals<BackfillOptions>()));
  intake
    .command('reconcile')
    .description("compare Amazon's list with the workflows now; what is missing is started")
    .requiredOption('--account <name>', 'an account of the settings')
    .option('--since <date>', 'how far to look back (default: intake.reconcileBack of the settings)')
    .option('--wait', 'wait for the report and print it')
    .action((_, command: Command) => reconcile(command.optsWithGlobals<ReconcileOptions>()));
  addSkuMap(intake);
}

function addLook(
  intake: Command,
  name: string,
  description: string,
  look: (options: LookOptions) => Promise<void>,
): void {
  intake
    .command(name)
    .description(description)
    .option('--account <name>', 'only of this account')
    .option('--json', 'as JSON')
    .action((_, command: Command) => look(command.optsWithGlobals<LookOptions>()));
}

async function show(options: LookOptions): Promise<void> {
  await withSession(options, async (session) => {
    const statuses = await statusesOf(session, options.account);
    if (options.json) printJson({ intakes: statuses });
    else print(describeIntakes(statuses));
  });
}

/** An intake that does not answer must not look as if nothing were parked. */
async function parked(options: LookOptions): Promise<void> {
  await withSession(options, async (session) => {
    const statuses = await statusesOf(session, options.account);
    const views = statuses.flatMap((status) => (isSilent(status) ? [] : [status]));
    const rows = views.flatMap(({ account, parked: orders }) =>
      orders.map((order) => ({ account, ...order })),
    );
    const more = views.reduce((sum, view) => sum + view.parkedCount - view.parked.length, 0);
    const silent = statuses.filter(isSilent);
    if (options.json) printJson({ parked: rows, more });
    else if (views.length > 0) print(describeParkedOrders(rows, more));
    if (silent.length > 0) throw new CliError(silent.map(({ silence }) => silence).join('\n'));
  });
}

async function statusesOf({ intakes, config }: Session, account: string | undefined) {
  if (account !== undefined) requireAccount(config, account);
  const statuses = await intakes.status();
  return statuses.filter((status) => account === undefined || status.account === account);
}
