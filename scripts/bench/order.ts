import { orderDelivery } from '../../activities/order-delivery';
import type { AmazonOrder, FulfilledBy, OrderLine } from '../../domain/order';
import { packageReference } from '../../domain/parcel';
import type { OrderPolicy } from '../../domain/settings';
import { channelHash } from '../../integrations/temporal/keyed-hash';
import type { OrderDelivery, ParcelReport } from '../../workflows/order/contract';
import type { Ground } from './ground';

/** Everything that systems say of one order, in the order in which they say it. */
export interface OrderStory {
  readonly amazonOrderId: string;
  readonly pending: OrderDelivery;
  readonly verified: OrderDelivery;
  readonly parcel: ParcelReport;
  /** Of the same parcel, with another number. */
  readonly correction: ParcelReport;
  /** Amazon shows the parcel; with the corrected number on demand. */
  readonly shipped: OrderDelivery;
  readonly shippedAsCorrected: OrderDelivery;
}

/** `minutes` from now. */
const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

export function newStory(
  { config, keyRing }: Pick<Ground, 'config' | 'keyRing'>,
  { policy, fulfilledBy = 'MERCHANT' }: StoryOptions = {},
): OrderStory {
  const order = newOrder(fulfilledBy);
  const hash = channelHash(keyRing);
  const inUse = { ...policyOf(config), ...policy };
  const deliver = (changes: Partial<AmazonOrder>) => orderDelivery({ ...order, ...changes }, inUse, hash);
  const parcel = parcelOf(order, at(60));
  const correction = { ...parcel, trackingNumber: '1Z999AA10000000002', shipmentsSeen: hash('corrected') };
  return {
    amazonOrderId: order.amazonOrderId,
    pending: orderDelivery(withoutPrices(order, at(-30)), inUse, hash),
    verified: deliver({}),
    parcel: { ...parcel, shipmentsSeen: hash('shipped') },
    correction,
    shipped: deliver(shipped(order, parcel, at(90))),
    shippedAsCorrected: deliver(shipped(order, correction, at(120))),
  };
}

export interface StoryOptions {
  readonly policy?: Partial<OrderPolicy>;
  readonly fulfilledBy?: FulfilledBy;
}

/** Without an ERP, and done as soon as Amazon shows the parcels. */
function policyOf(config: Ground['config']): OrderPolicy {
  const policy = config.accounts[0]?.marketplaces[0]?.policy;
  if (!policy) throw new TypeError('The settings have no marketplace');
  const { erp: _, ...withoutErp } = policy;
  return { ...withoutErp, settleForMs: 200 };
}

let orders = 0;

/** As most are: two lines, verified, with its buyer and two days to ship it. */
export function newOrder(fulfilledBy: FulfilledBy = 'MERCHANT'): AmazonOrder {
  orders += 1;
  return {
    amazonOrderId: `900-0000000-${String(orders).padStart(7, '0')}`,
    marketplaceId: 'ATVPDKIKX0DER',
    status: 'UNSHIPPED',
    fulfilledBy,
    purchasedAt: at(-30),
    lastUpdatedAt: at(0),
    shipBy: at(2 * 24 * 60),
    programs: [],
    serviceLevel: 'STANDARD',
    currency: 'USD',
    totalMinor: 1623 + 2371,
    lines: [
      line('70000000000001', 'MUG-BLUE-350', 'Stoneware mug, blue, 350 ml', 1499, 124),
      line('70000000000002', 'TOWEL-LINEN-2', 'Linen tea towels, set of two', 2190, 181),
    ],
    orderCharges: [],
    packages: [],
    buyer: { name: 'Ada Sample', email: `ada.${orders}@marketplace.amazon.com` },
    shipTo: {
      name: 'Ada Sample',
      lines: ['1 Sample Street'],
      city: 'Seattle',
      stateOrRegion: 'WA',
      postalCode: '98101',
      countryCode: 'US',
    },
  };
}

function line(
  orderItemId: string,
  sku: string,
  title: string,
  itemMinor: number,
  taxMinor: number,
): OrderLine {
  return {
    orderItemId,
    sku,
    title,
    quantityOrdered: 1,
    quantityFulfilled: 0,
    quantityUnfulfilled: 1,
    charges: [
      { type: 'ITEM', subtotalMinor: itemMinor, details: [] },
      { type: 'TAX', subtotalMinor: taxMinor, details: [{ subtype: 'ITEM', minor: taxMinor }] },
    ],
    totalMinor: itemMinor + taxMinor,
  };
}

/** As Amazon shows an order that it has not verified. */
function withoutPrices(order: AmazonOrder, lastUpdatedAt: string): AmazonOrder {
  const { buyer: _, shipTo: __, shipBy: ___, ...rest } = order;
  const lines = order.lines.map((each) => ({ ...each, charges: [], totalMinor: null }));
  return { ...rest, lines, status: 'PENDING', currency: null, totalMinor: null, lastUpdatedAt };
}

function parcelOf({ lines }: AmazonOrder, shippedAt: string): ParcelReport {
  return {
    source: { system: 'commerce', shipmentId: '1' },
    carrierCode: 'ups',
    trackingNumber: '1Z999AA10000000001',
    shippedAt,
    lines: lines.map(({ orderItemId, quantityOrdered }) => ({ orderItemId, quantity: quantityOrdered })),
  };
}

function shipped(
  { lines, fulfilledBy }: AmazonOrder,
  { source, trackingNumber, lines: packed }: ParcelReport,
  lastUpdatedAt: string,
): Partial<AmazonOrder> {
  const packageReferenceId = packageReference(`${source.system}-${source.shipmentId}`, []);
  return {
    status: 'SHIPPED',
    lastUpdatedAt,
    lines: lines.map((each) => ({
      ...each,
      quantityFulfilled: each.quantityOrdered,
      quantityUnfulfilled: 0,
    })),
    packages: fulfilledBy === 'AMAZON' ? [] : [{ packageReferenceId, trackingNumber, lines: packed }],
  };
}
