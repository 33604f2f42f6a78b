import { hasLeft, hearBuyer, isNewWish } from './buyer-wish';
import { cancelAtAmazon } from './cancel-at-amazon';
import type { OrderState } from './contract';
import { quoting } from './erp-changes';
import { askErpToStop, isInErp } from './hand-off';
import { isShipped } from './shipping';
import { addNote, isOrderCancelled, raise, resolve } from './state';
import { until } from './waits';

/**
 * What the buyer or an operator asks for while nothing of the order has left. Runs beside the phases and ends with
 * Amazon's cancellation, which they notice, or with a note why the order ships on.
 */
export async function cancelRequests(state: OrderState): Promise<void> {
  const ended = () => state.completed || isOrderCancelled(state) || isShipped(state);
  for (;;) {
    await until(() => ended() || state.cancelRequest !== undefined || isNewWish(state));
    if (ended()) break;
    if (isNewWish(state)) hearBuyer(state);
    if (!state.cancelRequest) continue;
    await carryOut(state);
    if (!state.cancelRequest) tellOfStop(state);
  }
  delete state.cancelRequest;
  resolve(state, 'cancellationRequested');
}

/** The ERP has stopped for a cancellation that did not come. */
function tellOfStop(state: OrderState): void {
  if (state.handOff.stage !== 'cancelled' || isOrderCancelled(state)) return;
  raise(
    state,
    'erpRejected',
    'The ERP has stopped the order, which is not cancelled after all: hand it to the ERP again, or ship it by hand.',
  );
}

/** The buyer's first at the ERP, which may be shipping at this moment; the operator knows what he asks for. */
async function carryOut(state: OrderState): Promise<void> {
  if (state.cancelRequest?.stage === 'erp') {
    const obstacle = await stopErp(state);
    if (obstacle !== undefined) {
      delete state.cancelRequest;
      if (!isOrderCancelled(state)) addNote(state, `The order ships on: ${obstacle}`);
      return;
    }
  }
  if (state.cancelRequest) await cancelAtAmazon(state, state.cancelRequest);
}

/** Why the order cannot be stopped; undefined where it can. */
async function stopErp(state: OrderState): Promise<string | undefined> {
  const isOff = () => isOrderCancelled(state) || hasLeft(state) || state.cancelRequest?.stage !== 'erp';
  await until(() => !state.handOff.underWay || isOff());
  if (isInErp(state) && !isOff()) {
    const answer = await askErpToStop(state, 'The buyer asks to cancel', isOff);
    if (answer?.kind === 'shipped') return 'the ERP has shipped it, in part at least.';
    if (answer?.kind === 'refused') return `the ERP does not stop it. ${quoting(state, answer.message)}`;
    await until(() => !isInErp(state) || state.handOff.stopRefused !== undefined || isOff());
    if (!isOff() && isInErp(state)) return `the ERP does not stop it. ${state.handOff.stopRefused}`;
  }
  return hasLeft(state) ? 'a parcel has left.' : undefined;
}
