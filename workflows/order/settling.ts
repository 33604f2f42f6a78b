import type { OrderDelivery, OrderState } from './contract';
import { hasWork, tell } from './shipping';
import { addNote, delivered, policyOf } from './state';
import { ContinueAsNewDue, inFuture, until } from './waits';

/** Stays open for late corrections of tracking numbers; afterwards the order and its buyer's data run out. */
export async function settling(state: OrderState): Promise<void> {
  state.waits.settling ??= inFuture(policyOf(state).settleForMs);
  const { settling: at } = state.waits;
  while (Date.parse(at) > Date.now()) {
    await until(() => hasWork(state), at, 'Open for corrections');
    if (hasWork(state)) await tell(state);
  }
  while (state.attention.length > 0) {
    forgetBuyer(state);
    await until(() => hasWork(state) || state.attention.length === 0 || hasBuyer(state));
    if (hasWork(state)) await tell(state);
  }
}

/** An order that Amazon has ended, and that cannot be brought to an end here: e.g. blocked, with nobody looking. */
export function forgetBuyerInTime(state: OrderState): void {
  const { endedAt } = state;
  if (endedAt === undefined) return;
  if (Date.parse(endedAt) + policyOf(state).settleForMs <= Date.now()) forgetBuyer(state);
}

/**
 * What Temporal has of the buyer goes with the run that knew it, some weeks after that has ended: so a new run begins
 * without it. Amazon's rule: 30 days after shipment.
 */
function forgetBuyer(state: OrderState): void {
  if (!hasBuyer(state)) return;
  state.delivery = withoutBuyer(delivered(state));
  if (!state.buyerForgotten) addNote(state, 'The buyer’s data is dropped: the order has been over too long.');
  state.buyerForgotten = true;
  throw new ContinueAsNewDue();
}

function hasBuyer(state: OrderState): boolean {
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
