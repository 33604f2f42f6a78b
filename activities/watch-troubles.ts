import type { Client } from '@temporalio/client';
import type { AccountConfig, CommerceConfig } from '../config/config';
import {
  type ShipmentWatchState,
  shipmentWatchSnapshotQuery,
  shipmentWatchWorkflowId,
} from '../workflows/shipments/contract';
import { type SilentSince, snapshotOf, type Troubles } from './snapshot';

type Shop = Pick<CommerceConfig, 'name' | 'shipmentsEveryMs'>;

export interface WatchedShops {
  readonly shops: readonly Shop[];
  readonly accounts: readonly Pick<AccountConfig, 'name' | 'marketplaces'>[];
}

/** A look may take so long, and be as good as any other. */
const longestLookMs = 10 * 60_000;

/** The watches that find no shipments, for each account whose orders wait for them, and since when that is so. */
export async function watchTroubles(
  client: Client,
  { shops, accounts }: WatchedShops,
  silentBefore: SilentSince,
): Promise<Troubles> {
  const now = new Date().toISOString();
  const silent = await Promise.all(
    shops.map(async (shop) => {
      const workflowId = shipmentWatchWorkflowId(shop.name);
      const problem = problemOf(shop, await snapshotOf(client, workflowId, shipmentWatchSnapshotQuery));
      if (problem === undefined) return [];
      return [{ commerce: shop.name, workflowId, problem, since: silentBefore[workflowId] ?? now }];
    }),
  );
  const troubles = silent.flat().flatMap(({ commerce, problem, since }) =>
    accounts
      .filter(({ marketplaces }) => marketplaces.some(({ policy }) => policy.commerce === commerce))
      .map(({ name: account }) => ({
        account,
        commerce,
        reason: 'watchSilent',
        note: `Shipments may be missed since ${since}. ${problem}`,
        since,
      })),
  );
  return {
    troubles,
    silentSince: Object.fromEntries(silent.flat().map(({ workflowId, since }) => [workflowId, since])),
  };
}

/** Why shipments are not found; undefined where they are. */
function problemOf(
  { name, shipmentsEveryMs }: Shop,
  state: ShipmentWatchState | undefined,
): string | undefined {
  const watch = `The shipment watch of Commerce ${name}`;
  if (!state) return `${watch} does not run or does not answer.`;
  const { problem, lastLookAt } = state;
  if (problem !== undefined) return problem;
  if (lastLookAt === undefined) return `${watch} has not looked yet.`;
  const isLate = Date.now() - Date.parse(lastLookAt) > shipmentsEveryMs + longestLookMs;
  return isLate ? `${watch} has not looked since ${lastLookAt}.` : undefined;
}
