import type { OrderRow } from '../../client/order-row';
import type { Orders } from '../../client/orders';
import { channelStatuses } from '../../domain/channel-status';
import { formatMinor } from '../../domain/money';
import type { Screen } from '../progress';

const everyMs = 1_000;
const linesEveryMs = 10_000;
const rowsShown = 14;

export interface BoardOptions {
  readonly orders: Orders;
  /** Shown above the orders. */
  readonly head: readonly string[];
  readonly incidents: () => readonly string[];
  readonly out?: Screen;
}

/**
 * Shows the orders moving until it is stopped: a board that is redrawn each second in a terminal, a line of counts
 * whenever they change elsewhere. No buyer is shown: terminals are recorded.
 */
export function startBoard({ orders, head, incidents, out = process.stdout }: BoardOptions): () => void {
  let last = '';
  let stopped = false;
  const draw = async () => {
    const counts = await orders.count();
    const text = channelStatuses.map((status) => `${counts[status]} ${status}`).join(' · ');
    if (!out.isTTY) {
      if (text !== last) out.write(`${new Date().toLocaleTimeString()}  ${text}\n`);
      last = text;
      return;
    }
    const { orders: rows } = await orders.list({ includePending: true }, { pageSize: rowsShown });
    const width = (out.columns ?? 100) - 1;
    const lines = [
      ...head,
      '',
      text,
      '',
      ...rows.map(rowText),
      '',
      ...incidents().slice(-3),
      'Ctrl-C stops everything.',
    ];
    if (!stopped) out.write(`\x1b[2J\x1b[H${lines.map((line) => line.slice(0, width)).join('\n')}\n`);
  };
  const run = async () => {
    while (!stopped) {
      await draw().catch(() =>
        out.write(
          `${new Date().toLocaleTimeString()}  Temporal does not answer; where that lasts, stop and start again to go on.\n`,
        ),
      );
      await new Promise((done) => setTimeout(done, out.isTTY ? everyMs : linesEveryMs).unref());
    }
  };
  if (!out.isTTY) out.write(`${head.join('\n')}\n`);
  void run();
  return () => {
    stopped = true;
  };
}

function rowText({
  amazonOrderId,
  channelStatus,
  fulfilledBy,
  commerceOrderNumber,
  note,
  ...row
}: OrderRow): string {
  const total =
    row.totalMinor === undefined || row.currency === undefined
      ? ''
      : formatMinor(row.totalMinor, row.currency);
  return [
    channelStatus.padEnd(17),
    amazonOrderId.padEnd(21),
    (fulfilledBy === 'AMAZON' ? 'FBA' : 'FBM').padEnd(5),
    total.padStart(9),
    `  ${(commerceOrderNumber ?? '–').padEnd(21)}`,
    note ?? '',
  ].join(' ');
}
