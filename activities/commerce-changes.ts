import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { Shipment } from '../integrations/commerce/records';
import { haltedStates } from '../integrations/commerce/watch';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import { readSeen, type Seen, shipmentsHash } from './parcel-reports';
import type { WaitingOrder } from './waiting-orders';

/** An order of which Commerce shows something that its workflow has not accepted yet. */
export interface Change extends WaitingOrder {
  /** All of the order, where they or their tracking numbers have changed; else none. */
  readonly shipments: readonly Shipment[];
  /** Somebody has halted the order in Commerce, or lets it go on. */
  readonly isStateNew: boolean;
  readonly now: Seen;
}

export interface ChangeReader {
  readonly port: CommercePort;
  readonly hash: KeyedHash;
  /** Shipments without a tracking number count, too. */
  readonly withoutNumber: boolean;
}

/** One call for the shipments of at most 100 orders, and one for those among the waiting ones that are halted. */
export async function changesOf(
  { port, hash, withoutNumber }: ChangeReader,
  orders: readonly WaitingOrder[],
  options: CommerceCallOptions,
): Promise<Change[]> {
  const waiting = orders.filter(({ settles }) => !settles);
  const [shipments, halted] = await Promise.all([
    port.shipments(idsOf(orders), options),
    waiting.length > 0 ? port.haltedOrders(idsOf(waiting), options) : [],
  ]);
  const states = new Map(halted.map(({ entityId, state }) => [entityId, state]));
  return orders.flatMap((order): Change[] => {
    const own = shipments.filter(
      ({ orderId, tracks }) => orderId === order.entityId && (withoutNumber || tracks.length > 0),
    );
    const seen = readSeen(order.seen);
    const now: Seen = {
      state: order.settles ? haltIn(seen) : (states.get(order.entityId) ?? ''),
      shipments: shipmentsHash(hash, own),
    };
    const areShipmentsNew = own.length > 0 && now.shipments !== seen.shipments;
    const isStateNew = now.state !== haltIn(seen);
    if (!areShipmentsNew && !isStateNew) return [];
    return [{ ...order, shipments: areShipmentsNew ? own : [], isStateNew, now }];
  });
}

/** An order that went on after a halt has the state that it went on with. */
const haltIn = ({ state }: Seen): string => (haltedStates.includes(state) ? state : '');

const idsOf = (orders: readonly WaitingOrder[]) => orders.map(({ entityId }) => entityId);
