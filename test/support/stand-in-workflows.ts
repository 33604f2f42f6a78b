import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import { type PullOrderResult, pullOrderUpdate } from '../../workflows/intake/contract';
import {
  type AmazonOrderInput,
  holdOrderUpdate,
  type OperatorAction,
  orderCancelledSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  parcelShippedSignal,
  releaseOrderUpdate,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { newOrderState } from '../../workflows/order/state';

/** Speaks the messages of an order and does nothing else; ends when Amazon has cancelled. */
export async function amazonOrderWorkflow(input: AmazonOrderInput): Promise<void> {
  const state = newOrderState(input);
  const say = (text: string, { by, why }: OperatorAction) => {
    state.notes.push({ at: new Date().toISOString(), text: why ? `${text}: ${why}` : text, by });
    return text;
  };
  setHandler(orderVerifiedSignal, (delivery) => {
    state.delivery = delivery;
    state.channelStatus = 'Unshipped';
  });
  setHandler(orderCancelledSignal, (delivery) => {
    state.delivery = delivery;
    state.channelStatus = 'Canceled';
  });
  setHandler(parcelShippedSignal, ({ shipmentsSeen: _, ...parcel }) => {
    state.parcels.push({ ...parcel, parcelId: 'p1', packageReferenceId: '1', amazon: 'waiting' });
  });
  setHandler(orderSnapshotQuery, () => state);
  setHandler(retryOrderUpdate, (action) => say('Tried again', action));
  setHandler(
    holdOrderUpdate,
    (action: OperatorAction) => {
      state.held = true;
      return say('Held', action);
    },
    {
      validator: (_: OperatorAction) => {
        if (state.held) throw ApplicationFailure.nonRetryable('The order is held already.');
      },
    },
  );
  setHandler(releaseOrderUpdate, (action) => {
    state.held = false;
    return say('Released', action);
  });
  await condition(() => state.channelStatus === 'Canceled');
}

/** Answers by the last digit of the order id: 4 is unknown to Amazon, 5 not imported, 6 pending, others delivered. */
export async function orderIntakeWorkflow(): Promise<void> {
  const answers: Readonly<Record<string, PullOrderResult>> = {
    4: { kind: 'notFound' },
    5: { kind: 'ignored', reason: 'It was purchased before importSince.' },
    6: { kind: 'delivered', status: 'PENDING' },
  };
  setHandler(
    pullOrderUpdate,
    ({ amazonOrderId }) => answers[amazonOrderId.slice(-1)] ?? { kind: 'delivered', status: 'UNSHIPPED' },
  );
  await condition(() => false);
}
