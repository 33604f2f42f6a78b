import type { AmazonOrder } from '../domain/order';
import { differences, placedOrder, surplusUnits } from '../integrations/commerce/adoption';
import {
  CommerceAccessError,
  CommerceAnswerError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { OrderEntity } from '../integrations/commerce/order-entity';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import { storedDifferences } from '../integrations/commerce/read-back';
import type { CommerceOrder, Shipment, Store } from '../integrations/commerce/records';
import { canBe, type SentOrder, sentOrder } from '../integrations/commerce/sent-order';
import type { PlacementResult } from './contracts/commerce';
import type { Progress } from './heartbeats';
import { begin, postingOf } from './posting';

type Placed = PlacementResult & { readonly kind: 'placed' };

interface Creation {
  readonly order: AmazonOrder;
  readonly store: Store;
  readonly entity: OrderEntity;
}

/** One creation, whatever becomes of it: an order that is there afterwards all the same is found. */
export async function createOnce(
  commerce: CommercePort,
  { order, store, entity }: Creation,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<PlacementResult> {
  const sent = sentOrder(entity);
  const earlier = postingOf(progress.before)?.sent;
  options.signal?.throwIfAborted();
  let entityId: number;
  try {
    entityId = await begin(progress, { sent }, () => commerce.createOrder(store, entity));
  } catch (error) {
    const ours = mayHaveHappened(error) ? sent : earlier;
    return afterFailure(commerce, { order, store, sent, ours, error }, options);
  }
  // The answer to the creation echoes what was sent; only a read tells what Commerce keeps.
  const stored = await commerce.readOrder(entityId, options);
  // What was shipped before it was made needs no shipments.
  const known =
    order.status === 'SHIPPED' ? { stored, shipments: [] } : await asOne(commerce, stored, options);
  return created(order, sent, known);
}

/** What stands before Commerce may say no, or anything, after Commerce has done it. */
const mayHaveHappened = (error: unknown) =>
  (error instanceof CommerceUnreachableError && error.outcomeUnknown) ||
  error instanceof CommerceAnswerError ||
  error instanceof CommerceAccessError;

interface Failed {
  readonly order: AmazonOrder;
  readonly store: Store;
  readonly sent: SentOrder;
  /** By this attempt or one before it, where that may have made the order. */
  readonly ours: SentOrder | undefined;
  readonly error: unknown;
}

/** It may be there all the same: made by this call, or by one that ran beside it. */
async function afterFailure(
  commerce: CommercePort,
  { order, store, sent, ours, error }: Failed,
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  const isRefused = error instanceof CommerceRefusedError && error.call.status === 400;
  if (!isRefused && !mayHaveHappened(error)) throw error;
  const existing = await findExisting(commerce, order, options, ours).catch((reason: unknown) => {
    // It would be final, and the next attempt has to look again.
    throw reason instanceof CommerceAccessError ? error : reason;
  });
  if (existing) return existing;
  const { number } = sent;
  if (!isRefused || number === undefined) throw error;
  const [foreign] = await commerce.findOrdersByNumber(store, number, options);
  if (!foreign) throw error;
  const { entityId, extOrderId } = foreign;
  return { kind: 'numberTaken', number, entityId, extOrderId };
}

/**
 * An order of any store that carries Amazon's id; the one that is alive, where other tools made several. One that can
 * be what an attempt of the channel sent is no adopted one.
 */
export async function findExisting(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
  ours?: SentOrder,
): Promise<Placed | undefined> {
  const found = await commerce.findOrders(order.amazonOrderId, options);
  const [chosen] = found.toSorted((one, other) => deadness(one) - deadness(other));
  if (!chosen) return undefined;
  const known = await asOne(commerce, chosen, options);
  const result = ours && canBe(ours, chosen) ? created(order, ours, known) : adopted(order, known);
  return { ...result, differences: [...severalOrders(found), ...result.differences] };
}

interface Known {
  readonly stored: CommerceOrder;
  readonly shipments: readonly Shipment[];
}

/** The order and its shipments as they stand together: what is shipped between two calls is in both, or in none. */
async function asOne(
  commerce: CommercePort,
  stored: CommerceOrder,
  options: CommerceCallOptions,
): Promise<Known> {
  if (stored.items.every(({ shipped }) => shipped === 0)) return { stored, shipments: [] };
  const shipments = await commerce.shipments([stored.entityId], options);
  const after = await commerce.readOrder(stored.entityId, options);
  const isSame = stored.items.every(({ shipped }, index) => shipped === after.items[index]?.shipped);
  return isSame ? { stored: after, shipments } : asOne(commerce, after, options);
}

/** The least dead one is where somebody may still be at work. */
function deadness({ state }: CommerceOrder): number {
  if (state === 'canceled') return 2;
  return state === 'closed' ? 1 : 0;
}

const created = (order: AmazonOrder, sent: SentOrder, known: Known): Placed => ({
  ...adopted(order, known),
  adopted: false,
  differences: [...differences(order, known.stored), ...storedDifferences(sent, known.stored)],
});

function adopted(order: AmazonOrder, { stored, shipments }: Known): Placed {
  const surplus = surplusUnits(order, stored);
  return {
    kind: 'placed',
    commerce: placedOrder(order, stored, shipments),
    adopted: true,
    differences: differences(order, stored),
    ...(surplus.length > 0 && { surplus }),
  };
}

function severalOrders(found: readonly CommerceOrder[]): string[] {
  if (found.length < 2) return [];
  return [`Commerce has several orders for this one: ${found.map(({ number }) => number).join(', ')}.`];
}
