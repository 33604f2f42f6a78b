import { isEmpty, nameOf, type Parcel } from '../../domain/parcel';
import { openLines } from '../../domain/parcel-quantities';
import { showParcel } from '../../domain/parcel-reports';
import { commerceActivities } from '../proxies';
import { attempt, nextTry } from './attempts';
import { isStoppedInCommerce } from './commerce-changes';
import { confirm, readOrder } from './confirmations';
import type { OrderState } from './contract';
import { keepParcels } from './parcels';
import { isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { allocationOf } from './stock';
import { inFuture, until } from './waits';

/** Parcel by parcel to Amazon, until every ordered unit has left and Amazon shows it. A hold does not stop this. */
export async function shipping(state: OrderState): Promise<void> {
  const ended = () => isShipped(state) || isOrderCancelled(state);
  for (let looks = 0; !ended(); ) {
    if (hasWork(state)) await tell(state);
    else if (told(state).length === 0) await until(() => hasWork(state) || ended());
    else if (!(await isShownInTime(state, looks))) {
      await lookAtAmazon(state, () => isOrderCancelled(state) || hasWork(state));
      looks += 1;
    }
  }
  delete state.waits.confirmation;
  resolve(state, 'shipmentUnconfirmed');
}

/** Until the order stands in Commerce: a parcel can leave before, e.g. of a held order, and Amazon counts the time. */
export async function confirmMeanwhile(state: OrderState): Promise<void> {
  const ended = () => state.commerce !== undefined || isOrderCancelled(state);
  while (!ended()) {
    await until(() => ended() || hasWork(state));
    if (!ended()) await tell(state);
  }
}

const told = (state: OrderState) => state.parcels.filter(({ amazon }) => amazon === 'sent');
const untold = (state: OrderState) => state.parcels.find(({ amazon }) => amazon === 'waiting');
const unshown = (state: OrderState) =>
  state.parcels.find(
    (parcel) =>
      parcel.commerceShipmentId === undefined && !parcel.shippedBeforeImport && parcel.amazon !== 'refused',
  );

/** A parcel that Amazon does not know, or one that Commerce does not. A cancelled order's go nowhere. */
export const hasWork = (state: OrderState): boolean =>
  !isOrderCancelled(state) && (untold(state) !== undefined || canBeShown(state));

/** What Commerce took as complete needs no shipments, and what is stopped there gets none. */
const canBeShown = (state: OrderState) =>
  state.commerce !== undefined &&
  !state.recorded &&
  !isStoppedInCommerce(state) &&
  unshown(state) !== undefined;

/** Amazon's own word ends shipping, and so do our parcels when all units are in them and Amazon shows them. */
export function isShipped(state: OrderState): boolean {
  if (told(state).length > 0 || hasWork(state)) return false;
  const order = orderOf(state);
  return (
    order.status === 'SHIPPED' ||
    (state.parcels.length > 0 &&
      openLines(order, state.parcels).length === 0 &&
      state.parcels.every((parcel) => parcel.amazon === 'confirmed' || isEmpty(parcel)))
  );
}

/** One step: the next parcel to Amazon first, for Amazon counts the time; then into Commerce. */
export async function tell(state: OrderState): Promise<void> {
  const parcel = untold(state);
  if (parcel) {
    await confirm(state, parcel);
    return;
  }
  const missing = unshown(state);
  if (missing && canBeShown(state)) await showInCommerce(state, missing);
}

async function showInCommerce(state: OrderState, parcel: Parcel): Promise<void> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return;
  const source = allocationOf(state);
  const taken = state.parcels.flatMap(({ commerceShipmentId: id, trackingNumber }) =>
    id === undefined || trackingNumber === '' ? [] : id,
  );
  // Commerce can wait, Amazon counts the time: a parcel that it does not know yet goes first.
  const isKnown = () =>
    state.parcels.some(
      ({ parcelId, commerceShipmentId }) => parcelId === parcel.parcelId && commerceShipmentId !== undefined,
    );
  const abandoned = () => isOrderCancelled(state) || untold(state) !== undefined || isKnown();
  const result = await attempt(state, { wait: 'shipping', system: 'Commerce', abandoned }, () =>
    commerceActivities(pinned.commerce).shipOrder.executeWithOptions(
      { summary: 'Create the Commerce shipment' },
      [
        {
          account,
          commerce: pinned.commerce,
          entityId: commerce.entityId,
          itemIds: commerce.itemIds,
          parcel,
          store: pinned.store,
          ...(source !== undefined && { source }),
          ...(taken.length > 0 && { takenShipmentIds: taken }),
        },
      ],
    ),
  );
  if (result) keepParcels(state, showParcel(state.parcels, parcel, result));
}

/** Whether a sweep shows what Amazon took, within `confirmWithin` or, after a look of our own, a growing wait. */
async function isShownInTime(state: OrderState, looks: number): Promise<boolean> {
  state.waits.confirmation ??=
    looks === 0 ? inFuture(policyOf(state).confirmWithinMs) : nextTry(state, looks);
  const isSettled = () => told(state).length === 0 || hasWork(state) || isOrderCancelled(state);
  await until(isSettled, state.waits.confirmation, 'Waits for Amazon to show the parcel');
  return isSettled();
}

/** The order is read by itself. */
async function lookAtAmazon(state: OrderState, abandoned: () => boolean): Promise<void> {
  await readOrder(state, abandoned);
  delete state.waits.confirmation;
  const [missing] = told(state);
  if (!missing) return;
  raise(
    state,
    'shipmentUnconfirmed',
    `Amazon took parcel ${nameOf(missing)} and does not show it yet: look at the order in Seller Central.`,
  );
}
