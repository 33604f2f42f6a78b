import { condition, setHandler } from '@temporalio/workflow';
import { orderIntakeWorkflow } from '../../workflows/intake/workflow';
import {
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderVerifiedSignal,
} from '../../workflows/order/contract';
import { shipmentWatchWorkflow } from '../../workflows/shipments/workflow';

/** Stands in for the order workflow where the intake is measured: takes what it is told and does nothing with it. */
export async function amazonOrderWorkflow(): Promise<void> {
  for (const signal of [orderPendingSignal, orderVerifiedSignal, orderShippedSignal, orderCancelledSignal])
    setHandler(signal, () => {});
  await condition(() => false);
}

export { orderIntakeWorkflow, shipmentWatchWorkflow };
