import type { ConfirmShipmentResult } from '../../activities/contracts/amazon';
import { hasSameTracking, openLines, type Parcel } from '../../domain/parcel';
import { commerceActivities, confirmShipmentActivities, getOrderActivities } from '../proxies';
import { attempt, nextTry } from './attempts';
import type { OrderState } from './contract';
import { takeDelivery } from './deliveries';
import { replace } from './parcels';
import { changeStatus, isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
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

/** What Commerce took as complete needs no shipments. */
const canBeShown = (state: OrderState) =>
  state.commerce !== undefined && !state.recorded && unshown(state) !== undefined;

/** Amazon's own word ends shipping, and so do our parcels when all units are in them and Amazon shows them. */
export function isShipped(state: OrderState): boolean {
  if (told(state).length > 0 || hasWork(state)) return false;
  const order = orderOf(state);
  return (
    order.status === 'SHIPPED' ||
    (state.parcels.length > 0 &&
      openLines(order, state.parcels).length === 0 &&
      state.parcels.every(({ amazon }) => amazon === 'confirmed'))
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

async function confirm(state: OrderState, parcel: Parcel): Promise<void> {
  const { account, amazonOrderId } = state;
  const { marketplaceId } = orderOf(state);
  const result = await attempt(
    state,
    { wait: 'shipping', system: 'Amazon', abandoned: () => isOrderCancelled(state) },
    () =>
      confirmShipmentActivities(account).confirmShipment.executeWithOptions(
        { summary: `Tell Amazon of parcel ${parcel.packageReferenceId}` },
        [{ account, amazonOrderId, marketplaceId, parcel }],
      ),
  );
  if (result) await take(state, parcel, result);
}

async function take(state: OrderState, sent: Parcel, result: ConfirmShipmentResult): Promise<void> {
  const current = state.parcels.find(({ parcelId }) => parcelId === sent.parcelId) ?? sent;
  if (result.kind === 'taken') {
    if (isStillAsked(current, sent)) replace(state, { ...current, amazon: 'sent' });
    if (openLines(orderOf(state), state.parcels).length > 0) changeStatus(state, 'partlyShipped');
    state.waits.confirmation = inFuture(policyOf(state).confirmWithinMs);
    return;
  }
  if (result.reason === 'noConfirmationNeeded') {
    replace(state, { ...current, amazon: 'confirmed' });
    return;
  }
  if (result.reason !== 'invalid') await lookAtAmazon(state, () => isOrderCancelled(state));
  refused(state, sent, result.message);
}

/** Not where a correction came while it was under way, which still has to be told, nor where Amazon shows it already. */
const isStillAsked = (current: Parcel, sent: Parcel) =>
  current.amazon === 'waiting' && hasSameTracking(current, sent);

/** Unless Amazon turns out to show the parcel, or the order is cancelled, a person decides. */
function refused(state: OrderState, sent: Parcel, message: string): void {
  const parcel = state.parcels.find(({ parcelId }) => parcelId === sent.parcelId);
  if (isOrderCancelled(state) || !parcel || !isStillAsked(parcel, sent)) return;
  replace(state, { ...parcel, amazon: 'refused' });
  raise(
    state,
    'shipmentRefused',
    `Amazon does not take parcel ${sent.trackingNumber}: ${message} Correct the tracking in Commerce, or confirm it in Seller Central.`,
  );
}

async function showInCommerce(state: OrderState, parcel: Parcel): Promise<void> {
  const { account, commerce, pinned } = state;
  if (!commerce || !pinned) return;
  const source = allocationOf(state);
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
        },
      ],
    ),
  );
  const current = state.parcels.find(({ parcelId }) => parcelId === parcel.parcelId) ?? parcel;
  if (result) replace(state, { ...current, commerceShipmentId: result.shipmentId });
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
  const { account, amazonOrderId } = state;
  const delivery = await attempt(state, { wait: 'shipping', system: 'Amazon', abandoned }, () =>
    getOrderActivities(account).readOrder.executeWithOptions({ summary: 'Read the order at Amazon' }, [
      { account, amazonOrderId },
    ]),
  );
  if (delivery) takeDelivery(state, delivery);
  delete state.waits.confirmation;
  const [missing] = told(state);
  if (!missing) return;
  raise(
    state,
    'shipmentUnconfirmed',
    `Amazon took parcel ${missing.trackingNumber} and does not show it yet: look at the order in Seller Central.`,
  );
}
