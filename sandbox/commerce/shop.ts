import type { Clock } from '../clock';
import type { Store } from '../store';
import type { Currencies } from './currencies';
import type { JsonObject } from './json';
import type { OrderRecord } from './order-record';
import type {
  CartRecord,
  CustomerRecord,
  LateTrack,
  ProductRecord,
  Reservation,
  ShipmentRecord,
  SourceItem,
  SourceLink,
  Stock,
  WarehouseJob,
} from './records';
import { type Row, text } from './row';
import { createTable, type Table } from './table';
import { magentoTime } from './time';

/** Everything the sandbox shop remembers. All tables live in one store and share its transactions. */
export interface Shop {
  orders: Table<OrderRecord>;
  shipments: Table<ShipmentRecord>;
  carts: Table<CartRecord>;
  products: Table<ProductRecord>;
  customers: Table<CustomerRecord>;
  sources: Table<{ code: string; columns: JsonObject }>;
  sourceItems: Table<SourceItem>;
  stocks: Table<Stock>;
  links: Table<SourceLink>;
  reservations: Table<Reservation>;
  /** SKUs whose Default Stock shows nothing although its source has stock (the zero bug of 2.4.6). */
  zeroed: Table<{ sku: string }>;
  nonces: Table<{ nonce: string; timestamp: number }>;
  /** Of websites that do not calculate as a new one does. */
  currencies: Table<Currencies>;
  /** Access tokens of the cloud service. */
  tokens: Table<{ token: string; expiresAtMs: number }>;
  /** Orders that the warehouse has in hand, and shipments that still wait for their tracking number. */
  jobs: Table<WarehouseJob>;
  lateTracks: Table<LateTrack>;
  /** Next number of a named sequence, from 1. */
  next(sequence: string): number;
  /** Last number given out by a sequence, 0 if none. */
  last(sequence: string): number;
  /** Present sandbox time, as Magento writes it. */
  now(): string;
  clock: Clock;
  transaction<R>(work: () => R): R;
  clear(): void;
}

const column =
  (name: string) =>
  ({ columns }: { columns: Row }): string | null =>
    text(columns, name)?.toLowerCase() ?? null;
const skuOf = ({ sku }: { sku: string }) => sku.toLowerCase();

const salesTables = (store: Store) => ({
  orders: createTable<OrderRecord>(store, {
    name: 'orders',
    id: ({ id }) => id,
    indexes: {
      entity_id: ({ id }) => String(id),
      increment_id: column('increment_id'),
      ext_order_id: column('ext_order_id'),
    },
  }),
  shipments: createTable<ShipmentRecord>(store, {
    name: 'shipments',
    id: ({ id }) => id,
    indexes: { entity_id: ({ id }) => String(id), order_id: ({ orderId }) => String(orderId) },
  }),
  carts: createTable<CartRecord>(store, { name: 'carts', id: ({ id }) => id }),
  customers: createTable<CustomerRecord>(store, {
    name: 'customers',
    id: ({ id }) => id,
    indexes: { email: column('email') },
  }),
});

const catalogTables = (store: Store) => ({
  products: createTable<ProductRecord>(store, {
    name: 'products',
    id: ({ id }) => id,
    indexes: { sku: skuOf },
  }),
  sources: createTable<{ code: string; columns: JsonObject }>(store, {
    name: 'sources',
    id: ({ code }) => code,
  }),
  sourceItems: createTable<SourceItem>(store, {
    name: 'sourceItems',
    id: (item) => `${skuOf(item)}|${item.sourceCode}`,
    indexes: { sku: skuOf, source_code: ({ sourceCode }) => sourceCode.toLowerCase() },
  }),
  stocks: createTable<Stock>(store, { name: 'stocks', id: ({ id }) => id }),
  links: createTable<SourceLink>(store, {
    name: 'links',
    id: ({ stockId, sourceCode }) => `${stockId}|${sourceCode}`,
  }),
  reservations: createTable<Reservation>(store, {
    name: 'reservations',
    id: (reservation) => `${skuOf(reservation)}|${reservation.stockId}`,
  }),
  zeroed: createTable<{ sku: string }>(store, { name: 'zeroed', id: skuOf }),
});

const otherTables = (store: Store) => ({
  nonces: createTable<{ nonce: string; timestamp: number }>(store, {
    name: 'nonces',
    id: ({ nonce }) => nonce,
  }),
  currencies: createTable<Currencies>(store, { name: 'currencies', id: ({ website }) => website }),
  tokens: createTable<{ token: string; expiresAtMs: number }>(store, {
    name: 'tokens',
    id: ({ token }) => token,
  }),
  jobs: createTable<WarehouseJob>(store, { name: 'warehouse.jobs', id: ({ orderId }) => orderId }),
  lateTracks: createTable<LateTrack>(store, {
    name: 'warehouse.tracks',
    id: ({ shipmentId }) => shipmentId,
  }),
});

export function createShop(store: Store, clock: Clock): Shop {
  const tables = { ...salesTables(store), ...catalogTables(store), ...otherTables(store) };
  const sequences = createTable<{ name: string; last: number }>(store, {
    name: 'sequences',
    id: ({ name }) => name,
  });
  const last = (name: string) => sequences.get(name)?.last ?? 0;

  return {
    ...tables,
    last,
    next: (name) => {
      const following = last(name) + 1;
      sequences.put({ name, last: following });
      return following;
    },
    now: () => magentoTime(clock.now()),
    clock,
    transaction: (work) => store.transaction(work),
    clear: () => {
      for (const table of [...Object.values(tables), sequences]) table.clear();
    },
  };
}

/** Increment ids of orders and documents: the store's own sequence, nine digits behind the store's id. */
export function nextIncrementId(shop: Shop, kind: 'order' | 'shipment' | 'invoice', storeId: number): string {
  const prefix = storeId === 1 || storeId === 0 ? '' : String(storeId);
  return prefix + String(shop.next(`${kind}.increment.${storeId}`)).padStart(9, '0');
}
