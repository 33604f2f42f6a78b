import { type Command, InvalidArgumentError, Option } from 'commander';
import { type AttentionReason, attentionReasons } from '../../domain/attention';
import { type CancelReason, cancelReasons } from '../../domain/cancellation';
import { type ChannelStatus, channelStatuses } from '../../domain/channel-status';
import type { OperatorAction } from '../../workflows/order/contract';
import type { OrderFilter } from '../order-query';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { describeOrder, describeOrders } from './describe';
import { addRecordParcel } from './record-parcel';
import { print, printJson, requireOrderId, withSession } from './session';
import { addMapSku } from './sku-map';
import { userName } from './user-name';

interface ListOptions {
  readonly config?: string;
  readonly status?: readonly ChannelStatus[];
  readonly pending?: boolean;
  readonly attention?: boolean;
  readonly account?: string;
  readonly buyer?: string;
  readonly json?: boolean;
  readonly limit: number;
}

interface OneOptions {
  readonly config?: string;
  readonly account?: string;
  readonly json?: boolean;
}

interface ActOptions extends OneOptions {
  readonly by: string;
  readonly why?: string;
}

interface CancelOptions extends ActOptions {
  readonly reason: CancelReason;
}

interface AcknowledgeOptions extends ActOptions {
  readonly reason: AttentionReason;
}

const largestPage = 500;

export function addOrderCommands(program: Command): void {
  const orders = program
    .command('orders')
    .description('the Orders list, and what an operator does with an order');
  addList(orders);
  addShow(orders);
  addAct(orders, 'retry', 'try again at once what waits for a later attempt');
  addAct(orders, 'hold', 'stop placement and hand-off; parcels that left are confirmed all the same');
  addAct(orders, 'release', 'end a hold');
  addAct(orders, 'resend-to-erp', 'hand the order, or what is left of it, to the ERP again');
  addCancel(orders);
  addAcknowledge(orders);
  addMapSku(orders);
  addRecordParcel(orders);
}

function addList(orders: Command): void {
  orders
    .command('list')
    .description('list orders, the latest first')
    .addOption(new Option('--status <status...>', 'only these').choices(channelStatuses))
    .option('--pending', 'also orders whose payment Amazon has not verified')
    .option('--attention', 'only orders that a person should look at')
    .option('--account <name>', 'only of this account')
    .option('--buyer <text>', "words of the buyer's name, or the e-mail address")
    .option('--limit <number>', 'at most so many', positiveInteger, 50)
    .option('--json', 'as JSON')
    .action((_, command: Command) => list(command.optsWithGlobals<ListOptions>()));
}

function addShow(orders: Command): void {
  orders
    .command('show <id>')
    .description('show all about one order')
    .option('--account <name>', 'where several accounts have this order id')
    .option('--json', 'as JSON')
    .action((id: string, _, command: Command) => show(id, command.optsWithGlobals<OneOptions>()));
}

const acts = { retry: 'retry', hold: 'hold', release: 'release', 'resend-to-erp': 'resendToErp' } as const;
type ActName = keyof typeof acts;

function addAct(orders: Command, name: ActName, description: string): void {
  actCommand(orders, name, description).action((id: string, _, command: Command) => {
    const options = command.optsWithGlobals<ActOptions>();
    return act(id, options, (client, order, action) => client[acts[name]](order, action));
  });
}

function addCancel(orders: Command): void {
  actCommand(orders, 'cancel', 'cancel an order at Amazon, whole, while nothing of it has left')
    .addOption(
      new Option('--reason <code>', "Amazon's reason")
        .choices(Object.keys(cancelReasons))
        .makeOptionMandatory(),
    )
    .action((id: string, _, command: Command) => {
      const { reason, ...options } = command.optsWithGlobals<CancelOptions>();
      return act(id, options, (client, order, action) => client.cancel(order, { ...action, reason }));
    });
}

function addAcknowledge(orders: Command): void {
  actCommand(orders, 'acknowledge', 'say that an attention, which only a person can settle, is settled')
    .addOption(new Option('--reason <reason>', 'which one').choices(attentionReasons).makeOptionMandatory())
    .action((id: string, _, command: Command) => {
      const { reason, ...options } = command.optsWithGlobals<AcknowledgeOptions>();
      return act(id, options, (client, order, action) => client.acknowledge(order, { ...action, reason }));
    });
}

const actCommand = (orders: Command, name: string, description: string): Command =>
  orders
    .command(`${name} <id>`)
    .description(description)
    .option('--account <name>', 'where several accounts have this order id')
    .option('--why <text>', 'kept in the notes of the order')
    .option('--by <name>', 'who asks; kept in the notes of the order', userName());

async function list(options: ListOptions): Promise<void> {
  const { status, pending, attention, account, buyer, limit, json } = options;
  const filter = { channelStatus: status, includePending: pending, attention, account, buyer };
  await withSession(options, async ({ orders }) => {
    const { rows, more } = await firstOrders(orders, filter, limit);
    if (json) printJson({ orders: rows, more });
    else print(describeOrders(rows));
    if (more && !json) process.stderr.write(`There are more orders; show them with --limit ${limit * 2}.\n`);
  });
}

async function firstOrders(
  orders: Orders,
  filter: OrderFilter,
  limit: number,
): Promise<{ rows: OrderRow[]; more: boolean }> {
  const rows: OrderRow[] = [];
  let pageToken: string | undefined;
  do {
    const pageSize = Math.min(limit - rows.length, largestPage);
    const page = await orders.list(filter, { pageSize, pageToken });
    rows.push(...page.orders);
    pageToken = page.nextPageToken;
  } while (pageToken && rows.length < limit);
  return { rows, more: pageToken !== undefined };
}

async function show(id: string, options: OneOptions): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  await withSession(options, async ({ orders }) => {
    const details = await orders.show(amazonOrderId, options.account);
    if (options.json) printJson(details);
    else print(describeOrder(details));
  });
}

async function act(
  id: string,
  { by, why, account, ...options }: ActOptions,
  run: (orders: Orders, order: OrderRow, action: OperatorAction) => Promise<string>,
): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  await withSession(options, async ({ orders }) => {
    const order = await orders.find(amazonOrderId, account);
    print(await run(orders, order, { by, ...(why !== undefined && { why }) }));
  });
}

function positiveInteger(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number above 0.');
}
