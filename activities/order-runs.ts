import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { type ChannelStatus, channelStatuses } from '../domain/channel-status';
import { amazonOrderWorkflowType } from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';

/** The latest run of an order's workflow. */
export interface OrderRun {
  readonly runId: string;
  /** `broken`: terminated, failed, cancelled or timed out, so that it may be started again. */
  readonly stage: 'running' | 'completed' | 'broken';
  /** The version of the order that it accepted last; absent until its first workflow task is done. */
  readonly version?: string;
  readonly channelStatus?: ChannelStatus;
}

/**
 * The latest runs of these orders by order id, in one visibility query. The answer may be a moment old, which
 * costs a signal too many and nothing else.
 */
export async function findRuns(
  { client, account }: { readonly client: Client; readonly account: string },
  amazonOrderIds: readonly string[],
): Promise<ReadonlyMap<string, OrderRun>> {
  const latest = new Map<string, WorkflowExecutionInfo>();
  if (amazonOrderIds.length === 0) return new Map();
  const ids = [...new Set(amazonOrderIds)].map(quoted).join(', ');
  const query =
    `WorkflowType = ${quoted(amazonOrderWorkflowType)} AND ${attributes.sellerAccount.name} = ${quoted(account)} ` +
    `AND ${attributes.amazonOrderId.name} IN (${ids})`;
  for await (const run of client.workflow.list({ query })) {
    const id = run.typedSearchAttributes.get(attributes.amazonOrderId) ?? '';
    const known = latest.get(id);
    if (!known || run.startTime > known.startTime) latest.set(id, run);
  }
  return new Map([...latest].map(([id, run]) => [id, orderRun(run)]));
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

type ListedRun = Pick<WorkflowExecutionInfo, 'runId' | 'status' | 'typedSearchAttributes'>;

export function orderRun(run: ListedRun): OrderRun {
  const version = run.typedSearchAttributes.get(attributes.amazonVersion);
  const status = run.typedSearchAttributes.get(attributes.channelStatus);
  const channelStatus = channelStatuses.find((known) => known === status);
  return {
    runId: run.runId,
    stage: stageOf(run),
    ...(version !== undefined && { version }),
    ...(channelStatus !== undefined && { channelStatus }),
  };
}

function stageOf({ status }: ListedRun): OrderRun['stage'] {
  switch (status.name) {
    case 'COMPLETED':
      return 'completed';
    case 'TERMINATED':
    case 'FAILED':
    case 'CANCELLED':
    case 'TIMED_OUT':
      return 'broken';
    default:
      // Continued as new: its successor runs, the list does not show it yet.
      return 'running';
  }
}
