import { ApplicationFailure, condition, setHandler, sleep, upsertMemo } from '@temporalio/workflow';
import { listed, noFindings } from '../../domain/findings';
import type { Report } from '../../domain/lanes';
import { type AlertState, alertSnapshotQuery } from '../../workflows/alerts/contract';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  type IntakeState,
  intakeSnapshotQuery,
  mapSkusUpdate,
  type PullOrderResult,
  pullOrderUpdate,
  type ReconcileRequest,
  reconcileNowUpdate,
  startBackfillUpdate,
} from '../../workflows/intake/contract';
import { mapSkus } from '../../workflows/intake/sku-map';
import {
  type AmazonOrderInput,
  acknowledgeUpdate,
  cancelOrderUpdate,
  holdOrderUpdate,
  mapSkuUpdate,
  type OperatorAction,
  orderCancelledSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  parcelShippedSignal,
  recordParcelUpdate,
  releaseOrderUpdate,
  resendToErpUpdate,
  retryOrderUpdate,
} from '../../workflows/order/contract';
import { newOrderState } from '../../workflows/order/state';
import { type ShipmentWatchState, shipmentWatchSnapshotQuery } from '../../workflows/shipments/contract';

/** Speaks the messages of an order and does nothing else; ends when Amazon has cancelled. */
export async function amazonOrderWorkflow(input: AmazonOrderInput): Promise<void> {
  const state = input.state ?? newOrderState(input);
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
  setHandler(cancelOrderUpdate, (action) => say(`To be cancelled (${action.reason})`, action));
  setHandler(acknowledgeUpdate, (action) => say(`Acknowledged ${action.reason}`, action));
  setHandler(resendToErpUpdate, (action) => say('Handed to the ERP again', action));
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
  setHandler(mapSkuUpdate, (request) => {
    state.skuMap = { ...state.skuMap, [request.from]: request.to };
    return say(`SKU ${request.from} is ${request.to}`, request);
  });
  setHandler(recordParcelUpdate, ({ trackingNumber, carrierCode, lines = [], from, ...action }) => {
    const contents = lines.map(({ orderItemId, quantity }) => `${quantity} × ${orderItemId}`).join(', ');
    return say(`Recorded ${carrierCode} ${trackingNumber} (${contents}) from ${from ?? 'nothing'}`, action);
  });
  setHandler(releaseOrderUpdate, (action) => {
    state.held = false;
    return say('Released', action);
  });
  await condition(() => state.channelStatus === 'Canceled');
}

/** Pulls by the last digit of the order id: 4 is unknown to Amazon, 5 not imported, 6 pending, others delivered. */
export async function orderIntakeWorkflow({ state }: { state: IntakeState }): Promise<void> {
  const answers: Readonly<Record<string, PullOrderResult>> = {
    3: { kind: 'unchanged', status: 'SHIPPED' },
    4: { kind: 'notFound' },
    5: { kind: 'ignored', reason: 'It was purchased before importSince.' },
    6: { kind: 'delivered', status: 'PENDING' },
  };
  setHandler(intakeSnapshotQuery, () => state);
  setHandler(pullOrderUpdate, ({ amazonOrderId, beforeImportSince }): PullOrderResult => {
    if (beforeImportSince) return { kind: 'delivered', status: 'SHIPPED' };
    const result = answers[amazonOrderId.slice(-1)] ?? { kind: 'delivered', status: 'UNSHIPPED' };
    if (result.kind === 'delivered') {
      state.parked = state.parked.filter((order) => order.amazonOrderId !== amazonOrderId);
    }
    return result;
  });
  setHandler(startBackfillUpdate, (range) => {
    state.backfills = [...state.backfills, range];
    return `Back-fill from ${range.from} to ${range.to}.`;
  });
  setHandler(mapSkusUpdate, (request) => mapSkus(state, request));
  setHandler(confirmSurroundingsUpdate, ({ surroundings, by }) => {
    upsertMemo({ [confirmedSurroundingsKey]: surroundings });
    return `${by} confirmed installation ${surroundings.installation}.`;
  });
  let wanted: ReconcileRequest | undefined;
  setHandler(
    reconcileNowUpdate,
    (request) => {
      wanted = request;
      return 'The reconciliation has begun.';
    },
    {
      validator: (_: ReconcileRequest) => {
        if (wanted) throw ApplicationFailure.nonRetryable('A reconciliation is under way.');
      },
    },
  );
  for (;;) {
    await condition(() => wanted !== undefined);
    const startedAt = new Date().toISOString();
    await sleep(1_500);
    state.lastReports = { ...state.lastReports, reconciliation: reportOf(wanted, startedAt) };
    wanted = undefined;
  }
}

/** Shows its state. */
export async function alertWorkflow({ state }: { state: AlertState }): Promise<void> {
  setHandler(alertSnapshotQuery, () => state);
  await condition(() => false);
}

/** Shows its state. */
export async function shipmentWatchWorkflow({ state }: { state: ShipmentWatchState }): Promise<void> {
  setHandler(shipmentWatchSnapshotQuery, () => state);
  await condition(() => false);
}

const reportOf = (
  { since = '2026-09-01T00:00:00.000Z' }: ReconcileRequest = {},
  startedAt: string,
): Report => ({
  window: { createdAfter: since },
  startedAt,
  finishedAt: new Date().toISOString(),
  findings: {
    ...noFindings,
    pages: 1,
    listed: 3,
    delivered: 1,
    started: listed(['113-0000000-0000001']),
    differing: listed(['113-0000000-0000002: SHIPPED at Amazon']),
  },
});
