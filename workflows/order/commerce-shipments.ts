import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { ShipOrderResult } from '../../activities/contracts/commerce';
import type { Pinned, PlacedOrder } from '../../domain/commerce-order';
import type { FailureType } from '../../domain/failures';
import { linesToShow, type Parcel, versionOf, withoutPast } from '../../domain/parcel';
import { showParcel } from '../../domain/parcel-reports';
import { commerceActivities } from '../proxies';
import { attempt } from './attempts';
import { isStoppedInCommerce } from './commerce-changes';
import type { OrderState } from './contract';
import { keepParcels } from './parcels';
import { isOrderCancelled, orderOf } from './state';
import { allocationOf } from './stock';
import { until } from './waits';

/**
 * Makes Commerce's shipments of the parcels that Amazon has taken, until `ended`. Never beside another document of the
 * order: Commerce calls it complete only where one sees the other.
 */
export async function showing(state: OrderState, ended: () => boolean): Promise<void> {
  while (!ended()) {
    await until(() => ended() || hasToShow(state));
    const tried = new Set<string>();
    const isOther = () => tried.size > 0 && unshown(state).some((parcel) => !tried.has(keyOf(parcel)));
    const abandoned = () => ended() || !hasToShow(state) || isOther();
    await attempt(state, { wait: 'commerceShipments', system: 'Commerce', abandoned }, () =>
      showAll(state, tried),
    );
  }
}

export const hasToShow = (state: OrderState): boolean => unshown(state).length > 0;

/**
 * What Commerce took as complete needs no shipments, and what is stopped there gets none; nor do Amazon's own parcels,
 * which would take stock of Commerce.
 */
function unshown(state: OrderState): readonly Parcel[] {
  if (!state.commerce || state.recorded || isStoppedInCommerce(state) || isOrderCancelled(state)) return [];
  if (orderOf(state).fulfilledBy === 'AMAZON') return [];
  return state.parcels.filter(
    (parcel) =>
      parcel.commerceShipmentId === undefined &&
      linesToShow(parcel).length > 0 &&
      (parcel.amazon === 'sent' || parcel.amazon === 'confirmed'),
  );
}

const keyOf = (parcel: Parcel): string => `${parcel.parcelId} ${versionOf(parcel)}`;

/** One that Commerce refuses holds up no other; it is told at the end. */
async function showAll(state: OrderState, tried: Set<string>): Promise<void> {
  const { commerce, pinned } = state;
  if (!commerce || !pinned) return;
  let refusal: ActivityFailure | undefined;
  const due = unshown(state);
  for (const parcel of due) tried.add(keyOf(parcel));
  for (const { parcelId } of due) {
    // It may be shown, or corrected, by now.
    const parcel = unshown(state).find((each) => each.parcelId === parcelId);
    if (!parcel) continue;
    try {
      const made = await ship(state, { commerce, pinned, parcel });
      keepParcels(state, showParcel(state.parcels, parcel, made));
    } catch (error) {
      if (!isRefusal(error)) throw error;
      refusal ??= error;
    }
  }
  if (refusal) throw refusal;
}

const refused: FailureType = 'Refused';

const isRefusal = (error: unknown): error is ActivityFailure =>
  error instanceof ActivityFailure &&
  error.cause instanceof ApplicationFailure &&
  error.cause.type === refused;

function ship(
  state: OrderState,
  { commerce, pinned, parcel }: { commerce: PlacedOrder; pinned: Pinned; parcel: Parcel },
): Promise<ShipOrderResult> {
  const source = allocationOf(state);
  const taken = state.parcels.flatMap(({ commerceShipmentId: id, trackingNumber }) =>
    id === undefined || trackingNumber === '' ? [] : id,
  );
  return commerceActivities(pinned.commerce).shipOrder.executeWithOptions(
    { summary: 'Create the Commerce shipment' },
    [
      {
        account: state.account,
        commerce: pinned.commerce,
        entityId: commerce.entityId,
        itemIds: commerce.itemIds,
        parcel: { ...withoutPast(parcel), lines: linesToShow(parcel) },
        store: pinned.store,
        ...(source !== undefined && { source }),
        ...(taken.length > 0 && { takenShipmentIds: taken }),
      },
    ],
  );
}
