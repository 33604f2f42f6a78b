import { type DataType, fieldsOf } from './input';
import type { JsonObject } from './json';
import type { ShipmentRecord } from './records';
import type { Row } from './row';
import { viewRow } from './rows';

const shipmentType: DataType = {
  fields: {
    ...fieldsOf('int', 'billing_address_id customer_id email_sent entity_id order_id shipment_status'),
    ...fieldsOf('int', 'shipping_address_id store_id'),
    ...fieldsOf('string', 'created_at increment_id shipping_label updated_at'),
    ...fieldsOf('float', 'total_qty total_weight'),
  },
};
const itemType: DataType = {
  fields: {
    ...fieldsOf('int', 'entity_id parent_id product_id order_item_id'),
    ...fieldsOf('string', 'additional_data description name sku'),
    ...fieldsOf('float', 'price row_total weight qty'),
  },
};
export const commentType: DataType = {
  fields: {
    ...fieldsOf('int', 'entity_id parent_id is_customer_notified is_visible_on_front'),
    ...fieldsOf('string', 'comment created_at'),
    extension_attributes: { one: { fields: {} } },
  },
};

export const trackType: DataType = {
  fields: {
    ...fieldsOf('int', 'order_id entity_id parent_id'),
    ...fieldsOf('string', 'created_at updated_at description track_number title carrier_code'),
    ...fieldsOf('float', 'weight qty'),
    extension_attributes: { one: { fields: {} } },
  },
};

export const trackView = (track: Row): JsonObject =>
  viewRow(track, trackType, [
    'order_id',
    'parent_id',
    'weight',
    'qty',
    'description',
    'track_number',
    'title',
    'carrier_code',
  ]);

export const shipmentView = ({
  columns,
  items,
  tracks,
  comments,
  sourceCode,
}: ShipmentRecord): JsonObject => ({
  ...viewRow(columns, shipmentType, ['order_id']),
  packages: [],
  items: items.map((item) => viewRow(item, itemType, ['order_item_id', 'qty'])),
  tracks: tracks.map(trackView),
  comments: comments.map((comment) => viewRow(comment, commentType)),
  extension_attributes: { source_code: sourceCode },
});
