import { commerceActivities, erpActivities } from '../proxies';
import { attempt, nextTry } from './attempts';
import type { OrderState } from './contract';
import { hasWork, tell } from './shipping';
import { addNote, changeStatus, policyOf, raise, resolve } from './state';
import { inFuture, until } from './waits';

/** Invoices the shipped order and sees that Commerce calls it complete (`closed`, where nothing was to be paid). */
export async function completion(state: OrderState): Promise<void> {
  for (let tried = 0; !state.completed; tried += 1) {
    const commerceState = isRecorded(state) ? state.commerce?.state : await invoice(state);
    if (commerceState === undefined || commerceState === 'complete' || commerceState === 'closed') {
      state.completed = true;
    } else {
      raise(
        state,
        'notComplete',
        `The Commerce order is ${commerceState}, although all is shipped at Amazon: create the missing shipment there. It is looked at again by itself.`,
      );
      state.waits.completion = nextTry(state, tried);
    }
  }
  resolve(state, 'notComplete');
  if (state.channelStatus !== 'Shipped') addNote(state, 'Shipped completely.');
  changeStatus(state, 'shipped');
}

/** Commerce has nothing more to do: the order was created complete, or has become so. */
export const isRecorded = ({ commerce }: OrderState): boolean =>
  commerce?.state === 'complete' || commerce?.state === 'closed';

/** Commerce's state after it; undefined where there is no Commerce order. */
export async function invoice(state: OrderState): Promise<string | undefined> {
  const { commerce, pinned } = state;
  if (!commerce || !pinned) return undefined;
  const result = await attempt(state, { wait: 'completion', system: 'Commerce' }, () =>
    commerceActivities(pinned.commerce).invoiceOrder.executeWithOptions({ summary: 'Invoice the order' }, [
      { commerce: pinned.commerce, entityId: commerce.entityId },
    ]),
  );
  if (result) state.commerce = { ...commerce, state: result.state };
  return result?.state;
}

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
    await cancelInCommerce(state);
  }
  state.completed = true;
  addNote(state, 'Cancelled by Amazon.');
}

async function stopErp(state: OrderState): Promise<void> {
  const { account, amazonOrderId, handOff } = state;
  const { erp } = policyOf(state);
  if (erp === undefined || (handOff.stage !== 'submitted' && handOff.stage !== 'accepted')) return;
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

async function cancelInCommerce(state: OrderState): Promise<void> {
  const { commerce, pinned } = state;
  if (!commerce || !pinned) return;
  const result = await attempt(state, { wait: 'cancellation', system: 'Commerce' }, () =>
    commerceActivities(pinned.commerce).cancelOrder.executeWithOptions(
      { summary: 'Cancel the Commerce order' },
      [{ commerce: pinned.commerce, entityId: commerce.entityId }],
    ),
  );
  if (result?.kind === 'tooLate') {
    raise(state, 'cancellationIncomplete', `${result.message} Cancel the Commerce order by hand.`);
  }
  if (result?.kind === 'canceled') state.commerce = { ...commerce, state: result.state };
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
