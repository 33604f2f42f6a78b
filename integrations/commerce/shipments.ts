import type { Http } from './http';
import type { CommerceCallOptions, NewShipment } from './port';
import type { Shipment } from './records';
import { searchQuery } from './search';
import { documentIdSchema, itemsOf, shipmentFields, shipmentSchema } from './wire';

/** Commerce accepts no more where its input limits are on. */
const pageSize = 300;

export async function shipmentsOf(
  http: Http,
  entityIds: readonly number[],
  { signal }: CommerceCallOptions = {},
): Promise<Shipment[]> {
  const found: Shipment[] = [];
  for (let page = 1; ; page += 1) {
    const shipments = await http({
      operation: 'list shipments',
      method: 'GET',
      store: 'all',
      path: '/V1/shipments',
      query: searchQuery({
        groups: [[{ field: 'order_id', value: entityIds.join(','), condition: 'in' }]],
        fields: shipmentFields,
        pageSize,
        page,
        sortBy: 'entity_id',
      }),
      answer: itemsOf(shipmentSchema),
      signal,
    });
    found.push(...shipments);
    if (shipments.length < pageSize) return found;
  }
}

export function ship(
  http: Http,
  entityId: number,
  { source, lines, track, comment }: NewShipment,
  { signal }: CommerceCallOptions = {},
): Promise<string> {
  return http({
    operation: 'ship order',
    method: 'POST',
    store: 'all',
    path: '/V1/order/{orderId}/ship',
    parts: { orderId: entityId },
    body: {
      items: lines.map(({ itemId, quantity }) => ({ order_item_id: itemId, qty: quantity })),
      notify: false,
      appendComment: true,
      comment: { comment, is_visible_on_front: 0 },
      tracks: track
        ? [{ track_number: track.number, title: track.title, carrier_code: track.carrierCode }]
        : [],
      // Without it Commerce may deduct from a source that the stock does not even have.
      arguments: { extension_attributes: { source_code: source } },
    },
    answer: documentIdSchema,
    slow: true,
    signal,
  });
}
