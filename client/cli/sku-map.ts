import type { Command } from 'commander';
import type { IntakeStatus } from '../intake-status';
import { isSilent } from '../intake-status';
import { mapSku } from '../sku-mapping';
import { CliError } from './errors';
import { requireAccount } from './intake-requests';
import { print, printJson, requireOrderId, withSession } from './session';
import { table } from './table';
import { userName } from './user-name';

interface MapOptions {
  readonly config?: string;
  readonly account?: string;
  readonly from: string;
  readonly to: string;
  readonly always?: boolean;
  readonly by: string;
  readonly why?: string;
}

interface ShowOptions {
  readonly config?: string;
  readonly account?: string;
  readonly json?: boolean;
  readonly forget?: string;
  readonly by: string;
}

/** `orders map-sku` */
export function addMapSku(orders: Command): void {
  orders
    .command('map-sku <id>')
    .description('create a line of a blocked order under another SKU of Commerce')
    .requiredOption('--from <sku>', 'as Amazon has it')
    .requiredOption('--to <sku>', 'as Commerce has it')
    .option('--always', 'also for future orders of the account')
    .option('--account <name>', 'where several accounts have this order id')
    .option('--why <text>', 'kept in the notes of the order')
    .option('--by <name>', 'who asks; kept in the notes of the order', userName())
    .action((id: string, _, command: Command) => map(id, command.optsWithGlobals<MapOptions>()));
}

/** `intake sku-map` */
export function addSkuMap(intake: Command): void {
  intake
    .command('sku-map')
    .description('list the SKUs that are mapped for future orders')
    .option('--account <name>', 'only of this account')
    .option('--forget <sku>', "Amazon's SKU that is to be mapped no more; with --account")
    .option('--by <name>', 'who asks', userName())
    .option('--json', 'as JSON')
    .action((_, command: Command) => {
      const options = command.optsWithGlobals<ShowOptions>();
      return options.forget === undefined ? show(options) : forget(options, options.forget);
    });
}

async function map(id: string, options: MapOptions): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  const { account, from, to, by, why, always = false } = options;
  await withSession(options, async ({ orders, intakes }) => {
    const order = await orders.find(amazonOrderId, account);
    const mapping = { from, to, by, always, ...(why !== undefined && { why }) };
    const { done, sentence } = await mapSku({ orders, intakes }, order, mapping);
    if (!done) throw new CliError(sentence);
    print(sentence);
  });
}

async function show(options: ShowOptions): Promise<void> {
  await withSession(options, async ({ intakes, config }) => {
    const { account } = options;
    if (account !== undefined) requireAccount(config, account);
    const statuses = (await intakes.status()).filter(
      (each) => account === undefined || each.account === account,
    );
    const rows = statuses.flatMap(mappingsOf);
    if (options.json) printJson({ skuMap: rows });
    else if (statuses.some((status) => !isSilent(status))) print(describeSkuMap(rows));
    const silent = statuses.filter(isSilent);
    if (silent.length > 0) throw new CliError(silent.map(({ silence }) => silence).join('\n'));
  });
}

async function forget(options: ShowOptions, sku: string): Promise<void> {
  const { account, by } = options;
  if (account === undefined) throw new CliError('Say of which account with --account.');
  await withSession(options, async ({ intakes, config }) => {
    requireAccount(config, account);
    print(await intakes.mapSkus(account, { changes: [{ from: sku, to: null }], by }));
  });
}

interface MappingRow {
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

const mappingsOf = (status: IntakeStatus): MappingRow[] =>
  isSilent(status)
    ? []
    : Object.entries(status.skuMap).map(([from, to]) => ({ account: status.account, from, to }));

function describeSkuMap(rows: readonly MappingRow[]): string {
  if (rows.length === 0) return 'No SKU is mapped.';
  const columns = [
    { title: 'ACCOUNT', value: ({ account }: MappingRow) => account },
    { title: 'AMAZON', value: ({ from }: MappingRow) => from },
    { title: 'COMMERCE', value: ({ to }: MappingRow) => to },
  ];
  return table(columns, rows);
}
