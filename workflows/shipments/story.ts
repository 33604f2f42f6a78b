import { setCurrentDetails } from '@temporalio/workflow';
import type { LookForShipmentsInput } from '../../activities/contracts/commerce';
import type { ShipmentWatchState } from './contract';

export const scopeNames: Readonly<Record<LookForShipmentsInput['scope'], string>> = {
  all: 'Look at all waiting orders',
  recent: 'Look for new shipments',
  hinted: 'Look at the orders that were hinted at',
};

/** What the Temporal Web UI says of the watch. */
export function showStory(state: ShipmentWatchState, everyMs: number): void {
  const { waiting, lastLookAt, looks, signalled, problem } = state;
  const { pauseMs, roundMs } = state.pace;
  const patience = pauseMs > everyMs ? `, until Commerce answers again; usually ${inWords(everyMs)}` : '';
  const load = roundMs > everyMs ? ', because of their number or the time that it takes' : '';
  setCurrentDetails(
    [
      problem === undefined ? 'Looks for shipments.' : `**The last look failed:** ${problem}`,
      '',
      `- orders waiting for a shipment: ${waiting}`,
      `- last good look: ${lastLookAt ?? 'none yet'} (${looks} in all)`,
      `- from one look to the next: ${inWords(pauseMs)}${patience}`,
      `- all waiting orders: every ${inWords(roundMs)}${load}`,
      `- signals to orders: ${signalled}`,
    ].join('\n'),
  );
}

const inWords = (ms: number): string => (ms < 120_000 ? `${ms / 1_000} s` : `${Math.round(ms / 60_000)} min`);
