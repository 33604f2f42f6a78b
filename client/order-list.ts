import { type Client, isGrpcServiceError } from '@temporalio/client';
import { type ChannelStatus, channelStatuses } from '../domain/channel-status';
import { orderWorkflowId } from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';
import { OrderAmbiguousError, OrderNotFoundError } from './order-errors';
import type { OrderRef } from './order-messages';
import { endedByHand, equals, type OrderFilter, type OrderScope, orderQuery } from './order-query';
import { channelStatusOf, executionStatusOf, type OrderRow, orderRow, type Run } from './order-row';
import { allRuns, pageOfRuns, replacedRuns } from './order-runs';

export interface OrderPage {
  readonly orders: readonly OrderRow[];
  /** For the next page; absent on the last one. */
  readonly nextPageToken?: string;
}

export interface Paging {
  /** 50 by default. */
  readonly pageSize?: number | undefined;
  readonly pageToken?: string | undefined;
}

const defaultPageSize = 50;
const NOT_FOUND = 5;

/** One row per order of a page of the query. */
export async function listOrders(
  client: Client,
  query: string,
  { pageSize = defaultPageSize, pageToken }: Paging,
): Promise<OrderPage> {
  const { runs, nextPageToken } = await pageOfRuns(client, query, pageSize, pageToken);
  const replaced = await replacedRuns(client, runs.filter(mayBeReplaced));
  const current = runs.filter((run) => !replaced.has(run));
  const rows = await Promise.all(current.map((run) => orderRow(run, client.options.loadedDataConverter)));
  return {
    orders: rows.filter((row) => row !== undefined).sort(newestFirst),
    ...(nextPageToken && { nextPageToken }),
  };
}

const mayBeReplaced = (run: Run): boolean => !['RUNNING', 'COMPLETED'].includes(executionStatusOf(run));

const newestFirst = (a: OrderRow, b: OrderRow): number => b.purchasedAt.localeCompare(a.purchasedAt);

/** The counts of a filter, whatever statuses it names. */
export async function countOrders(
  client: Client,
  filter: OrderFilter,
  scope: OrderScope,
): Promise<Record<ChannelStatus, number>> {
  const query = (channelStatus: readonly ChannelStatus[]) => orderQuery({ ...filter, channelStatus }, scope);
  const [replaced, counts] = await Promise.all([
    replacedStatuses(client, query(channelStatuses)),
    Promise.all(channelStatuses.map(async (status) => (await client.workflow.count(query([status]))).count)),
  ]);
  const result = { Pending: 0, Unshipped: 0, PartiallyShipped: 0, Shipped: 0, Canceled: 0 };
  for (const [index, status] of channelStatuses.entries()) {
    result[status] = (counts[index] ?? 0) - replaced.filter((other) => other === status).length;
  }
  return result;
}

async function replacedStatuses(client: Client, query: string): Promise<ChannelStatus[]> {
  const ended: Run[] = [];
  for await (const run of allRuns(client, `${query} AND ${endedByHand}`)) ended.push(run);
  return [...(await replacedRuns(client, ended))].map(channelStatusOf);
}

/**
 * Looks in all accounts, as far as visibility knows: a new order is not in it for a moment.
 *
 * @throws OrderNotFoundError, OrderAmbiguousError
 */
export async function findOrder(client: Client, scope: OrderScope, amazonOrderId: string): Promise<OrderRow> {
  const query = orderQuery({ includePending: true }, scope);
  const ofId = equals(attributes.amazonOrderId.name, amazonOrderId);
  const { orders } = await listOrders(client, `${query} AND ${ofId}`, {});
  const [order, ...others] = orders;
  if (!order) throw new OrderNotFoundError(`There is no order ${amazonOrderId}.`);
  if (others.length === 0) return order;
  const accounts = orders.map(({ account }) => account).join(', ');
  throw new OrderAmbiguousError(`Several accounts have an order ${amazonOrderId}: say which, ${accounts}.`);
}

/** Asks for the order itself, so that the answer is never late. @throws OrderNotFoundError */
export async function findOrderOf(
  { workflowService, options }: Client,
  { account, amazonOrderId }: OrderRef,
): Promise<OrderRow> {
  const execution = { workflowId: orderWorkflowId(account, amazonOrderId) };
  try {
    const { namespace, loadedDataConverter } = options;
    const found = await workflowService.describeWorkflowExecution({ namespace, execution });
    const row = await orderRow(found.workflowExecutionInfo ?? {}, loadedDataConverter);
    if (row) return row;
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== NOT_FOUND) throw error;
  }
  throw new OrderNotFoundError(`Account ${account} has no order ${amazonOrderId}.`);
}
