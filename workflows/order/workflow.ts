import { CancellationScope, continueAsNew } from '@temporalio/workflow';
import { isAcknowledgeable } from '../../domain/attention';
import { isFinal } from '../../domain/order';
import { confirmationMs, isEmpty } from '../../domain/parcel';
import { createBoard } from './board';
import { cancelRequests } from './cancel-request';
import { cancellation } from './cancellation';
import { hasToShow, showing } from './commerce-shipments';
import { completion, invoiceOnImport } from './completion';
import type { AmazonOrderInput, OrderOutcome, OrderState } from './contract';
import { deadline } from './deadline';

import { handOff } from './hand-off';
import { holdWhenCancelled, listen } from './messages';
import { placement, verification } from './placement';
import { settling } from './settling';
import { confirmMeanwhile, isShipped, shipping } from './shipping';
import {
  followAmazonStatus,
  isOnlyListed,
  isOrderCancelled,
  newOrderState,
  orderOf,
  policyOf,
  raise,
} from './state';
import { giveBack, unitsOf } from './stock';
import { allQuiet, ContinueAsNewDue, until } from './waits';

/**
 * One Amazon order from first sight to settled. It ends because Amazon's order does, shipped or cancelled; neither
 * a vendor that is down nor a cancellation request of the engine ends it.
 */
export async function amazonOrderWorkflow(input: AmazonOrderInput): Promise<OrderOutcome> {
  const state = input.state ?? newOrderState(input);
  listen(state);
  holdWhenCancelled(state);
  if (input.resumed) warnOfRestart(state, input);
  const board = createBoard(state);
  return CancellationScope.nonCancellable(async () => {
    void board.keepPublished();
    try {
      await carry(state);
    } catch (error) {
      if (!(error instanceof ContinueAsNewDue)) throw error;
      await allQuiet();
      const { account, amazonOrderId } = input;
      return continueAsNew<typeof amazonOrderWorkflow>({ account, amazonOrderId, state });
    }
    board.publish();
    return outcomeOf(state);
  });
}

/** The whole life. Every phase starts from the state, so that a run that continues as new passes what is done. */
async function carry(state: OrderState): Promise<void> {
  await verification(state);
  state.onlyListed ??= isOnlyListed(state);
  if (state.onlyListed) await list(state);
  else await process(state);
  // What stands in the way of an attempt is over with the last one.
  if (state.waits.settling === undefined) {
    state.attention = state.attention.filter(({ reason }) => isAcknowledgeable(reason));
  }
  await settling(state);
}

/** Nothing is created for it: its status follows Amazon's. */
async function list(state: OrderState): Promise<void> {
  await giveBack(state, unitsOf(state), { wait: 'placement' });
  await until(() => isFinal(orderOf(state)));
  followAmazonStatus(state);
  state.completed = true;
}

/** The deadline and what the buyer asks for run beside everything, blocked and held orders included. */
async function process(state: OrderState): Promise<void> {
  await Promise.all([deadline(state), cancelRequests(state), life(state)]);
}

async function life(state: OrderState): Promise<void> {
  await Promise.all([placement(state), confirmMeanwhile(state)]);
  if (state.recorded) state.handOff = { ...state.handOff, stage: 'none' };
  else if (!isOrderCancelled(state)) await fulfil(state);

  if (isOrderCancelled(state)) await cancellation(state);
  else await completion(state);
}

/** Until all has left, Amazon shows it and so does Commerce. Neither of them holds up another, nor the hand-off. */
async function fulfil(state: OrderState): Promise<void> {
  if (state.completed) return;
  const shipped = () => isShipped(state);
  const ended = () => isOrderCancelled(state) || (shipped() && !hasToShow(state));
  const open = new Set(['hand-off', 'Commerce']);
  const finish = (work: string) => () => open.delete(work);
  // A correction that comes while these end is told to Amazon, or they would wait for it for ever.
  await Promise.all([
    shipping(state, () => ended() && open.size === 0),
    inCommerce(state, () => ended() && !open.has('hand-off')).then(finish('Commerce')),
    handOff(state, shipped).then(finish('hand-off')),
  ]);
}

/** One document after the other. */
async function inCommerce(state: OrderState, ended: () => boolean): Promise<void> {
  if (policyOf(state).invoice === 'onImport') await invoiceOnImport(state);
  await showing(state, ended);
}

function warnOfRestart(state: OrderState, input: AmazonOrderInput): void {
  if (!input.state) state.stockForgotten = true;
  delete state.handOff.underWay;
  raise(
    state,
    'restarted',
    'The order’s workflow was ended by hand and has been started again: what Commerce and the ERP have was kept.',
  );
}

function outcomeOf({ channelStatus, commerce, parcels }: OrderState): OrderOutcome {
  const confirmedAfterMs = confirmationMs(parcels);
  return {
    channelStatus,
    ...(commerce && { commerceOrderNumber: commerce.number }),
    parcels: parcels.filter((parcel) => !isEmpty(parcel)).length,
    ...(confirmedAfterMs !== undefined && { confirmedAfterMs }),
  };
}
