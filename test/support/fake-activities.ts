import type { AmazonActivities } from '../../activities/contracts/amazon';
import type { CommerceActivities } from '../../activities/contracts/commerce';
import type { ErpActivities } from '../../activities/contracts/erp';

type OrderActivities = Omit<AmazonActivities, 'sweepPage' | 'pullOrder'> &
  Omit<CommerceActivities, 'lookForShipments'> &
  ErpActivities;

/** What each activity does; a test replaces those that it is about. */
export type Behaviour = { [K in keyof OrderActivities]?: OrderActivities[K] };

export interface FakeActivities {
  activities: OrderActivities;
  /** Inputs of all calls, in their order, repetitions included. */
  calls<K extends keyof OrderActivities>(name: K): Parameters<OrderActivities[K]>[0][];
}

/** Activities where everything goes well at once, and every call is counted. */
export function fakeActivities(behaviour: Behaviour = {}): FakeActivities {
  const log: { name: keyof OrderActivities; input: unknown }[] = [];
  const usual: OrderActivities = {
    findOrCreateCustomer: async () => ({ kind: 'customer', customerId: 7, created: true }),
    placeOrder: async ({ order, pinned }) => ({
      kind: 'placed',
      commerce: {
        entityId: 42,
        number: pinned.incrementId ?? '000000042',
        state: order.status === 'SHIPPED' ? 'complete' : 'processing',
        itemIds: Object.fromEntries(order.lines.map(({ orderItemId }, index) => [orderItemId, index + 1])),
      },
      adopted: false,
      differences: [],
    }),
    invoiceOrder: async () => ({ state: 'complete' }),
    shipOrder: async () => ({ shipmentId: '99' }),
    cancelOrder: async () => ({ kind: 'canceled', state: 'canceled' }),
    submitOrder: async () => ({ kind: 'accepted', erpOrderNumber: 'SO-1' }),
    cancelErpOrder: async () => ({ kind: 'cancelled' }),
    readOrder: async () => null,
    confirmShipment: async () => ({ kind: 'taken' }),
  };
  const counted = <K extends keyof OrderActivities>(name: K): OrderActivities[K] => {
    const run = (behaviour[name] ?? usual[name]) as (input: unknown) => Promise<unknown>;
    const call = (input: unknown) => {
      log.push({ name, input });
      return run(input);
    };
    return call as OrderActivities[K];
  };
  return {
    activities: {
      findOrCreateCustomer: counted('findOrCreateCustomer'),
      placeOrder: counted('placeOrder'),
      invoiceOrder: counted('invoiceOrder'),
      shipOrder: counted('shipOrder'),
      cancelOrder: counted('cancelOrder'),
      submitOrder: counted('submitOrder'),
      cancelErpOrder: counted('cancelErpOrder'),
      readOrder: counted('readOrder'),
      confirmShipment: counted('confirmShipment'),
    },
    calls: <K extends keyof OrderActivities>(name: K) =>
      log.filter((call) => call.name === name).map(({ input }) => input as Parameters<OrderActivities[K]>[0]),
  };
}
