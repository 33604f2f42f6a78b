import { hasToShow, showing } from './commerce-shipments';
import type { OrderState } from './contract';
import { forgetBuyer, hasBuyer } from './forgetting';
import { isUnderWay, shipping } from './shipping';
import { isOrderCancelled, policyOf, raiseAlso } from './state';
import { inFuture, until } from './waits';

/** Stays open for late corrections of tracking numbers; afterwards the order and its buyer's data run out. */
export async function settling(state: OrderState): Promise<void> {
  state.waits.settling ??= inFuture(policyOf(state).settleForMs);
  const { settling: at } = state.waits;
  let over = false;
  const ended = () => over;
  const open = stayOpen(state, at).then(() => {
    over = true;
  });
  await Promise.all([shipping(state, ended), showing(state, ended), open]);
}

/** Longer where a person is asked for, or where Amazon does not show a correction yet. */
async function stayOpen(state: OrderState, at: string): Promise<void> {
  const asks = () => state.attention.length > 0;
  const isQuiet = () => !asks() && !isUnderWay(state) && !hasToShow(state);
  await until(() => false, at, 'Open for corrections');
  if (isOrderCancelled(state) && state.handOff.stopAsked) {
    delete state.handOff.stopAsked;
    raiseAlso(
      state,
      'cancellationIncomplete',
      'The ERP has not said whether it stops: see that it does not ship the order.',
    );
  }
  while (!isQuiet()) {
    if (asks()) forgetBuyer(state);
    await until(() => isQuiet() || (asks() && hasBuyer(state)));
  }
}
