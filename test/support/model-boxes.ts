import type { Units } from '../../domain/parcel';
import { minus } from '../../domain/stock';
import { recordParcelUpdate } from '../../workflows/order/contract';
import { linesOf, sum } from './model-amazon';
import {
  type Act,
  amazonDid,
  type Choice,
  isEmpty,
  pick,
  some,
  unitsOf,
  unpacked,
  words,
} from './model-choice';
import { ask } from './model-operators';
import type { Box, ModelOrder } from './model-order';
import { at } from './orders';

/** What leaves the house, and what its sources say of it. */
export const boxActs = {
  ship: (order, choice) =>
    pack(order, systemOf(order, choice), some(unpacked(order), choice), order.newNumber()),
  shipNumberless: (order, choice) => pack(order, 'commerce', some(unpacked(order), choice), ''),
  shipBeyond: (order, choice) => {
    const id = pick(order.amazon.ids, choice.b) ?? '';
    const units = { [id]: (unpacked(order)[id] ?? 0) + 1 };
    return pack(order, systemOf(order, { ...choice, a: 1 }), units, order.newNumber());
  },
  sellerPacks: (order, choice) =>
    packInSellerCentral(order, some(unpacked(order), choice), choice.a % 2 === 0),
  /** All that Amazon still waits for. */
  sellerRest: (order) => packInSellerCentral(order, order.amazon.openUnits(), true),
  record: async (order, choice) => {
    const units = some(unpacked(order), choice);
    if (isEmpty(units)) return undefined;
    const trackingNumber = order.newNumber();
    const box = boxOf('operator', trackingNumber, units, trackingNumber);
    const answer = await recorded(order, box);
    if (!answer.startsWith('refused')) order.boxes.push(box);
    return `record: ${answer}`;
  },
  /** A box turns out to be two. */
  split: async (order, choice) => {
    const box = pick(own(order), choice.a);
    const number = box?.numbers.at(-1);
    if (!box || number === undefined || sum(Object.values(box.units)) < 2) return undefined;
    const [line] = linesOf(box.units);
    if (!line) return undefined;
    const units = { [line.orderItemId]: 1 };
    const trackingNumber = order.newNumber();
    const other = boxOf('operator', trackingNumber, units, trackingNumber);
    const answer = await recorded(order, other, number);
    if (!answer.startsWith('refused')) {
      const isPartOfShipment = box.system === 'commerce' || box.isPartOfShipment === true;
      order.boxes.push({ ...other, isPartOfShipment });
      box.units = minus(box.units, units);
    }
    return `split ${number}: ${answer}`;
  },
  repeat: async (order, { a }) => {
    const box = pick(own(order), a);
    return box && reported(order, box, 'parcelShipped', 'repeats');
  },
  correct: async (order, { a, b, flag }) => {
    const box = pick(own(order), a);
    if (!box || isEmpty(box.units)) return undefined;
    const what = box.numbers.length === 0 ? 'number' : pick(['number', 'carrier', 'date'] as const, b);
    if (what === 'number') box.numbers.push(order.newNumber());
    else if (what === 'carrier') box.carrier = box.carrier === 'ups' ? 'fedex' : 'ups';
    else box.shippedAt = at(121 + b);
    order.commerce.correct(box.shipmentId, box.numbers.at(-1) ?? '', box.carrier);
    const name = flag ? 'parcelCorrected' : 'parcelShipped';
    return reported(order, box, name, `corrects the ${what} to ${box.numbers.at(-1)} ${box.carrier}`);
  },
  /** Less than it said, or nothing at all. */
  recount: async (order, { a, flag }) => {
    const boxes = own(order).filter(({ system }) => system !== 'commerce');
    const box = pick(boxes, a);
    const [line] = box ? linesOf(box.said) : [];
    if (!box || !line) return undefined;
    box.said = flag ? {} : minus(box.said, { [line.orderItemId]: 1 });
    box.isRecounted = true;
    return reported(order, box, 'parcelCorrected', `says it holds ${words(box.said) || 'nothing'}`);
  },
  /** As the shipment watch tells all shipments of the order. */
  watch: async (order) => {
    const { shipments } = order.commerce;
    for (const { id, marker, number, carrier, units } of shipments) {
      const box = order.boxes.find(({ shipmentId }) => shipmentId === id);
      await order.signal('parcelShipped', {
        source: { system: 'commerce', shipmentId: id },
        carrierCode: carrier,
        trackingNumber: number,
        shippedAt: box?.shippedAt ?? at(130),
        lines: linesOf(units),
        ...(marker !== undefined && { parcelId: marker }),
        shipmentsSeen: `${shipments.length} shipments`,
      });
    }
    return `the watch tells ${shipments.length} shipments`;
  },
} as const satisfies Record<string, Act>;

/** Told by a system of the merchant’s. */
const own = ({ boxes }: ModelOrder): Box[] => boxes.filter(({ system }) => system !== 'amazon');

const boxOf = (system: Box['system'], shipmentId: string, units: Units, number: string): Box => ({
  system,
  shipmentId,
  units,
  said: units,
  numbers: number === '' ? [] : [number],
  carrier: 'ups',
  shippedAt: at(120),
  isRecounted: false,
});

function systemOf({ plan, erp }: ModelOrder, { a }: Choice): Box['system'] {
  const system = pick(['commerce', 'erp', 'operator'] as const, a) ?? 'operator';
  return system === 'erp' && !(plan.hasErp && erp.isLive()) ? 'operator' : system;
}

async function pack(
  order: ModelOrder,
  system: Box['system'],
  units: Units,
  number: string,
): Promise<string | undefined> {
  const { boxes, commerce } = order;
  if (isEmpty(units)) return undefined;
  const shipment = system === 'commerce' ? commerce.shipByHand(units, number, 'ups') : undefined;
  if (system === 'commerce' && !shipment) return undefined;
  const box = boxOf(system, shipment?.id ?? `${system}-${boxes.length + 1}`, units, number);
  boxes.push(box);
  return reported(order, box, 'parcelShipped', `ships ${words(units)} as ${number || 'no number'}`);
}

async function packInSellerCentral(
  order: ModelOrder,
  units: Units,
  isTold: boolean,
): Promise<string | undefined> {
  const { amazon, boxes } = order;
  if (isEmpty(units) || amazon.status() === 'PENDING') return undefined;
  const number = order.newNumber();
  boxes.push({ ...boxOf('amazon', `amazon-${boxes.length + 1}`, units, number), carrier: 'UPS' });
  amazon.pack(unitsOf(linesOf(units)), number);
  return amazonDid(order, isTold, `the seller packs ${words(units)} as ${number}`);
}

const recorded = (order: ModelOrder, { numbers, carrier, shippedAt, units }: Box, from?: string) =>
  ask(order, recordParcelUpdate, {
    trackingNumber: numbers[0] ?? '',
    carrierCode: carrier,
    shippedAt,
    lines: linesOf(units),
    ...(from !== undefined && { from }),
  });

async function reported(order: ModelOrder, box: Box, signal: string, what: string): Promise<string> {
  await order.report(signal, box);
  return `${box.system} ${what} (${box.shipmentId})`;
}
