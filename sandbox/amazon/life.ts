import { lineAt } from './cancel';
import {
  type AmazonOrder,
  type CancelRequest,
  type OrderLine,
  type OrderPackage,
  type PackageVersion,
  unitsOf,
} from './order';

export type FulfillmentStatus =
  | 'PENDING_AVAILABILITY'
  | 'PENDING'
  | 'UNSHIPPED'
  | 'PARTIALLY_SHIPPED'
  | 'SHIPPED'
  | 'CANCELLED';

export interface VisiblePackage extends PackageVersion {
  packageReferenceId: string;
  createdAt: string;
}

/** What Amazon knows about an order at one moment. */
export interface OrderState {
  status: FulfillmentStatus;
  lastUpdatedAt: string;
  /** With the units and amounts that they have then. */
  lines: OrderLine[];
  /** Pieces that are shipped, by order item. */
  fulfilled: Record<string, number>;
  /** Pieces that are still to be shipped, by order item; none once the order is cancelled. */
  unfulfilled: Record<string, number>;
  packages: VisiblePackage[];
  /** The buyer's, answered or not. */
  cancelRequest?: CancelRequest;
}

/** One moment at which something happened to an order that Amazon tells its subscribers. */
export interface OrderChange {
  type: 'OrderStatusChange' | 'BuyerRequestedChange';
  at: string;
  /** Where the order stood then. */
  state: OrderState;
}

const receivedBy = ({ versions }: OrderPackage, until: number) =>
  versions.filter(({ receivedAt }) => Date.parse(receivedAt) <= until).at(-1);

/** Pieces of an order item in all packages, those that Amazon does not show yet included. */
function packed(order: AmazonOrder, orderItemId: string, until: number): number {
  return order.packages
    .flatMap((each) => receivedBy(each, until)?.items ?? [])
    .filter((item) => item.orderItemId === orderItemId)
    .reduce((sum, item) => sum + item.quantity, 0);
}

function visible({ packageReferenceId, versions }: OrderPackage, until: number): VisiblePackage[] {
  const shown = versions.filter(({ visibleAt }) => Date.parse(visibleAt) <= until).at(-1);
  const first = versions.at(0);
  return shown && first ? [{ ...shown, packageReferenceId, createdAt: first.receivedAt }] : [];
}

const linesAt = ({ lines, cancellations }: AmazonOrder, until: number) =>
  lines.map((line) => lineAt(line, cancellations, until));

function statusOf(order: AmazonOrder, until: number): FulfillmentStatus {
  const { plan } = order;
  const past = (moment?: string) => moment !== undefined && Date.parse(moment) <= until;
  if (past(plan.cancelledAt)) return 'CANCELLED';
  if (past(plan.shippedAt)) return 'SHIPPED';
  if (!past(plan.verifiedAt)) {
    return plan.availableAt && !past(plan.availableAt) ? 'PENDING_AVAILABILITY' : 'PENDING';
  }
  const ordered = linesAt(order, until).reduce((sum, line) => sum + unitsOf(line), 0);
  const shipped = order.lines.reduce((sum, { orderItemId }) => sum + packed(order, orderItemId, until), 0);
  if (shipped === 0) return 'UNSHIPPED';
  return shipped < ordered ? 'PARTIALLY_SHIPPED' : 'SHIPPED';
}

/**
 * Where `order` stands, or stood, at `now`; undefined before it is placed. Nothing is written: the same order and
 * time always give the same answer, and `lastUpdatedAt` is the moment of the last change, not of this look.
 */
export function stateAt(order: AmazonOrder, now: Date): OrderState | undefined {
  const { plan, packages, cancelRequest, cancellations = [] } = order;
  const end = Math.min(
    now.getTime(),
    plan.cancelledAt ? Date.parse(plan.cancelledAt) : Number.POSITIVE_INFINITY,
  );
  const past = (moment?: string): moment is string => moment !== undefined && Date.parse(moment) <= end;
  if (!past(plan.placedAt)) return undefined;

  const status = statusOf(order, end);
  const lines = linesAt(order, end);
  const changes = [
    ...Object.values(plan),
    cancelRequest?.at,
    ...cancellations.map(({ at }) => at),
    ...packages.flatMap(({ versions }) =>
      versions.flatMap(({ receivedAt, visibleAt }) => [receivedAt, visibleAt]),
    ),
  ].filter(past);
  const fulfilledOf = (line: OrderLine) =>
    past(plan.shippedAt) ? unitsOf(line) : packed(order, line.orderItemId, end);
  const perLine = (pieces: (line: OrderLine) => number) =>
    Object.fromEntries(lines.map((line) => [line.orderItemId, pieces(line)]));

  return {
    status,
    lastUpdatedAt: changes.reduce((one, other) => (Date.parse(one) > Date.parse(other) ? one : other)),
    lines,
    fulfilled: perLine(fulfilledOf),
    unfulfilled: perLine((line) => (status === 'CANCELLED' ? 0 : unitsOf(line) - fulfilledOf(line))),
    packages: packages.flatMap((each) => visible(each, end)),
    ...(cancelRequest && past(cancelRequest.at) && { cancelRequest }),
  };
}

/** All that has happened to `order` by `now`, oldest first. */
export function changesOf(order: AmazonOrder, now: Date): OrderChange[] {
  const { plan, packages, cancelRequest, cancellations = [] } = order;
  const received = packages.flatMap(({ versions }) => versions.map(({ receivedAt }) => receivedAt));
  const cancelled = cancellations.map(({ at }) => at);
  const moments = [...new Set([...Object.values(plan), ...received, ...cancelled])]
    .filter((moment): moment is string => moment !== undefined && Date.parse(moment) <= now.getTime())
    .sort();
  let last: FulfillmentStatus | undefined;
  const changes = moments.flatMap((at): OrderChange[] => {
    const state = stateAt(order, new Date(at));
    if (!state || state.status === last) return [];
    last = state.status;
    return [{ type: 'OrderStatusChange', at, state }];
  });
  const requested = cancelRequest && stateAt(order, new Date(cancelRequest.at));
  if (requested && Date.parse(cancelRequest.at) <= now.getTime())
    changes.push({ type: 'BuyerRequestedChange', at: cancelRequest.at, state: requested });
  return changes.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}
