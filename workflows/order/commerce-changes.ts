import { isStopped } from '../../domain/commerce-order';
import type { CommerceOrderChange, OrderState } from './contract';
import { addNote, hasAttention, isOrderCancelled, raise, resolve } from './state';

/** Takes what somebody did to the Commerce order by hand, while Amazon waits for its shipment. */
export function takeCommerceChange(
  state: OrderState,
  { state: current, shipmentsSeen }: CommerceOrderChange,
): void {
  if (shipmentsSeen !== undefined) state.shipmentsSeen = shipmentsSeen;
  const { commerce } = state;
  if (!commerce) return;
  if (state.completed || isOrderCancelled(state)) {
    if (current !== 'holded') endHold(state);
    return;
  }
  const isNews = commerce.state !== current;
  setCommerceState(state, current);
  if (!isNews) return;
  if (current === 'holded') {
    raise(
      state,
      'heldInCommerce',
      `Commerce order ${commerce.number} is on hold there: it is not handed over or shipped in Commerce until that ends.`,
    );
  } else if (isStoppedInCommerce(state)) {
    raise(
      state,
      'cancelledInCommerce',
      `Commerce order ${commerce.number} is ${current} there, and Amazon still waits for its shipment: cancel it at Amazon, or ship it and put Commerce right by hand.`,
    );
  }
}

/** As the watch or an answer of Commerce has it; a hold can end in either. */
export function setCommerceState(state: OrderState, current: string): void {
  if (!state.commerce) return;
  // What waits for another attempt at its end need not, e.g. when a hold is over.
  if (state.commerce.state !== current) delete state.waits.completion;
  state.commerce = { ...state.commerce, state: current };
  if (current !== 'holded') endHold(state);
}

function endHold(state: OrderState): void {
  if (!hasAttention(state, 'heldInCommerce')) return;
  resolve(state, 'heldInCommerce');
  addNote(state, `Commerce order ${state.commerce?.number} is not on hold any more.`);
}

/** Nothing is to be done with it there: on hold, canceled or refunded before all has left. */
export const isStoppedInCommerce = ({ commerce, recorded }: OrderState): boolean =>
  commerce !== undefined && !recorded && isStopped(commerce);
