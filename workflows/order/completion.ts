import { isEnded, type PlacedOrder } from '../../domain/commerce-order';
import { quantityToShip } from '../../domain/order';
import { commerceActivities } from '../proxies';
import { attempt, nextTry, waitForTurn } from './attempts';
import { setCommerceState } from './commerce-changes';
import { hasToShow, showing } from './commerce-shipments';
import type { OrderState } from './contract';
import { noteLateCancellation } from './deliveries';
import { isShipped, shipping } from './shipping';
import { addNote, changeStatus, isOrderCancelled, orderOf, raise, raiseAlso, resolve } from './state';
import { giveBack, surplusOf } from './stock';

/**
 * Invoices the shipped order and sees that Commerce calls it complete (`closed`, where nothing was to be paid), and
 * moves back what did not ship. Corrections go to Amazon beside that. What Amazon cancels now has left.
 */
export async function completion(state: OrderState): Promise<void> {
  let ended = false;
  const end = closing(state).then(() => {
    ended = true;
  });
  await Promise.all([shipping(state, () => ended), end]);
  if (isOrderCancelled(state)) {
    state.completed = true;
    return noteLateCancellation(state);
  }
  if (state.channelStatus !== 'Shipped') addNote(state, 'Shipped completely.');
  changeStatus(state, 'shipped');
}

async function closing(state: OrderState): Promise<void> {
  await complete(state);
  resolve(state, 'notComplete');
  if (!isOrderCancelled(state)) await giveBack(state, surplusOf(state), { wait: 'completion' });
}

async function complete(state: OrderState): Promise<void> {
  const isOff = () => hasToShow(state) || isOrderCancelled(state);
  for (let tried = 0; !state.completed && !isOrderCancelled(state); tried += 1) {
    await waitForTurn(state, 'completion', isOff);
    await showing(state, () => !hasToShow(state));
    if (!(await close(state, isOff))) continue;
    if (!state.commerce || isEnded(state.commerce) || state.commerce.state === 'canceled') {
      state.completed = true;
    } else {
      raise(state, 'notComplete', describeIncomplete(state.commerce));
      state.waits.completion = nextTry(state, tried);
    }
  }
}

function describeIncomplete({ state }: PlacedOrder): string {
  const advice = state === 'holded' ? 'end the hold there' : 'create the missing shipment there';
  return `The Commerce order is ${state}, although all is shipped at Amazon: ${advice}. It is looked at again by itself.`;
}

/** Whether Commerce has done what it has to, or has nothing to do; not where that was abandoned. */
async function close(state: OrderState, abandoned: () => boolean): Promise<boolean> {
  if (state.recorded || !state.commerce) return true;
  return state.shrunk ? closeShrunk(state, abandoned) : invoice(state, abandoned);
}

async function invoice(state: OrderState, abandoned: () => boolean): Promise<boolean> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return true;
  const result = await attempt(state, { wait: 'completion', system: 'Commerce', abandoned }, () =>
    commerceActivities(pinned.commerce).invoiceOrder.executeWithOptions({ summary: 'Invoice the order' }, [
      { account, commerce: pinned.commerce, entityId: commerce.entityId },
    ]),
  );
  if (result) setCommerceState(state, result.state);
  return result !== undefined;
}

/** Of units that Amazon has cancelled, what is not invoiced is cancelled, and what is invoiced refunded. */
async function closeShrunk(state: OrderState, abandoned: () => boolean): Promise<boolean> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return true;
  const { lines, totalMinor } = orderOf(state);
  const units = Object.fromEntries(lines.map((line) => [line.orderItemId, quantityToShip(line)]));
  const { entityId, itemIds } = commerce;
  const result = await attempt(state, { wait: 'completion', system: 'Commerce', abandoned }, () =>
    commerceActivities(pinned.commerce).closeShrunkOrder.executeWithOptions(
      { summary: 'Invoice what is left, and cancel the rest' },
      [{ account, commerce: pinned.commerce, entityId, itemIds, units, totalMinor }],
    ),
  );
  if (!result) return false;
  setCommerceState(state, result.state);
  if (result.message !== undefined) raiseAlso(state, 'cancellationIncomplete', result.message);
  return true;
}

/** Never in the way of a parcel: what is not invoiced then is so at completion. */
export async function invoiceOnImport(state: OrderState): Promise<void> {
  await invoice(state, () => isOrderCancelled(state) || isShipped(state) || hasToShow(state));
}
