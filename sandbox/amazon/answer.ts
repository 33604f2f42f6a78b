import type { FulfillmentStatus, OrderState, VisiblePackage } from './life';
import { type DiscountSign, grandTotalMinor, itemProceeds, money, orderProceeds } from './money';
import type { AmazonOrder, OrderLine } from './order';

export const datasets = [
  'BUYER',
  'RECIPIENT',
  'PROCEEDS',
  'EXPENSE',
  'PROMOTION',
  'CANCELLATION',
  'FULFILLMENT',
  'PACKAGES',
  'TAX',
  'PAYMENT',
  'FULFILLMENT_ORDERS',
] as const;

export type Dataset = (typeof datasets)[number];

/** How an order is to be shown: at which moment, with which data. */
export interface View {
  now: Date;
  discountSign: DiscountSign;
  includes(dataset: Dataset): boolean;
}

const withPersonalData: readonly FulfillmentStatus[] = ['UNSHIPPED', 'PARTIALLY_SHIPPED', 'SHIPPED'];
export const unpaid: readonly FulfillmentStatus[] = ['PENDING_AVAILABILITY', 'PENDING'];
const day = 24 * 3_600_000;

/** Days from purchase to the latest shipment and the latest delivery, by service level. */
const promises: Record<string, { shipDays: number; deliverDays: number }> = {
  NEXT_DAY: { shipDays: 1, deliverDays: 1 },
  SECOND_DAY: { shipDays: 1, deliverDays: 2 },
  EXPEDITED: { shipDays: 1, deliverDays: 4 },
  STANDARD: { shipDays: 2, deliverDays: 7 },
};

export function windowsOf(order: AmazonOrder) {
  const placed = Date.parse(order.plan.placedAt);
  const { shipDays, deliverDays } = promises[order.serviceLevel] ?? { shipDays: 2, deliverDays: 7 };
  const window = (from: number, until: number) => ({
    earliestDateTime: new Date(from).toISOString(),
    latestDateTime: new Date(until).toISOString(),
  });
  return {
    shipByWindow: window(placed, placed + shipDays * day),
    deliverByWindow: window(placed + day, placed + deliverDays * day),
  };
}

/** Buyer and recipient are shown for merchants' orders that are ready or shipped, to nobody else. */
export const showsPersonalData = (order: AmazonOrder, { status }: OrderState) =>
  order.fulfilledBy === 'MERCHANT' && withPersonalData.includes(status);

/** The phone number goes once a shipped order's delivery time is over. */
function addressOf(order: AmazonOrder, state: OrderState, now: Date) {
  const { phone, ...address } = order.address;
  const deliverBy = windowsOf(order).deliverByWindow.latestDateTime;
  const isOver = state.status === 'SHIPPED' && Date.parse(deliverBy) < now.getTime();
  return phone === undefined || isOver ? address : { ...address, phone };
}

function itemFulfillment(line: OrderLine, order: AmazonOrder, state: OrderState) {
  const isGift = line.giftWrapMinor > 0 || line.giftMessage !== undefined;
  const message = showsPersonalData(order, state) && line.giftMessage && { giftMessage: line.giftMessage };
  return {
    quantityFulfilled: state.fulfilled[line.orderItemId] ?? 0,
    quantityUnfulfilled: state.unfulfilled[line.orderItemId] ?? 0,
    ...(isGift && { packing: { giftOption: { ...message, giftWrapLevel: 'STANDARD' } } }),
  };
}

/** A line of which no unit is left in an order that goes on. */
function cancelledAlone({ orderItemId, quantity, cancelledUnits }: OrderLine, order: AmazonOrder) {
  if (cancelledUnits < quantity) return undefined;
  const itsOwn = order.cancellations?.filter(({ items }) =>
    items.some((item) => item.orderItemId === orderItemId),
  );
  return itsOwn?.at(-1) ?? ({ by: 'MERCHANT', reason: 'Out of stock' } as const);
}

/** Who asked to cancel the item, and who did. */
function cancellationOf(line: OrderLine, order: AmazonOrder, { status, cancelRequest }: OrderState) {
  const isRequested = cancelRequest?.orderItemIds.includes(line.orderItemId);
  const cancelled = status === 'CANCELLED' ? order.cancelledBy : cancelledAlone(line, order);
  if (!isRequested && !cancelled) return undefined;
  return {
    cancellation: {
      ...(isRequested && {
        cancellationRequest: { requester: 'BUYER', cancelReason: cancelRequest?.reason },
      }),
      ...(cancelled && {
        cancellationExecution: { cancelledBy: cancelled.by, cancelReason: cancelled.reason },
      }),
    },
  };
}

const isTaxCollected = ({ taxCollectedByAmazon, taxMinor }: OrderLine) =>
  taxCollectedByAmazon && taxMinor > 0;

function itemOf(line: OrderLine, order: AmazonOrder, state: OrderState, view: View) {
  const isPaid = !unpaid.includes(state.status);
  const showsPrice = view.includes('PROCEEDS') && isPaid;
  const collection = { model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon Services, Inc.' };
  return {
    orderItemId: line.orderItemId,
    quantityOrdered: line.quantity,
    product: {
      asin: line.asin,
      title: line.title,
      sellerSku: line.sku,
      condition: { conditionType: 'NEW' },
      ...(showsPrice && { price: { unitPrice: money(line.unitPriceMinor, order.currency) } }),
    },
    ...(showsPrice && { proceeds: itemProceeds(line, order, view.discountSign) }),
    ...(view.includes('PROMOTION') &&
      line.promotionId !== undefined && {
        promotion: { breakdowns: [{ promotionId: line.promotionId }] },
      }),
    ...(view.includes('CANCELLATION') && cancellationOf(line, order, state)),
    ...(view.includes('FULFILLMENT') && { fulfillment: itemFulfillment(line, order, state) }),
    ...(view.includes('TAX') && isPaid && isTaxCollected(line) && { tax: { taxCollections: [collection] } }),
  };
}

const packageOf = (each: VisiblePackage) => ({
  packageReferenceId: each.packageReferenceId,
  createdTime: each.createdAt,
  packageStatus: { status: 'SHIPPED' },
  carrier: each.carrier,
  shipTime: each.shipTime,
  ...(each.shippingService !== undefined && { shippingService: each.shippingService }),
  trackingNumber: each.trackingNumber,
  packageItems: each.items,
});

function fulfillmentOf(order: AmazonOrder, { status }: OrderState) {
  const { fulfilledBy, serviceLevel } = order;
  return {
    fulfillmentStatus: status,
    fulfilledBy,
    fulfillmentServiceLevel: serviceLevel,
    ...(!unpaid.includes(status) && windowsOf(order)),
  };
}

const marketplaceNames: Record<string, string> = {
  ATVPDKIKX0DER: 'Amazon.com',
  A2EUQ1WTGCTBG2: 'Amazon.ca',
  A1AM78C64UM0Y8: 'Amazon.com.mx',
};

const paymentMethodOf = ({ lines }: AmazonOrder) =>
  lines.some(({ codFeeMinor }) => codFeeMinor > 0) ? 'CashOnDelivery' : 'CreditCard';

/** `Order` of the orders API 2026-01-01, with the datasets that were asked for and that Amazon would give. */
export function orderAnswer(kept: AmazonOrder, state: OrderState, view: View) {
  const order = { ...kept, lines: state.lines };
  const isPaid = !unpaid.includes(state.status);
  const isPersonal = showsPersonalData(order, state);
  const total = money(grandTotalMinor(order), order.currency);
  return {
    orderId: order.orderId,
    createdTime: order.plan.placedAt,
    lastUpdatedTime: state.lastUpdatedAt,
    programs: order.programs,
    ...(order.replaces !== undefined && {
      associatedOrders: [{ orderId: order.replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }],
    }),
    salesChannel: {
      channelName: 'AMAZON',
      marketplaceId: order.marketplaceId,
      marketplaceName: marketplaceNames[order.marketplaceId] ?? order.marketplaceId,
    },
    ...(view.includes('BUYER') && isPersonal && { buyer: order.buyer }),
    ...(view.includes('RECIPIENT') &&
      isPersonal && { recipient: { deliveryAddress: addressOf(order, state, view.now) } }),
    ...(view.includes('PROCEEDS') && isPaid && { proceeds: orderProceeds(order, view.discountSign) }),
    ...(view.includes('PAYMENT') &&
      isPaid && {
        payment: { paymentExecutions: [{ paymentMethod: paymentMethodOf(order), paymentAmount: total }] },
      }),
    ...(view.includes('FULFILLMENT') && { fulfillment: fulfillmentOf(order, state) }),
    orderItems: order.lines.map((line) => itemOf(line, order, state, view)),
    ...(view.includes('PACKAGES') &&
      order.fulfilledBy === 'MERCHANT' && { packages: state.packages.map(packageOf) }),
  };
}
