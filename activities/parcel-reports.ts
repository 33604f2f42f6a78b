import { markedParcelId } from '../integrations/commerce/marker';
import type { Shipment } from '../integrations/commerce/records';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { ParcelReport } from '../workflows/order/contract';

/** Changes with every shipment, line, quantity and tracking number: Commerce's own timestamps do not. */
export function shipmentsHash(hash: KeyedHash, shipments: readonly Shipment[]): string {
  const facts = [...shipments]
    .sort((one, other) => one.id - other.id)
    .map(({ id, lines, tracks }) => [
      id,
      lines.map(({ itemId, quantity }) => `${itemId}=${quantity}`).sort(),
      tracks.map((track) => `${track.id}=${track.number}`).sort(),
    ]);
  return hash(JSON.stringify(facts));
}

/**
 * One report per shipment of an order, with its first tracking number; the last one tells what this look saw.
 * `orderItemIds` has Amazon's id of each Commerce line.
 * A shipment of nothing but lines that Amazon does not know is left out.
 */
export function parcelReports(
  shipments: readonly Shipment[],
  orderItemIds: ReadonlyMap<number, string>,
  shipmentsSeen: string,
): ParcelReport[] {
  const reports = shipments.flatMap((shipment) => reportOf(shipment, orderItemIds));
  return reports.map((report, index) =>
    index === reports.length - 1 ? { ...report, shipmentsSeen } : report,
  );
}

function reportOf(shipment: Shipment, orderItemIds: ReadonlyMap<number, string>): ParcelReport[] {
  const [track] = shipment.tracks;
  const lines = shipment.lines.flatMap(({ itemId, quantity }) => {
    const orderItemId = orderItemIds.get(itemId);
    return orderItemId ? [{ orderItemId, quantity }] : [];
  });
  if (!track || lines.length === 0) return [];
  const parcelId = markedParcelId(shipment.comments);
  return [
    {
      source: { system: 'commerce', shipmentId: String(shipment.id) },
      ...(parcelId !== undefined && { parcelId }),
      carrierCode: track.carrierCode,
      ...(track.title && { carrierName: track.title }),
      trackingNumber: track.number,
      shippedAt: shipment.createdAt,
      lines,
    },
  ];
}
