import type { Http } from './http';
import type { CommerceCallOptions } from './port';
import type { Shipment } from './records';
import { searchQuery } from './search';
import { itemsOf, shipmentFields, shipmentSchema } from './wire';

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
