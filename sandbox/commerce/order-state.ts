import {
  canCreditmemo,
  canInvoice,
  canShip,
  isCanceled,
  isHeld,
  type OrderFacts,
  stateOf,
} from './order-record';
import { number, type Row } from './row';

const defaultStatuses: Readonly<Record<string, string>> = {
  new: 'pending',
  processing: 'processing',
  complete: 'complete',
  closed: 'closed',
  canceled: 'canceled',
  holded: 'holded',
  payment_review: 'payment_review',
};

/** Sets a state together with its default status. */
export function setState(columns: Row, state: string): void {
  columns.state = state;
  columns.status = defaultStatuses[state] ?? state;
}

/**
 * The rule that runs at every save of an order. Nothing happens while it is cancelled, held or has something
 * to invoice; after that it is closed when nothing is left to ship or to refund, and complete when nothing is
 * left to ship.
 */
export function applyStateRule(facts: OrderFacts): void {
  if (isCanceled(facts) || isHeld(facts) || canInvoice(facts)) return;
  const state = stateOf(facts);
  const virtual = number(facts.columns, 'is_virtual') !== 0;
  const under = state === 'processing' || state === 'complete';
  if (under && !virtual && !canCreditmemo(facts) && !canShip(facts)) setState(facts.columns, 'closed');
  else if (state === 'processing' && !canShip(facts)) setState(facts.columns, 'complete');
}

/** The state after an invoice, a shipment or a credit memo. It also resets a custom status to the default. */
export function resolveState(facts: OrderFacts, inProgress: boolean): void {
  const state = stateOf(facts);
  const settled = !isCanceled(facts) && !isHeld(facts) && !canInvoice(facts) && !canShip(facts);
  const refunded = number(facts.columns, 'total_refunded') > 0;
  if (settled && (number(facts.columns, 'base_grand_total') === 0 || canCreditmemo(facts))) {
    setState(facts.columns, 'complete');
  } else if (settled && refunded) {
    setState(facts.columns, 'closed');
  } else {
    setState(facts.columns, state === 'new' && inProgress ? 'processing' : (state ?? ''));
  }
}
