import type { UpdateDefinition } from '@temporalio/common';
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { type AttentionReason, isAcknowledgeable } from '../../domain/attention';
import { isCancelReason } from '../../domain/cancellation';
import { isUntouched } from '../../domain/order';
import { isEmpty } from '../../domain/parcel';
import {
  type AcknowledgeRequest,
  acknowledgeUpdate,
  type CancelOrderRequest,
  cancelOrderUpdate,
  holdOrderUpdate,
  mapSkuUpdate,
  type OperatorAction,
  type OrderState,
  recordParcelUpdate,
  releaseOrderUpdate,
  resendToErpUpdate,
  retryOrderUpdate,
} from './contract';
import { isHandOffPaused } from './hand-off';
import { recordObjection, recordParcel } from './recorded-parcels';
import { hasAllLeft } from './shipping';
import { mappingObjection, mapSku } from './sku-mapping';
import { addNote, hasAttention, isOnlyListed, isOver, policyOf, resolve } from './state';

/** What an operator may ask of an order. Each leaves a note with who and why, and is refused in a sentence. */
interface Request<Action> {
  /** Why the order cannot do that now. */
  readonly objection: (state: OrderState, action: Action) => string | undefined;
  /** Answers what was done. */
  readonly act: (state: OrderState, action: Action) => string;
}

export function listenToOperators(state: OrderState): void {
  const on = <Action extends OperatorAction>(
    update: UpdateDefinition<string, [Action]>,
    { objection, act }: Request<Action>,
  ) =>
    setHandler(update, (action) => say(state, act(state, action), action), {
      validator: (action) => {
        if (action.by.trim() === '') refuse('Say who asks for this.');
        const sentence = objection(state, action);
        if (sentence !== undefined) refuse(sentence);
      },
    });
  on(retryOrderUpdate, retrying);
  on(holdOrderUpdate, holding);
  on(releaseOrderUpdate, releasing);
  on(mapSkuUpdate, { objection: mappingObjection, act: mapSku });
  on(cancelOrderUpdate, cancelling);
  on(acknowledgeUpdate, acknowledging);
  on(resendToErpUpdate, resending);
  on(recordParcelUpdate, { objection: recordObjection, act: recordParcel });
}

function refuse(sentence: string): never {
  throw ApplicationFailure.nonRetryable(sentence, 'Refused');
}

function say(state: OrderState, what: string, { by, why }: OperatorAction): string {
  const text = why ? `${what}: ${why}` : `${what}.`;
  addNote(state, text, by);
  return text;
}

const overSentence = ({ channelStatus }: OrderState, what: string) =>
  `The order is ${channelStatus}, there is nothing to ${what}.`;

const attempts = [
  'placement',
  'handOff',
  'shipping',
  'commerceShipments',
  'completion',
  'cancelRequest',
  'cancellation',
] as const;

const retrying: Request<OperatorAction> = {
  objection: (state) =>
    mayHandOffAgain(state, 'rejected') || attempts.some((wait) => state.waits[wait] !== undefined)
      ? undefined
      : 'Nothing of this order waits for another attempt.',
  act: (state) => {
    for (const wait of attempts) delete state.waits[wait];
    if (!state.commerce) reconsider(state);
    if (mayHandOffAgain(state, 'rejected')) handOffAgain(state);
    return 'Tried again at once';
  },
};

const reconsidered: readonly AttentionReason[] = ['refused', 'accountProblem'];

/**
 * What was pinned was refused, or names what the settings no longer have: they decide again. The look-up over all
 * stores before every creation keeps it from making a second order.
 */
function reconsider(state: OrderState): void {
  const trouble = state.troubles?.placement;
  if (!hasAttention(state, 'numberTaken') && (!trouble || !reconsidered.includes(trouble))) return;
  state.reread = true;
}

const holding: Request<OperatorAction> = {
  objection: (state) => {
    if (state.held) return 'The order is held already.';
    return isOver(state) ? overSentence(state, 'hold') : undefined;
  },
  act: (state) => {
    state.held = true;
    return 'Held';
  },
};

const releasing: Request<OperatorAction> = {
  objection: ({ held }) => (held ? undefined : 'The order is not held.'),
  act: (state) => {
    state.held = false;
    return 'Released';
  },
};

const cancelling: Request<CancelOrderRequest> = {
  objection: (state, { reason }) => {
    const { delivery } = state;
    if (!isCancelReason(reason)) return `Amazon has no reason ${reason}.`;
    if (!delivery) return 'The order itself has not come yet.';
    if (isOver(state)) return overSentence(state, 'cancel');
    const { order } = delivery;
    if (order.fulfilledBy === 'AMAZON') return 'Amazon fulfils this order: cancel it in Seller Central.';
    if (isOnlyListed(state)) return 'The channel only lists this order: cancel it in Seller Central.';
    if (!isUntouched(order))
      return `Amazon says ${order.status}, and lets only UNSHIPPED orders be cancelled.`;
    if (state.parcels.some((parcel) => !isEmpty(parcel))) return 'A parcel has left already.';
    return state.cancelRequest?.stage === 'amazon' ? 'It is being cancelled at Amazon already.' : undefined;
  },
  act: (state, { reason }) => {
    state.cancelRequest = { by: 'operator', reason, stage: 'amazon' };
    resolve(state, 'cancellationRequested');
    return `To be cancelled at Amazon (${reason})`;
  },
};

const acknowledging: Request<AcknowledgeRequest> = {
  objection: (state, { reason }) => {
    if (!hasAttention(state, reason)) return `The order has no attention ${reason}.`;
    return isAcknowledgeable(reason) ? undefined : `${reason} goes away by itself, once its cause does.`;
  },
  act: (state, { reason }) => {
    resolve(state, reason);
    return `Acknowledged ${reason}`;
  },
};

const resending: Request<OperatorAction> = {
  objection: (state) => {
    if (isOver(state)) return overSentence(state, 'hand over');
    if (!state.delivery || !(state.handOff.erp ?? policyOf(state).erp)) return 'The order goes to no ERP.';
    if (hasAllLeft(state)) return 'All of it has left: enter it in the ERP by hand.';
    return mayHandOffAgain(state, 'rejected', 'cancelled', 'missed')
      ? undefined
      : `The ERP has the order, or gets it by itself (${state.handOff.stage}).`;
  },
  act: (state) => {
    handOffAgain(state);
    return isHandOffPaused(state)
      ? 'To be handed to the ERP again, once nothing holds the order'
      : 'Handed to the ERP again';
  },
};

const mayHandOffAgain = (state: OrderState, ...stages: readonly OrderState['handOff']['stage'][]) =>
  stages.includes(state.handOff.stage) && !isOver(state) && !hasAllLeft(state);

function handOffAgain(state: OrderState): void {
  const { erp, revision, stops } = state.handOff;
  state.handOff = {
    stage: 'open',
    revision: revision + 1,
    again: true,
    ...(erp !== undefined && { erp }),
    ...(stops !== undefined && { stops }),
  };
  resolve(state, 'erpRejected', 'notHandedOff');
}
