import { type AmazonOrder, isCancelled, isVerified } from './order';

/** The status column of the Orders list. */
export const channelStatuses = ['Pending', 'Unshipped', 'PartiallyShipped', 'Shipped', 'Canceled'] as const;
export type ChannelStatus = (typeof channelStatuses)[number];

export const channelEvents = ['verified', 'partlyShipped', 'shipped', 'cancelled'] as const;
export type ChannelEvent = (typeof channelEvents)[number];

/** The whole life of the channel status. An event without an entry changes nothing. */
export const channelTransitions: Readonly<
  Record<ChannelStatus, Readonly<Partial<Record<ChannelEvent, ChannelStatus>>>>
> = {
  Pending: {
    verified: 'Unshipped',
    partlyShipped: 'PartiallyShipped',
    shipped: 'Shipped',
    cancelled: 'Canceled',
  },
  Unshipped: { partlyShipped: 'PartiallyShipped', shipped: 'Shipped', cancelled: 'Canceled' },
  PartiallyShipped: { shipped: 'Shipped', cancelled: 'Canceled' },
  Shipped: {},
  Canceled: {},
};

export function nextChannelStatus(status: ChannelStatus, event: ChannelEvent): ChannelStatus {
  return channelTransitions[status][event] ?? status;
}

/** What Amazon's own status means for the channel; undefined while Amazon has not verified the order. */
export function channelEventOf(order: AmazonOrder): ChannelEvent | undefined {
  if (isCancelled(order)) return 'cancelled';
  if (!isVerified(order)) return undefined;
  if (order.status === 'SHIPPED') return 'shipped';
  return order.status === 'PARTIALLY_SHIPPED' ? 'partlyShipped' : 'verified';
}
