import {
  ActivityFailure,
  condition,
  continueAsNew,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { LookForShipmentsInput, LookForShipmentsResult } from '../../activities/contracts/commerce';
import { paceAfter, usualPace } from '../../domain/watch-pace';
import { shipmentActivities } from '../proxies';
import {
  type LookNow,
  type ShipmentWatchInput,
  type ShipmentWatchState,
  shipmentWatchEverySignal,
  shipmentWatchLookNowSignal,
  shipmentWatchSnapshotQuery,
} from './contract';
import { scopeNames, showStory } from './story';

/** Orders that are shipped and only settle change rarely: looked at in every so many rounds. */
const settlingEvery = 10;
/** Of more, a round is cheaper. */
const mostHinted = 100;
/** Commerce may tell of a shipment before its transaction has ended, and seldom of one alone. */
const collectMs = 2_000;

/**
 * Finds shipments, tracking numbers and halted orders in one Commerce instance and signals them to their orders. It
 * keeps no memory of orders: whatever Commerce shows and an order has not seen is told again.
 */
export async function shipmentWatchWorkflow(input: ShipmentWatchInput): Promise<never> {
  const { commerce } = input;
  let { everyMs } = input;
  const state: ShipmentWatchState = {
    looks: 0,
    rounds: 0,
    waiting: 0,
    signalled: 0,
    pace: usualPace(everyMs),
    ...input.state,
  };
  setHandler(shipmentWatchSnapshotQuery, () => state);
  setHandler(shipmentWatchLookNowSignal, (hint) => takeHint(state, hint));
  setHandler(shipmentWatchEverySignal, (changed) => {
    if (changed === everyMs) return;
    everyMs = changed;
    state.pace = usualPace(everyMs);
    delete state.roundDueAt;
  });
  while (!workflowInfo().continueAsNewSuggested) {
    await look(nextLook(commerce, state), state, () => everyMs);
    showStory(state, everyMs);
    await pause(state, () => everyMs);
  }
  return continueAsNew<typeof shipmentWatchWorkflow>({ ...input, everyMs, state });
}

function takeHint(state: ShipmentWatchState, { orderIds }: LookNow): void {
  state.hinted = [...new Set([...(state.hinted ?? []), ...orderIds])];
  if (state.hinted.length <= mostHinted) return;
  state.hinted = [];
  delete state.roundDueAt;
}

/** A round when it is due, else what was hinted at, else what is new. */
function nextLook(commerce: string, state: ShipmentWatchState): LookForShipmentsInput {
  const { hinted = [], newestAt, after } = state;
  const news = newestAt === undefined ? {} : { newestAt };
  if (isRoundDue(state)) {
    const includeSettling = state.rounds % settlingEvery === 0;
    return { commerce, scope: 'all', includeSettling, ...news, ...(after !== undefined && { after }) };
  }
  delete state.hinted;
  if (hinted.length === 0) return { commerce, scope: 'recent', includeSettling: false, ...news };
  return { commerce, scope: 'hinted', includeSettling: true, orderIds: hinted };
}

const isRoundDue = ({ roundDueAt }: ShipmentWatchState): boolean =>
  roundDueAt === undefined || Date.parse(roundDueAt) <= Date.now();

async function look(
  input: LookForShipmentsInput,
  state: ShipmentWatchState,
  everyMs: () => number,
): Promise<void> {
  const startedAt = Date.now();
  const summary = `${scopeNames[input.scope]}${input.includeSettling ? ', settling ones too' : ''}`;
  state.looks += 1;
  try {
    const { lookForShipments } = shipmentActivities(input.commerce);
    const seen = await lookForShipments.executeWithOptions({ summary }, [input]);
    if (input.scope === 'all') keepMissed(state, seen, input);
    take(seen, state);
    const wholeRound = input.scope === 'all' && seen.after === undefined && !seen.trouble;
    const load = { ...seen, waiting: state.waiting, wholeRound, busy: false, ...seen.trouble };
    state.pace = paceAfter(everyMs(), state.pace, load);
    if (input.scope === 'all') keepPlace(state, seen);
    if (!wholeRound) return;
    state.rounds += 1;
    state.roundDueAt = new Date(startedAt + state.pace.roundMs).toISOString();
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = error.cause?.message ?? error.message;
  }
}

function take(seen: LookForShipmentsResult, state: ShipmentWatchState): void {
  state.signalled += seen.signalled;
  if (seen.waiting !== undefined) state.waiting = seen.waiting;
  if (seen.newestAt !== undefined) state.newestAt = seen.newestAt;
  delete state.problem;
  const problem = seen.trouble?.problem ?? seen.untold ?? state.missed;
  if (problem !== undefined) state.problem = problem;
  if (!seen.trouble) state.lastLookAt = new Date().toISOString();
}

/** What one look of a round has missed, no other look makes good before the next round. */
function keepMissed(
  state: ShipmentWatchState,
  { trouble, untold }: LookForShipmentsResult,
  { after }: LookForShipmentsInput,
): void {
  if (after === undefined) delete state.missed;
  const missed = trouble?.problem ?? untold;
  if (missed !== undefined) state.missed = missed;
}

function keepPlace(state: ShipmentWatchState, { after }: LookForShipmentsResult): void {
  delete state.after;
  if (after !== undefined) state.after = after;
}

/**
 * Hints cut it short, unless Commerce has asked for patience, or a round that is due has just failed: hints wait for that
 * round, so each of its attempts would come at once.
 */
async function pause(state: ShipmentWatchState, everyMs: () => number): Promise<void> {
  const { pauseMs } = state.pace;
  const before = everyMs();
  const takesHints = pauseMs <= before && (state.problem === undefined || !isRoundDue(state));
  const awake = () => everyMs() !== before || (takesHints && state.hinted !== undefined);
  if (await condition(awake, pauseMs, { summary: 'Until the next look' })) {
    await sleep(Math.min(collectMs, pauseMs), { summary: 'Until more hints have come' });
  }
}
