import { setCurrentDetails } from '@temporalio/workflow';
import type { IntakeState } from './contract';

/** What the Temporal Web UI says of the intake. */
export function showStory(account: string, state: IntakeState): void {
  const { cursor, bucket, parked, sweeps, delivered, lastSweepAt, problem } = state;
  setCurrentDetails(
    [
      problem === undefined
        ? `Lists the orders of account **${account}** at Amazon.`
        : `**The last sweep of account ${account} failed:** ${problem}`,
      '',
      `- delivered up to (Amazon’s time): ${cursor}`,
      `- last good sweep: ${lastSweepAt ?? 'none yet'} (${sweeps} in all)`,
      `- orders signalled: ${delivered}`,
      `- calls left: ${Math.floor(bucket.tokens)} of ${bucket.burst}, ${bucket.ratePerSecond} come back per second`,
      `- parked: ${parked.length}`,
      ...parked.map(
        ({ amazonOrderId, reason }) => `  - ${amazonOrderId ?? 'an order without an id'}: ${reason}`,
      ),
    ].join('\n'),
  );
}
