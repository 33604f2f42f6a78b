import {
  condition,
  defineQuery,
  defineSignal,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { ChannelStatus } from '../../domain/channel-status';
import {
  type CommerceOrderChange,
  commerceOrderChangedSignal,
  orderSnapshotQuery,
  type ParcelReport,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';

export interface WaitingOrderInput {
  /** As its workflow knows them of an order that another tool has made. */
  readonly itemIds: Readonly<Record<string, number>>;
  /** It does not say what its lines are before its status has changed. */
  readonly isShy?: boolean;
}

export const reportsQuery = defineQuery<ParcelReport[]>('reports');
export const changesQuery = defineQuery<CommerceOrderChange[]>('changes');
export const seenQuery = defineQuery<string>('seen');
export const statusSignal = defineSignal<[ChannelStatus]>('status');
const snapshotQuery = defineQuery<{ commerce: { itemIds: Readonly<Record<string, number>> } }>(
  orderSnapshotQuery.name,
);

/** Stands in for an order workflow that waits for shipments: takes what is told, remembers what it saw, never ends. */
export async function amazonOrderWorkflow({ itemIds, isShy }: WaitingOrderInput): Promise<void> {
  const reports: ParcelReport[] = [];
  const changes: CommerceOrderChange[] = [];
  let seen = '';
  const remember = ({ shipmentsSeen = seen }: { readonly shipmentsSeen?: string }) => {
    seen = shipmentsSeen;
    if (seen !== '') upsertSearchAttributes([{ key: attributes.shipmentsSeen, value: seen }]);
  };
  setHandler(reportsQuery, () => reports);
  setHandler(changesQuery, () => changes);
  setHandler(seenQuery, () => seen);
  const answerSnapshot = () => setHandler(snapshotQuery, () => ({ commerce: { itemIds } }));
  if (!isShy) answerSnapshot();
  setHandler(parcelShippedSignal, (report) => {
    reports.push(report);
    remember(report);
  });
  setHandler(commerceOrderChangedSignal, (change) => {
    changes.push(change);
    remember(change);
  });
  setHandler(statusSignal, (value) => {
    answerSnapshot();
    upsertSearchAttributes([{ key: attributes.channelStatus, value }]);
  });
  await condition(() => false);
}
