import {
  ActivityFailure,
  continueAsNew,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { shipmentActivities } from '../proxies';
import {
  type ShipmentWatchInput,
  type ShipmentWatchState,
  shipmentWatchEverySignal,
  shipmentWatchSnapshotQuery,
} from './contract';

/** Orders that are shipped and only settle change rarely: looked at in every so many looks. */
const settlingEvery = 10;

/**
 * Finds shipments and tracking numbers in one Commerce instance and signals them to their orders. It keeps no memory
 * of orders: whatever Commerce shows and an order has not seen is told again.
 */
export async function shipmentWatchWorkflow(input: ShipmentWatchInput): Promise<never> {
  const { commerce } = input;
  let { everyMs } = input;
  const state: ShipmentWatchState = input.state ?? { looks: 0, waiting: 0, signalled: 0 };
  setHandler(shipmentWatchSnapshotQuery, () => state);
  setHandler(shipmentWatchEverySignal, (changed) => {
    everyMs = changed;
  });
  while (!workflowInfo().continueAsNewSuggested) {
    await look(commerce, state);
    setCurrentDetails(describe(state));
    await sleep(everyMs, { summary: 'Until the next look' });
  }
  return continueAsNew<typeof shipmentWatchWorkflow>({ ...input, everyMs, state });
}

async function look(commerce: string, state: ShipmentWatchState): Promise<void> {
  const includeSettling = state.looks % settlingEvery === 0;
  state.looks += 1;
  try {
    const { waiting, signalled } = await shipmentActivities(commerce).lookForShipments.executeWithOptions(
      { summary: includeSettling ? 'Look for shipments, settling orders too' : 'Look for shipments' },
      [{ commerce, includeSettling }],
    );
    state.waiting = waiting;
    state.signalled += signalled;
    state.lastLookAt = new Date().toISOString();
    delete state.problem;
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    state.problem = error.cause?.message ?? error.message;
  }
}

function describe({ looks, waiting, signalled, lastLookAt, problem }: ShipmentWatchState): string {
  return [
    problem === undefined ? 'Looks for shipments.' : `**The last look failed:** ${problem}`,
    '',
    `- orders waiting for a shipment: ${waiting}`,
    `- last good look: ${lastLookAt ?? 'none yet'} (${looks} in all)`,
    `- parcels signalled: ${signalled}`,
  ].join('\n');
}
