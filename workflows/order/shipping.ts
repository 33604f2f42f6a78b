import { isEmpty, nameOf, type Parcel } from '../../domain/parcel';
import { openLines } from '../../domain/parcel-quantities';
import { nextTry } from './attempts';
import { confirm, readOrder } from './confirmations';
import type { OrderState } from './contract';
import { isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { inFuture, until } from './waits';

/** Parcel by parcel to Amazon, and looks whether it shows them, until `ended`. A hold does not stop this. */
export async function shipping(state: OrderState, ended: () => boolean): Promise<void> {
  for (let looks = 0; !ended(); ) {
    const parcel = untold(state);
    if (parcel) {
      await confirm(state, parcel, ended);
    } else if (told(state).length === 0) {
      looks = 0;
      nothingUnshown(state);
      await until(() => ended() || isUnderWay(state));
    } else if (!(await isShownInTime(state, looks, ended))) {
      await lookAtAmazon(state, ended);
      looks += 1;
    }
  }
  if (told(state).length === 0) nothingUnshown(state);
}

/** Until the order stands in Commerce: a parcel can leave before, e.g. of a held order, and Amazon counts the time. */
export const confirmMeanwhile = (state: OrderState): Promise<void> =>
  shipping(state, () => state.commerce !== undefined || isOrderCancelled(state));

/** A cancelled order's parcels go nowhere. */
const ofOpenOrder = (state: OrderState) => (isOrderCancelled(state) ? [] : state.parcels);
const told = (state: OrderState) => ofOpenOrder(state).filter(({ amazon }) => amazon === 'sent');
const untold = (state: OrderState) => ofOpenOrder(state).find(({ amazon }) => amazon === 'waiting');

/** A parcel that Amazon does not know as it is now, or does not show yet. */
export const isUnderWay = (state: OrderState): boolean =>
  untold(state) !== undefined || told(state).length > 0;

/** Nothing is in the warehouse any more, whether Amazon knows it or not. */
export const hasAllLeft = (state: OrderState): boolean =>
  orderOf(state).status === 'SHIPPED' ||
  (state.parcels.length > 0 && openLines(orderOf(state), state.parcels).length === 0);

/** Amazon's own word ends shipping, and so do our parcels when all units are in them and Amazon shows them. */
export function isShipped(state: OrderState): boolean {
  if (isUnderWay(state)) return false;
  const isShown = (parcel: Parcel) => parcel.amazon === 'confirmed' || isEmpty(parcel);
  return hasAllLeft(state) && (orderOf(state).status === 'SHIPPED' || state.parcels.every(isShown));
}

function nothingUnshown(state: OrderState): void {
  delete state.waits.confirmation;
  resolve(state, 'shipmentUnconfirmed');
}

/** Whether a sweep shows what Amazon took, within `confirmWithin` or, after a look of our own, a growing wait. */
async function isShownInTime(state: OrderState, looks: number, ended: () => boolean): Promise<boolean> {
  state.waits.confirmation ??=
    looks === 0 ? inFuture(policyOf(state).confirmWithinMs) : nextTry(state, looks);
  const isSettled = () => ended() || hasOtherWork(state);
  await until(isSettled, state.waits.confirmation, 'Waits for Amazon to show the parcel');
  return isSettled();
}

const hasOtherWork = (state: OrderState) => told(state).length === 0 || untold(state) !== undefined;

/** The order is read by itself. */
async function lookAtAmazon(state: OrderState, ended: () => boolean): Promise<void> {
  await readOrder(state, () => ended() || hasOtherWork(state));
  delete state.waits.confirmation;
  const [missing] = told(state);
  if (!missing) return;
  raise(
    state,
    'shipmentUnconfirmed',
    `Amazon took parcel ${nameOf(missing)} and does not show it yet: look at the order in Seller Central.`,
  );
}
