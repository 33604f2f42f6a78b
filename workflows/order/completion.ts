import { isEnded } from '../../domain/commerce-order';
import { quantityToShip } from '../../domain/order';
import { commerceActivities } from '../proxies';
import { attempt, nextTry, waitForTurn } from './attempts';
import type { OrderState } from './contract';
import { forgetBuyerInTime } from './settling';
import { hasWork, tell } from './shipping';
import { addNote, changeStatus, isOrderCancelled, orderOf, raise, resolve } from './state';
import { giveBack, surplusOf } from './stock';

/** Invoices the shipped order and sees that Commerce calls it complete (`closed`, where nothing was to be paid). */
export async function completion(state: OrderState): Promise<void> {
  for (let tried = 0; !state.completed; tried += 1) {
    if (tried > 0) forgetBuyerInTime(state);
    while (hasWork(state)) await tell(state);
    if (state.shrunk) await closeShrunk(state);
    else if (!state.recorded) await invoice(state);
    if (!state.commerce || isEnded(state.commerce) || state.commerce.state === 'canceled') {
      state.completed = true;
    } else {
      raise(
        state,
        'notComplete',
        `The Commerce order is ${state.commerce.state}, although all is shipped at Amazon: create the missing shipment there. It is looked at again by itself.`,
      );
      state.waits.completion = nextTry(state, tried);
      await waitForTurn(state, 'completion', () => hasWork(state));
    }
  }
  resolve(state, 'notComplete');
  await giveBack(state, surplusOf(state), { wait: 'completion' });
  if (state.channelStatus !== 'Shipped') addNote(state, 'Shipped completely.');
  changeStatus(state, 'shipped');
}

/** Where there is a Commerce order; its state afterwards is kept. */
async function invoice(state: OrderState, abandoned?: () => boolean): Promise<void> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return;
  const step = { wait: 'completion', system: 'Commerce', ...(abandoned && { abandoned }) } as const;
  const result = await attempt(state, step, () =>
    commerceActivities(pinned.commerce).invoiceOrder.executeWithOptions({ summary: 'Invoice the order' }, [
      { account, commerce: pinned.commerce, entityId: commerce.entityId },
    ]),
  );
  if (result) state.commerce = { ...commerce, state: result.state };
}

/** Of units that Amazon has cancelled, what is not invoiced is cancelled, and what is invoiced refunded. */
async function closeShrunk(state: OrderState): Promise<void> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned || state.recorded) return;
  const { lines, totalMinor } = orderOf(state);
  const units = Object.fromEntries(lines.map((line) => [line.orderItemId, quantityToShip(line)]));
  const { entityId, itemIds } = commerce;
  const result = await attempt(state, { wait: 'completion', system: 'Commerce' }, () =>
    commerceActivities(pinned.commerce).closeShrunkOrder.executeWithOptions(
      { summary: 'Invoice what is left, and cancel the rest' },
      [{ account, commerce: pinned.commerce, entityId, itemIds, units, totalMinor }],
    ),
  );
  if (!result) return;
  state.commerce = { ...commerce, state: result.state };
  if (result.message !== undefined) raise(state, 'cancellationIncomplete', result.message);
}

/** Ahead of shipping, but never in its way: what is not invoiced then is so at completion. */
export const invoiceOnImport = (state: OrderState): Promise<void> =>
  invoice(state, () => isOrderCancelled(state) || hasWork(state));
