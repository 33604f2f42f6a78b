import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import {
  CommerceAccessError,
  CommerceError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { CommercePort } from '../integrations/commerce/port';
import { chunks } from '../integrations/commerce/search';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { CommerceActivityDeps } from './commerce';
import { type ChangeReader, changesOf } from './commerce-changes';
import type { CommerceActivities, LookForShipmentsInput, LookForShipmentsResult } from './contracts/commerce';
import { reportProgress } from './heartbeats';
import { signalChanges } from './shipment-signals';
import { type FindWaitingOrders, findWaitingOrders, type WaitingOrder } from './waiting-orders';

export interface ShipmentActivityDeps extends Pick<CommerceActivityDeps, 'commerce'> {
  readonly client: Client;
  readonly hash: KeyedHash;
  /** Whether shipments without a tracking number are signalled, in this Commerce instance. */
  readonly sendsWithoutNumber: (commerce: string) => boolean;
  readonly findOrders?: FindWaitingOrders;
}

/** A look as it goes on. */
interface Look {
  readonly startedAt: number;
  waiting?: number;
  signalled: number;
  newestAt?: string;
  after?: number;
  untold?: string;
  /** Orders that Commerce could not answer for. */
  unreadable: number;
}

const ordersPerCall = 100;
/** Well before the activity's time-out: the next look goes on behind the last order of this one. */
const longestMs = 5 * 60_000;
/** Where Commerce cannot answer for more, it is not because of the orders. */
const mostUnreadable = 10;
/** Shipments become visible with their transaction, so an older one may come after a newer one. */
const overlapMs = 10 * 60_000;

export function createShipmentActivities({
  findOrders,
  ...deps
}: ShipmentActivityDeps): Pick<CommerceActivities, 'lookForShipments'> {
  const find = findOrders ?? findWaitingOrders(deps.client);
  return {
    lookForShipments: async (input) => {
      const { after } = input;
      const start = { startedAt: Date.now(), signalled: 0, unreadable: 0 };
      const look: Look = { ...start, ...(after !== undefined && { after }) };
      try {
        await lookAtOrders({ ...deps, find }, input, look);
      } catch (error) {
        if (!(error instanceof CommerceError)) throw error;
        return { ...resultOf(look), trouble: troubleOf(error) };
      }
      return resultOf(look);
    },
  };
}

function resultOf({ startedAt, unreadable: _, ...seen }: Look): LookForShipmentsResult {
  return { ...seen, tookMs: Date.now() - startedAt };
}

function troubleOf(error: CommerceError): NonNullable<LookForShipmentsResult['trouble']> {
  const busy = error instanceof CommerceUnreachableError;
  const retryAfterMs = busy ? error.retryAfterMs : undefined;
  return { problem: error.message, busy, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

async function lookAtOrders(
  deps: ShipmentActivityDeps & { readonly find: FindWaitingOrders },
  input: LookForShipmentsInput,
  look: Look,
): Promise<void> {
  const { client, hash, find } = deps;
  const port = deps.commerce(input.commerce);
  const reader: ChangeReader = { port, hash, withoutNumber: deps.sendsWithoutNumber(input.commerce) };
  const lately = await shippedLately(port, input, look);
  const orders = await ordersOf(find, input, lately, look);
  const batches = chunks(orders, ordersPerCall);
  for (const [index, batch] of batches.entries()) {
    if (index > 0 && Date.now() - look.startedAt > longestMs) return;
    const isPart = input.scope === 'all' && index < batches.length - 1;
    const place = isPart ? placeBehind(batch, lately) : undefined;
    // The batch that a look breaks off at is the first of the next one; failing there too, it holds up no other.
    if (index === 0) keepPlace(look, place);
    await lookAtBatch(reader, client, batch, look);
    keepPlace(look, place);
    reportProgress({ looked: index * ordersPerCall + batch.length, of: orders.length });
  }
  delete look.after;
}

/** Without one, the next look begins a new round. */
function keepPlace(look: Look, place: number | undefined): void {
  delete look.after;
  if (place !== undefined) look.after = place;
}

/** 0 as long as only those with new shipments are done, which stand first and come once more in their turn. */
function placeBehind(batch: readonly WaitingOrder[], lately: ReadonlySet<number>): number {
  const last = batch.at(-1)?.entityId ?? 0;
  return lately.has(last) ? 0 : last;
}

/** One order that Commerce cannot answer for is left out by halving the batch, so that the others are seen. */
async function lookAtBatch(
  reader: ChangeReader,
  client: Client,
  batch: readonly WaitingOrder[],
  look: Look,
): Promise<void> {
  try {
    const changes = await changesOf(reader, batch, { signal: cancellationSignal() });
    const { signalled, untold } = await signalChanges(reader.port, client, changes);
    look.signalled += signalled;
    if (untold !== undefined) look.untold ??= untold;
  } catch (error) {
    if (!(error instanceof CommerceError) || !mayBeOfOneOrder(error)) throw error;
    const [only] = batch;
    if (only === undefined || look.unreadable === mostUnreadable) throw error;
    if (batch.length === 1) {
      look.unreadable += 1;
      look.untold ??= `Order ${only.workflowId} could not be looked at: ${error.message}.`;
      return;
    }
    for (const half of chunks(batch, Math.ceil(batch.length / 2))) {
      await lookAtBatch(reader, client, half, look);
    }
  }
}

/** An answer that cannot be read, a refusal, or a program of Commerce that broke off. */
const mayBeOfOneOrder = (error: CommerceError): boolean =>
  !(error instanceof CommerceAccessError) &&
  (!(error instanceof CommerceUnreachableError) || error.call.status === 500);

/**
 * Ids of orders. By Commerce's clock alone, since it may differ from ours. A round that goes on only sees whether
 * Commerce answers, so as not to lose its place; what is new is left to the look after it.
 */
async function shippedLately(
  port: CommercePort,
  { scope, newestAt, after }: LookForShipmentsInput,
  look: Look,
): Promise<ReadonlySet<number>> {
  if (scope === 'hinted') return new Set();
  const since = newestAt && new Date(Date.parse(newestAt) - overlapMs).toISOString();
  const recent = await port.recentShipments(since, { signal: cancellationSignal() });
  if (after !== undefined) return new Set();
  const newest = [...recent.map(({ createdAt }) => createdAt), newestAt ?? ''].sort().at(-1);
  if (newest) look.newestAt = newest;
  return new Set(recent.map(({ orderId }) => orderId));
}

async function ordersOf(
  find: FindWaitingOrders,
  { commerce, scope, includeSettling, orderIds = [], after = 0 }: LookForShipmentsInput,
  lately: ReadonlySet<number>,
  look: Look,
): Promise<WaitingOrder[]> {
  if (scope !== 'all') {
    const entityIds = scope === 'hinted' ? orderIds : [...lately];
    return find({ commerce, includeSettling, entityIds });
  }
  const orders = await find({ commerce, includeSettling });
  look.waiting = orders.length;
  const turn = ({ entityId }: WaitingOrder) => (lately.has(entityId) ? 0 : 1);
  return orders
    .filter(({ entityId }) => entityId > after)
    .sort((one, other) => turn(one) - turn(other) || one.entityId - other.entityId);
}
