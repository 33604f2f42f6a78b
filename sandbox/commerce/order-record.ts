import { number, type Row, text } from './row';

/** One order with all its lines, as the database keeps it. */
export interface OrderRecord {
  id: number;
  /** When the order came in, in sandbox milliseconds; `created_at` may be back-dated by the client. */
  receivedAt: number;
  columns: Row;
  items: Row[];
  billing: Row | null;
  shipping: Row | null;
  payment: Row;
  histories: Row[];
  /** Credit memos made for it. */
  creditMemos: number;
}

/**
 * What Magento's order model decides from. On an update by `entity_id` these are only the columns that were
 * sent; `creditMemos` is undefined while the order is new.
 */
export interface OrderFacts {
  columns: Row;
  items: Row[];
  creditMemos: number | undefined;
}

export const qtyToInvoice = (item: Row): number =>
  Math.max(number(item, 'qty_ordered') - number(item, 'qty_invoiced') - number(item, 'qty_canceled'), 0);

/** Units that are neither shipped, refunded nor cancelled; virtual lines have none. */
export const qtyToShip = (item: Row): number => (number(item, 'is_virtual') ? 0 : simpleQtyToShip(item));

export const qtyToRefund = (item: Row): number =>
  Math.max(number(item, 'qty_invoiced') - number(item, 'qty_refunded'), 0);

export const qtyToCancel = (item: Row): number => Math.min(qtyToInvoice(item), simpleQtyToShip(item));

const simpleQtyToShip = (item: Row): number =>
  Math.max(
    number(item, 'qty_ordered') -
      number(item, 'qty_shipped') -
      number(item, 'qty_refunded') -
      number(item, 'qty_canceled'),
    0,
  );

export const stateOf = ({ columns }: Pick<OrderFacts, 'columns'>): string | null => text(columns, 'state');

const isOneOf = (facts: Pick<OrderFacts, 'columns'>, ...states: string[]) =>
  states.includes(stateOf(facts) ?? '');

export const isCanceled = (facts: Pick<OrderFacts, 'columns'>) => isOneOf(facts, 'canceled');
export const isHeld = (facts: Pick<OrderFacts, 'columns'>) => isOneOf(facts, 'holded');

export const canInvoice = (facts: OrderFacts): boolean =>
  !isOneOf(facts, 'holded', 'payment_review', 'canceled', 'complete', 'closed') &&
  facts.items.some((item) => qtyToInvoice(item) > 0);

export const canShip = (facts: OrderFacts): boolean =>
  !isOneOf(facts, 'holded', 'payment_review', 'canceled') &&
  !number(facts.columns, 'is_virtual') &&
  facts.items.some((item) => qtyToShip(item) > 0);

export const canHold = (facts: OrderFacts): boolean =>
  !isOneOf(facts, 'canceled', 'payment_review', 'complete', 'closed', 'holded');

/** Whole orders only count as cancellable while something is left to invoice; shipments do not matter. */
export const canCancel = (facts: OrderFacts): boolean =>
  !isOneOf(facts, 'canceled', 'payment_review', 'holded', 'complete', 'closed') &&
  facts.items.some((item) => qtyToInvoice(item) > 0);

export function canCreditmemo(facts: OrderFacts): boolean {
  if (isOneOf(facts, 'holded', 'payment_review', 'canceled', 'closed')) return false;
  const { columns } = facts;
  const [paid, refunded] = [number(columns, 'total_paid'), number(columns, 'total_refunded')];
  const open = paid - refunded;
  const used = Math.abs(open - number(columns, 'adjustment_negative')) < 1e-4;
  if (Math.abs(number(columns, 'grand_total')) >= 1e-4) return Math.abs(open) >= 1e-4 && !used;
  const covered = paid <= number(columns, 'grand_total');
  const refundMade = facts.creditMemos === undefined || facts.creditMemos > 0;
  const alreadyRefunded = refunded === paid && refundMade;
  return !alreadyRefunded && (covered ? !canInvoice(facts) : !used);
}
