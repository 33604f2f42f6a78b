import { z } from 'zod';
import { amazonOrderIdPattern } from '../../domain/order';
import { parseJson } from './json';
import { describeIssue } from './wire';

/** That an order has changed, and nothing of what: the order is read again. */
export interface OrderChangeHint {
  /** The same on each copy of a notification; Amazon sends several. */
  readonly notificationId: string;
  readonly sellerId: string;
  readonly amazonOrderId: string;
}

export type OrderChangeReading =
  | { readonly kind: 'orderChange'; readonly hint: OrderChangeHint }
  /** A notification that is not for this seller's orders. */
  | { readonly kind: 'foreign'; readonly reason: string }
  /** `reason` names the field and quotes no value. */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** Each message also holds the buyer's postal code, so nothing is taken from it but ids. */
const envelopeSchema = z.object({ NotificationType: z.string() });
const orderChangeSchema = z.object({
  NotificationMetadata: z.object({ NotificationId: z.string().min(1).max(200) }),
  Payload: z.object({
    OrderChangeNotification: z.object({
      SellerId: z.string(),
      AmazonOrderId: z.string().regex(amazonOrderIdPattern),
    }),
  }),
});

/**
 * Reads the body of a message from an ORDER_CHANGE queue
 * (https://developer-docs.amazon.com/sp-api/docs/notification-type-values#order_change).
 */
export function readOrderChange(body: string, sellerId: string): OrderChangeReading {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'unreadable', reason: 'it is not JSON' };
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return { kind: 'unreadable', reason: describeIssue(envelope.error) };
  if (envelope.data.NotificationType !== 'ORDER_CHANGE') {
    return { kind: 'foreign', reason: 'it is no ORDER_CHANGE' };
  }
  const parsed = orderChangeSchema.safeParse(json);
  if (!parsed.success) return { kind: 'unreadable', reason: describeIssue(parsed.error) };
  const { SellerId, AmazonOrderId } = parsed.data.Payload.OrderChangeNotification;
  if (SellerId !== sellerId) return { kind: 'foreign', reason: 'it is of another seller' };
  return {
    kind: 'orderChange',
    hint: {
      notificationId: parsed.data.NotificationMetadata.NotificationId,
      sellerId,
      amazonOrderId: AmazonOrderId,
    },
  };
}
