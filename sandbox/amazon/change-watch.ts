import type { Clock } from '../clock';
import type { Store } from '../store';
import type { OrderBook } from './book';
import { changesOf, type OrderChange } from './life';
import type { AmazonOrder } from './order';

export interface ChangeWatch {
  /** What has happened since the last call, or, after a restart, since the last one before it. */
  take(): { order: AmazonOrder; change: OrderChange }[];
  reset(): void;
}

const keyOf = ({ type, at, state }: OrderChange) => `${at} ${type} ${state.status}`;

/** When the order's plan says that something happens next, by the clock; undefined if it never does. */
function nextMoment({ plan }: AmazonOrder, now: number): number | undefined {
  const later = Object.values(plan)
    .map((moment) => Date.parse(moment ?? ''))
    .filter((moment) => moment > now);
  return later.length > 0 ? Math.min(...later) : undefined;
}

/**
 * Finds the changes of all orders, each of them once. Only orders that were written or whose plan has come to a
 * moment are looked at, so that many finished orders cost nothing.
 */
export function watchChanges(store: Store, book: OrderBook, clock: Clock): ChangeWatch {
  const told = store.collection<string[]>('amazon-told-changes');
  const due = new Map<string, number>();

  const changesOfOne = (order: AmazonOrder, now: Date) => {
    const known = told.get(order.orderId) ?? [];
    const changes = changesOf(order, now).filter((change) => !known.includes(keyOf(change)));
    if (changes.length > 0) told.put(order.orderId, [...known, ...changes.map(keyOf)]);
    return changes.map((change) => ({ order, change }));
  };

  return {
    take: () => {
      const now = clock.now();
      const orders = new Map(book.takeChanged().map((order) => [order.orderId, order]));
      for (const [orderId, moment] of due) {
        const order = moment <= now.getTime() ? book.get(orderId) : undefined;
        if (order) orders.set(orderId, order);
      }
      return store.transaction(() =>
        [...orders.values()].flatMap((order) => {
          const next = nextMoment(order, now.getTime());
          if (next === undefined) due.delete(order.orderId);
          else due.set(order.orderId, next);
          return changesOfOne(order, now);
        }),
      );
    },
    reset: () => {
      due.clear();
      for (const { orderId } of book.all()) told.delete(orderId);
    },
  };
}
