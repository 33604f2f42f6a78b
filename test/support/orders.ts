import type { AmazonOrder, OrderLine } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import type { OrderPolicy } from '../../domain/settings';
import type { OrderDelivery, ParcelReport } from '../../workflows/order/contract';

export const minutes = (count: number): number => count * 60_000;

/** Times of the Amazon side, counted in minutes from the purchase. */
export const at = (minute: number): string => new Date(Date.UTC(2026, 9, 1, 12, minute)).toISOString();

let orders = 0;

/** An Amazon order id that no other test has. */
export function newOrderId(): string {
  orders += 1;
  const digits = `${Date.now()}${process.pid}${orders}`.slice(-14).padStart(14, '0');
  return `113-${digits.slice(0, 7)}-${digits.slice(7)}`;
}

export const line = (changes: Partial<OrderLine> = {}): OrderLine => ({
  orderItemId: '70000000000001',
  sku: 'MUG-BLUE-350',
  title: 'Stoneware mug',
  quantityOrdered: 1,
  quantityFulfilled: 0,
  quantityUnfulfilled: 1,
  charges: [
    { type: 'ITEM', subtotalMinor: 1499, details: [] },
    { type: 'TAX', subtotalMinor: 124, details: [{ subtype: 'ITEM', minor: 124 }] },
  ],
  totalMinor: 1623,
  ...changes,
});

/** A verified order of one mug, fulfilled by the merchant. */
export const amazonOrder = (changes: Partial<AmazonOrder> = {}): AmazonOrder => ({
  amazonOrderId: newOrderId(),
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'UNSHIPPED',
  fulfilledBy: 'MERCHANT',
  purchasedAt: at(0),
  lastUpdatedAt: at(30),
  programs: [],
  currency: 'USD',
  totalMinor: 1623,
  lines: [line()],
  orderCharges: [],
  packages: [],
  buyer: { name: 'Ada Sample', email: 'ada.sample@marketplace.amazon.com' },
  shipTo: {
    name: 'Ada Sample',
    lines: ['1 Sample Street'],
    city: 'Seattle',
    stateOrRegion: 'WA',
    postalCode: '98101',
    countryCode: 'US',
  },
  ...changes,
});

/** The same order before Amazon has verified it: no price, nobody's name. */
export function pendingOrder(order: AmazonOrder): AmazonOrder {
  const { buyer: _, shipTo: __, ...rest } = order;
  return {
    ...rest,
    status: 'PENDING',
    lastUpdatedAt: at(0),
    currency: null,
    totalMinor: null,
    lines: order.lines.map((each) => ({ ...each, charges: [], totalMinor: null })),
  };
}

/** Waits are short: what takes hours in a shop takes a blink in a test. */
export const orderPolicy = (changes: Partial<OrderPolicy> = {}): OrderPolicy => ({
  importOrders: 'enabled',
  commerce: 'main',
  store: 'amazon_us',
  customer: 'guest',
  orderNumber: { source: 'amazon', prefix: '' },
  orderStatus: 'processing',
  inventory: 'none',
  fbaOrders: 'createComplete',
  invoice: 'onShipment',
  retryBlockedMs: [50, 100],
  shipByWarningMs: minutes(60),
  settleForMs: 0,
  confirmWithinMs: 60_000,
  ...changes,
});

export const deliveryOf = (order: AmazonOrder, policy: OrderPolicy): OrderDelivery => ({
  order,
  version: `${order.lastUpdatedAt} ${order.status}`,
  buyerTokens: order.buyer ? ['token-ada'] : [],
  policy,
});

export const parcelOf = (order: AmazonOrder, changes: Partial<ParcelReport> = {}): ParcelReport => ({
  source: { system: 'commerce', shipmentId: '1' },
  carrierCode: 'ups',
  trackingNumber: '1Z999AA10000000001',
  shippedAt: at(120),
  lines: order.lines.map(({ orderItemId, quantityOrdered }) => ({ orderItemId, quantity: quantityOrdered })),
  ...changes,
});

/** The same order when Amazon has taken all parcels and shows them. */
export const shippedOrder = (order: AmazonOrder, parcels: readonly Parcel[]): AmazonOrder => ({
  ...order,
  status: 'SHIPPED',
  lastUpdatedAt: at(600),
  lines: order.lines.map((each) => ({
    ...each,
    quantityFulfilled: each.quantityOrdered,
    quantityUnfulfilled: 0,
  })),
  packages: parcels.map(({ packageReferenceId, trackingNumber, lines }) => ({
    packageReferenceId,
    trackingNumber,
    lines,
  })),
});
