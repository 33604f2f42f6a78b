import { badRequest, noSuchEntity } from './errors';
import type { JsonObject } from './json';
import type { Row } from './row';
import { rowFrom, stored } from './rows';
import { trackType, trackView } from './shipment-view';
import type { Shop } from './shop';

/** A track of a shipment with its own id and times. */
export const newTrack = (shop: Shop, shipmentId: number, orderId: number, track: JsonObject): Row => ({
  ...stored(rowFrom(track, trackType)),
  entity_id: shop.next('track'),
  parent_id: shipmentId,
  order_id: orderId,
  created_at: shop.now(),
  updated_at: shop.now(),
});

/** `POST /V1/shipment/track`: answers the track. It moves no time of the shipment or the order. */
export function addTrack(shop: Shop, entity: JsonObject): JsonObject {
  const shipment = shop.shipments.get(Number(entity.parent_id));
  if (!shipment) throw badRequest('Could not save the shipment tracking.');
  const track = newTrack(shop, shipment.id, shipment.orderId, entity);
  shop.shipments.put({ ...shipment, tracks: [...shipment.tracks, track] });
  return trackView(track);
}

/** `DELETE /V1/shipment/track/{id}` */
export function deleteTrack(shop: Shop, id: number): true {
  const shipment = shop.shipments.all().find(({ tracks }) => tracks.some((track) => track.entity_id === id));
  if (!shipment) throw noSuchEntity();
  shop.shipments.put({ ...shipment, tracks: shipment.tracks.filter((track) => track.entity_id !== id) });
  return true;
}
