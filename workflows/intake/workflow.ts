import {
  allHandlersFinished,
  condition,
  continueAsNew,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { fullBucket, usagePlans, waitForToken } from '../../domain/quota';
import { getOrderActivities } from '../proxies';
import {
  type IntakeState,
  intakeSnapshotQuery,
  intakeTimingsSignal,
  type OrderIntakeInput,
  type PullOrderResult,
  pullOrderUpdate,
} from './contract';
import { park } from './parked';
import { showStory } from './story';
import { sweep } from './sweep';

/**
 * The only one that lists an account's orders at Amazon: sweeps by the time of their last change, within Amazon's
 * quota. Never ends; continues as new with its cursor and its bucket.
 */
export async function orderIntakeWorkflow(input: OrderIntakeInput): Promise<never> {
  const { account } = input;
  let { timings } = input;
  const state = input.state ?? newState(input);
  setHandler(intakeSnapshotQuery, () => state);
  setHandler(intakeTimingsSignal, (changed) => {
    timings = changed;
  });
  setHandler(pullOrderUpdate, ({ amazonOrderId }) => pull(account, amazonOrderId, state));
  showStory(account, state);

  while (!workflowInfo().continueAsNewSuggested) {
    const startedAt = Date.now();
    await sweep(account, timings, state);
    showStory(account, state);
    await sleep(pause(state, startedAt + timings.sweepEveryMs), { summary: 'Until the next sweep' });
  }
  await condition(allHandlersFinished);
  return continueAsNew<typeof orderIntakeWorkflow>({ ...input, timings, state });
}

function newState({ since }: OrderIntakeInput): IntakeState {
  return {
    cursor: since,
    bucket: fullBucket(usagePlans.searchOrders, Date.now()),
    parked: [],
    sweeps: 0,
    delivered: 0,
  };
}

/** Until the next sweep is due and Amazon's quota allows its first call. */
function pause({ bucket }: IntakeState, dueAt: number): number {
  const now = Date.now();
  return Math.max(1, dueAt - now, waitForToken(bucket, now));
}

async function pull(account: string, amazonOrderId: string, state: IntakeState): Promise<PullOrderResult> {
  const result = await getOrderActivities(account).pullOrder.executeWithOptions(
    { summary: `Read ${amazonOrderId} at Amazon` },
    [{ account, amazonOrderId }],
  );
  const { kind, parked, reason = '' } = result;
  if (parked) state.parked = park(state.parked, { parked: [{ amazonOrderId, reason }], released: [] });
  else if (kind !== 'notFound') {
    state.parked = park(state.parked, { parked: [], released: [amazonOrderId] });
  }
  return result;
}
