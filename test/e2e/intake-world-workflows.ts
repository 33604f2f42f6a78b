import { condition, defineQuery, setHandler, upsertSearchAttributes } from '@temporalio/workflow';
import type { AmazonOrderStatus } from '../../domain/order';
import { orderIntakeWorkflow as realIntake } from '../../workflows/intake/workflow';
import {
  type OrderDelivery,
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
} from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';

/** The real one; a bundle has the workflows that its module exports. */
export const orderIntakeWorkflow = realIntake;

/** What the intake has told an order so far. */
export interface Told {
  readonly status?: AmazonOrderStatus;
  readonly lastUpdatedAt?: string;
  readonly signals: number;
}

export const toldQuery = defineQuery<Told>(orderSnapshotQuery.name);

/** Stands in for the order workflow: keeps the newest that it is told, as that one does, and never ends. */
export async function amazonOrderWorkflow(): Promise<void> {
  let told: Told = { signals: 0 };
  const take = ({ order: { status, lastUpdatedAt }, version }: OrderDelivery) => {
    const signals = told.signals + 1;
    const isOlder = told.lastUpdatedAt !== undefined && lastUpdatedAt < told.lastUpdatedAt;
    told = isOlder ? { ...told, signals } : { status, lastUpdatedAt, signals };
    if (!isOlder) upsertSearchAttributes([{ key: attributes.amazonVersion, value: version }]);
  };
  for (const signal of [orderPendingSignal, orderVerifiedSignal, orderShippedSignal, orderCancelledSignal])
    setHandler(signal, take);
  setHandler(toldQuery, () => told);
  await condition(() => false);
}
