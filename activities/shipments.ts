import { cancellationSignal } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import { CommerceError, CommerceUnreachableError } from '../integrations/commerce/errors';
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
}

const ordersPerCall = 100;
/** Well before the activity's time-out: the next look goes on behind the last order of this one. */
const longestMs = 5 * 60_000;
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
      const look: Look = { startedAt: Date.now(), signalled: 0, ...(after !== undefined && { after }) };
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

function resultOf({ startedAt, ...seen }: Look): LookForShipmentsResult {
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
  const orders = await ordersOf(find, input, await shippedLately(port, input, look));
  if (input.scope === 'all') look.waiting = orders.length;
  for (const [index, batch] of chunks(orders, ordersPerCall).entries()) {
    if (index > 0 && Date.now() - look.startedAt > longestMs) return;
    // Where this batch fails, the next look begins behind it: it holds up no other.
    const last = batch.at(-1)?.entityId;
    if (input.scope === 'all' && last !== undefined) look.after = last;
    const changes = await changesOf(reader, batch, { signal: cancellationSignal() });
    const { signalled, untold } = await signalChanges(port, client, changes);
    look.signalled += signalled;
    if (untold !== undefined) look.untold ??= untold;
    reportProgress({ looked: index * ordersPerCall + batch.length, of: orders.length });
  }
  delete look.after;
}

/** Ids of orders. By Commerce's clock alone, since it may differ from ours. */
async function shippedLately(
  port: CommercePort,
  { scope, newestAt }: LookForShipmentsInput,
  look: Look,
): Promise<ReadonlySet<number>> {
  if (scope === 'hinted') return new Set();
  const since = newestAt && new Date(Date.parse(newestAt) - overlapMs).toISOString();
  const recent = await port.recentShipments(since, { signal: cancellationSignal() });
  const newest = [...recent.map(({ createdAt }) => createdAt), newestAt ?? ''].sort().at(-1);
  if (newest) look.newestAt = newest;
  return new Set(recent.map(({ orderId }) => orderId));
}

async function ordersOf(
  find: FindWaitingOrders,
  { commerce, scope, includeSettling, orderIds = [], after = 0 }: LookForShipmentsInput,
  lately: ReadonlySet<number>,
): Promise<WaitingOrder[]> {
  if (scope !== 'all') {
    const entityIds = scope === 'hinted' ? orderIds : [...lately];
    return find({ commerce, includeSettling, entityIds });
  }
  const orders = await find({ commerce, includeSettling });
  const turn = ({ entityId }: WaitingOrder) => Number(entityId <= after);
  const isNew = ({ entityId }: WaitingOrder) => Number(!lately.has(entityId));
  return orders.sort(
    (one, other) => isNew(one) - isNew(other) || turn(one) - turn(other) || one.entityId - other.entityId,
  );
}
