import { heartbeat } from '@temporalio/activity';
import type { Client } from '@temporalio/client';
import type { LoadedDataConverter } from '@temporalio/common';
import { decodeTypedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes';
import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow';
import type { temporal } from '@temporalio/proto';
import type { Trouble } from '../domain/alerts';
import {
  amazonOrderWorkflowType,
  type OrderMemo,
  orderMemoKey,
  parseOrderWorkflowId,
} from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';

type Run = temporal.api.workflow.v1.IWorkflowExecutionInfo;

const pageSize = 1_000;

/** What shows of the channel's running orders that a person should look at; visibility may be a moment old. */
export async function orderTroubles(
  { workflowService, options }: Client,
  taskQueue: string,
): Promise<Trouble[]> {
  const { namespace, loadedDataConverter } = options;
  const query = [
    `WorkflowType = '${amazonOrderWorkflowType}'`,
    "ExecutionStatus = 'Running'",
    `TaskQueue = '${taskQueue.replaceAll("'", "''")}'`,
    `${attributes.attention.name} IS NOT NULL`,
  ].join(' AND ');
  const found: Trouble[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  do {
    const page = await workflowService.listWorkflowExecutions({ namespace, query, pageSize, nextPageToken });
    for (const run of page.executions) found.push(...(await troublesOf(run, loadedDataConverter)));
    nextPageToken = page.nextPageToken;
    heartbeat();
  } while (nextPageToken.length > 0);
  return found;
}

async function troublesOf(run: Run, converter: LoadedDataConverter): Promise<Trouble[]> {
  const order = parseOrderWorkflowId(run.execution?.workflowId ?? '');
  if (!order) return [];
  const values = decodeTypedSearchAttributes(run.searchAttributes?.indexedFields);
  const shipBy = values.get(attributes.shipBy)?.toISOString();
  const subject = { ...order, ...(shipBy !== undefined && { shipBy }) };
  const attention = await attentionOf(run, converter);
  const reasons = values.get(attributes.attention) ?? [];
  return attention
    ? attention.map(({ reason, note, since }) => ({ ...subject, reason, note, since }))
    : reasons.map((reason) => ({ ...subject, reason, note: `${reason}.`, since: startOf(run) }));
}

/** Undefined for a memo that the key ring does not open: the reasons stand in the search attribute too. */
async function attentionOf({ memo }: Run, converter: LoadedDataConverter) {
  try {
    const known = await decodeOptionalSinglePayload<OrderMemo>(converter, memo?.fields?.[orderMemoKey]);
    return known?.attention;
  } catch {
    return undefined;
  }
}

const startOf = ({ startTime }: Run): string =>
  new Date(Number(startTime?.seconds ?? 0) * 1000).toISOString();
