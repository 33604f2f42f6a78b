import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { AttentionReason } from '../../domain/attention';
import { type FailureType, isFailureType } from '../../domain/failures';
import type { OrderState, WaitName } from './contract';
import { forgetBuyerInTime } from './forgetting';
import { policyOf, raise, resolve } from './state';
import { inFuture, perform, until } from './waits';

type System = 'Amazon' | 'Commerce' | 'ERP';

export interface Attempt {
  readonly wait: Exclude<WaitName, 'settling' | 'confirmation'>;
  readonly system: System;
  /** Nothing is to be done any more, e.g. because the order was cancelled while it waited. */
  readonly abandoned?: () => boolean;
  /** Before the first repeats, where Temporal does not repeat by itself; nobody is told of these. */
  readonly firstWaitsMs?: readonly number[];
}

const unreachable = {
  Amazon: 'amazonUnreachable',
  Commerce: 'commerceUnreachable',
  ERP: 'erpUnreachable',
} as const satisfies Record<System, AttentionReason>;

const longestOutageWaitMs = 15 * 60_000;

/** What an order does about each failure that an activity gave up with: the reason that it shows, and the advice. */
const decisions: Readonly<Record<FailureType, { reason: AttentionReason | 'unreachable'; advice: string }>> =
  {
    Unreachable: { reason: 'unreachable', advice: 'It is tried again by itself.' },
    Throttled: { reason: 'unreachable', advice: 'It is tried again by itself.' },
    UnexpectedAnswer: { reason: 'unreachable', advice: 'It is tried again by itself; look at its log.' },
    AccessDenied: {
      reason: 'accountProblem',
      advice: 'Check the credentials and rights, then retry the order.',
    },
    NotConfigured: { reason: 'accountProblem', advice: 'Complete the settings, then retry the order.' },
    WritesOff: {
      reason: 'readOnly',
      advice: 'Once it may write, the order is tried again by itself; a retry does so at once.',
    },
    Refused: { reason: 'refused', advice: 'Put right what it names, then retry the order.' },
  };

/**
 * Runs `activity` until it succeeds, however long that takes: after each failure the order shows why, and tries
 * again after a growing wait or at the operator's word. Undefined if it was abandoned while it waited.
 */
export async function attempt<T>(
  state: OrderState,
  { wait, system, abandoned = () => false, firstWaitsMs = [] }: Attempt,
  activity: () => Promise<T>,
): Promise<T | undefined> {
  const settle = () => settleTrouble(state, wait);
  let failed = 0;
  for (; !abandoned(); failed += 1) {
    await waitForTurn(state, wait, abandoned);
    if (abandoned()) break;
    try {
      const result = await perform(activity);
      settle();
      return result;
    } catch (error) {
      if (!(error instanceof ActivityFailure)) throw error;
      const firstWaitMs = isPassing(error) ? firstWaitsMs[failed] : undefined;
      if (firstWaitMs !== undefined) {
        state.waits[wait] = inFuture(firstWaitMs);
        continue;
      }
      const reason = explain(state, { wait, system }, error);
      state.waits[wait] = reason === unreachable[system] ? soon(state, failed) : nextTry(state, failed);
    }
  }
  settle();
  // What is next does not wait for it.
  if (failed > 0) delete state.waits[wait];
  return undefined;
}

/** Temporal would try it again by itself. */
const isPassing = ({ cause }: ActivityFailure): boolean =>
  cause instanceof ApplicationFailure && cause.nonRetryable !== true;

/** When the `failed`-th failure, counted from 0, is followed by the next attempt. */
export const nextTry = (state: OrderState, failed: number): string => inFuture(waitMs(state, failed));

/** A vendor that is away comes back by itself, and Amazon counts the time that a confirmation waits. */
const soon = (state: OrderState, failed: number): string =>
  inFuture(Math.min(waitMs(state, failed), longestOutageWaitMs));

function waitMs(state: OrderState, failed: number): number {
  const { retryBlockedMs } = policyOf(state);
  return retryBlockedMs[Math.min(failed, retryBlockedMs.length - 1)] ?? 0;
}

/** Until the time of the next attempt; the operator's retry takes that time away. */
export async function waitForTurn(
  state: OrderState,
  wait: WaitName,
  abandoned: () => boolean = () => false,
): Promise<void> {
  const at = state.waits[wait];
  if (at === undefined) return;
  forgetBuyerInTime(state);
  await until(() => state.waits[wait] === undefined || abandoned(), at, 'Waits for the next attempt');
  delete state.waits[wait];
}

/** Another wait can have the same trouble, and its own word about it stands. */
function settleTrouble(state: OrderState, wait: WaitName): void {
  const { [wait]: mine, ...others } = state.troubles ?? {};
  if (mine === undefined) return;
  state.troubles = others;
  if (!Object.values(others).includes(mine)) resolve(state, mine);
}

function explain(
  state: OrderState,
  { wait, system }: Pick<Attempt, 'wait' | 'system'>,
  failure: ActivityFailure,
): AttentionReason {
  const { cause } = failure;
  const type = cause instanceof ApplicationFailure ? cause.type : undefined;
  // Anything else is a bug of ours or a time-out of the engine; the order keeps going and shows it all the same.
  const decision = isFailureType(type) ? decisions[type] : decisions.Unreachable;
  const reason = decision.reason === 'unreachable' ? unreachable[system] : decision.reason;
  if (state.troubles?.[wait] !== reason) settleTrouble(state, wait);
  state.troubles = { ...state.troubles, [wait]: reason };
  raise(state, reason, `${sentence(cause?.message ?? failure.message)} ${decision.advice}`);
  return reason;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
