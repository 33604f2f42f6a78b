import type { LoadedDataConverter } from '@temporalio/common';
import { decodeTypedSearchAttributes } from '@temporalio/common/lib/converter/payload-search-attributes';
import { decodeOptionalSinglePayload } from '@temporalio/common/lib/internal-non-workflow';
import { temporal } from '@temporalio/proto';
import type { AttentionReason } from '../domain/attention';
import { type ChannelStatus, channelStatuses } from '../domain/channel-status';
import { type OrderMemo, orderMemoKey, parseOrderWorkflowId } from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';

export type Run = temporal.api.workflow.v1.IWorkflowExecutionInfo;

/** One line of the Orders list. Holds the buyer's name, which must not reach a log. */
export interface OrderRow {
  readonly workflowId: string;
  readonly runId: string;
  readonly account: string;
  readonly amazonOrderId: string;
  readonly channelStatus: ChannelStatus;
  readonly fulfilledBy?: string;
  /** Amazon's marketplace id. */
  readonly marketplace?: string;
  readonly commerceOrderNumber?: string;
  readonly commerceOrderId?: number;
  readonly buyer?: string;
  readonly totalMinor?: number;
  readonly currency?: string;
  /** ISO instants, here and below. The begin of the workflow, until an order has been delivered to it. */
  readonly purchasedAt: string;
  readonly shipBy?: string;
  readonly note?: string;
  readonly noteAt?: string;
  readonly held: boolean;
  readonly attention: readonly RowAttention[];
  readonly erpOrderNumber?: string;
  /** As Temporal names it: `RUNNING`, `COMPLETED`, `TERMINATED`, … */
  readonly executionStatus: string;
}

export interface RowAttention {
  readonly reason: AttentionReason | (string & {});
  readonly note?: string;
}

/** Reads what visibility holds of an order; undefined for a workflow whose id is none of an order. */
export async function orderRow(run: Run, converter: LoadedDataConverter): Promise<OrderRow | undefined> {
  const workflowId = run.execution?.workflowId ?? '';
  const order = parseOrderWorkflowId(workflowId);
  if (!order) return undefined;
  const { attention, ...shown } = attributesOf(run);
  const memo = await memoOf(run, converter);
  return {
    workflowId,
    runId: run.execution?.runId ?? '',
    ...order,
    purchasedAt: startedAt(run).toISOString(),
    ...shown,
    held: false,
    attention,
    ...memo,
    executionStatus: executionStatusOf(run),
  };
}

export function startedAt({ startTime }: Run): Date {
  return new Date(Number(startTime?.seconds ?? 0) * 1000 + (startTime?.nanos ?? 0) / 1_000_000);
}

export function channelStatusOf(run: Run): ChannelStatus {
  return attributesOf(run).channelStatus;
}

export const isOpen = ({ executionStatus }: OrderRow): boolean => executionStatus === 'RUNNING';

export const isOver = ({ channelStatus }: OrderRow): boolean =>
  channelStatus === 'Shipped' || channelStatus === 'Canceled';

/** `RUNNING`, `COMPLETED`, `TERMINATED`, … */
export function executionStatusOf({ status }: Run): string {
  const { WorkflowExecutionStatus } = temporal.api.enums.v1;
  return (WorkflowExecutionStatus[status ?? 0] ?? 'UNKNOWN').replace('WORKFLOW_EXECUTION_STATUS_', '');
}

function attributesOf(run: Run) {
  const values = decodeTypedSearchAttributes(run.searchAttributes?.indexedFields);
  const status = values.get(attributes.channelStatus);
  return {
    channelStatus: channelStatuses.find((known) => known === status) ?? 'Pending',
    attention: (values.get(attributes.attention) ?? []).map((reason): RowAttention => ({ reason })),
    ...defined({
      fulfilledBy: values.get(attributes.fulfilledBy),
      marketplace: values.get(attributes.marketplace),
      commerceOrderNumber: values.get(attributes.commerceOrderNumber),
      commerceOrderId: values.get(attributes.commerceOrderId),
      totalMinor: values.get(attributes.orderTotalMinor),
      currency: values.get(attributes.currency),
      purchasedAt: values.get(attributes.purchasedAt)?.toISOString(),
      shipBy: values.get(attributes.shipBy)?.toISOString(),
    }),
  };
}

/** A list must not break over one memo whose key is gone: such an order is listed without it. */
async function memoOf({ memo }: Run, converter: LoadedDataConverter) {
  try {
    const known = await decodeOptionalSinglePayload<OrderMemo>(converter, memo?.fields?.[orderMemoKey]);
    if (!known) return {};
    const { buyer, note, noteAt, held, erpOrderNumber, attention } = known;
    return { held, attention, ...defined({ buyer, note, noteAt, erpOrderNumber }) };
  } catch {
    return { note: 'The buyer and the notes cannot be read: the key ring does not open them.' };
  }
}

type Defined<Values> = { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

function defined<Values extends Record<string, unknown>>(values: Values): Defined<Values>;
function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
