import type { AmazonOrder } from '../../../domain/order';
import { readOrder } from '../../../integrations/amazon/order-mapping';

export const money = (amount: string, currencyCode = 'USD') => ({ amount, currencyCode });

export const breakdown = (type: string, amount: string, details: Record<string, string> = {}) => ({
  type,
  subtotal: money(amount),
  detailedBreakdowns: Object.entries(details).map(([subtype, value]) => ({ subtype, value: money(value) })),
});

/** Two mugs for 20.00 USD, as Amazon writes them. */
export const item = (changes: object = {}) => ({
  orderItemId: '77',
  quantityOrdered: 2,
  product: { asin: 'B01', title: 'Mug', sellerSku: 'MUG' },
  proceeds: { proceedsTotal: money('20.00'), breakdowns: [breakdown('ITEM', '20.00')] },
  fulfillment: { quantityFulfilled: 0, quantityUnfulfilled: 2 },
  ...changes,
});

/** A verified order of one line, as Amazon writes it. */
export const wireOrder = (changes: object = {}) => ({
  orderId: '111-2222222-3333333',
  createdTime: '2026-10-01T08:00:00Z',
  lastUpdatedTime: '2026-10-01T09:00:00Z',
  salesChannel: { channelName: 'AMAZON', marketplaceId: 'ATVPDKIKX0DER' },
  fulfillment: { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' },
  proceeds: { grandTotal: money('20.00') },
  orderItems: [item()],
  ...changes,
});

/** The order in our terms; throws where it is unreadable. */
export function orderOf(wire: object): AmazonOrder {
  const reading = readOrder(wire);
  if (reading.kind === 'unreadable') throw new Error(reading.unreadable.reason);
  return reading.order;
}
