import { ActivityFailure, condition } from '@temporalio/workflow';
import { bringForward } from '../../domain/intake-plan';
import { getOrderActivities } from '../proxies';
import type { IntakeState, OrdersChanged, PullOrderRequest, PullOrderResult } from './contract';
import { park } from './parked';

/** So many are read one by one; of more, one list call brings a hundred. */
const mostHints = 30;
/** Amazon's lists end two minutes before they are asked. */
const listedAfterMs = 2 * 60_000;
const readAtOnce = 5;

/** A hint that was seen already costs nothing; one that comes while its order is read has it read again. */
export function takeHints(state: IntakeState, { amazonOrderIds }: OrdersChanged): void {
  state.hints = [...new Set([...state.hints, ...amazonOrderIds])];
  if (state.hints.length <= mostHints) return;
  state.hints = [];
  bringForward(state, 'fast', Date.now() + listedAfterMs);
}

/** Reads the orders that were hinted at, a few at the same time, within the queue's rate; until `ending`. */
export async function readHinted(account: string, state: IntakeState, ending: () => boolean): Promise<void> {
  const reader = async () => {
    for (;;) {
      await condition(() => state.hints.length > 0 || ending());
      const [amazonOrderId, ...rest] = state.hints;
      if (ending() || amazonOrderId === undefined) return;
      state.hints = rest;
      await readOne(account, amazonOrderId, state);
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, reader));
}

/** A hint is never the only way: what cannot be read now, a sweep brings. */
async function readOne(account: string, amazonOrderId: string, state: IntakeState): Promise<void> {
  try {
    const input = { account, amazonOrderId, asOf: state.cursor };
    take(state, amazonOrderId, await pullOrder(account, amazonOrderId, input));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
  }
}

/** Somebody wants this very order, whatever its age. */
export async function pull(
  account: string,
  { amazonOrderId, beforeImportSince = false }: PullOrderRequest,
  state: IntakeState,
): Promise<PullOrderResult> {
  const result = await pullOrder(account, amazonOrderId, {
    account,
    amazonOrderId,
    asOf: state.cursor,
    anyAge: true,
    evenUnchanged: true,
    ...(beforeImportSince && { beforeImportSince }),
  });
  take(state, amazonOrderId, result);
  return result;
}

const pullOrder = (
  account: string,
  amazonOrderId: string,
  input: Parameters<ReturnType<typeof getOrderActivities>['pullOrder']>[0],
): Promise<PullOrderResult> =>
  getOrderActivities(account).pullOrder.executeWithOptions({ summary: `Read ${amazonOrderId} at Amazon` }, [
    input,
  ]);

function take(
  state: IntakeState,
  amazonOrderId: string,
  { kind, parked, reason = '' }: PullOrderResult,
): void {
  if (kind === 'delivered') state.delivered += 1;
  if (parked) park(state, { parked: [{ amazonOrderId, reason }], released: [] });
  else if (kind !== 'notFound') park(state, { parked: [], released: [amazonOrderId] });
}
