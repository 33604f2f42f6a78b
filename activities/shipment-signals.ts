import { cancellationSignal } from '@temporalio/activity';
import {
  type Client,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { CommercePort } from '../integrations/commerce/port';
import type { CommerceOrder } from '../integrations/commerce/records';
import { haltedStates } from '../integrations/commerce/watch';
import {
  type CommerceOrderChange,
  commerceOrderChangedSignal,
  orderSnapshotQuery,
  parcelShippedSignal,
} from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';
import type { Change } from './commerce-changes';
import { parcelReports, readSeen, writeSeen } from './parcel-reports';
import { isWaiting, type WaitingOrder } from './waiting-orders';

const noLines: ReadonlyMap<number, string> = new Map();
const unanswered = [ServiceError, QueryNotRegisteredError, WorkflowNotFoundError];

export interface Signalled {
  signalled: number;
  /** Of an order that the engine does not reach: a sentence. The next look tries again. */
  untold?: string;
}

/** Tells orders what has changed in Commerce. One that cannot be told holds up no other. */
export async function signalChanges(
  port: CommercePort,
  client: Client,
  changes: readonly Change[],
): Promise<Signalled> {
  const done: Signalled = { signalled: 0 };
  if (changes.length === 0) return done;
  const entityIds = changes.map(({ entityId }) => entityId);
  const orders = await port.readOrders(entityIds, { signal: cancellationSignal() });
  for (const change of changes) {
    const order = orders.find(({ entityId }) => entityId === change.entityId);
    try {
      done.signalled += await signalChange(client, change, order);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      done.untold ??= `Order ${change.workflowId} could not be told what changed: ${error.message}.`;
    }
  }
  return done;
}

/** The last signal tells what this look saw, so that all come again where one is lost. */
async function signalChange(
  client: Client,
  change: Change,
  order: CommerceOrder | undefined,
): Promise<number> {
  const { workflowId, shipments, now } = change;
  const handle = client.workflow.getHandle(workflowId);
  try {
    const changed = await changedState(client, change, order);
    const itemIds = shipments.length > 0 ? await orderItemIds(client, change, order) : noLines;
    const reports = parcelReports(shipments, itemIds ?? noLines);
    const before = readSeen(change.seen);
    const shipmentsSeen = writeSeen({
      state: changed?.state ?? before.state,
      // Parcels that cannot be told now are to be told by the next look.
      shipments: itemIds ? now.shipments : before.shipments,
    });
    for (const [index, report] of reports.entries()) {
      const isLast = changed === undefined && index === reports.length - 1;
      await handle.signal(parcelShippedSignal, { ...report, ...(isLast && { shipmentsSeen }) });
    }
    if (changed === undefined) return reports.length;
    await handle.signal(commerceOrderChangedSignal, { ...changed, shipmentsSeen });
    return reports.length + 1;
  } catch (error) {
    // The order has ended since it was listed.
    if (error instanceof WorkflowNotFoundError) return 0;
    throw error;
  }
}

/**
 * Undefined where it changed once more since it was listed, for the next look. Visibility is behind, too: an order that
 * the channel itself has just cancelled in Commerce may be listed as waiting.
 */
async function changedState(
  client: Client,
  { workflowId, isStateNew, now }: Change,
  order: CommerceOrder | undefined,
): Promise<Pick<CommerceOrderChange, 'state' | 'status'> | undefined> {
  if (!isStateNew || order === undefined) return undefined;
  const { state, status } = order;
  if (now.state === '' ? haltedStates.includes(state) : state !== now.state) return undefined;
  const { typedSearchAttributes } = await client.workflow.getHandle(workflowId).describe();
  return isWaiting(typedSearchAttributes.get(attributes.channelStatus)) ? { state, status } : undefined;
}

/**
 * From the order; its workflow knows the lines of one that another tool has made, without Amazon's ids. Undefined where
 * it does not say: the order is looked at next time, and does not hold up the others.
 */
async function orderItemIds(
  client: Client,
  { workflowId }: WaitingOrder,
  order: CommerceOrder | undefined,
): Promise<ReadonlyMap<number, string> | undefined> {
  const written = new Map(
    (order?.items ?? []).flatMap(({ itemId, orderItemId }) => (orderItemId ? [[itemId, orderItemId]] : [])),
  );
  if (written.size > 0) return written;
  try {
    const { commerce } = await client.workflow.getHandle(workflowId).query(orderSnapshotQuery);
    const known = Object.entries(commerce?.itemIds ?? {});
    return known.length > 0
      ? new Map(known.map(([orderItemId, itemId]) => [itemId, orderItemId]))
      : undefined;
  } catch (error) {
    if (unanswered.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
