import type { LookForShipmentsInput, LookForShipmentsResult } from '../../activities/contracts/commerce';
import * as shipments from '../../workflows/shipments/contract';
import { commerceTaskQueue } from '../../workflows/task-queues';
import { answering, ownName, startWatch } from './watch';

type Look = () => Promise<LookForShipmentsResult>;

export const seen =
  (waiting: number, signalled: number, more: Partial<LookForShipmentsResult> = {}): Look =>
  async () => ({ waiting, signalled, tookMs: 1, ...more });

export interface ShipmentWatchOptions {
  commerce?: string;
  everyMs?: number;
  state?: Partial<shipments.ShipmentWatchState>;
}

/** A watch whose looks see this, and then nothing. */
export async function openShipmentWatch(looks: readonly Look[], options: ShipmentWatchOptions = {}) {
  const { commerce = ownName(), everyMs = 50, state } = options;
  const lookForShipments = answering<LookForShipmentsInput, LookForShipmentsResult>(seen(0, 0), ...looks);
  const input: Omit<shipments.ShipmentWatchInput, 'state'> = { commerce, everyMs };
  const watch = await startWatch({
    type: shipments.shipmentWatchWorkflowType,
    workflowId: shipments.shipmentWatchWorkflowId(commerce),
    taskQueue: commerce,
    input: { ...input, ...(state && { state }) },
    activities: { lookForShipments: lookForShipments.activity },
    activityQueues: [commerceTaskQueue(commerce)],
    snapshot: shipments.shipmentWatchSnapshotQuery,
  });
  return {
    ...watch,
    commerce,
    lookForShipments,
    /** The state once so many looks have been answered. */
    looked: async (times: number) => {
      await lookForShipments.called(times + 1);
      return watch.snapshot();
    },
  };
}
