import type { Books } from './books';
import { commerceMoneyDifferences, erpMoneyDifferences, rowMoneyDifferences } from './compare-money';

/** The last line of `npm start -- --once`. */
export interface Summary {
  readonly orders: number;
  readonly shipped: number;
  readonly canceled: number;
  /** Orders that have not reached their end. */
  readonly pending: number;
  readonly commerceOrders: number;
  readonly erpOrders: number;
  readonly trackingAtAmazon: number;
  readonly differences: number;
}

export interface Comparison {
  readonly summary: Summary;
  /** Each in a sentence. */
  readonly differences: readonly string[];
}

type AmazonOrder = Books['amazon']['orders'][number];
type CommerceOrder = Books['commerce']['orders'][number];

/** Holds the books of Amazon, Commerce, the ERP and the workflows against each other, order by order. */
export function compare(books: Books): Comparison {
  const { amazon, commerce, erp, workflows } = books;
  const differences = [
    ...amazon.orders.flatMap((order) =>
      isAtEnd(books, order) ? differencesOf(books, order).map((text) => `${order.orderId}: ${text}`) : [],
    ),
    ...strangers(books),
    ...(commerce.mails > 0 ? [`Commerce sent ${commerce.mails} mails to buyers, none expected`] : []),
  ];
  const ended = amazon.orders.filter((order) => isAtEnd(books, order));
  return {
    summary: {
      orders: amazon.orders.length,
      shipped: workflows.filter(({ channelStatus }) => channelStatus === 'Shipped').length,
      canceled: ended.filter(({ status }) => status === 'CANCELLED').length,
      pending: amazon.orders.length - ended.length,
      commerceOrders: commerce.orders.length,
      erpOrders: erp.orders.length,
      trackingAtAmazon: amazon.orders
        .flatMap(({ packages }) => packages)
        .filter(({ confirmations }) => confirmations > 0).length,
      differences: differences.length,
    },
    differences,
  };
}

/** Amazon cancelled it before the channel saw it, or the channel has carried it to its end. */
function isAtEnd({ workflows }: Books, { orderId, status }: AmazonOrder): boolean {
  const row = workflows.find(({ amazonOrderId }) => amazonOrderId === orderId);
  if (!row) return status === 'CANCELLED';
  return row.channelStatus === 'Shipped' || row.channelStatus === 'Canceled';
}

function differencesOf(books: Books, order: AmazonOrder): string[] {
  if (order.status === 'CANCELLED') return differencesOfCancelled(books, order);
  if (order.status !== 'SHIPPED') return [`the channel has ended it, Amazon says ${order.status}`];
  const { fulfilledBy } = order;
  return [
    ...commerceDifferences(books, order),
    ...(fulfilledBy === 'MERCHANT' ? erpDifferences(books, order) : noErpOrder(books, order)),
    ...(fulfilledBy === 'MERCHANT' ? parcelDifferences(books, order) : []),
  ];
}

const commerceOrdersOf = ({ commerce }: Books, { orderId }: AmazonOrder) =>
  commerce.orders.filter(({ ext_order_id }) => ext_order_id === orderId);

const erpOrdersOf = ({ erp }: Books, { orderId }: AmazonOrder) =>
  erp.orders.filter(({ amazonOrderId }) => amazonOrderId === orderId);

function differencesOfCancelled(books: Books, order: AmazonOrder): string[] {
  const commerce = commerceOrdersOf(books, order).filter(({ state }) => state !== 'canceled');
  const erp = erpOrdersOf(books, order).filter(({ state }) => state !== 'cancelled');
  return [
    ...commerce.map(({ increment_id }) => `cancelled at Amazon, Commerce order ${increment_id} is not`),
    ...erp.map(() => 'cancelled at Amazon, the ERP order is not'),
  ];
}

/** Commerce may close an order of which nothing was to be paid. */
const isEnded = ({ state }: CommerceOrder, { total }: AmazonOrder) =>
  state === 'complete' || (state === 'closed' && Number(total) === 0);

function commerceDifferences(books: Books, order: AmazonOrder): string[] {
  const [found, ...others] = commerceOrdersOf(books, order);
  if (!found) return ['no Commerce order'];
  const row = books.workflows.find(({ amazonOrderId }) => amazonOrderId === order.orderId);
  return [
    ...(others.length > 0 ? [`${others.length + 1} Commerce orders`] : []),
    ...(isEnded(found, order) ? [] : [`the Commerce order is ${found.state}`]),
    ...commerceMoneyDifferences(order, found),
    ...rowMoneyDifferences(order, row),
    ...(row?.commerceOrderNumber === found.increment_id
      ? []
      : [`the channel shows Commerce order ${row?.commerceOrderNumber}, Commerce has ${found.increment_id}`]),
    ...found.items
      .filter((item) => item.ext_order_item_id !== null && item.qty_shipped !== item.qty_ordered)
      .map((item) => `Commerce shipped ${item.qty_shipped} of ${item.qty_ordered} of one line`),
  ];
}

const noErpOrder = (books: Books, order: AmazonOrder) =>
  erpOrdersOf(books, order).map(() => 'fulfilled by Amazon, yet the ERP has it');

function erpDifferences(books: Books, order: AmazonOrder): string[] {
  const [found, ...others] = erpOrdersOf(books, order);
  if (!found) return ['no ERP order'];
  const inText = (lines: readonly { key: string; quantity: number; total: string }[]) =>
    JSON.stringify(lines.map(({ key, quantity, total }) => `${key} ${quantity} ${total}`).sort());
  const ordered = inText(
    order.lines.flatMap(({ orderItemId, fulfilled, unfulfilled, total }) => {
      const quantity = fulfilled + unfulfilled;
      return quantity > 0 ? [{ key: orderItemId, quantity, total }] : [];
    }),
  );
  const received = inText(found.lines.map(({ lineKey, ...line }) => ({ key: lineKey, ...line })));
  return [
    ...(others.length > 0 ? [`${others.length + 1} ERP orders`] : []),
    ...(found.duplicateSubmits > 0 ? [`submitted ${found.duplicateSubmits} times too often to the ERP`] : []),
    ...(found.state === 'accepted' ? [] : [`the ERP order is ${found.state}`]),
    ...erpMoneyDifferences(order, found),
    ...(received === ordered ? [] : ['the ERP has other lines']),
  ];
}

/** Each Commerce shipment is one package at Amazon, same number, same contents; packages made by hand are Amazon's alone. */
function parcelDifferences(books: Books, order: AmazonOrder): string[] {
  const [found] = commerceOrdersOf(books, order);
  if (!found) return [];
  const lineOf = (itemId: number) => found.items.find(({ item_id }) => item_id === itemId)?.ext_order_item_id;
  const shipped = found.shipments.map(({ tracks, items }) =>
    parcelText(
      tracks[0]?.track_number ?? 'no number',
      items.map((item) => [lineOf(item.order_item_id), item.qty]),
    ),
  );
  const packages = order.packages.filter(({ packageReferenceId }) => !isByHand(packageReferenceId));
  const told = packages.map(({ trackingNumber, items }) =>
    parcelText(
      trackingNumber,
      items.map((item) => [item.orderItemId, item.quantity]),
    ),
  );
  return [
    ...shipped
      .filter((parcel) => !told.includes(parcel))
      .map((parcel) => `Amazon does not know parcel ${parcel}`),
    ...told
      .filter((parcel) => !shipped.includes(parcel))
      .map((parcel) => `Commerce does not know parcel ${parcel}`),
    ...packages
      .filter(({ confirmations }) => confirmations !== 1)
      .map(
        ({ trackingNumber, confirmations }) =>
          `parcel ${trackingNumber} was confirmed ${confirmations} times`,
      ),
  ];
}

/** Seller Central's references are no numbers. */
const isByHand = (packageReferenceId: string) => packageReferenceId.startsWith('PKG-');

const parcelText = (number: string, items: readonly (readonly [string | null | undefined, number])[]) =>
  `${number} (${items
    .map(([line, quantity]) => `${line}×${quantity}`)
    .sort()
    .join(', ')})`;

/** Orders in Commerce or the ERP that Amazon does not have. */
function strangers({ amazon, commerce, erp }: Books): string[] {
  const known = amazon.orders.map(({ orderId }) => orderId);
  return [
    ...commerce.orders
      .filter(({ ext_order_id }) => !known.includes(ext_order_id ?? ''))
      .map(({ increment_id }) => `Commerce order ${increment_id} belongs to no Amazon order`),
    ...erp.orders
      .filter(({ amazonOrderId }) => !known.includes(amazonOrderId))
      .map(({ amazonOrderId }) => `ERP order ${amazonOrderId} belongs to no Amazon order`),
  ];
}
