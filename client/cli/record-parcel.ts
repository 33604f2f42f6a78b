import type { Command } from 'commander';
import type { AmazonOrder } from '../../domain/order';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { CliError } from './errors';
import { instantOf, linesOf } from './parcel-options';
import { print, requireOrderId, withSession } from './session';
import { userName } from './user-name';

interface RecordOptions {
  readonly config?: string;
  readonly account?: string;
  readonly tracking: string;
  readonly carrier: string;
  readonly carrierName?: string;
  readonly line?: readonly string[];
  readonly from?: string;
  readonly shippedAt?: string;
  readonly by: string;
  readonly why?: string;
}

/** `orders record-parcel` */
export function addRecordParcel(orders: Command): void {
  orders
    .command('record-parcel <id>')
    .description(
      'tell Amazon of a parcel that no system tells of, or split one that travels in several boxes',
    )
    .requiredOption('--tracking <number>', 'its tracking number')
    .requiredOption('--carrier <code>', 'as Amazon, Commerce or the ERP names it')
    .option('--carrier-name <name>', 'where the code alone does not say it')
    .option(
      '--line <line=units...>',
      'what is in it, by SKU or item id (default: all that is in no parcel yet)',
    )
    .option('--from <number>', 'tracking number of the parcel that the units are taken out of')
    .option('--shipped-at <instant>', 'ISO 8601 (default: now)')
    .option('--account <name>', 'where several accounts have this order id')
    .option('--why <text>', 'kept in the notes of the order')
    .option('--by <name>', 'who asks; kept in the notes of the order', userName())
    .action((id: string, _, command: Command) => record(id, command.optsWithGlobals<RecordOptions>()));
}

async function record(id: string, options: RecordOptions): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  const { account, tracking, carrier, carrierName, line, from, shippedAt, by, why } = options;
  await withSession(options, async ({ orders }) => {
    const order = await orders.find(amazonOrderId, account);
    const lines = line && linesOf(line, await orderAtAmazon(orders, order));
    const answer = await orders.recordParcel(order, {
      by,
      trackingNumber: tracking,
      carrierCode: carrier,
      ...(carrierName !== undefined && { carrierName }),
      ...(lines && { lines }),
      ...(from !== undefined && { from }),
      ...(shippedAt !== undefined && { shippedAt: instantOf(shippedAt) }),
      ...(why !== undefined && { why }),
    });
    print(answer);
  });
}

async function orderAtAmazon(orders: Orders, { amazonOrderId, account }: OrderRow): Promise<AmazonOrder> {
  const { snapshot, problem } = await orders.show(amazonOrderId, account);
  if (snapshot?.delivery) return snapshot.delivery.order;
  throw new CliError(`The lines of the order are not known. ${problem ?? ''}`.trim());
}
