import { showsPersonalData, unpaid, windowsOf } from './answer';
import { uuidOf } from './ids';
import type { FulfillmentStatus, OrderChange } from './life';
import type { AmazonOrder } from './order';
import type { Subscription } from './subscriptions';

/** The words of the orders API v0, which notifications have kept. */
const words: Record<FulfillmentStatus, string> = {
  PENDING_AVAILABILITY: 'PendingAvailability',
  PENDING: 'Pending',
  UNSHIPPED: 'Unshipped',
  PARTIALLY_SHIPPED: 'PartiallyShipped',
  SHIPPED: 'Shipped',
  CANCELLED: 'Canceled',
};
const reasons = { OrderStatusChange: 'Order Status Change', BuyerRequestedChange: 'Buyer Requested Cancel' };
const programWords: Record<string, string> = { PRIME: 'Prime', AMAZON_BUSINESS: 'Business' };

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function datesOf(order: AmazonOrder, { state }: OrderChange) {
  if (order.fulfilledBy === 'AMAZON' || state.status === 'CANCELLED' || unpaid.includes(state.status))
    return {};
  const { shipByWindow, deliverByWindow } = windowsOf(order);
  return {
    EarliestShipDate: shipByWindow.earliestDateTime,
    LatestShipDate: shipByWindow.latestDateTime,
    EarliestDeliveryDate: deliverByWindow.earliestDateTime,
    LatestDeliveryDate: deliverByWindow.latestDateTime,
  };
}

function itemsOf({ lines }: AmazonOrder, { state }: OrderChange) {
  return lines.map(({ orderItemId, sku, quantity }) => ({
    OrderItemId: orderItemId,
    SellerSKU: sku,
    SupplySourceId: null,
    Quantity: quantity,
    QuantityShipped: state.fulfilled[orderItemId] ?? 0,
    IsBuyerRequestedCancel: state.cancelRequest?.orderItemIds.includes(orderItemId) ?? false,
  }));
}

function summaryOf(order: AmazonOrder, change: OrderChange) {
  const { state } = change;
  const programs = order.programs.flatMap((program) => programWords[program] ?? []);
  return {
    MarketplaceId: order.marketplaceId,
    OrderStatus: words[state.status],
    PurchaseDate: order.plan.placedAt,
    DestinationPostalCode: (showsPersonalData(order, state) && order.address.postalCode) || null,
    FulfillmentType: order.fulfilledBy === 'AMAZON' ? 'AFN' : 'MFN',
    OrderType: order.plan.availableAt === undefined ? 'StandardOrder' : 'Preorder',
    NumberOfItemsShipped: sum(Object.values(state.fulfilled)),
    NumberOfItemsUnshipped: sum(Object.values(state.unfulfilled)),
    ...datesOf(order, change),
    ...(programs.length > 0 && { OrderPrograms: programs }),
    OrderItems: itemsOf(order, change),
  };
}

export interface NotificationAbout {
  sellerId: string;
  subscription: Subscription;
  publishedAt: Date;
}

/** ORDER_CHANGE, payload 1.0, at the level of the order. The same change has the same NotificationId again. */
export function orderChangeNotification(order: AmazonOrder, change: OrderChange, about: NotificationAbout) {
  const { subscriptionId, payloadVersion } = about.subscription;
  const publishedAt = about.publishedAt.toISOString();
  const what = [about.sellerId, subscriptionId, order.orderId, change.type, change.at, change.state.status];
  return {
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: payloadVersion,
    EventTime: publishedAt,
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: about.sellerId,
        AmazonOrderId: order.orderId,
        OrderChangeType: change.type,
        OrderChangeTrigger: { TimeOfOrderChange: change.at, ChangeReason: reasons[change.type] },
        Summary: summaryOf(order, change),
      },
    },
    NotificationMetadata: {
      ApplicationId: 'amzn1.sp.solution.sandbox',
      SubscriptionId: subscriptionId,
      PublishTime: publishedAt,
      NotificationId: uuidOf(what.join('/')),
    },
  };
}
