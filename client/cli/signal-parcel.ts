import type { Command } from 'commander';
import { normaliseTracking } from '../../domain/parcel';
import { openLines } from '../../domain/parcel-quantities';
import type { OrderRow } from '../order-row';
import type { Orders } from '../orders';
import { CliError } from './errors';
import { instantOf, itemsOf } from './parcel-options';
import { print, requireOrderId, withSession } from './session';

interface ParcelOptions {
  readonly config?: string;
  readonly account?: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly items?: string;
  readonly shippedAt?: string;
}

export function addParcelCommand(signal: Command): void {
  signal
    .command('parcel <id>')
    .description('a parcel of the order has left')
    .option('--account <name>', 'where several accounts have this order id')
    .requiredOption('--carrier <code>', 'as Amazon, Commerce or the ERP names it')
    .requiredOption('--tracking <number>', 'tracking number; sent again, it corrects the same parcel')
    .option('--items <orderItemId=quantity,...>', 'what is in it (default: all that is not shipped yet)')
    .option('--shipped-at <instant>', 'ISO 8601 (default: now)')
    .action((id: string, _, command: Command) => signalParcel(id, command.optsWithGlobals<ParcelOptions>()));
}

async function signalParcel(id: string, options: ParcelOptions): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  const { carrier, tracking, items, account } = options;
  const shippedAt = instantOf(options.shippedAt ?? new Date().toISOString());
  const given = items === undefined ? undefined : itemsOf(items);
  await withSession(options, async ({ orders }) => {
    const order = await orders.find(amazonOrderId, account);
    const lines = given ?? (await unshippedLines(orders, order));
    await orders.parcel(order, {
      source: { system: 'operator', shipmentId: normaliseTracking(tracking) },
      carrierCode: carrier,
      trackingNumber: tracking,
      shippedAt,
      lines,
    });
    const contents = lines.map(({ orderItemId, quantity }) => `${quantity} × ${orderItemId}`).join(', ');
    print(`Order ${amazonOrderId}: parcel ${tracking} by ${carrier} with ${contents} is reported.`);
  });
}

async function unshippedLines(orders: Orders, { amazonOrderId, account }: OrderRow) {
  const { snapshot, problem } = await orders.show(amazonOrderId, account);
  if (!snapshot?.delivery) {
    const reason = problem ?? 'Nothing is known of its lines.';
    throw new CliError(`Say with --items what is in the parcel. ${reason}`);
  }
  const lines = openLines(snapshot.delivery.order, snapshot.parcels);
  if (lines.length > 0) return lines;
  throw new CliError(`All of order ${amazonOrderId} is shipped: say with --items what is in this parcel.`);
}
