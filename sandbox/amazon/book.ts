import type { Store } from '../store';
import { type FulfillmentStatus, stateAt } from './life';
import { extrasMinor, goodsMinor, grandTotalMinor, lineTotalMinor, money } from './money';
import { type AmazonOrder, type OrderPackage, orderFrom, orderSpecSchema } from './order';

/** An order as the books of the sandbox show it, packages that Amazon does not show yet included. */
export interface BookedOrder {
  orderId: string;
  /** `NOT_PLACED`: the plan places it later; Amazon shows nothing of it yet. */
  status: FulfillmentStatus | 'NOT_PLACED';
  fulfilledBy: AmazonOrder['fulfilledBy'];
  total: string;
  currency: string;
  /** What is paid beside goods and shipping, tax included, by Amazon's name of the charge. */
  extras: Record<string, string>;
  lines: BookedLine[];
  packages: BookedPackage[];
}

export interface BookedLine {
  orderItemId: string;
  sku: string;
  quantity: number;
  fulfilled: number;
  unfulfilled: number;
  /** What is paid for its units, tax included, without shipping and charges. */
  goods: string;
  /** What is paid for the line in all. */
  total: string;
}

export interface BookedPackage {
  packageReferenceId: string;
  carrier: string;
  trackingNumber: string;
  /** How many accepted confirmShipment calls were about this package; 0 for Seller Central's. */
  confirmations: number;
  visible: boolean;
  items: { orderItemId: string; quantity: number }[];
}

export interface OrderBook {
  /** Places an order; throws a ZodError on a wrong specification. Placing the same id again is an Error. */
  add(spec: unknown, now: Date): AmazonOrder;
  get(orderId: string): AmazonOrder | undefined;
  put(order: AmazonOrder): void;
  all(): AmazonOrder[];
  booked(now: Date): BookedOrder[];
  /** The orders that were placed or changed since the last call; at the first call all. */
  takeChanged(): AmazonOrder[];
  reset(): void;
}

function bookedPackage(
  { packageReferenceId, confirmedByApi, versions }: OrderPackage,
  now: Date,
): BookedPackage[] {
  const latest = versions.at(-1);
  if (!latest) return [];
  const { carrier, trackingNumber, items } = latest;
  const confirmations = confirmedByApi ? versions.length : 0;
  const visible = versions.some(({ visibleAt }) => Date.parse(visibleAt) <= now.getTime());
  return [{ packageReferenceId, carrier, trackingNumber, confirmations, visible, items }];
}

function bookedOrder(kept: AmazonOrder, now: Date): BookedOrder {
  const state = stateAt(kept, now);
  const order = { ...kept, lines: state?.lines ?? kept.lines };
  const { orderId, fulfilledBy, currency, lines, packages } = order;
  const amount = (minor: number) => money(minor, currency).amount;
  return {
    orderId,
    status: state?.status ?? 'NOT_PLACED',
    fulfilledBy,
    total: amount(grandTotalMinor(order)),
    currency,
    extras: Object.fromEntries(
      Object.entries(extrasMinor(order)).map(([type, minor]) => [type, amount(minor)]),
    ),
    lines: lines.map((line) => ({
      orderItemId: line.orderItemId,
      sku: line.sku,
      quantity: line.quantity,
      fulfilled: state?.fulfilled[line.orderItemId] ?? 0,
      unfulfilled: state?.unfulfilled[line.orderItemId] ?? line.quantity,
      goods: amount(goodsMinor(line, order)),
      total: amount(lineTotalMinor(line, order)),
    })),
    packages: packages.flatMap((each) => bookedPackage(each, now)),
  };
}

/** `series` is the part of the order ids that tells the orders of several sellers apart. */
export function createOrderBook(store: Store, series = '0000000'): OrderBook {
  const orders = store.collection<AmazonOrder>('amazon-orders');
  const all = () => orders.values();
  const changed = new Set(all().map(({ orderId }) => orderId));
  const put = (order: AmazonOrder) => {
    orders.put(order.orderId, order);
    changed.add(order.orderId);
  };
  return {
    add: (spec, now) => {
      const order = orderFrom(orderSpecSchema.parse(spec), { number: orders.size() + 1, series }, now);
      if (orders.get(order.orderId)) throw new Error(`order ${order.orderId} exists already`);
      put(order);
      return order;
    },
    get: (orderId) => orders.get(orderId),
    put,
    all,
    booked: (now) => all().map((order) => bookedOrder(order, now)),
    takeChanged: () => {
      const taken = [...changed].flatMap((orderId) => orders.get(orderId) ?? []);
      changed.clear();
      return taken;
    },
    reset: () => {
      changed.clear();
      for (const { orderId } of all()) orders.delete(orderId);
    },
  };
}
