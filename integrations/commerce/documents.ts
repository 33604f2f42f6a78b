import type { Http } from './http';
import type { CommerceCallOptions, ItemQuantity, LinesOnly, NewShipment } from './port';
import { documentIdSchema } from './wire';

/** All that is not invoiced yet, or lines; the first invoice of an order takes all of its shipping. */
export async function invoice(
  http: Http,
  entityId: number,
  { lines, ...options }: CommerceCallOptions & LinesOnly = {},
): Promise<void> {
  const items = lines && { items: quantitiesOf(lines) };
  await documentOf(http, entityId, 'invoice', { capture: true, notify: false, ...items }, options);
}

/** All that is invoiced and not refunded, shipping included, or lines without it: paid back outside of Commerce. */
export async function refund(
  http: Http,
  entityId: number,
  { lines, ...options }: CommerceCallOptions & LinesOnly = {},
): Promise<void> {
  const body = {
    notify: false,
    ...(lines && { items: quantitiesOf(lines) }),
    arguments: {
      ...(lines && { shipping_amount: 0 }),
      extension_attributes: { return_to_stock_items: [] },
    },
  };
  await documentOf(http, entityId, 'refund', body, options);
}

/** Its id. */
export function ship(
  http: Http,
  entityId: number,
  { source, lines, track, comment }: NewShipment,
  options?: CommerceCallOptions,
): Promise<string> {
  const body = {
    items: quantitiesOf(lines),
    notify: false,
    appendComment: true,
    comment: { comment, is_visible_on_front: 0 },
    tracks: track
      ? [{ track_number: track.number, title: track.title, carrier_code: track.carrierCode }]
      : [],
    // Without it Commerce may deduct from a source that the stock does not even have.
    arguments: { extension_attributes: { source_code: source } },
  };
  return documentOf(http, entityId, 'ship', body, options);
}

/** Its id. Commerce makes another one each time. */
function documentOf(
  http: Http,
  entityId: number,
  document: 'invoice' | 'refund' | 'ship',
  body: object,
  { signal }: CommerceCallOptions = {},
): Promise<string> {
  return http({
    operation: `${document} order`,
    method: 'POST',
    store: 'all',
    path: `/V1/order/{orderId}/${document}`,
    parts: { orderId: entityId },
    body,
    answer: documentIdSchema,
    slow: true,
    signal,
  });
}

const quantitiesOf = (lines: readonly ItemQuantity[]) =>
  lines.map(({ itemId, quantity }) => ({ order_item_id: itemId, qty: quantity }));
