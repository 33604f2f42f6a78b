import type { AmazonOrder, OrderPackage, PackageVersion } from './order';

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
  /** Pieces that are shipped, by order item. */
  fulfilled: Record<string, number>;
  /** Pieces that are still to be shipped, by order item; none once the order is cancelled. */
  unfulfilled: Record<string, number>;
  packages: VisiblePackage[];
}

const latestOf = ({ versions }: OrderPackage) => versions.at(-1);

/** Pieces per order item in all packages, those that Amazon does not show yet included. */
function packed(order: AmazonOrder, orderItemId: string): number {
  return order.packages
    .flatMap((each) => latestOf(each)?.items ?? [])
    .filter((item) => item.orderItemId === orderItemId)
    .reduce((sum, item) => sum + item.quantity, 0);
}

function visible({ packageReferenceId, versions }: OrderPackage, until: number): VisiblePackage[] {
  const shown = versions.filter(({ visibleAt }) => Date.parse(visibleAt) <= until).at(-1);
  const first = versions.at(0);
  return shown && first ? [{ ...shown, packageReferenceId, createdAt: first.receivedAt }] : [];
}

function statusOf(order: AmazonOrder, past: (moment?: string) => boolean): FulfillmentStatus {
  const { plan, lines } = order;
  if (past(plan.cancelledAt)) return 'CANCELLED';
  if (past(plan.shippedAt)) return 'SHIPPED';
  if (!past(plan.verifiedAt)) {
    return plan.availableAt && !past(plan.availableAt) ? 'PENDING_AVAILABILITY' : 'PENDING';
  }
  const ordered = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const shipped = lines.reduce((sum, { orderItemId }) => sum + packed(order, orderItemId), 0);
  if (shipped === 0) return 'UNSHIPPED';
  return shipped < ordered ? 'PARTIALLY_SHIPPED' : 'SHIPPED';
}

/**
 * Where `order` stands at `now`; undefined before it is placed. Nothing is written: the same order and time
 * always give the same answer, and `lastUpdatedAt` is the moment of the last change, not of this look.
 */
export function stateAt(order: AmazonOrder, now: Date): OrderState | undefined {
  const { plan, lines, packages } = order;
  const end = Math.min(
    now.getTime(),
    plan.cancelledAt ? Date.parse(plan.cancelledAt) : Number.POSITIVE_INFINITY,
  );
  const past = (moment?: string): moment is string => moment !== undefined && Date.parse(moment) <= end;
  if (!past(plan.placedAt)) return undefined;

  const status = statusOf(order, past);
  const changes = [
    ...Object.values(plan),
    ...packages.flatMap(({ versions }) =>
      versions.flatMap(({ receivedAt, visibleAt }) => [receivedAt, visibleAt]),
    ),
  ].filter(past);
  const fulfilledOf = (orderItemId: string, quantity: number) =>
    past(plan.shippedAt) ? quantity : packed(order, orderItemId);
  const perLine = (pieces: (orderItemId: string, quantity: number) => number) =>
    Object.fromEntries(
      lines.map(({ orderItemId, quantity }) => [orderItemId, pieces(orderItemId, quantity)]),
    );

  return {
    status,
    lastUpdatedAt: changes.reduce((one, other) => (Date.parse(one) > Date.parse(other) ? one : other)),
    fulfilled: perLine(fulfilledOf),
    unfulfilled: perLine((id, quantity) =>
      status === 'CANCELLED' ? 0 : quantity - fulfilledOf(id, quantity),
    ),
    packages: packages.flatMap((each) => visible(each, end)),
  };
}
