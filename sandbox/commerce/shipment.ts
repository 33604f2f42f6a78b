import { badRequest, invalidDocument, MaskedError, noSuchEntity, PhpFatal } from './errors';
import { objectsOf } from './input';
import { deduct, defaultSource } from './inventory';
import { isObject, type JsonObject } from './json';
import { countMail } from './mails';
import { canShip, type OrderRecord, qtyToShip, stateOf } from './order-record';
import { saveOrder } from './order-save';
import { applyStateRule, resolveState } from './order-state';
import { orderById } from './orders';
import type { ShipmentRecord } from './records';
import { increase, number, type Row, text } from './row';
import { rowFrom, stored, viewRow } from './rows';
import { type Criteria, search } from './search';
import { commentType, shipmentView } from './shipment-view';
import { nextIncrementId, type Shop } from './shop';
import { newTrack } from './track';

interface Line {
  item: Row;
  quantity: number;
}

/** What will be shipped: more than is left becomes what is left, lines that the order does not have are dropped. */
function linesToShip(order: OrderRecord, asked: JsonObject[]): Line[] {
  const wanted = new Map(asked.map(({ order_item_id, qty }) => [Number(order_item_id), Number(qty)]));
  return order.items
    .map((item) => {
      const left = qtyToShip(item);
      const quantity = asked.length === 0 ? left : Math.min(wanted.get(number(item, 'item_id')) ?? 0, left);
      return { item, quantity };
    })
    .filter(({ quantity }) => quantity > 0);
}

function checkShipment(order: OrderRecord, lines: Line[]): void {
  const reasons: string[] = [];
  const blocked = ['payment_review', 'holded', 'canceled'].includes(stateOf(order) ?? '');
  if (blocked || number(order.columns, 'is_virtual')) {
    const status = text(order.columns, 'status');
    reasons.push(`A shipment cannot be created when an order has a status of ${status}`);
  } else if (!canShip(order)) {
    reasons.push('The order does not allow a shipment to be created.');
  }
  if (lines.length === 0) reasons.push("You can't create a shipment without products.");
  if (reasons.length > 0) throw invalidDocument('Shipment', reasons);
  if (lines.some(({ item }) => text(item, 'product_type') === null)) throw new PhpFatal('product type');
}

function sourceOf(request: JsonObject): string | undefined {
  const extension = isObject(request.arguments) ? request.arguments.extension_attributes : undefined;
  return isObject(extension) && typeof extension.source_code === 'string' ? extension.source_code : undefined;
}

const shipmentItem = (shop: Shop, shipmentId: number, { item, quantity }: Line): Row => ({
  entity_id: shop.next('shipment_item'),
  parent_id: shipmentId,
  name: text(item, 'name'),
  sku: text(item, 'sku'),
  price: number(item, 'price'),
  weight: number(item, 'weight'),
  product_id: item.product_id ?? null,
  order_item_id: number(item, 'item_id'),
  qty: quantity,
});

function commentsOf(shop: Shop, shipmentId: number, request: JsonObject): Row[] {
  if (!isObject(request.comment)) return [];
  return [
    {
      entity_id: shop.next('shipment_comment'),
      parent_id: shipmentId,
      comment: String(request.comment.comment ?? ''),
      is_customer_notified: Number(request.appendComment === true && request.notify === true),
      is_visible_on_front: Number(request.comment.is_visible_on_front ?? 0),
      created_at: shop.now(),
    },
  ];
}

function newShipment(shop: Shop, order: OrderRecord, lines: Line[], request: JsonObject): ShipmentRecord {
  const id = shop.next('shipment');
  const storeId = number(order.columns, 'store_id');
  return {
    id,
    orderId: order.id,
    columns: {
      entity_id: id,
      increment_id: nextIncrementId(shop, 'shipment', storeId),
      order_id: order.id,
      store_id: storeId,
      customer_id: order.columns.customer_id ?? null,
      billing_address_id: order.columns.billing_address_id ?? null,
      shipping_address_id: order.shipping?.entity_id ?? null,
      email_sent: request.notify === true ? 1 : null,
      total_qty: lines.reduce((sum, { quantity }) => sum + quantity, 0),
      created_at: shop.now(),
      updated_at: shop.now(),
    },
    items: lines.map((line) => shipmentItem(shop, id, line)),
    tracks: objectsOf(request.tracks).map((track) => newTrack(shop, id, order.id, track)),
    comments: commentsOf(shop, id, request),
    sourceCode: sourceOf(request) ?? defaultSource(shop, storeId),
  };
}

/**
 * `POST /V1/order/{id}/ship`, and the admin's Ship page: ships what is asked for or all that is left, takes it
 * from a source, and moves the order on. Answers the shipment's id as a string. 404 for an unknown order, 400
 * with the reasons or for a lack of stock, a PHP error for lines without a product type.
 */
export function createShipment(shop: Shop, orderId: number, request: JsonObject): string {
  const order = orderById(shop, orderId);
  const lines = linesToShip(order, objectsOf(request.items));
  checkShipment(order, lines);
  const shipment = newShipment(shop, order, lines, request);
  for (const { item, quantity } of lines) {
    const sku = text(item, 'sku') ?? '';
    deduct(shop, number(order.columns, 'store_id'), shipment.sourceCode, sku, quantity);
    increase(item, 'qty_shipped', quantity);
    item.updated_at = shop.now();
  }
  shop.shipments.put(shipment);
  resolveState(order, true);
  applyStateRule(order);
  saveOrder(shop, order);
  if (request.notify === true) countMail(shop);
  return String(shipment.id);
}

/** A stored shipment; 404 if there is none. */
export function shipmentById(shop: Shop, id: number): ShipmentRecord {
  const shipment = shop.shipments.get(id);
  if (!shipment) throw noSuchEntity();
  return shipment;
}

const columnsOfShipments = new Set(
  `entity_id store_id total_weight total_qty email_sent send_email order_id customer_id shipping_address_id
   billing_address_id shipment_status increment_id created_at updated_at`.split(/\s+/),
);

/** `GET /V1/shipments`: by the shipment's own columns; tracks cannot be searched. */
export const searchShipments = (shop: Shop, criteria: Criteria): JsonObject =>
  search(
    {
      table: shop.shipments,
      columns: columnsOfShipments,
      indexed: ['entity_id', 'order_id'],
      read: ({ columns }, column) => columns[column] ?? null,
      unknownColumn: (column) => new MaskedError(`Unknown column '${column}'`),
    },
    criteria,
    shipmentView,
  );

/** `POST /V1/shipment/{id}/comments`: answers the comment. It moves no time of the shipment. */
export function addShipmentComment(shop: Shop, id: number, entity: JsonObject): JsonObject {
  const shipment = shipmentById(shop, id);
  const comment = {
    ...stored(rowFrom(entity, commentType)),
    entity_id: shop.next('shipment_comment'),
    parent_id: id,
    created_at: shop.now(),
  };
  shop.shipments.put({ ...shipment, comments: [...shipment.comments, comment] });
  return viewRow(comment, commentType);
}

/** `POST /V1/shipment/` skips every check; the recorded instance refused it. */
export const saveShipment = (): never => {
  throw badRequest("The shipment couldn't be saved.");
};
