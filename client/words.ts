import type { AttentionReason } from '../domain/attention';
import type { ChannelStatus } from '../domain/channel-status';
import { formatMinor, isKnownCurrency } from '../domain/money';
import type { OrderRow, RowAttention } from './order-row';

/** How orders are shown to people, in the terminal and on the page. */
const attentionWords: Readonly<Record<AttentionReason, string>> = {
  blocked: 'Blocked',
  totalsDiffer: 'Totals differ',
  numberTaken: 'Number taken',
  totalChanged: 'Total changed',
  commerceUnreachable: 'Commerce unreachable',
  erpUnreachable: 'ERP unreachable',
  amazonUnreachable: 'Amazon unreachable',
  refused: 'Refused',
  accountProblem: 'Account problem',
  readOnly: 'Read-only',
  incompleteOrder: 'Incomplete order',
  erpRejected: 'ERP rejects',
  notHandedOff: 'Not handed off',
  shipmentRefused: 'Shipment refused',
  shipmentUnconfirmed: 'Shipment unconfirmed',
  notComplete: 'Not complete',
  cancellationRequested: 'Buyer asks to cancel',
  cancelledInCommerce: 'Cancelled in Commerce',
  heldInCommerce: 'Held in Commerce',
  cancelledAfterShipping: 'Cancelled after shipping',
  cancellationIncomplete: 'Cancellation incomplete',
  differsFromAdopted: 'Differs from Commerce',
  stockCheck: 'Check stock',
  stockUnknown: 'Stock unknown',
  restarted: 'Restarted',
  shipByAtRisk: 'Ship soon',
  late: 'Late',
};

export function describeAttention({ reason }: RowAttention): string {
  return Object.entries(attentionWords).find(([known]) => known === reason)?.[1] ?? reason;
}

export const statusWords: Readonly<Record<ChannelStatus, string>> = {
  Pending: 'Pending',
  Unshipped: 'Unshipped',
  PartiallyShipped: 'Partially shipped',
  Shipped: 'Shipped',
  Canceled: 'Canceled',
};

export function fulfilment(fulfilledBy: string | undefined): { short: string; long: string } | undefined {
  if (fulfilledBy === 'MERCHANT') return { short: 'FBM', long: 'Fulfilled by merchant' };
  if (fulfilledBy === 'AMAZON') return { short: 'FBA', long: 'Fulfilled by Amazon' };
  return undefined;
}

/** "$16.23"; empty while Amazon shows no price. */
export function describeTotal({ totalMinor, currency }: Pick<OrderRow, 'totalMinor' | 'currency'>): string {
  if (totalMinor === undefined || !currency) return '';
  if (!isKnownCurrency(currency)) return `${totalMinor} ${currency} (minor units)`;
  const amount = Number(formatMinor(totalMinor, currency));
  return new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);
}

/** "1 Oct 2026, 14:05"; empty for no instant. */
export function describeInstant(instant: string | undefined, timeZone: string): string {
  if (!instant) return '';
  const format = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  } as const;
  return new Intl.DateTimeFormat('en-GB', { ...format, timeZone }).format(new Date(instant));
}

export const localTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
