import { markedParcelId } from '../integrations/commerce/marker';
import type { Shipment } from '../integrations/commerce/records';
import type { KeyedHash } from '../integrations/temporal/keyed-hash';
import type { ParcelReport } from '../workflows/order/contract';

/** Changes with every shipment, line, quantity, tracking number and carrier: Commerce's own timestamps do not. */
export function shipmentsHash(hash: KeyedHash, shipments: readonly Shipment[]): string {
  if (shipments.length === 0) return '';
  const facts = [...shipments]
    .sort((one, other) => one.id - other.id)
    .map(({ id, lines, tracks }) => [
      id,
      lines.map(({ itemId, quantity }) => `${itemId}=${quantity}`).sort(),
      tracks.map(({ id: trackId, number, carrierCode, title }) => [trackId, number, carrierCode, title]),
    ]);
  return hash(JSON.stringify(facts));
}

/** What an order's workflow has accepted of Commerce. */
export interface Seen {
  /** The state of an order that somebody has halted, or of one that goes on after that; empty in the usual case. */
  readonly state: string;
  /** Hash of its shipments; empty for none. */
  readonly shipments: string;
}

/** For `ShipmentsSeen`: the hash, after the state where there is one to remember. */
export const writeSeen = ({ state, shipments }: Seen): string =>
  state === '' ? shipments : `${state}:${shipments}`;

export function readSeen(written: string): Seen {
  const [first = '', second] = written.split(':');
  return second === undefined ? { state: '', shipments: first } : { state: first, shipments: second };
}

/**
 * One report per shipment of an order, with its first tracking number, or an empty one. `orderItemIds` has Amazon's id
 * of each Commerce line; a shipment of nothing but lines that Amazon does not know is left out.
 */
export function parcelReports(
  shipments: readonly Shipment[],
  orderItemIds: ReadonlyMap<number, string>,
): ParcelReport[] {
  return shipments.flatMap((shipment) => reportOf(shipment, orderItemIds));
}

function reportOf(shipment: Shipment, orderItemIds: ReadonlyMap<number, string>): ParcelReport[] {
  const [track, ...others] = shipment.tracks;
  const lines = shipment.lines.flatMap(({ itemId, quantity }) => {
    const orderItemId = orderItemIds.get(itemId);
    return orderItemId ? [{ orderItemId, quantity }] : [];
  });
  if (lines.length === 0) return [];
  const parcelId = markedParcelId(shipment.comments);
  const furtherNumbers = [...new Set(others.map(({ number }) => number))].filter(
    (number) => number !== track?.number,
  );
  return [
    {
      source: { system: 'commerce', shipmentId: String(shipment.id) },
      ...(parcelId !== undefined && { parcelId }),
      carrierCode: track?.carrierCode ?? '',
      ...(track?.title && { carrierName: track.title }),
      trackingNumber: track?.number ?? '',
      ...(furtherNumbers.length > 0 && { furtherNumbers }),
      shippedAt: shipment.createdAt,
      lines,
    },
  ];
}
