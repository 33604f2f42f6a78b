import { condition } from '@temporalio/workflow';
import { nextCall } from '../../domain/intake-plan';
import { callAmazon } from './calls';
import type { IntakeState, IntakeTimings } from './contract';
import { showStory } from './story';

/** One list call after the other, each when it is its turn; until `isOver`. */
export async function listOrders(
  account: string,
  state: IntakeState,
  timings: () => IntakeTimings,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    const plan = nextCall(state, Date.now());
    if ('lane' in plan) await callAmazon(account, plan.lane, timings(), state);
    showStory(account, state);
    if ('at' in plan) await sleepUntil(plan.at, () => isSooner(state, plan.at) || isOver());
  }
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
