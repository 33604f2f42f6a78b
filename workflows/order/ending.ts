import { isEnded } from '../../domain/commerce-order';
import { describeUnits, hasUnits } from '../../domain/stock';
import { commerceActivities, erpActivities } from '../proxies';
import { attempt, nextTry, waitForTurn } from './attempts';
import type { OrderState } from './contract';
import { hasWork, tell } from './shipping';
import { addNote, changeStatus, isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { allocationOf, giveBack, surplusOf, unitsOf } from './stock';
import { inFuture, until } from './waits';

/** Invoices the shipped order and sees that Commerce calls it complete (`closed`, where nothing was to be paid). */
export async function completion(state: OrderState): Promise<void> {
  for (let tried = 0; !state.completed; tried += 1) {
    while (hasWork(state)) await tell(state);
    if (!state.recorded) await invoice(state);
    if (!state.commerce || isEnded(state.commerce)) {
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

/** Ahead of shipping, but never in its way: what is not invoiced then is so at completion. */
export const invoiceOnImport = (state: OrderState): Promise<void> =>
  invoice(state, () => isOrderCancelled(state) || hasWork(state));

/** Amazon has cancelled the order: what was begun is undone, unless something has left already. */
export async function cancellation(state: OrderState): Promise<void> {
  if (state.completed) return;
  if (state.parcels.length > 0) {
    raise(
      state,
      'cancelledAfterShipping',
      'Amazon cancelled the order after a parcel had left: nothing was undone. Get the parcel back, then cancel by hand.',
    );
  } else {
    await stopErp(state);
    if (await cancelInCommerce(state)) await giveBack(state, unitsOf(state), { wait: 'cancellation' });
  }
  state.completed = true;
  addNote(state, 'Cancelled by Amazon.');
}

async function stopErp(state: OrderState): Promise<void> {
  const { account, amazonOrderId, handOff } = state;
  const { erp, stage } = handOff;
  // An attempt whose answer was lost may have reached the ERP.
  if (erp === undefined || stage === 'rejected' || stage === 'cancelled') return;
  const result = await attempt(state, { wait: 'cancellation', system: 'ERP' }, () =>
    erpActivities(erp).cancelErpOrder.executeWithOptions({ summary: 'Ask the ERP to stop' }, [
      {
        erp,
        account,
        amazonOrderId,
        reason: 'Cancelled by Amazon',
        ...(handOff.erpOrderNumber !== undefined && { erpOrderNumber: handOff.erpOrderNumber }),
      },
    ]),
  );
  if (result?.kind === 'tooLate') {
    raise(state, 'cancellationIncomplete', `The ERP does not cancel the order: ${result.message}`);
  }
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
    raise(state, 'cancellationIncomplete', `${result.message} Cancel the Commerce order by hand.${stock}`);
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

/** Stays open for late corrections of tracking numbers; afterwards the order and its buyer's data run out. */
export async function settling(state: OrderState): Promise<void> {
  state.waits.settling ??= inFuture(policyOf(state).settleForMs);
  const { settling: at } = state.waits;
  while (Date.parse(at) > Date.now()) {
    await until(() => hasWork(state), at, 'Open for corrections');
    if (hasWork(state)) await tell(state);
  }
}
