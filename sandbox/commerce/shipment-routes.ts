import { documentParameters } from './document-parameters';
import type { FieldType } from './input';
import type { Route } from './router';
import { parseCriteria } from './search';
import { addShipmentComment, createShipment, saveShipment, searchShipments, shipmentById } from './shipment';
import { commentType, shipmentView, trackType } from './shipment-view';
import { addTrack, deleteTrack } from './track';

const newTracks: FieldType = {
  many: {
    fields: { track_number: 'string', title: 'string', carrier_code: 'string', extension_attributes: 'any' },
  },
};
const creationArguments: FieldType = {
  one: {
    fields: {
      extension_attributes: {
        one: {
          fields: { source_code: 'string', ext_shipment_id: 'string', ext_return_shipment_id: 'string' },
        },
      },
    },
  },
};

export const shipmentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/order/:id/ship',
    resource: 'Magento_Sales::ship',
    parameters: {
      ...documentParameters,
      tracks: { type: newTracks },
      packages: { type: 'any' },
      arguments: { type: creationArguments },
    },
    handle: ({ shop, id, args }) => createShipment(shop, id('id'), args),
  },
  {
    method: 'GET',
    path: '/shipments',
    resource: 'Magento_Sales::shipment',
    handle: ({ shop, query }) => searchShipments(shop, parseCriteria(query)),
  },
  {
    method: 'POST',
    path: '/shipment',
    resource: 'Magento_Sales::shipment',
    parameters: { entity: { type: 'any', required: true } },
    handle: saveShipment,
  },
  {
    method: 'GET',
    path: '/shipment/:id',
    resource: 'Magento_Sales::shipment',
    handle: ({ shop, id }) => shipmentView(shipmentById(shop, id('id'))),
  },
  {
    method: 'POST',
    path: '/shipment/:id/comments',
    resource: 'Magento_Sales::shipment',
    parameters: { entity: { type: { one: commentType }, required: true } },
    handle: ({ shop, id, object }) => addShipmentComment(shop, id('id'), object('entity')),
  },
  {
    method: 'POST',
    path: '/shipment/track',
    resource: 'Magento_Sales::shipment',
    parameters: { entity: { type: { one: trackType }, required: true } },
    handle: ({ shop, object }) => addTrack(shop, object('entity')),
  },
  {
    method: 'DELETE',
    path: '/shipment/track/:id',
    resource: 'Magento_Sales::shipment',
    handle: ({ shop, id }) => deleteTrack(shop, id('id')),
  },
];
