import { skuObjection } from '../../domain/sku-map';
import type { MapSkuRequest, OrderState } from './contract';
import { isOnlyListed, isOver, skuMapOf } from './state';

/** Why the order cannot have this mapping, as a sentence. */
export function mappingObjection(state: OrderState, { from, to }: MapSkuRequest): string | undefined {
  const { delivery, commerce } = state;
  if (commerce)
    return `Commerce order ${commerce.number} exists already: its lines are not changed any more.`;
  if (isOver(state)) return `The order is ${state.channelStatus}, nothing is created for it any more.`;
  if (!delivery) return 'The order itself has not been delivered yet.';
  if (isOnlyListed(state)) return 'The order is only listed, nothing is created for it.';
  const skus = [...new Set(delivery.order.lines.map(({ sku }) => sku))];
  if (!skus.includes(from)) return `The order has no line with SKU ${from}; it has ${skus.join(', ')}.`;
  return skuObjection(to);
}

/** Kept for the next attempt, which comes at once. */
export function mapSku(state: OrderState, { from, to }: MapSkuRequest): string {
  state.skuMap = { ...state.skuMap, [from]: to };
  delete state.waits.placement;
  return `SKU ${from} is ${to} in Commerce`;
}

/** What an operator mapped while an attempt was under way that did not know it yet. */
export function mappedMeanwhile(state: OrderState, used: Readonly<Record<string, string>>): string[] {
  return Object.entries(skuMapOf(state))
    .filter(([from, to]) => (used[from] ?? from) !== to)
    .map(
      ([from, to]) =>
        `SKU ${from} was mapped to ${to} while the order was created with ${used[from] ?? from}.`,
    );
}
