import {
  type ChannelEvent,
  type ChannelStatus,
  channelEventOf,
  channelEvents,
  channelStatuses,
  nextChannelStatus,
} from '../../domain/channel-status';
import type { AmazonOrderStatus } from '../../domain/order';
import { anOrder } from './orders';

/** Each status by each event, in the order of `channelEvents`. */
const lifecycle: Record<ChannelStatus, readonly ChannelStatus[]> = {
  //                 verified            partlyShipped       shipped    cancelled
  Pending: ['Unshipped', 'PartiallyShipped', 'Shipped', 'Canceled'],
  Unshipped: ['Unshipped', 'PartiallyShipped', 'Shipped', 'Canceled'],
  PartiallyShipped: ['PartiallyShipped', 'PartiallyShipped', 'Shipped', 'Canceled'],
  Shipped: ['Shipped', 'Shipped', 'Shipped', 'Shipped'],
  Canceled: ['Canceled', 'Canceled', 'Canceled', 'Canceled'],
};

const steps = channelStatuses.flatMap((status) =>
  channelEvents.map((event, index): [ChannelStatus, ChannelEvent, ChannelStatus | undefined] => [
    status,
    event,
    lifecycle[status][index],
  ]),
);

describe('channel status', () => {
  it.each(steps)('%s, then %s: %s', (status, event, next) => {
    expect(nextChannelStatus(status, event)).toBe(next);
  });

  it.each(channelEvents)('does not change when %s is told twice', (event) => {
    for (const status of channelStatuses) {
      const once = nextChannelStatus(status, event);
      expect(nextChannelStatus(once, event)).toBe(once);
    }
  });

  it.each<[AmazonOrderStatus, ChannelEvent | undefined]>([
    ['PENDING_AVAILABILITY', undefined],
    ['PENDING', undefined],
    ['UNSHIPPED', 'verified'],
    ['PARTIALLY_SHIPPED', 'partlyShipped'],
    ['SHIPPED', 'shipped'],
    ['CANCELLED', 'cancelled'],
    ['UNFULFILLABLE', undefined],
  ])("hears Amazon's %s as %s", (status, event) => {
    expect(channelEventOf(anOrder({ status }))).toBe(event);
  });
});
