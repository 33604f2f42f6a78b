import { CancellationScope, continueAsNew } from '@temporalio/workflow';
import { isFinal } from '../../domain/order';
import { describeUnits } from '../../domain/stock';
import { createBoard } from './board';
import type { AmazonOrderInput, OrderOutcome, OrderState } from './contract';
import { deadline } from './deadline';
import { cancellation, completion, invoiceOnImport, settling } from './ending';
import { handOff } from './hand-off';
import { holdWhenCancelled, listen } from './messages';
import { placement, verification } from './placement';
import { isShipped, shipping } from './shipping';
import {
  followAmazonStatus,
  isOnlyListed,
  isOrderCancelled,
  newOrderState,
  orderOf,
  policyOf,
  raise,
} from './state';
import { allocationOf, giveBack, unitsOf } from './stock';
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
  await settling(state);
}

/** Nothing is created for it: its status follows Amazon's. */
async function list(state: OrderState): Promise<void> {
  await giveBack(state, unitsOf(state), { wait: 'placement' });
  await until(() => isFinal(orderOf(state)));
  followAmazonStatus(state);
  state.completed = true;
}

/** The deadline runs beside everything, blocked and held orders included. */
async function process(state: OrderState): Promise<void> {
  await Promise.all([deadline(state), life(state)]);
}

async function life(state: OrderState): Promise<void> {
  await placement(state);
  if (state.recorded) record(state);
  else if (!isOrderCancelled(state)) await fulfil(state);

  if (isOrderCancelled(state)) await cancellation(state);
  else await completion(state);
}

/** Hand-off runs beside shipping, so that it never delays a parcel. */
async function fulfil(state: OrderState): Promise<void> {
  const shipped = () => isShipped(state);
  if (policyOf(state).invoice === 'onImport') await invoiceOnImport(state);
  await Promise.all([shipping(state), handOff(state, shipped)]);
}

/** Commerce took it as complete, because Amazon had shipped it before we saw it. */
function record(state: OrderState): void {
  state.handOff = { ...state.handOff, stage: 'none' };
  if (state.completed || orderOf(state).fulfilledBy === 'AMAZON') return;
  const units = describeUnits(unitsOf(state));
  raise(
    state,
    'stockCheck',
    units === ''
      ? 'The order had left before the channel saw it, so Commerce took no stock for it: check the stock of its SKUs.'
      : `The order left before its Commerce order was made, so nothing takes ${units} off source ${allocationOf(state)}: correct that by hand.`,
  );
}

function warnOfRestart(state: OrderState, input: AmazonOrderInput): void {
  if (!input.state) state.stockForgotten = true;
  raise(
    state,
    'restarted',
    'The order’s workflow was ended by hand and has been started again: what Commerce and the ERP have was kept.',
  );
}

const outcomeOf = ({ channelStatus, commerce, parcels }: OrderState): OrderOutcome => ({
  channelStatus,
  ...(commerce && { commerceOrderNumber: commerce.number }),
  parcels: parcels.length,
});
