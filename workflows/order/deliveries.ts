import { type AmazonOrder, type AmazonOrderStatus, isCancelled, isFinal } from '../../domain/order';
import type { OrderPolicy } from '../../domain/settings';
import type { OrderDelivery, OrderState } from './contract';
import { noteChanges } from './order-changes';
import { takeAmazonPackages } from './parcels';
import { followAmazonStatus, now, raise } from './state';

/**
 * Takes an order as Amazon has it. The newest by `lastUpdatedAt` wins, whatever order deliveries come in; at the
 * same time the one that is further on does, or has more data, because personal data can appear late. The policy is
 * always the latest.
 */
export function takeDelivery(state: OrderState, delivery: OrderDelivery): void {
  const known = state.delivery;
  if (known && !isNewer(delivery.order, known.order)) {
    state.delivery = { ...known, policy: delivery.policy, ...skuMapOf(delivery) };
    return;
  }
  state.delivery = known
    ? { ...delivery, ...keepBuyer(delivery, known), ...skuMapOf(delivery, known) }
    : delivery;
  if (known) noteChanges(state, known.order, delivery.order);
  if (isFinal(delivery.order)) state.endedAt ??= now();
  if (state.channelStatus === 'Shipped' && isCancelled(delivery.order)) noteLateCancellation(state);
  followAmazonStatus(state);
  const { length: parcelsBefore } = state.parcels;
  takeAmazonPackages(state);
  if (state.completed && isCancelled(delivery.order) && state.parcels.length > parcelsBefore) {
    noteLateCancellation(state);
  }
}

/** Settings that came with an answer; what is pinned stays as it is. */
export function takePolicy(state: OrderState, policy: OrderPolicy | undefined): void {
  if (policy && state.delivery) state.delivery = { ...state.delivery, policy };
}

function isNewer(order: AmazonOrder, known: AmazonOrder): boolean {
  const difference = Date.parse(order.lastUpdatedAt) - Date.parse(known.lastUpdatedAt);
  if (difference !== 0) return difference > 0;
  const progress = rankOf(order) - rankOf(known);
  return progress === 0 ? amountOfData(order) > amountOfData(known) : progress > 0;
}

/** Only the intake knows the account's map. */
const skuMapOf = ({ skuMap }: OrderDelivery, known?: OrderDelivery): Pick<OrderDelivery, 'skuMap'> => {
  const kept = skuMap ?? known?.skuMap;
  return kept ? { skuMap: kept } : {};
};

/** How far on an order is: Amazon can change it twice within a second. */
const ranks: Readonly<Record<AmazonOrderStatus, number>> = {
  PENDING_AVAILABILITY: 0,
  PENDING: 1,
  UNSHIPPED: 2,
  PARTIALLY_SHIPPED: 3,
  SHIPPED: 4,
  CANCELLED: 4,
  UNFULFILLABLE: 4,
};
const rankOf = ({ status }: AmazonOrder): number => ranks[status];

const amountOfData = (order: AmazonOrder): number => JSON.stringify(order).length;

/** Amazon stops showing the buyer of shipped and cancelled orders, and at times by mistake; we go on knowing. */
function keepBuyer(delivery: OrderDelivery, known: OrderDelivery): Partial<OrderDelivery> {
  const { buyer = known.order.buyer, shipTo = known.order.shipTo } = delivery.order;
  const order = { ...delivery.order, ...(buyer && { buyer }), ...(shipTo && { shipTo }) };
  const buyerTokens = delivery.order.buyer ? delivery.buyerTokens : known.buyerTokens;
  return { order, buyerTokens };
}

export function noteLateCancellation(state: OrderState): void {
  raise(
    state,
    'cancelledAfterShipping',
    'Amazon shows the order both cancelled and shipped: nothing was undone. Look at it in Seller Central.',
  );
}
