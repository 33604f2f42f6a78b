import type { OrderState } from '../../workflows/order/contract';
import type { OrderRow } from '../order-row';
import type { OrderDetails } from '../orders';
import {
  describeAttention,
  describeInstant,
  describeTotal,
  fulfilment,
  localTimeZone,
  statusWords,
} from '../words';
import { type Column, plain, table } from './table';

const instant = (at: string | undefined) => describeInstant(at, localTimeZone());

const flags = ({ held, attention }: OrderRow): string =>
  [...(held ? ['Held'] : []), ...attention.map(describeAttention)].join(', ');

const listColumns: readonly Column<OrderRow>[] = [
  { title: 'STATUS', value: ({ channelStatus }) => statusWords[channelStatus] },
  { title: 'BY', value: ({ fulfilledBy }) => fulfilment(fulfilledBy)?.short ?? '' },
  { title: 'AMAZON ORDER', value: ({ amazonOrderId }) => amazonOrderId },
  { title: 'ACCOUNT', value: ({ account }) => account },
  { title: 'COMMERCE', value: ({ commerceOrderNumber }) => commerceOrderNumber ?? '' },
  { title: 'ERP', value: ({ erpOrderNumber }) => erpOrderNumber ?? '' },
  { title: 'BUYER', value: ({ buyer }) => buyer ?? '' },
  { title: 'TOTAL', value: describeTotal, align: 'right' },
  { title: 'PURCHASED', value: ({ purchasedAt }) => instant(purchasedAt) },
  { title: 'SHIP BY', value: ({ shipBy }) => instant(shipBy) },
  { title: 'ATTENTION', value: flags },
  { title: 'NOTE', value: ({ note }) => note ?? '' },
];

export function describeOrders(rows: readonly OrderRow[]): string {
  return rows.length === 0 ? 'No order fits.' : table(listColumns, rows);
}

export function describeOrder({ row, snapshot, problem }: OrderDetails): string {
  const sections = [
    factsOf(row),
    row.attention.map((attention) => `! ${describeAttention(attention)}: ${attention.note ?? ''}`),
    ...(snapshot ? stateOf(snapshot) : []),
    problem ? [problem] : [],
  ];
  const texts = sections.filter((lines) => lines.length > 0).map((lines) => lines.map(plain).join('\n'));
  return texts.join('\n\n');
}

function factsOf(row: OrderRow): string[] {
  const by = fulfilment(row.fulfilledBy);
  const facts: [string, string | undefined][] = [
    ['Order', row.amazonOrderId],
    ['Account', row.account],
    ['Status', `${statusWords[row.channelStatus]}${row.held ? ', held' : ''}`],
    ['Fulfilment', by && `${by.long} (${by.short})`],
    ['Commerce order', row.commerceOrderNumber],
    ['ERP order', row.erpOrderNumber],
    ['Buyer', row.buyer],
    ['Total', describeTotal(row)],
    ['Purchased', instant(row.purchasedAt)],
    ['Ship by', instant(row.shipBy)],
    ['Workflow', `${row.workflowId} (${row.executionStatus.toLowerCase()})`],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) => `${name.padEnd(16)}${value}`);
}

function stateOf({ delivery, parcels, notes }: OrderState): string[][] {
  return [
    (delivery?.order.lines ?? []).map(
      ({ quantityOrdered, quantityFulfilled, sku, title, orderItemId }) =>
        `${quantityOrdered} × ${sku}  ${title}  (item ${orderItemId}, ${quantityFulfilled} fulfilled)`,
    ),
    parcels.map(
      ({ carrierName, carrierCode, trackingNumber, shippedAt, amazon }) =>
        `Parcel ${carrierName ?? carrierCode} ${trackingNumber}, shipped ${instant(shippedAt)}, at Amazon: ${amazon}`,
    ),
    notes.map(({ at, text, by }) => `${instant(at)}  ${text}${by === undefined ? '' : ` (${by})`}`),
  ];
}
