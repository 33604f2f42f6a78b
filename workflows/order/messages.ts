import { ApplicationFailure, CancellationScope, setHandler } from '@temporalio/workflow';
import type { AttentionReason } from '../../domain/attention';
import {
  type ErpOrderChange,
  erpOrderChangedSignal,
  holdOrderUpdate,
  mapSkuUpdate,
  type OperatorAction,
  type OrderState,
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  parcelCorrectedSignal,
  parcelShippedSignal,
  releaseOrderUpdate,
  retryOrderUpdate,
} from './contract';
import { takeDelivery } from './deliveries';
import { takeParcel } from './parcels';
import { mappingObjection, mapSku } from './sku-mapping';
import { addNote, isOver, raise, resolve } from './state';

const erpEventsKept = 20;

/** Registers every handler. They only change the state; the phases notice. */
export function listen(state: OrderState): void {
  for (const signal of [orderPendingSignal, orderVerifiedSignal, orderShippedSignal, orderCancelledSignal]) {
    setHandler(signal, (delivery) => takeDelivery(state, delivery));
  }
  setHandler(parcelShippedSignal, (report) => takeParcel(state, report));
  setHandler(parcelCorrectedSignal, (report) => takeParcel(state, report));
  setHandler(erpOrderChangedSignal, (change) => takeErpChange(state, change));
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

function listenToOperators(state: OrderState): void {
  setHandler(retryOrderUpdate, (action) => retry(state, action), {
    validator: (action) => {
      requireName(action);
      if (!canRetry(state)) refuse('Nothing of this order waits for another attempt.');
    },
  });
  setHandler(holdOrderUpdate, (action) => hold(state, action), {
    validator: (action) => {
      requireName(action);
      if (state.held) refuse('The order is held already.');
      if (isOver(state)) refuse(`The order is ${state.channelStatus}, there is nothing to hold.`);
    },
  });
  setHandler(releaseOrderUpdate, (action) => release(state, action), {
    validator: (action) => {
      requireName(action);
      if (!state.held) refuse('The order is not held.');
    },
  });
  setHandler(mapSkuUpdate, (request) => say(state, mapSku(state, request), request.by, request.why), {
    validator: (request) => {
      requireName(request);
      const objection = mappingObjection(state, request);
      if (objection !== undefined) refuse(objection);
    },
  });
}

function requireName({ by }: OperatorAction): void {
  if (by.trim() === '') refuse('Say who asks for this.');
}

function refuse(sentence: string): never {
  throw ApplicationFailure.nonRetryable(sentence, 'Refused');
}

const attempts = ['placement', 'handOff', 'shipping', 'completion', 'cancellation'] as const;

const canRetry = (state: OrderState): boolean =>
  (state.handOff.stage === 'rejected' && !isOver(state)) ||
  attempts.some((wait) => state.waits[wait] !== undefined);

function retry(state: OrderState, { by, why }: OperatorAction): string {
  for (const wait of attempts) delete state.waits[wait];
  if (!state.commerce) reconsider(state);
  if (state.handOff.stage === 'rejected' && !isOver(state)) {
    state.handOff = { ...state.handOff, stage: 'open', revision: state.handOff.revision + 1 };
    resolve(state, 'erpRejected');
  }
  return say(state, 'Tried again at once', by, why);
}

const reconsidered: readonly AttentionReason[] = ['refused', 'accountProblem', 'numberTaken'];

/**
 * What was pinned was refused, or names what the settings no longer have: they decide again. The look-up over all
 * stores before every creation keeps it from making a second order.
 */
function reconsider(state: OrderState): void {
  const reasons = state.attention.map(({ reason }) => reason);
  if (!reasons.some((reason) => reconsidered.includes(reason))) return;
  delete state.pinned;
  delete state.customerId;
  delete state.customerGroupId;
  state.reread = true;
}

function hold(state: OrderState, { by, why }: OperatorAction): string {
  state.held = true;
  return say(state, 'Held', by, why);
}

function release(state: OrderState, { by, why }: OperatorAction): string {
  state.held = false;
  return say(state, 'Released', by, why);
}

function say(state: OrderState, what: string, by: string, why?: string): string {
  const text = why ? `${what}: ${why}` : `${what}.`;
  addNote(state, text, by);
  return text;
}

function takeErpChange(state: OrderState, change: ErpOrderChange): void {
  if (state.erpEvents.includes(change.eventId)) return;
  state.erpEvents = [...state.erpEvents, change.eventId].slice(-erpEventsKept);
  const { stage } = state.handOff;
  // Events can come in any order, and a cancelled order stays cancelled.
  if (stage === 'cancelled' && change.kind !== 'cancelRefused') return;
  switch (change.kind) {
    case 'accepted':
      acceptedByErp(state, change.erpOrderNumber);
      return;
    case 'rejected':
      rejectedByErp(state, change);
      return;
    case 'cancelled':
      state.handOff = { ...state.handOff, stage: 'cancelled' };
      addNote(state, 'The ERP has cancelled the order.');
      return;
    case 'cancelRefused':
      raise(state, 'cancellationIncomplete', `The ERP does not cancel the order: ${change.message}`);
      return;
  }
}

export function acceptedByErp(state: OrderState, erpOrderNumber: string): void {
  state.handOff = { ...state.handOff, stage: 'accepted', erpOrderNumber };
  resolve(state, 'erpRejected', 'erpUnreachable');
  addNote(state, `ERP order ${erpOrderNumber} accepted.`);
}

export function rejectedByErp(state: OrderState, { code, message }: { code: string; message: string }): void {
  state.handOff = { ...state.handOff, stage: 'rejected' };
  raise(
    state,
    'erpRejected',
    `The ERP rejects the order (${code}): ${message}. Put it right there, then retry the order.`,
  );
}
