import { formatMinor, sum } from '../../domain/money';
import { type Address, type AmazonOrder, type OrderLine, quantityToShip } from '../../domain/order';
import type { HandoffAddress, HandoffLine, HandoffOrder, OrderKey } from './port';

export const orderKey = (account: string, amazonOrderId: string): OrderKey => `${account}/${amazonOrderId}`;

/**
 * An order that the merchant fulfils, as an ERP receives it. Units that Amazon no longer wants are left out;
 * address parts that Amazon does not give are empty.
 *
 * @throws RangeError for an order that Amazon fulfils or shows without prices: none of these is for an ERP.
 */
export function handoffOrder(
  account: string,
  order: AmazonOrder,
  commerceOrderNumber?: string,
): HandoffOrder {
  const { amazonOrderId, marketplaceId, purchasedAt, serviceLevel, shipBy, currency, totalMinor } = order;
  if (order.fulfilledBy !== 'MERCHANT') throw new RangeError(`Order ${amazonOrderId} is fulfilled by Amazon`);
  if (currency === null || totalMinor === null) throw new RangeError(`Order ${amazonOrderId} has no prices`);
  const giftMessage = giftMessageOf(order);
  const buyer = buyerOf(order);
  return {
    orderKey: orderKey(account, amazonOrderId),
    account,
    amazonOrderId,
    marketplaceId,
    purchasedAt,
    currency,
    total: formatMinor(totalMinor, currency),
    ...(commerceOrderNumber !== undefined && { commerceOrderNumber }),
    ...(serviceLevel !== undefined && { serviceLevel }),
    ...(shipBy !== undefined && { shipBy }),
    ...(giftMessage && { giftMessage }),
    ...(order.purchaseOrderNumber !== undefined && { purchaseOrderNumber: order.purchaseOrderNumber }),
    shipTo: addressOf(order.shipTo ?? { lines: [] }),
    ...(buyer && { buyer }),
    lines: order.lines.filter((line) => quantityToShip(line) > 0).map((line) => lineOf(line, currency)),
  };
}

/** Of a line without a sum of Amazon's own, the sum of its charges. */
function lineOf(line: OrderLine, currency: string): HandoffLine {
  const totalMinor = line.totalMinor ?? sum(line.charges.map(({ subtotalMinor }) => subtotalMinor));
  return {
    lineKey: line.orderItemId,
    sku: line.sku,
    ...(line.title && { title: line.title }),
    quantity: quantityToShip(line),
    ...(line.quantityFulfilled > 0 && { quantityShipped: line.quantityFulfilled }),
    total: formatMinor(totalMinor, currency),
    ...(line.taxCollectedByAmazon && { taxCollectedByAmazon: true }),
  };
}

function addressOf(address: Address): HandoffAddress {
  const { companyName, stateOrRegion, phone } = address;
  return {
    name: address.name ?? '',
    ...(companyName !== undefined && { company: companyName }),
    lines: address.lines,
    city: address.city ?? '',
    ...(stateOrRegion !== undefined && { region: stateOrRegion }),
    postalCode: address.postalCode ?? '',
    countryCode: address.countryCode ?? '',
    ...(phone !== undefined && { phone }),
  };
}

function buyerOf({ buyer: { name, email } = {} }: AmazonOrder): HandoffOrder['buyer'] {
  if (name === undefined && email === undefined) return undefined;
  return { ...(name !== undefined && { name }), ...(email !== undefined && { email }) };
}

/** Lines often repeat one message. */
const giftMessageOf = ({ lines }: AmazonOrder): string =>
  [...new Set(lines.flatMap(({ giftMessage }) => giftMessage ?? []))].join('\n');
