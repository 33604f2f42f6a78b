import type { Client } from '@temporalio/client';
import type { ChannelStatus } from '../domain/channel-status';
import { chunks } from '../integrations/commerce/search';
import { amazonOrderWorkflowType } from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';

/** An order whose workflow waits for shipments, or settles and may still be corrected. */
export interface WaitingOrder {
  readonly workflowId: string;
  readonly entityId: number;
  /** What its workflow has accepted; empty for nothing. */
  readonly seen: string;
  /** Shipped or cancelled: nothing is expected any more. */
  readonly settles: boolean;
}

export interface WaitingOrderQuery {
  readonly commerce: string;
  readonly includeSettling: boolean;
  /** Only these; absent: all. */
  readonly entityIds?: readonly number[];
}

export type FindWaitingOrders = (query: WaitingOrderQuery) => Promise<WaitingOrder[]>;

const waiting: readonly ChannelStatus[] = ['Unshipped', 'PartiallyShipped'];
const settling: readonly ChannelStatus[] = ['Shipped', 'Canceled'];
const idsPerQuery = 100;

export const isWaiting = (status: string | undefined): boolean => waiting.some((each) => each === status);

/** By visibility, so that nobody has to register: it is a moment behind, which the next look makes good. */
export function findWaitingOrders(client: Client): FindWaitingOrders {
  return async ({ entityIds, ...query }) => {
    if (entityIds === undefined) return list(client, query, `${attributes.commerceOrderId.name} > 0`);
    const found: WaitingOrder[] = [];
    for (const ids of chunks(entityIds, idsPerQuery)) {
      found.push(...(await list(client, query, `${attributes.commerceOrderId.name} IN (${ids.join(', ')})`)));
    }
    return found;
  };
}

async function list(
  client: Client,
  { commerce, includeSettling }: Omit<WaitingOrderQuery, 'entityIds'>,
  which: string,
): Promise<WaitingOrder[]> {
  const statuses = [...waiting, ...(includeSettling ? settling : [])];
  const query = [
    `WorkflowType = '${amazonOrderWorkflowType}'`,
    "ExecutionStatus = 'Running'",
    `${attributes.commerceInstance.name} = '${commerce}'`,
    which,
    `${attributes.channelStatus.name} IN (${statuses.map((status) => `'${status}'`).join(', ')})`,
  ].join(' AND ');
  const found: WaitingOrder[] = [];
  for await (const { workflowId, typedSearchAttributes: values } of client.workflow.list({ query })) {
    const entityId = values.get(attributes.commerceOrderId);
    if (entityId === undefined) continue;
    const seen = values.get(attributes.shipmentsSeen) ?? '';
    found.push({ workflowId, entityId, seen, settles: !isWaiting(values.get(attributes.channelStatus)) });
  }
  return found;
}
