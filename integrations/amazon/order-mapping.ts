import { marketplaceCurrency } from '../../domain/marketplaces';
import {
  type Address,
  type AmazonOrder,
  type AmazonOrderStatus,
  type AmazonPackage,
  amazonOrderIdPattern,
  amazonOrderStatuses,
  type Buyer,
  type FulfilledBy,
  isVerified,
  type OrderLine,
} from '../../domain/order';
import { type OrderCharges, readCharges } from './charges';
import type { UnreadableOrder } from './port';
import { present, UnreadableField } from './unreadable';
import { describeIssue, orderSchema, type WireAddress, type WireItem, type WireOrder } from './wire';

export type OrderReading =
  | { readonly kind: 'readable'; readonly order: AmazonOrder }
  | { readonly kind: 'unreadable'; readonly unreadable: UnreadableOrder };

/**
 * One order of Amazon's answer in our terms. What the channel does not know for certain is not guessed: such
 * an order is unreadable, and says why.
 */
export function readOrder(wire: unknown): OrderReading {
  const parsed = orderSchema.safeParse(wire);
  if (!parsed.success) return unreadable(wire, describeIssue(parsed.error));
  try {
    return { kind: 'readable', order: mapOrder(parsed.data) };
  } catch (error) {
    if (error instanceof UnreadableField) return unreadable(wire, error.message);
    throw error;
  }
}

function unreadable(wire: unknown, reason: string): OrderReading {
  const id = wire instanceof Object && 'orderId' in wire ? wire.orderId : undefined;
  const amazonOrderId = typeof id === 'string' && amazonOrderIdPattern.test(id) ? id : undefined;
  return { kind: 'unreadable', unreadable: { ...present({ amazonOrderId }), reason } };
}

function mapOrder(wire: WireOrder): AmazonOrder {
  if (!amazonOrderIdPattern.test(wire.orderId))
    throw new UnreadableField('orderId', 'not of the form 3-7-7 digits');
  const { channelName, marketplaceId } = wire.salesChannel;
  // Not sold on Amazon: it may be an order that our own store has sent there for fulfilment.
  if (channelName !== 'AMAZON')
    throw new UnreadableField('salesChannel.channelName', `${channelName} is not AMAZON`);
  if (!marketplaceId) throw new UnreadableField('salesChannel.marketplaceId', 'missing');
  const status = statusOf(wire);
  const replaces = replacedOrder(wire);
  const { currency, totalMinor, lines, orderCharges } = priced(
    readCharges(wire),
    replaces !== undefined && isVerified({ status }) ? marketplaceCurrency(marketplaceId) : undefined,
  );
  return {
    amazonOrderId: wire.orderId,
    marketplaceId,
    status,
    fulfilledBy: fulfilledByOf(wire),
    purchasedAt: wire.createdTime,
    lastUpdatedAt: wire.lastUpdatedTime,
    programs: wire.programs,
    currency,
    totalMinor,
    lines: wire.orderItems.map((item, index) => lineOf(item, index, status, lines[index])),
    orderCharges,
    packages: packagesOf(wire),
    ...present({
      serviceLevel: wire.fulfillment?.fulfillmentServiceLevel,
      shipBy: wire.fulfillment?.shipByWindow?.latestDateTime,
      purchaseOrderNumber: wire.buyer?.buyerPurchaseOrderNumber,
      replaces,
      buyer: buyerOf(wire),
      shipTo: addressOf(wire.recipient?.deliveryAddress),
    }),
  };
}

function statusOf({ fulfillment }: WireOrder): AmazonOrderStatus {
  const path = 'fulfillment.fulfillmentStatus';
  if (!fulfillment) throw new UnreadableField(path, 'missing');
  const status = amazonOrderStatuses.find((known) => known === fulfillment.fulfillmentStatus);
  if (!status) throw new UnreadableField(path, `${fulfillment.fulfillmentStatus} is not known`);
  return status;
}

function fulfilledByOf({ fulfillment }: WireOrder): FulfilledBy {
  const by = fulfillment?.fulfilledBy;
  if (by === 'MERCHANT' || by === 'AMAZON') return by;
  throw new UnreadableField('fulfillment.fulfilledBy', by ? `${by} is not known` : 'missing');
}

function lineOf(
  item: WireItem,
  index: number,
  status: AmazonOrderStatus,
  money: OrderCharges['lines'][number] | undefined,
): OrderLine {
  const path = `orderItems[${index}]`;
  const sku = item.product.sellerSku;
  if (!sku) throw new UnreadableField(`${path}.product.sellerSku`, 'missing');
  if (item.measurement !== undefined && item.measurement !== null)
    throw new UnreadableField(`${path}.measurement`, 'sold by measure, not by piece');
  if (item.associatedOrderItems.length > 0)
    throw new UnreadableField(`${path}.associatedOrderItems`, 'belongs to another item');
  const promotionIds = (item.promotion?.breakdowns ?? []).flatMap(({ promotionId }) => promotionId ?? []);
  const isCollected = item.tax?.taxCollections.some(({ model }) => model === 'MARKETPLACE_FACILITATOR');
  const isRequested = item.cancellation?.cancellationRequest?.requester === 'BUYER';
  return {
    orderItemId: item.orderItemId,
    sku,
    title: item.product.title ?? sku,
    quantityOrdered: item.quantityOrdered,
    ...quantitiesOf(item, path, status),
    charges: money?.charges ?? [],
    totalMinor: money?.totalMinor ?? null,
    ...present({
      giftMessage: item.fulfillment?.packing?.giftOption?.giftMessage,
      promotionIds: promotionIds.length > 0 ? promotionIds : undefined,
      taxCollectedByAmazon: isCollected || undefined,
      cancellationRequested: isRequested || undefined,
    }),
  };
}

const replacements = ['REPLACEMENT_ORIGINAL_ID', 'EXCHANGE_ORIGINAL_ID'];

function replacedOrder({ associatedOrders }: WireOrder): string | undefined {
  return associatedOrders.find(({ associationType }) => replacements.includes(associationType ?? ''))
    ?.orderId;
}

/** A replacement costs nothing where Amazon shows no total for it. */
function priced(charges: OrderCharges, freeIn: string | undefined): OrderCharges {
  if (charges.totalMinor !== null || freeIn === undefined) return charges;
  return { ...charges, currency: charges.currency ?? freeIn, totalMinor: 0 };
}

/** Where Amazon leaves the quantities out, the status of a whole order tells them. */
function quantitiesOf(
  { quantityOrdered, fulfillment }: WireItem,
  path: string,
  status: AmazonOrderStatus,
): Pick<OrderLine, 'quantityFulfilled' | 'quantityUnfulfilled'> {
  const { quantityFulfilled, quantityUnfulfilled } = fulfillment ?? {};
  if (quantityFulfilled !== undefined && quantityUnfulfilled !== undefined)
    return { quantityFulfilled, quantityUnfulfilled };
  if (status === 'PARTIALLY_SHIPPED' || quantityFulfilled !== undefined || quantityUnfulfilled !== undefined)
    throw new UnreadableField(`${path}.fulfillment`, 'quantities are missing');
  if (status === 'SHIPPED') return { quantityFulfilled: quantityOrdered, quantityUnfulfilled: 0 };
  return { quantityFulfilled: 0, quantityUnfulfilled: status === 'CANCELLED' ? 0 : quantityOrdered };
}

function packagesOf({ packages }: WireOrder): AmazonPackage[] {
  return packages
    .filter(({ packageStatus }) => packageStatus?.status !== 'CANCELLED')
    .map(({ packageReferenceId, carrier, trackingNumber, shipTime, packageItems }) => ({
      packageReferenceId,
      lines: packageItems,
      ...present({ carrier, trackingNumber, shippedAt: shipTime }),
    }));
}

function buyerOf({ buyer }: WireOrder): Buyer | undefined {
  const fields = present({
    name: buyer?.buyerName,
    email: buyer?.buyerEmail,
    companyName: buyer?.buyerCompanyName,
  });
  return Object.keys(fields).length > 0 ? fields : undefined;
}

function addressOf(address: WireAddress | undefined): Address | undefined {
  if (!address) return undefined;
  const { name, companyName, postalCode, countryCode, phone, districtOrCounty } = address;
  const city = address.city ?? address.municipality;
  const stateOrRegion = address.stateOrRegion ?? districtOrCounty;
  const fields = present({ name, companyName, city, stateOrRegion, postalCode, countryCode, phone });
  const district = [undefined, city, stateOrRegion].includes(districtOrCounty)
    ? []
    : [districtOrCounty ?? ''];
  const lines = [...streetOf(address), ...district];
  return lines.length > 0 || Object.keys(fields).length > 0 ? { ...fields, lines } : undefined;
}

function streetOf({ addressLine1, addressLine2, addressLine3, extendedFields }: WireAddress): string[] {
  const lines = [addressLine1, addressLine2, addressLine3].flatMap((line) => line ?? []);
  if (lines.length > 0 || !extendedFields) return lines;
  const { streetName, streetNumber, complement, neighborhood } = extendedFields;
  const street = [streetName, streetNumber].filter(Boolean).join(', ');
  return [street || undefined, complement, neighborhood].flatMap((line) => line ?? []);
}
