import { condition, defineQuery, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import { orderSnapshotQuery, type ParcelReport, parcelShippedSignal } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';

export interface WaitingOrderInput {
  /** As its workflow knows them of an order that another tool has made. */
  readonly itemIds: Readonly<Record<string, number>>;
}

export const reportsQuery = defineQuery<ParcelReport[]>('reports');
const snapshotQuery = defineQuery<{ commerce: { itemIds: Readonly<Record<string, number>> } }>(
  orderSnapshotQuery.name,
);

/** Stands in for an order workflow that waits for shipments: takes reports, remembers what they saw, never ends. */
export async function amazonOrderWorkflow({ itemIds }: WaitingOrderInput): Promise<void> {
  const reports: ParcelReport[] = [];
  setHandler(reportsQuery, () => reports);
  setHandler(snapshotQuery, () => ({ commerce: { itemIds } }));
  setHandler(parcelShippedSignal, (report) => {
    reports.push(report);
    if (report.shipmentsSeen !== undefined) {
      upsertSearchAttributes([{ key: attributes.shipmentsSeen, value: report.shipmentsSeen }]);
    }
  });
  await condition(() => false);
}
