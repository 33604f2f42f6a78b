import { rememberingIntakes } from '../../client/http/remembered-intakes';
import { alertsOf } from '../../client/intake-words';
import type { Intakes } from '../../client/intakes';
import type { OrderRow } from '../../client/order-row';
import type { Orders } from '../../client/orders';
import { localTimeZone } from '../../client/words';
import { channelStatuses } from '../../domain/channel-status';
import { formatMinor } from '../../domain/money';
import type { Screen } from '../progress';

const everyMs = 1_000;
const linesEveryMs = 10_000;
const rowsShown = 14;

export interface BoardOptions {
  readonly orders: Orders;
  readonly intakes: Intakes;
  /** Shown above the orders. */
  readonly head: readonly string[];
  readonly incidents: () => readonly string[];
  readonly out?: Screen;
}

/**
 * Shows the orders moving until it is stopped: a board that is redrawn each second in a terminal, a line of counts
 * whenever they change elsewhere. No buyer is shown: terminals are recorded.
 */
export function startBoard({ out = process.stdout, ...options }: BoardOptions): () => void {
  const show = { ...options, intakes: rememberingIntakes(options.intakes) };
  let last = '';
  let stopped = false;
  const draw = async () => {
    const summary = await summaryOf(show);
    if (!out.isTTY) {
      const text = summary.join('\n');
      if (text !== last) out.write(`${timeOfDay()}  ${text}\n`);
      last = text;
      return;
    }
    const lines = await boardLines(show, summary);
    const width = (out.columns ?? 100) - 1;
    if (!stopped) out.write(`\x1b[2J\x1b[H${lines.map((line) => line.slice(0, width)).join('\n')}\n`);
  };
  const away = 'Temporal does not answer; where that lasts, stop and start again to go on.';
  const run = async () => {
    while (!stopped) {
      await draw().catch(() => out.write(`${timeOfDay()}  ${away}\n`));
      await new Promise((done) => setTimeout(done, out.isTTY ? everyMs : linesEveryMs).unref());
    }
  };
  if (!out.isTTY) out.write(`${options.head.join('\n')}\n`);
  void run();
  return () => {
    stopped = true;
  };
}

const timeOfDay = (): string => new Date().toLocaleTimeString();

/** The counts, and what the banner of the Orders page says. */
async function summaryOf({ orders, intakes }: BoardOptions): Promise<string[]> {
  const [counts, statuses] = await Promise.all([orders.count(), intakes.status()]);
  return [
    channelStatuses.map((status) => `${counts[status]} ${status}`).join(' · '),
    ...alertsOf(statuses, localTimeZone()).map(
      ({ account, sentences }) => `! Account ${account}: ${sentences.join(' ')}`,
    ),
  ];
}

async function boardLines(
  { orders, head, incidents }: BoardOptions,
  summary: readonly string[],
): Promise<string[]> {
  const { orders: rows } = await orders.list({ includePending: true }, { pageSize: rowsShown });
  return [
    ...head,
    '',
    ...summary,
    '',
    ...rows.map(rowText),
    '',
    ...incidents().slice(-3),
    'Ctrl-C stops everything.',
  ];
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
