import { allHandlersFinished, makeContinueAsNewFunc, setHandler, workflowInfo } from '@temporalio/workflow';
import { bringToTimings } from '../../domain/intake-plan';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  type IntakeState,
  intakeSnapshotQuery,
  intakeTimingsSignal,
  mapSkusUpdate,
  type OrderIntakeInput,
  ordersChangedSignal,
  type PullOrderRequest,
  pullOrderUpdate,
  reconcileNowUpdate,
  startBackfillUpdate,
} from './contract';
import { pull, readHinted, takeHints } from './hints';
import { listOrders } from './listing';
import { backfill, confirm, reconcile, validateBackfill, validateReconcile } from './requests';
import { mapSkus, validateMapping } from './sku-map';
import { newState } from './state';
import { showStory } from './story';

/**
 * The only one that lists an account's orders at Amazon: one call at a time, which one and when says
 * `domain/intake-plan.ts`. Beside it, single orders are read at hints. Never ends; continues as new with all its state.
 */
export async function orderIntakeWorkflow(input: OrderIntakeInput): Promise<never> {
  const { account } = input;
  let { timings } = input;
  const state = input.state ?? newState(input);
  const ending = () => workflowInfo().continueAsNewSuggested;
  setHandler(intakeSnapshotQuery, () => state);
  setHandler(intakeTimingsSignal, (changed) => {
    timings = changed;
    bringToTimings(state, changed);
  });
  setHandler(ordersChangedSignal, (hints) => takeHints(state, hints));
  setHandler(pullOrderUpdate, (request) => pull(account, request, state), {
    validator: (_: PullOrderRequest) => {
      if (ending()) throw new Error('The intake is about to begin a new run: try again in a moment.');
    },
  });
  setHandler(startBackfillUpdate, (request) => backfill(state, request), {
    validator: (request) => validateBackfill(state, request),
  });
  setHandler(reconcileNowUpdate, (request) => reconcile(state, request), {
    validator: (request) => validateReconcile(state, request),
  });
  setHandler(mapSkusUpdate, (request) => mapSkus(state, request), {
    validator: (request) => validateMapping(state, request),
  });
  setHandler(confirmSurroundingsUpdate, (confirmation) => confirm(state, confirmation));
  showStory(account, state);

  let isReading = true;
  const reading = async () => {
    await readHinted(account, state, ending);
    isReading = false;
  };
  // Lists go on until nothing else is under way, for a single read may wait long in its queue.
  const isOver = () => ending() && !isReading && allHandlersFinished();
  await Promise.all([reading(), listOrders(account, state, () => timings, isOver)]);
  return beginNewRun({ ...input, timings, state });
}

/** What a run writes into its memo does not outlive it, hence the memo of the new one. */
function beginNewRun(input: OrderIntakeInput & { readonly state: IntakeState }): Promise<never> {
  const { confirmed } = input.state;
  return makeContinueAsNewFunc<typeof orderIntakeWorkflow>({
    ...(confirmed && { memo: { [confirmedSurroundingsKey]: confirmed } }),
  })(input);
}
