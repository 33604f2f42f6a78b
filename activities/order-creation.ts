import type { AmazonOrder } from '../domain/order';
import { differences, placedOrder } from '../integrations/commerce/adoption';
import {
  CommerceAnswerError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { OrderEntity } from '../integrations/commerce/order-entity';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import { storedDifferences } from '../integrations/commerce/read-back';
import type { CommerceOrder, Store } from '../integrations/commerce/records';
import type { PlacementResult } from './contracts/commerce';

/**
 * With Commerce's own numbers nothing there refuses a second order, so that one which may still be under way gets
 * time to end before the next look-up.
 */
const graceMs = 60_000;

/** One creation, whatever becomes of it: an order that is there afterwards all the same is found. */
export async function createOnce(
  commerce: CommercePort,
  { order, store, entity }: { order: AmazonOrder; store: Store; entity: OrderEntity },
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  let entityId: number;
  try {
    entityId = await commerce.createOrder(store, entity, options);
  } catch (error) {
    const patient = entity.increment_id === undefined && isUnknown(error);
    try {
      return await afterFailure(commerce, { order, store, entity, error }, options);
    } catch (reason) {
      throw patient ? withGrace(reason) : reason;
    }
  }
  // The answer to the creation echoes what was sent; only a read tells what Commerce keeps.
  const stored = await commerce.readOrder(entityId, options);
  return {
    kind: 'placed',
    commerce: placedOrder(order, stored),
    adopted: false,
    differences: [
      ...differences(order, stored),
      ...storedDifferences(entity, stored),
      ...statusDifference(entity, stored),
    ],
  };
}

interface Failed {
  readonly order: AmazonOrder;
  readonly store: Store;
  readonly entity: OrderEntity;
  readonly error: unknown;
}

/** It may be there all the same: made by this call, or by one that ran beside it. */
async function afterFailure(
  commerce: CommercePort,
  { order, store, entity, error }: Failed,
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  const isRefused = error instanceof CommerceRefusedError && error.call.status === 400;
  if (!isRefused && !isUnknown(error)) throw error;
  const existing = await findExisting(commerce, order, options);
  if (existing) return existing;
  const number = entity.increment_id;
  if (!isRefused || number === undefined) throw error;
  const [foreign] = await commerce.findOrdersByNumber(store, number, options);
  if (!foreign) throw error;
  const { entityId, extOrderId } = foreign;
  return { kind: 'numberTaken', number, entityId, extOrderId };
}

function isUnknown(error: unknown): boolean {
  return (
    (error instanceof CommerceUnreachableError && error.outcomeUnknown) ||
    error instanceof CommerceAnswerError
  );
}

function withGrace(error: unknown): unknown {
  if (!(error instanceof CommerceUnreachableError)) return error;
  const { call, problem, outcomeUnknown, retryAfterMs = 0 } = error;
  return new CommerceUnreachableError(call, problem, {
    outcomeUnknown,
    retryAfterMs: Math.max(retryAfterMs, graceMs),
  });
}

/** An order of any store that carries Amazon's id; the one that is alive, where other tools made several. */
export async function findExisting(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
): Promise<(PlacementResult & { readonly kind: 'placed' }) | undefined> {
  const found = await commerce.findOrders(order.amazonOrderId, options);
  const chosen = found.find(({ state }) => state !== 'canceled') ?? found[0];
  if (!chosen) return undefined;
  return {
    kind: 'placed',
    commerce: placedOrder(order, chosen),
    adopted: true,
    differences: [...severalOrders(found), ...differences(order, chosen)],
  };
}

function severalOrders(found: readonly CommerceOrder[]): string[] {
  if (found.length < 2) return [];
  return [`Commerce has several orders for this one: ${found.map(({ number }) => number).join(', ')}.`];
}

/** Newer versions keep no status that the state does not have. */
function statusDifference({ state, status }: OrderEntity, stored: CommerceOrder): string[] {
  if (stored.state !== state || stored.status === status) return [];
  const kept = stored.status === '' ? 'no status' : `the status "${stored.status}"`;
  return [
    `The order has ${kept} instead of "${status}": see that Commerce has this status for the state ${state}.`,
  ];
}
