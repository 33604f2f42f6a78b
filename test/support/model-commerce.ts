import { ApplicationFailure } from '@temporalio/common';
import type {
  CancelOrderResult,
  PlacementResult,
  PlaceOrderInput,
  ShipOrderInput,
  ShipOrderResult,
  ShrunkOrderInput,
  ShrunkOrderResult,
} from '../../activities/contracts/commerce';
import { isStopped, type PlacedOrder } from '../../domain/commerce-order';
import { quantityToShip } from '../../domain/order';
import { contentsKey, type Units, unitsByItem } from '../../domain/parcel';
import { linesOf } from './model-amazon';

export interface ModelShipment {
  readonly id: string;
  readonly units: Units;
  number: string;
  carrier: string;
  /** The parcel's id in the marker comment of a shipment that the channel made. */
  readonly marker?: string;
}

interface Line {
  readonly ordered: number;
  readonly shippedBefore: number;
  invoiced: number;
  refunded: number;
  canceled: number;
}

interface Order extends PlacedOrder {
  state: string;
  readonly lines: Readonly<Record<string, Line>>;
}

let entities = 0;

const refuse = (sentence: string): never => {
  throw ApplicationFailure.nonRetryable(sentence, 'Refused');
};

/** A small Commerce with at most one order, with the rules of a real one for its documents. */
export function modelCommerce() {
  let order: Order | undefined;
  let created = 0;
  let lacks = false;
  const numbers = new Set<string | null>();
  const shipments: ModelShipment[] = [];

  const shipped = (id: string) =>
    (order?.lines[id]?.shippedBefore ?? 0) +
    shipments.reduce((total, { units }) => total + (units[id] ?? 0), 0);
  const left = (id: string) => {
    const line = order?.lines[id];
    return line ? Math.max(line.ordered - line.canceled - line.refunded - shipped(id), 0) : 0;
  };
  const fits = (units: Units) => Object.entries(units).every(([id, quantity]) => quantity <= left(id));
  const found = (): Order => order ?? refuse('There is no such order.');

  /** As Commerce finds it after each document; what a person has stopped stays so. */
  const settle = (): string => {
    const { lines, state } = found();
    if (isStopped({ state }) || state === 'complete') return state;
    const all = Object.entries(lines);
    const isPaid = all.every(([, { ordered, invoiced, canceled }]) => invoiced + canceled >= ordered);
    const isDone = isPaid && all.every(([id]) => left(id) === 0);
    if (order) order.state = isDone ? 'complete' : 'processing';
    return found().state;
  };

  const place = ({ order: asked, pinned }: PlaceOrderInput): PlacementResult => {
    numbers.add(pinned.incrementId);
    if (!order && lacks)
      return { kind: 'blocked', blockers: [{ sku: 'SKU-item-1', cause: 'notInCatalogue' }] };
    const adopted = order !== undefined;
    if (!order) {
      entities += 1;
      created += 1;
      const isComplete = asked.status === 'SHIPPED';
      const lines = asked.lines.map((line) => {
        const ordered = quantityToShip(line);
        const shippedBefore = isComplete ? ordered : line.quantityFulfilled;
        return [
          line.orderItemId,
          { ordered, shippedBefore, invoiced: isComplete ? ordered : 0, refunded: 0, canceled: 0 },
        ] as const;
      });
      order = {
        entityId: entities,
        number: pinned.incrementId ?? String(entities),
        state: isComplete ? 'complete' : 'processing',
        itemIds: Object.fromEntries(asked.lines.map(({ orderItemId }, index) => [orderItemId, index + 1])),
        shippedBefore: Object.fromEntries(
          lines.filter(([, line]) => line.shippedBefore > 0).map(([id, line]) => [id, line.shippedBefore]),
        ),
        lines: Object.fromEntries(lines),
      };
    }
    return { kind: 'placed', commerce: placed(order), adopted, differences: [] };
  };

  const ship = ({ parcel, takenShipmentIds = [] }: ShipOrderInput): ShipOrderResult => {
    const contents = contentsKey(parcel.lines);
    const known =
      shipments.find(({ marker }) => marker === parcel.parcelId) ??
      shipments.find(
        ({ id, number, marker, units }) =>
          number === '' &&
          marker === undefined &&
          !takenShipmentIds.includes(id) &&
          contentsKey(linesOf(units)) === contents,
      );
    if (known) return resultOf(known);
    const units = unitsByItem(parcel.lines);
    if (isStopped(found())) refuse(`The order is ${found().state}.`);
    if (!fits(units)) refuse('The parcel has more than is left to ship.');
    return resultOf(add(units, parcel.trackingNumber, parcel.carrierCode, parcel.parcelId));
  };

  const add = (units: Units, number: string, carrier: string, marker?: string): ModelShipment => {
    const id = String(1_000 + shipments.length);
    const shipment = { id, units, number, carrier, ...(marker !== undefined && { marker }) };
    shipments.push(shipment);
    settle();
    return shipment;
  };

  const invoice = (): { state: string } => {
    const { state, lines } = found();
    const isOver = state === 'complete' || state === 'closed' || state === 'canceled';
    if (!isOver) {
      if (state === 'holded') refuse('The order is on hold.');
      for (const line of Object.values(lines)) line.invoiced = line.ordered - line.canceled;
    }
    return { state: settle() };
  };

  const closeShrunk = ({ units }: ShrunkOrderInput): ShrunkOrderResult => {
    const { state, lines } = found();
    if (state === 'canceled' || state === 'closed') return { state };
    if (state === 'holded') refuse('The order is on hold.');
    let isTooMuch = false;
    for (const [id, line] of Object.entries(lines)) {
      const stays = Math.min(units[id] ?? 0, line.ordered);
      isTooMuch ||= shipped(id) > stays;
      line.invoiced = Math.max(line.invoiced, stays, shipped(id));
      line.refunded = Math.max(line.invoiced - stays, line.refunded);
      line.canceled = line.ordered - line.invoiced;
    }
    return { state: settle(), ...(isTooMuch && { message: 'Commerce shipped more than Amazon left.' }) };
  };

  const cancel = (): CancelOrderResult => {
    const { state, lines } = found();
    if (Object.keys(lines).some((id) => shipped(id) > 0)) {
      return { kind: 'tooLate', message: 'The order is shipped in Commerce.' };
    }
    if (order && !isUndone(state)) {
      const isInvoiced = Object.values(lines).some(({ invoiced }) => invoiced > 0);
      order.state = isInvoiced ? 'closed' : 'canceled';
    }
    return { kind: 'canceled', state: found().state };
  };

  return {
    place,
    find: (): PlacedOrder | null => (order ? placed(order) : null),
    ship,
    invoice,
    closeShrunk,
    cancel,
    created: () => created,
    numbers: numbers as ReadonlySet<string | null>,
    shipments: shipments as readonly ModelShipment[],
    shipped,
    state: () => order?.state,
    /** Whether the catalogue has what is ordered. */
    lack: (isLacking: boolean) => {
      lacks = isLacking;
    },
    lacks: () => lacks,
    /** By a person; undefined where Commerce does not let him. */
    shipByHand: (units: Units, number: string, carrier: string): ModelShipment | undefined =>
      order && !isStopped(order) && fits(units) && linesOf(units).length > 0
        ? add(units, number, carrier)
        : undefined,
    /** The track of a shipment, by a person; nothing where there is no such shipment. */
    correct: (id: string, number: string, carrier: string) => {
      const shipment = shipments.find((each) => each.id === id);
      if (shipment) Object.assign(shipment, { number, carrier });
    },
    /** By a person; whether Commerce lets him. */
    hold: (): boolean => move('holded', ({ state }) => state === 'processing'),
    goOn: (): boolean => move('processing', ({ state }) => state === 'holded') && settle() !== '',
    /** Whatever documents are missing. */
    putRight: (): boolean => move('complete', ({ state }) => state === 'processing'),
    cancelByHand: (): boolean =>
      move('canceled', ({ state, lines }) => {
        const isInvoiced = Object.values(lines).some(({ invoiced }) => invoiced > 0);
        return state === 'processing' && !isInvoiced && Object.keys(lines).every((id) => shipped(id) === 0);
      }),
  };

  function move(state: string, isAllowed: (order: Order) => boolean): boolean {
    if (!order || !isAllowed(order)) return false;
    order.state = state;
    return true;
  }
}

const placed = ({ entityId, number, state, itemIds, shippedBefore = {} }: Order): PlacedOrder => ({
  entityId,
  number,
  state,
  itemIds,
  shippedBefore,
});

const resultOf = ({ id, number }: ModelShipment): ShipOrderResult => ({
  shipmentId: id,
  ...(number !== '' && { trackingNumber: number }),
});

const isUndone = (state: string): boolean => state === 'canceled' || state === 'closed';

export type ModelCommerce = ReturnType<typeof modelCommerce>;
