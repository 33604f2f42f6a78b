import { type AmazonOrder, quantityToShip } from './order';
import type { Parcel } from './parcel';
import { shippedQuantities } from './parcel-quantities';

/** The order with what has left since Amazon's last word counted as fulfilled. */
export function withLeft(order: AmazonOrder, parcels: readonly Parcel[]): AmazonOrder {
  const shipped = shippedQuantities(parcels);
  const lines = order.lines.map((line) => {
    const stays = quantityToShip(line);
    const left = Math.min(Math.max(line.quantityFulfilled, shipped[line.orderItemId] ?? 0), stays);
    return { ...line, quantityFulfilled: left, quantityUnfulfilled: stays - left };
  });
  return { ...order, lines };
}
