import { withoutQuotes } from '../../domain/quotes';
import type { ErpOrderChange, OrderState } from './contract';
import { addNote, isOrderCancelled, isOver, raise, raiseAlso, resolve } from './state';

const eventsKept = 20;

/** Takes what the ERP decided, as often as it says so. */
export function takeErpChange(state: OrderState, change: ErpOrderChange): void {
  if (state.erpEvents.includes(change.eventId)) return;
  state.erpEvents = [...state.erpEvents, change.eventId].slice(-eventsKept);
  const { stage } = state.handOff;
  if (stage === 'none') return;
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
      stoppedByErp(state);
      return;
    case 'cancelRefused':
      stopRefusedByErp(state, change.message);
      return;
  }
}

export function acceptedByErp(state: OrderState, erpOrderNumber: string): void {
  const erp = state.handOff.erp ?? state.delivery?.policy.erp;
  const wasMissed = state.handOff.stage === 'missed';
  state.handOff = { ...state.handOff, stage: 'accepted', erpOrderNumber, ...(erp !== undefined && { erp }) };
  resolve(state, 'erpRejected', 'erpUnreachable', 'notHandedOff');
  addNote(state, `ERP order ${erpOrderNumber} accepted.`);
  if (!wasMissed) return;
  raise(
    state,
    'notHandedOff',
    'The ERP has the whole order, of which a parcel had left before: see that it does not ship that again.',
  );
}

export function rejectedByErp(state: OrderState, { code, message }: { code: string; message: string }): void {
  state.handOff = { ...state.handOff, stage: 'rejected' };
  lacking(
    state,
    `The ERP rejects the order (${quoting(state, code)}): ${quoting(state, message)}.`,
    'Put it right there, then retry the order.',
  );
}

/** Asked to, or by itself. */
export function stoppedByErp(state: OrderState): void {
  const { stopAsked: _, ...handOff } = state.handOff;
  state.handOff = { ...handOff, stage: 'cancelled' };
  lacking(
    state,
    'The ERP has cancelled the order.',
    'Amazon still waits for it: hand it to the ERP again, or cancel it.',
  );
}

/** An order that is cancelled, or is to be, is not missed in the ERP. */
function lacking(state: OrderState, what: string, advice: string): void {
  if (state.cancelRequest || isOrderCancelled(state)) addNote(state, what);
  else if (isOver(state)) raise(state, 'erpRejected', `${what} It is shipped: put it right there by hand.`);
  else raise(state, 'erpRejected', `${what} ${advice}`);
}

/** What the buyer asked for is then not done, which his request notes. */
function stopRefusedByErp(state: OrderState, message: string): void {
  delete state.handOff.stopAsked;
  if (isOrderCancelled(state)) {
    raiseAlso(
      state,
      'cancellationIncomplete',
      `The ERP does not cancel the order: ${quoting(state, message)}`,
    );
  } else {
    state.handOff = { ...state.handOff, stopRefused: quoting(state, message) };
  }
}

/** The ERP's words, which outlive what is known of the buyer; once that is dropped, nobody can tell what they quote. */
export const quoting = ({ delivery, buyerForgotten }: OrderState, words: string): string =>
  delivery && !buyerForgotten ? withoutQuotes(words, delivery.order) : '(read its words there)';
