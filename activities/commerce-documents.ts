import { CommerceRefusedError, CommerceUnreachableError } from '../integrations/commerce/errors';
import { markedParcelId, markerOf } from '../integrations/commerce/marker';
import type {
  CommerceCallOptions,
  CommercePort,
  NewShipment,
  StockRequest,
} from '../integrations/commerce/port';
import type { CommerceOrder, CommerceOrderItem, Shipment } from '../integrations/commerce/records';
import type { CommerceOrderRef, ShipOrderInput, ShipOrderResult } from './contracts/commerce';
import { sourceFor } from './shipment-source';

export async function invoiceOrder(
  commerce: CommercePort,
  { entityId }: CommerceOrderRef,
  options: CommerceCallOptions,
): Promise<{ state: string }> {
  const order = await commerce.readOrder(entityId, options);
  if (!isInvoiceable(order)) return { state: order.state };
  try {
    await commerce.invoice(entityId, options);
  } catch (error) {
    if (!mayHaveHappened(error)) throw error;
    const after = await commerce.readOrder(entityId, options);
    if (isInvoiceable(after)) throw error;
    return { state: after.state };
  }
  return { state: (await commerce.readOrder(entityId, options)).state };
}

function isInvoiceable({ state, items }: CommerceOrder): boolean {
  const isOver = state === 'complete' || state === 'closed' || state === 'canceled';
  return !isOver && items.some((item) => item.ordered - item.invoiced - item.canceled > 0);
}

/** A lost answer, or a rival who was faster and left nothing to do. */
function mayHaveHappened(error: unknown): boolean {
  if (error instanceof CommerceUnreachableError) return error.outcomeUnknown;
  return error instanceof CommerceRefusedError && error.call.status === 400;
}

export async function shipOrder(
  commerce: CommercePort,
  input: ShipOrderInput,
  options: CommerceCallOptions,
): Promise<ShipOrderResult> {
  const { entityId, parcel } = input;
  const shipments = () => commerce.shipments([entityId], options);
  const before = await shipments();
  const known = findShipment(before, input);
  if (known) return resultOf(known);
  const order = await commerce.readOrder(entityId, options);
  const other = shippedOtherwise(before, input, order);
  if (other) return { shipmentId: String(other.id) };
  const contents = newShipment(commerce, input, order);
  const source = await sourceFor(commerce, input, unitsIn(contents, order), options);
  const shipment: NewShipment = { ...contents, source };
  try {
    const id = await commerce.ship(entityId, shipment, options);
    return resultOf({ id, tracks: shipment.track ? [shipment.track] : [] });
  } catch (error) {
    const made = mayHaveHappened(error) ? findMarked(await shipments(), parcel.parcelId) : undefined;
    if (!made) throw error;
    return resultOf(made);
  }
}

function resultOf({
  id,
  tracks: [track],
}: {
  id: number | string;
  tracks: readonly { number: string }[];
}): ShipOrderResult {
  return { shipmentId: String(id), ...(track && { trackingNumber: track.number }) };
}

/** The channel's own, or one that was made by hand without a number: the same contents, and no other parcel's. */
function findShipment(
  shipments: readonly Shipment[],
  { parcel, itemIds, takenShipmentIds = [] }: ShipOrderInput,
): Shipment | undefined {
  const contents = contentsKey(parcel.lines.map((line) => ({ ...line, itemId: itemIds[line.orderItemId] })));
  return (
    findMarked(shipments, parcel.parcelId) ??
    shipments.find(
      ({ id, tracks, comments, lines }) =>
        tracks.length === 0 &&
        markedParcelId(comments) === undefined &&
        !takenShipmentIds.includes(String(id)) &&
        contentsKey(lines) === contents,
    )
  );
}

/**
 * By hand, in other boxes than Amazon’s package: nothing of the parcel is left to ship, and a shipment without the
 * channel’s marker holds units of it, best one that shows no other parcel.
 */
function shippedOtherwise(
  shipments: readonly Shipment[],
  { parcel, itemIds, takenShipmentIds = [] }: ShipOrderInput,
  { items }: CommerceOrder,
): Shipment | undefined {
  const asked = parcel.lines.map(({ orderItemId }) => itemIds[orderItemId]);
  const found = items.filter(({ itemId }) => asked.includes(itemId));
  if (found.length < new Set(asked).size || found.some((item) => leftToShip(item) > 0)) return undefined;
  const isFree = ({ id }: Shipment) => !takenShipmentIds.includes(String(id));
  const possible = shipments.filter(
    ({ comments, lines }) =>
      markedParcelId(comments) === undefined && lines.some(({ itemId }) => asked.includes(itemId)),
  );
  return possible.find(isFree) ?? possible[0];
}

const contentsKey = (lines: readonly { itemId: number | undefined; quantity: number }[]): string =>
  lines
    .map(({ itemId, quantity }) => `${itemId} ${quantity}`)
    .sort()
    .join();

function findMarked(shipments: readonly Shipment[], parcelId: string): Shipment | undefined {
  return shipments.find(({ comments }) => comments.includes(markerOf(parcelId)));
}

/** Commerce ships what is left if more is asked for, and everything if nothing is: both are refused here. */
function newShipment(
  { name }: CommercePort,
  { parcel, itemIds }: ShipOrderInput,
  order: CommerceOrder,
): Omit<NewShipment, 'source'> {
  const refused = (sentence: string) =>
    new CommerceRefusedError(
      { commerce: name, operation: 'ship order', method: 'POST', path: '/V1/order/{orderId}/ship' },
      sentence,
    );
  const lines = parcel.lines.map(({ orderItemId, quantity }) => {
    const item = order.items.find(({ itemId }) => itemId === itemIds[orderItemId]);
    if (!item) throw refused(`The Commerce order has no line for Amazon's item ${orderItemId}.`);
    if (quantity > leftToShip(item)) {
      throw refused(`The parcel has ${quantity} × ${item.sku}, but ${leftToShip(item)} are left to ship.`);
    }
    return { itemId: item.itemId, quantity };
  });
  if (lines.length === 0) throw refused('The parcel is empty.');
  const { trackingNumber: number, carrierCode, carrierName = carrierCode } = parcel;
  return {
    lines,
    ...(number !== '' && { track: { number, carrierCode, title: carrierName } }),
    comment: markerOf(parcel.parcelId),
  };
}

function unitsIn({ lines }: Pick<NewShipment, 'lines'>, { items }: CommerceOrder): StockRequest[] {
  const units = new Map<string, number>();
  for (const { itemId, quantity } of lines) {
    const sku = items.find((item) => item.itemId === itemId)?.sku ?? '';
    units.set(sku, (units.get(sku) ?? 0) + quantity);
  }
  return [...units].map(([sku, quantity]) => ({ sku, quantity }));
}

function leftToShip({ ordered, shipped, refunded, canceled }: CommerceOrderItem): number {
  return Math.max(ordered - shipped - refunded - canceled, 0);
}
