import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { bringToTimings, nextCall } from '../../domain/intake-plan';
import { callAmazon } from './calls';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  type IntakeState,
  intakeSnapshotQuery,
  intakeTimingsSignal,
  type OrderIntakeInput,
  ordersChangedSignal,
  pullOrderUpdate,
  reconcileNowUpdate,
  startBackfillUpdate,
} from './contract';
import { pull, readHinted, takeHints } from './hints';
import { backfill, confirm, reconcile, validateBackfill, validateReconcile } from './requests';
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
  setHandler(intakeSnapshotQuery, () => state);
  setHandler(intakeTimingsSignal, (changed) => {
    timings = changed;
    bringToTimings(state, changed);
  });
  setHandler(ordersChangedSignal, (hints) => takeHints(state, hints));
  setHandler(pullOrderUpdate, (request) => pull(account, request, state));
  setHandler(startBackfillUpdate, (request) => backfill(state, request), {
    validator: (request) => validateBackfill(state, request),
  });
  setHandler(reconcileNowUpdate, (request) => reconcile(state, request), {
    validator: (request) => validateReconcile(state, request),
  });
  setHandler(confirmSurroundingsUpdate, (confirmation) => confirm(state, confirmation));
  // What a run writes into its memo does not outlive its continuing as new.
  if (input.state?.confirmed) upsertMemo({ [confirmedSurroundingsKey]: input.state.confirmed });
  showStory(account, state);

  const ending = () => workflowInfo().continueAsNewSuggested;
  const listing = async () => {
    while (!ending()) {
      const plan = nextCall(state, Date.now());
      if ('lane' in plan) await callAmazon(account, plan.lane, timings, state);
      showStory(account, state);
      if ('at' in plan) await sleepUntil(plan.at, () => isSooner(state, plan.at) || ending());
    }
  };
  await Promise.all([listing(), readHinted(account, state, ending)]);
  await condition(allHandlersFinished);
  return continueAsNew<typeof orderIntakeWorkflow>({ ...input, timings, state });
}

/** Somebody's wish, or a hint, has changed the plan. */
function isSooner(state: IntakeState, at: number): boolean {
  const plan = nextCall(state, Date.now());
  return 'lane' in plan || plan.at < at;
}

async function sleepUntil(at: number, awake: () => boolean): Promise<void> {
  const leftMs = Math.max(1, at - Date.now());
  if (Number.isFinite(leftMs)) await condition(awake, leftMs, { summary: 'Until the next call to Amazon' });
  else await condition(awake);
}
