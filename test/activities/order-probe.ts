import {
  condition,
  defineQuery,
  defineSignal,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { SkuMap } from '../../domain/sku-map';
import {
  type AmazonOrderInput,
  type OrderDelivery,
  orderCancelledSignal,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
} from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';

/** What reached an order workflow. */
export interface Probe {
  readonly input: AmazonOrderInput;
  readonly signals: string[];
}

export const finishSignal = defineSignal('finish');
/** Of the order that was delivered last; null where none came along. */
export const skuMapQuery = defineQuery<SkuMap | null>('skuMap');
export const probeQuery = defineQuery<Probe>(orderSnapshotQuery.name);

/** Stands in for the order workflow: keeps what it is sent, and ends when it is told to. */
export async function amazonOrderWorkflow(input: AmazonOrderInput): Promise<void> {
  const signals: string[] = [];
  let isOver = false;
  let map: SkuMap | null = null;
  const take = ({ version, skuMap }: OrderDelivery, name: string) => {
    map = skuMap ?? null;
    signals.push(name);
    upsertSearchAttributes([{ key: attributes.amazonVersion, value: version }]);
  };
  for (const signal of [orderPendingSignal, orderVerifiedSignal, orderShippedSignal, orderCancelledSignal])
    setHandler(signal, (delivery) => take(delivery, signal.name));
  setHandler(skuMapQuery, () => map);
  setHandler(finishSignal, () => {
    isOver = true;
  });
  if (!input.account.startsWith('mute-')) setHandler(probeQuery, () => ({ input, signals }));
  await condition(() => isOver);
}
