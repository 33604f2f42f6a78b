import { ActivityFailure, condition } from '@temporalio/workflow';
import { bringForward } from '../../domain/intake-plan';
import { pullOrderActivities } from '../proxies';
import type {
  IntakeState,
  OrdersChanged,
  PullOrderRequest,
  PullOrderResult,
  WiderAdmittance,
} from './contract';
import { admittanceOf, park } from './parked';
import { skuMapInput } from './sku-map';

/** So many are read one by one; of more, one list call brings a hundred. */
const mostHints = 30;
/** While a sweep is under way, it may be long before one brings them. */
const mostHintsInSweep = 1_000;
/** Amazon's lists end two minutes before they are asked. */
const listedAfterMs = 2 * 60_000;
const readAtOnce = 5;

/** A hint that was seen already costs nothing; one that comes while its order is read has it read again. */
export function takeHints(state: IntakeState, { amazonOrderIds }: OrdersChanged): void {
  state.hints = [...new Set([...state.hints, ...amazonOrderIds])];
  const most = state.lanes.fast.sweep ? mostHintsInSweep : mostHints;
  if (state.hints.length <= most) return;
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
    const look = admittanceOf(state, amazonOrderId);
    const input = { account, amazonOrderId, asOf: state.asOf, ...look, ...skuMapInput(state) };
    take(state, amazonOrderId, await pullOrder(account, amazonOrderId, input), look);
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
  const look = admittanceOf(state, amazonOrderId, { anyAge: true, beforeImportSince });
  const result = await pullOrder(account, amazonOrderId, {
    account,
    amazonOrderId,
    asOf: state.asOf,
    evenUnchanged: true,
    ...look,
    ...skuMapInput(state),
  });
  take(state, amazonOrderId, result, look);
  return result;
}

const pullOrder = (
  account: string,
  amazonOrderId: string,
  input: Parameters<ReturnType<typeof pullOrderActivities>['pullOrder']>[0],
): Promise<PullOrderResult> =>
  pullOrderActivities(account).pullOrder.executeWithOptions({ summary: `Read ${amazonOrderId} at Amazon` }, [
    input,
  ]);

function take(
  state: IntakeState,
  amazonOrderId: string,
  { kind, parked: isParked = false, reason = '' }: PullOrderResult,
  look: WiderAdmittance,
): void {
  if (kind === 'delivered') state.delivered += 1;
  if (kind === 'notFound') return;
  const seen = {
    parked: isParked ? [{ amazonOrderId, reason }] : [],
    settled: kind === 'ignored' ? [] : [amazonOrderId],
    passedOver: kind === 'ignored' && !isParked ? [amazonOrderId] : [],
  };
  park(state, seen, look);
}
