import { isEmpty } from '../../domain/parcel';
import { describeUnits, hasUnits } from '../../domain/stock';
import { commerceActivities } from '../proxies';
import { attempt } from './attempts';
import type { OrderState } from './contract';
import { quoting } from './erp-changes';
import { askErpToStop, isInErp } from './hand-off';
import { addNote, orderOf, raise, raiseAlso, resolve } from './state';
import { allocationOf, giveBack, unitsOf } from './stock';

/** Amazon has cancelled the order: what was begun is undone, unless something has left already. */
export async function cancellation(state: OrderState): Promise<void> {
  if (state.completed) return;
  const isShipped = !hasLeft(state) && (await isShippedByErp(state));
  // Its parcel may have come while the ERP was asked.
  if (isShipped || hasLeft(state)) {
    raise(
      state,
      'cancelledAfterShipping',
      'Amazon cancelled the order after a parcel had left: nothing was undone. Get the parcel back, then cancel by hand.',
    );
  } else if (await cancelInCommerce(state)) {
    await giveBack(state, unitsOf(state), { wait: 'cancellation' });
  }
  resolve(state, 'erpRejected', 'cancelledInCommerce', 'heldInCommerce');
  state.completed = true;
  addNote(state, 'Cancelled by Amazon.');
}

const hasLeft = (state: OrderState) => state.parcels.some((parcel) => !isEmpty(parcel));

/** Asks the ERP to stop, and hears whether it is too late. */
async function isShippedByErp(state: OrderState): Promise<boolean> {
  if (!isInErp(state) || state.handOff.cancelTold) return false;
  const result = await askErpToStop(state, 'Cancelled by Amazon');
  state.handOff.cancelTold = true;
  if (result?.kind === 'refused') {
    raiseAlso(
      state,
      'cancellationIncomplete',
      `The ERP does not cancel the order: ${quoting(state, result.message)}`,
    );
  }
  return result?.kind === 'shipped';
}

/** Whether nothing of the order is left there. */
async function cancelInCommerce(state: OrderState): Promise<boolean> {
  await findInCommerce(state);
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return true;
  const result = await attempt(state, { wait: 'cancellation', system: 'Commerce' }, () =>
    commerceActivities(pinned.commerce).cancelOrder.executeWithOptions(
      { summary: 'Cancel the Commerce order' },
      [{ account, commerce: pinned.commerce, entityId: commerce.entityId }],
    ),
  );
  if (result?.kind === 'tooLate') {
    const stock = hasUnits(unitsOf(state))
      ? ` ${describeUnits(unitsOf(state))} stay at source ${allocationOf(state)} until you move back what did not ship.`
      : '';
    raiseAlso(
      state,
      'cancellationIncomplete',
      `${result.message} Cancel the Commerce order by hand.${stock}`,
    );
  }
  if (result?.kind === 'canceled') state.commerce = { ...commerce, state: result.state };
  if (result?.kind === 'canceled' && result.state === 'closed') {
    addNote(
      state,
      `Commerce order ${commerce.number} was invoiced, so it was refunded offline and is closed.`,
    );
  }
  return result?.kind === 'canceled';
}

/** An attempt whose answer was lost may have created the order. */
async function findInCommerce(state: OrderState): Promise<void> {
  const { pinned, commerce } = state;
  if (!pinned || commerce) return;
  const found = await attempt(state, { wait: 'cancellation', system: 'Commerce' }, () =>
    commerceActivities(pinned.commerce).findOrder.executeWithOptions(
      { summary: 'Look for a Commerce order' },
      [{ pinned, order: orderOf(state) }],
    ),
  );
  if (found) state.commerce = found;
}
