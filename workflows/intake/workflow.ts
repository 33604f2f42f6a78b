import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  upsertMemo,
  workflowInfo,
} from '@temporalio/workflow';
import { nextCall } from '../../domain/intake-plan';
import { callAmazon } from './calls';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
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
  /** Counts what makes the plan outdated. */
  let changes = 0;
  const changing =
    <Args extends readonly unknown[], Result>(act: (...args: Args) => Result) =>
    (...args: Args): Result => {
      changes += 1;
      return act(...args);
    };
  setHandler(intakeSnapshotQuery, () => state);
  setHandler(
    intakeTimingsSignal,
    changing((changed) => {
      timings = changed;
    }),
  );
  setHandler(
    ordersChangedSignal,
    changing((changed) => takeHints(state, changed)),
  );
  setHandler(pullOrderUpdate, (request) => pull(account, request, state));
  setHandler(
    startBackfillUpdate,
    changing((request) => backfill(state, request)),
    {
      validator: (request) => validateBackfill(state, request),
    },
  );
  setHandler(
    reconcileNowUpdate,
    changing((request) => reconcile(state, request)),
    {
      validator: (request) => validateReconcile(state, request),
    },
  );
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
      const seen = changes;
      if ('at' in plan) await sleepUntil(plan.at, () => changes !== seen || ending());
    }
  };
  await Promise.all([listing(), readHinted(account, state, ending)]);
  await condition(allHandlersFinished);
  return continueAsNew<typeof orderIntakeWorkflow>({ ...input, timings, state });
}

async function sleepUntil(at: number, awake: () => boolean): Promise<void> {
  const leftMs = Math.max(1, at - Date.now());
  if (Number.isFinite(leftMs)) await condition(awake, leftMs, { summary: 'Until the next call to Amazon' });
  else await condition(awake);
}
