import type { Http } from './http';
import type { CommerceCallOptions } from './port';
import type { HaltedOrder, RecentShipment } from './records';
import { searchQuery } from './search';
import { haltedOrderSchema, itemsOf, recentShipmentSchema } from './wire';

/** Commerce accepts no more where its input limits are on. */
const pageSize = 300;

/** States of an order that somebody has canceled, refunded or put on hold. */
export const haltedStates: readonly string[] = ['canceled', 'closed', 'holded'];

export function recentShipments(
  http: Http,
  since: string | undefined,
  { signal }: CommerceCallOptions = {},
): Promise<RecentShipment[]> {
  return http({
    operation: 'list recent shipments',
    method: 'GET',
    store: 'all',
    path: '/V1/shipments',
    query: searchQuery({
      groups:
        since === undefined ? [] : [[{ field: 'created_at', value: databaseTime(since), condition: 'gteq' }]],
      fields: 'order_id,created_at',
      pageSize,
      sortBy: 'entity_id',
      newestFirst: true,
    }),
    answer: itemsOf(recentShipmentSchema),
    signal,
  });
}

/** "2026-10-01 14:03:22", in UTC. */
const databaseTime = (instant: string): string => instant.slice(0, 19).replace('T', ' ');

/** One without value is closed by its own shipment: nobody has halted it. */
export async function haltedOrders(
  http: Http,
  entityIds: readonly number[],
  { signal }: CommerceCallOptions = {},
): Promise<HaltedOrder[]> {
  const orders = await http({
    operation: 'list halted orders',
    method: 'GET',
    store: 'all',
    path: '/V1/orders',
    query: searchQuery({
      groups: [
        [{ field: 'entity_id', value: entityIds.join(','), condition: 'in' }],
        [{ field: 'state', value: haltedStates.join(','), condition: 'in' }],
      ],
      fields: 'entity_id,state,grand_total',
      pageSize: entityIds.length,
      sortBy: 'entity_id',
    }),
    answer: itemsOf(haltedOrderSchema),
    signal,
  });
  return orders
    .filter(({ state, grandTotal }) => state !== 'closed' || grandTotal !== 0)
    .map(({ entityId, state }) => ({ entityId, state }));
}
