import type { OrderDelivery, OrderState } from './contract';
import { addNote, delivered, policyOf } from './state';
import { ContinueAsNewDue } from './waits';

/** When the buyer is forgotten of an order that Amazon has ended, whether it has come to its end here or not. */
export const forgettingAt = (state: OrderState): string | undefined =>
  state.endedAt === undefined || !hasBuyer(state)
    ? undefined
    : new Date(Date.parse(state.endedAt) + policyOf(state).settleForMs).toISOString();

/** Where an order waits for another attempt, however often: it is blocked, held or refused, with nobody looking. */
export function forgetBuyerInTime(state: OrderState): void {
  const at = forgettingAt(state);
  if (!state.completed && at !== undefined && Date.parse(at) <= Date.now()) forgetBuyer(state);
}

/**
 * What Temporal has of the buyer goes with the run that knew it, some weeks after that has ended: so a new run begins
 * without it. Amazon's rule: 30 days after shipment.
 */
export function forgetBuyer(state: OrderState): void {
  if (!hasBuyer(state)) return;
  state.delivery = withoutBuyer(delivered(state));
  if (!state.buyerForgotten) addNote(state, 'The buyer’s data is dropped: the order has been over too long.');
  state.buyerForgotten = true;
  throw new ContinueAsNewDue();
}

export function hasBuyer(state: OrderState): boolean {
  const { order, buyerTokens } = delivered(state);
  return (
    order.buyer !== undefined ||
    order.shipTo !== undefined ||
    buyerTokens.length > 0 ||
    order.lines.some(({ giftMessage }) => giftMessage !== undefined)
  );
}

function withoutBuyer(delivery: OrderDelivery): OrderDelivery {
  const { buyer: _, shipTo: __, ...order } = delivery.order;
  const lines = order.lines.map(({ giftMessage: ___, ...line }) => line);
  return { ...delivery, order: { ...order, lines }, buyerTokens: [] };
}
