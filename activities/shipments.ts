import { cancellationSignal, heartbeat } from '@temporalio/activity';
import {
  type Client,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { CommercePort } from '../integrations/commerce/port';
import type { CommerceOrderItem, Shipment } from '../integrations/commerce/records';
import { chunks } from '../integrations/commerce/search';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import {
  amazonOrderWorkflowType,
  orderSnapshotQuery,
  type ParcelReport,
  parcelShippedSignal,
} from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';
import type { CommerceActivityDeps } from './commerce';
import type { CommerceActivities, LookForShipmentsInput } from './contracts/commerce';
import { parcelReports, shipmentsHash } from './parcel-reports';

export interface ShipmentActivityDeps extends Pick<CommerceActivityDeps, 'commerce'> {
  readonly client: Client;
  readonly hash: KeyedHash;
}

/** An order whose workflow waits for shipments. */
interface WaitingOrder {
  readonly workflowId: string;
  readonly entityId: number;
  /** Hash of what its workflow has accepted; empty for nothing. */
  readonly seen: string;
}

/** An order of which Commerce shows something that its workflow has not accepted yet. */
interface Change extends WaitingOrder {
  readonly shipments: readonly Shipment[];
  readonly hash: string;
}

const ordersPerCall = 100;
const unanswered = [ServiceError, QueryNotRegisteredError, WorkflowNotFoundError];

export function createShipmentActivities({
  commerce,
  client,
  hash,
}: ShipmentActivityDeps): Pick<CommerceActivities, 'lookForShipments'> {
  return {
    lookForShipments: async (input) => {
      const port = commerce(input.commerce);
      const waiting = await waitingOrders(client, input);
      let signalled = 0;
      for (const batch of chunks(waiting, ordersPerCall)) {
        const changes = await changesOf(port, batch, hash);
        signalled += await signalChanges(port, client, changes);
        heartbeat({ signalled });
      }
      return { waiting: waiting.length, signalled };
    },
  };
}

/** By visibility, so that nobody has to register: it is a moment behind, which the next look makes good. */
async function waitingOrders(
  client: Client,
  { commerce, includeSettling }: LookForShipmentsInput,
): Promise<WaitingOrder[]> {
  const statuses = ['Unshipped', 'PartiallyShipped', ...(includeSettling ? ['Shipped', 'Canceled'] : [])];
  const query = [
    `WorkflowType = '${amazonOrderWorkflowType}'`,
    "ExecutionStatus = 'Running'",
    `${attributes.commerceInstance.name} = '${commerce}'`,
    `${attributes.commerceOrderId.name} > 0`,
    `${attributes.channelStatus.name} IN (${statuses.map((status) => `'${status}'`).join(', ')})`,
  ].join(' AND ');
  const found: WaitingOrder[] = [];
  for await (const { workflowId, typedSearchAttributes: values } of client.workflow.list({ query })) {
    const entityId = values.get(attributes.commerceOrderId);
    if (entityId === undefined) continue;
    found.push({ workflowId, entityId, seen: values.get(attributes.shipmentsSeen) ?? '' });
  }
  return found;
}

async function changesOf(
  port: CommercePort,
  orders: readonly WaitingOrder[],
  hash: KeyedHash,
): Promise<Change[]> {
  const entityIds = orders.map(({ entityId }) => entityId);
  const shipments = await port.shipments(entityIds, { signal: cancellationSignal() });
  return orders.flatMap((order): Change[] => {
    // One without a number waits: Amazon takes no parcel without.
    const own = shipments.filter(({ orderId, tracks }) => orderId === order.entityId && tracks.length > 0);
    const change = { ...order, shipments: own, hash: own.length > 0 ? shipmentsHash(hash, own) : '' };
    return own.length > 0 && change.hash !== order.seen ? [change] : [];
  });
}

async function signalChanges(
  port: CommercePort,
  client: Client,
  changes: readonly Change[],
): Promise<number> {
  if (changes.length === 0) return 0;
  const entityIds = changes.map(({ entityId }) => entityId);
  const orders = await port.readOrders(entityIds, { signal: cancellationSignal() });
  let signalled = 0;
  for (const change of changes) {
    const order = orders.find(({ entityId }) => entityId === change.entityId);
    const itemIds = await orderItemIds(client, change, order?.items ?? []);
    signalled += await signalParcels(client, change, parcelReports(change.shipments, itemIds, change.hash));
  }
  return signalled;
}

/** From the order; its workflow knows the lines of one that another tool has made, without Amazon's ids. */
async function orderItemIds(
  client: Client,
  { workflowId }: WaitingOrder,
  items: readonly CommerceOrderItem[],
): Promise<ReadonlyMap<number, string>> {
  const written = new Map(
    items.flatMap(({ itemId, orderItemId }) => (orderItemId ? [[itemId, orderItemId]] : [])),
  );
  if (written.size > 0) return written;
  try {
    const { commerce } = await client.workflow.getHandle(workflowId).query(orderSnapshotQuery);
    return new Map(
      Object.entries(commerce?.itemIds ?? {}).map(([orderItemId, itemId]) => [itemId, orderItemId]),
    );
  } catch (error) {
    // An order that does not answer now is looked at next time, and does not hold up the others.
    if (unanswered.some((kind) => error instanceof kind)) return written;
    throw error;
  }
}

async function signalParcels(
  client: Client,
  { workflowId }: WaitingOrder,
  reports: readonly ParcelReport[],
): Promise<number> {
  const handle = client.workflow.getHandle(workflowId);
  try {
    for (const report of reports) await handle.signal(parcelShippedSignal, report);
    return reports.length;
  } catch (error) {
    // The order has ended since it was listed.
    if (error instanceof WorkflowNotFoundError) return 0;
    throw error;
  }
}
