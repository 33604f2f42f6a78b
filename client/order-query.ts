import { type ChannelStatus, channelStatuses } from '../domain/channel-status';
import { type KeyedHash, searchTokens } from '../integrations/temporal/keyed-hash';
import { amazonOrderWorkflowType } from '../workflows/order/contract';
import { attributes } from '../workflows/search-attributes';

/** Which orders to list; what is absent does not restrict. */
export interface OrderFilter {
  readonly channelStatus?: readonly ChannelStatus[] | undefined;
  /** Pending orders are hidden unless this is set or `channelStatus` names them. */
  readonly includePending?: boolean | undefined;
  readonly account?: string | undefined;
  /** Only orders that a person should look at. */
  readonly attention?: boolean | undefined;
  /** Amazon's order id or Commerce's order number, the whole of it. */
  readonly number?: string | undefined;
  /** Whole words of the buyer's name, or the e-mail address. */
  readonly buyer?: string | undefined;
  /** A number or a buyer, whichever fits. */
  readonly search?: string | undefined;
  /** ISO instants; `purchasedBefore` is exclusive. */
  readonly purchasedFrom?: string | undefined;
  readonly purchasedBefore?: string | undefined;
  /** Only orders whose workflow still runs. */
  readonly open?: boolean | undefined;
}

/** Runs that ended otherwise than by themselves; the intake starts such an order again. */
export const endedByHand = "ExecutionStatus IN ('Terminated', 'Failed', 'Canceled', 'TimedOut')";

/** Where orders are looked for. */
export interface OrderScope {
  /** Orders of another one, in the same namespace, belong to another channel. */
  readonly taskQueue: string;
  /** Without it no buyer is found. */
  readonly hash?: KeyedHash | undefined;
}

/** Every order; a run that continued as new is history of the run after it. */
export const allOrders = `WorkflowType = '${amazonOrderWorkflowType}' AND ExecutionStatus != 'ContinuedAsNew'`;

const shownByDefault = channelStatuses.filter((status) => status !== 'Pending');
const nothing = "WorkflowType = ''";

/** The filter in the query language of Temporal's visibility. */
export function orderQuery(filter: OrderFilter, { taskQueue, hash }: OrderScope): string {
  const { account, number, buyer, search, attention, open } = filter;
  const { attention: attentionKey, sellerAccount } = attributes;
  const conditions = [
    allOrders,
    equals('TaskQueue', taskQueue),
    ...statusCondition(filter),
    ...(account ? [equals(sellerAccount.name, account)] : []),
    ...(attention ? [`${attentionKey.name} IS NOT NULL`] : []),
    ...(number ? [hasNumber(number)] : []),
    ...(buyer ? [hasBuyer(buyer, hash)] : []),
    ...(search ? [`(${hasNumber(search)} OR ${hasBuyer(search, hash)})`] : []),
    ...purchasedConditions(filter),
    ...(open ? ["ExecutionStatus = 'Running'"] : []),
  ];
  return conditions.join(' AND ');
}

/**
 * A comparison with a value from outside. What holds a quotation mark, a backslash or a control character equals
 * nothing: ids, numbers and tokens never do, and the SQL stores of Temporal 1.31 do not escape all of them.
 */
export function equals(name: string, value: string): string {
  return oneOf(name, [value]);
}

/** See {@link equals}. */
export function oneOf(name: string, values: readonly string[]): string {
  const possible = values.filter((value) => !/["\\\p{Cc}]/u.test(value));
  if (possible.length === 0) return nothing;
  return `${name} IN (${possible.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`;
}

function statusCondition({ channelStatus, includePending }: OrderFilter): string[] {
  const statuses = channelStatus?.length ? channelStatus : includePending ? [] : shownByDefault;
  if (statuses.length === 0) return [];
  return [oneOf(attributes.channelStatus.name, statuses)];
}

/** What is no number may be a buyer's name, which must not stand in a query that the server may log. */
function hasNumber(number: string): string {
  const { amazonOrderId, commerceOrderNumber } = attributes;
  const text = number.trim();
  if (!/\d/.test(text) || /[\s@]/.test(text)) return nothing;
  return `(${equals(amazonOrderId.name, text)} OR ${equals(commerceOrderNumber.name, text)})`;
}

function hasBuyer(text: string, hash: KeyedHash | undefined): string {
  const tokens = hash ? searchTokens(hash, text) : [];
  if (tokens.length === 0) return nothing;
  return `(${tokens.map((token) => equals(attributes.buyerTokens.name, token)).join(' AND ')})`;
}

function purchasedConditions({ purchasedFrom, purchasedBefore }: OrderFilter): string[] {
  const { name } = attributes.purchasedAt;
  return [
    ...(purchasedFrom ? [`${name} >= '${new Date(purchasedFrom).toISOString()}'`] : []),
    ...(purchasedBefore ? [`${name} < '${new Date(purchasedBefore).toISOString()}'`] : []),
  ];
}
