import { z } from 'zod';
import type { OrderBook } from './book';
import { cancelUnits, unitsIn } from './cancel';
import { FeedError } from './feed-report';
import { type OrderState, stateAt } from './life';
import type { AmazonOrder, PackageItem } from './order';

/** `CancelReason` of Amazon's OrderAcknowledgement.xsd. */
const cancelReasons = [
  'NoInventory',
  'ShippingAddressUndeliverable',
  'CustomerExchange',
  'BuyerCanceled',
  'GeneralAdjustment',
  'CarrierCreditDecision',
  'RiskAssessmentInformationNotValid',
  'CarrierCoverageFailure',
  'CustomerReturn',
  'MerchandiseNotReceived',
  'CannotVerifyInformation',
  'PricingError',
  'RejectOrder',
  'WeatherDelay',
] as const;

export const acknowledgementSchema = z.strictObject({
  AmazonOrderID: z.string().regex(/^\d{3}-\d{7}-\d{7}$/),
  MerchantOrderID: z.string().optional(),
  StatusCode: z.enum(['Success', 'Failure']),
  Item: z
    .array(
      z.strictObject({
        AmazonOrderItemCode: z.string(),
        MerchantOrderItemID: z.string().optional(),
        CancelReason: z.enum(cancelReasons).optional(),
        Quantity: z
          .string()
          .regex(/^[1-9]\d*$/)
          .transform(Number)
          .optional(),
      }),
    )
    .default([]),
});
type Acknowledgement = z.output<typeof acknowledgementSchema>;

const notFound = (sellerId: string, orderId: string) =>
  new FeedError(
    18028,
    `Your order cannot be found using Merchant ID ${sellerId} and Amazon Order ${orderId}. Enter the correct order ID and then resubmit your feed.`,
    orderId,
  );

const tooMany = (orderId: string) =>
  new FeedError(
    18021,
    `The quantities you provided for order id (${orderId}) were larger than the quantities that could be fulfilled. Please review the quantity from the order report and take into account any items that have been cancelled or already fulfilled.`,
    orderId,
  );

/** Without items the whole order, without a quantity all open units of the item. */
function unitsOf({ Item: items }: Acknowledgement, { lines, unfulfilled }: OrderState): PackageItem[] {
  const open = (id: string) => unfulfilled[id] ?? 0;
  if (items.length === 0)
    return lines.map(({ orderItemId }) => ({ orderItemId, quantity: open(orderItemId) }));
  return items.map(({ AmazonOrderItemCode: id, Quantity = open(id) }) => ({
    orderItemId: id,
    quantity: Quantity,
  }));
}

/** The order without the units, or as it is where they are cancelled already. */
function cancelled(order: AmazonOrder, state: OrderState, said: Acknowledgement, at: Date): AmazonOrder {
  if (state.status === 'CANCELLED') return order;
  const items = unitsOf(said, state).filter(({ quantity }) => quantity > 0);
  const isGone = state.lines.every(({ orderItemId, cancelledUnits }) => {
    const units = unitsIn(items, orderItemId);
    return units === 0 || (state.unfulfilled[orderItemId] === 0 && cancelledUnits >= units);
  });
  if (isGone && state.status !== 'SHIPPED') return order;
  const hasShipped = Object.values(state.fulfilled).some((pieces) => pieces > 0);
  const isTooMuch = items.some(
    ({ orderItemId }) => unitsIn(items, orderItemId) > (state.unfulfilled[orderItemId] ?? 0),
  );
  if (hasShipped || isTooMuch) throw tooMany(order.orderId);
  const reason = said.Item[0]?.CancelReason ?? 'GeneralAdjustment';
  return cancelUnits(order, state, { at: at.toISOString(), by: 'MERCHANT', reason, items });
}

/**
 * One message of the order acknowledgement feed: `Failure` cancels what has not shipped, and once more is harmless;
 * `Success` changes nothing.
 *
 * @throws FeedError
 */
export function acknowledge(
  { book, sellerId, at }: { book: OrderBook; sellerId: string; at: Date },
  said: Acknowledgement,
): void {
  const orderId = said.AmazonOrderID;
  const order = book.get(orderId);
  const state = order && stateAt(order, at);
  const isOurs = order?.fulfilledBy === 'MERCHANT' && state && !state.status.startsWith('PENDING');
  if (!isOurs) throw notFound(sellerId, orderId);
  const known = order.lines.map(({ orderItemId }) => orderItemId);
  if (!said.Item.every(({ AmazonOrderItemCode: id }) => known.includes(id)))
    throw notFound(sellerId, orderId);
  if (said.StatusCode === 'Failure') book.put(cancelled(order, state, said, at));
}
