import { isUntouched, quantityToShip } from '../../domain/order';
import { isEmpty } from '../../domain/parcel';
import type { OrderState } from './contract';
import { addNote, hasAttention, orderOf, policyOf, raise, resolve } from './state';

/** Nothing new is begun for an order that may be cancelled. */
export const mayBeCancelled = (state: OrderState): boolean =>
  state.cancelRequest !== undefined ||
  (isNewWish(state) && !hasLeft(state)) ||
  hasAttention(state, 'cancellationRequested');

/** Somebody says that something of it is on its way. */
export const hasLeft = (state: OrderState): boolean =>
  state.parcels.some((parcel) => !isEmpty(parcel)) || !isUntouched(orderOf(state));

const openLinesOf = (state: OrderState) => orderOf(state).lines.filter((line) => quantityToShip(line) > 0);

/** The lines that the buyer wants cancelled; of one that is, Amazon goes on saying so. */
const wishOf = (state: OrderState) =>
  orderOf(state).fulfilledBy === 'MERCHANT'
    ? openLinesOf(state).filter((line) => line.cancellationRequested)
    : [];

const keyOfWish = (state: OrderState): string =>
  wishOf(state)
    .map(({ orderItemId }) => orderItemId)
    .join(' ');

export const isNewWish = (state: OrderState): boolean =>
  state.cancelRequest === undefined && keyOfWish(state) !== (state.wishHeard ?? '');

/** Amazon leaves the decision to the seller; where the channel cannot know it, a person decides. */
export function hearBuyer(state: OrderState): void {
  const wish = wishOf(state);
  state.wishHeard = keyOfWish(state);
  resolve(state, 'cancellationRequested');
  if (wish.length === 0) {
    addNote(state, 'The buyer does not ask for a cancellation any more.');
  } else if (hasLeft(state)) {
    addNote(state, 'The buyer asked to cancel after a parcel had left: the order ships on.');
  } else if (wish.length < openLinesOf(state).length) {
    const units = wish.map((line) => `${quantityToShip(line)} × ${line.sku}`).join(', ');
    raise(
      state,
      'cancellationRequested',
      `The buyer asks to cancel ${units}, not the rest: cancel that in Seller Central, or acknowledge this, and all of it ships.`,
    );
  } else if (state.commerce && !(state.handOff.erp ?? policyOf(state).erp)) {
    raise(
      state,
      'cancellationRequested',
      'The buyer asks to cancel the order, and no ERP tells whether it can still be stopped: cancel the order, or acknowledge this, and it ships.',
    );
  } else {
    state.cancelRequest = { by: 'buyer', reason: 'BuyerCanceled', stage: 'erp' };
    addNote(state, 'The buyer asks to cancel the order.');
  }
}
