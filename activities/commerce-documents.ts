import { isEmpty, normaliseTracking } from '../domain/parcel';
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
import { documentCall } from './document-call';
import type { Progress } from './heartbeats';
import { begin, begunOf, lookBeforeItsEnd } from './posting';
import { sourceFor } from './shipment-source';

export async function invoiceOrder(
  commerce: CommercePort,
  { entityId }: CommerceOrderRef,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<{ state: string }> {
  const call = documentCall(commerce, 'invoice');
  const invoiced = await lookBeforeItsEnd(call, begunOf(progress.before), async () => {
    const order = await commerce.readOrder(entityId, options);
    return isInvoiceable(order) ? undefined : order;
  });
  if (invoiced) return { state: invoiced.state };
  try {
    await begin(progress, {}, () => commerce.invoice(entityId, options));
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
  given: ShipOrderInput,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<ShipOrderResult> {
  const { entityId, parcel } = given;
  const shipments = () => commerce.shipments([entityId], options);
  const own = async () => findMarked(await shipments(), parcel.parcelId);
  const begun = begunOf(progress.before);
  const made = begun && (await lookBeforeItsEnd(documentCall(commerce, 'ship'), begun, own));
  if (made) return resultOf(made);
  const order = await commerce.readOrder(entityId, options);
  const input = withoutVirtual(given, order);
  if (isEmpty(input.parcel) && !isEmpty(parcel)) return { shipmentId: `virtual-${parcel.parcelId}` };
  const before = await shipments();
  const known = findShipment(before, input);
  if (known) return resultOf(known);
  const other = shippedOtherwise(before, input, order);
  if (other) return { shipmentId: String(other.id) };
  const contents = newShipment(commerce, input, order);
  const source = await sourceFor(commerce, input, unitsIn(contents, order), options);
  const shipment: NewShipment = { ...contents, source };
  try {
    const id = await begin(progress, {}, () => commerce.ship(entityId, shipment, options));
    return resultOf({ id, tracks: shipment.track ? [shipment.track] : [] });
  } catch (error) {
    const found = mayHaveHappened(error) ? await own() : undefined;
    if (!found) throw error;
    return resultOf(found);
  }
}

/** Commerce ships nothing of virtual products, and refuses a shipment of nothing else. */
function withoutVirtual(input: ShipOrderInput, { items }: CommerceOrder): ShipOrderInput {
  const virtual = items.filter(({ isVirtual }) => isVirtual).map(({ itemId }) => itemId);
  const { parcel, itemIds } = input;
  const lines = parcel.lines.filter(({ orderItemId }) => !virtual.includes(itemIds[orderItemId] ?? 0));
  return { ...input, parcel: { ...parcel, lines } };
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

/** The channel's own, or another that holds the same, under its number or by hand without one, and is no other parcel's. */
function findShipment(
  shipments: readonly Shipment[],
  { parcel, itemIds, takenShipmentIds = [] }: ShipOrderInput,
): Shipment | undefined {
  const contents = contentsKey(parcel.lines.map((line) => ({ ...line, itemId: itemIds[line.orderItemId] })));
  const number = normaliseTracking(parcel.trackingNumber);
  const possible = shipments.filter(
    ({ id, lines }) => !takenShipmentIds.includes(String(id)) && contentsKey(lines) === contents,
  );
  return (
    findMarked(shipments, parcel.parcelId) ??
    possible.find(({ tracks }) => tracks.some((track) => normaliseTracking(track.number) === number)) ??
    possible.find(({ tracks, comments }) => tracks.length === 0 && markedParcelId(comments) === undefined)
  );
}

/**
 * By hand, in smaller boxes than Amazon’s package: nothing of the parcel is left to ship, and a shipment without a
 * number, which nobody tells to Amazon, holds units of it and no others.
 */
function shippedOtherwise(
  shipments: readonly Shipment[],
  { parcel, itemIds, takenShipmentIds = [] }: ShipOrderInput,
  { items }: CommerceOrder,
): Shipment | undefined {
  const asked = parcel.lines.map(({ orderItemId }) => itemIds[orderItemId]);
  const found = items.filter(({ itemId }) => asked.includes(itemId));
  if (found.length < new Set(asked).size || found.some((item) => leftToShip(item) > 0)) return undefined;
  const unitsOf = (id: number) =>
    parcel.lines.reduce((sum, line) => sum + (itemIds[line.orderItemId] === id ? line.quantity : 0), 0);
  return shipments.find(
    ({ id, tracks, comments, lines }) =>
      tracks.length === 0 &&
      markedParcelId(comments) === undefined &&
      !takenShipmentIds.includes(String(id)) &&
      lines.every(({ itemId, quantity }) => quantity <= unitsOf(itemId)),
  );
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
  commerce: CommercePort,
  { parcel, itemIds }: ShipOrderInput,
  order: CommerceOrder,
): Omit<NewShipment, 'source'> {
  const refused = (sentence: string) => new CommerceRefusedError(documentCall(commerce, 'ship'), sentence);
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
