import { CancellationScope, setHandler } from '@temporalio/workflow';
import { takeCommerceChange } from './commerce-changes';
import {
  commerceOrderChangedSignal,
  erpOrderChangedSignal,
  type OrderState,
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from './contract';
import { takeDelivery } from './deliveries';
import { takeErpChange } from './erp-changes';
import { listenToOperators } from './operators';
import { takeParcel } from './parcels';
import { addNote, isOver } from './state';

/** Registers every handler. They only change the state; the phases notice. */
export function listen(state: OrderState): void {
  for (const signal of [orderPendingSignal, orderVerifiedSignal, orderShippedSignal, orderCancelledSignal]) {
    setHandler(signal, (delivery) => takeDelivery(state, delivery));
  }
  setHandler(parcelShippedSignal, (report) => takeParcel(state, report));
  setHandler(parcelCorrectedSignal, (report) => takeParcel(state, report));
  setHandler(erpOrderChangedSignal, (change) => takeErpChange(state, change));
  setHandler(commerceOrderChangedSignal, (change) => takeCommerceChange(state, change));
  setHandler(orderSnapshotQuery, () => state);
  listenToOperators(state);
}

/** A cancellation request of the engine never ends an order: it becomes a hold, which outlives the run. */
export function holdWhenCancelled(state: OrderState): void {
  void CancellationScope.current().cancelRequested.catch(() => {
    if (state.held || isOver(state)) return;
    state.held = true;
    addNote(state, 'Held, because its workflow was asked to cancel. Release it to go on.');
  });
}
