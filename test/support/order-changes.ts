import { randomUUID } from 'node:crypto';
import { newOrderId } from './orders';

/** In each message; must not be seen anywhere else. */
export const postalCode = 'PC-98101';
export const sellerId = 'A1SANDBOXSELLER';

export interface OrderChangeFields {
  amazonOrderId?: string;
  sellerId?: string;
  notificationId?: string;
}

/** An ORDER_CHANGE notification as Amazon describes it: the body of a message. */
export function orderChange(fields: OrderChangeFields = {}) {
  const { amazonOrderId = newOrderId(), notificationId = randomUUID() } = fields;
  return {
    NotificationVersion: '1.0',
    NotificationType: 'ORDER_CHANGE',
    PayloadVersion: '1.0',
    EventTime: '2026-10-01T12:00:00.000Z',
    Payload: {
      OrderChangeNotification: {
        NotificationLevel: 'OrderLevel',
        SellerId: fields.sellerId ?? sellerId,
        AmazonOrderId: amazonOrderId,
        OrderChangeType: 'OrderStatusChange',
        OrderChangeTrigger: { TimeOfOrderChange: null, ChangeReason: 'Order Status Change' },
        Summary: {
          MarketplaceId: 'ATVPDKIKX0DER',
          OrderStatus: 'Unshipped',
          PurchaseDate: '2026-10-01T11:00:00.000Z',
          DestinationPostalCode: postalCode,
          FulfillmentType: 'MFN',
          OrderType: 'StandardOrder',
          OrderItems: [{ OrderItemId: '1', SellerSKU: 'MUG-BLUE-350', SupplySourceId: null, Quantity: 1 }],
        },
      },
    },
    NotificationMetadata: {
      ApplicationId: 'app-1',
      SubscriptionId: 'subscription-1',
      PublishTime: '2026-10-01T12:00:01.000Z',
      NotificationId: notificationId,
    },
  };
}

export const orderChangeBody = (fields: OrderChangeFields = {}): string =>
  JSON.stringify(orderChange(fields));
