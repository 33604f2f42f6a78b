import { setTimeout } from 'node:timers/promises';
import { sendSigned } from '../sandbox/commerce-client';
import {
  type Box,
  command,
  type Done,
  did,
  inWords,
  isEmpty,
  isPending,
  newNumber,
  nothing,
  type Scene,
  unpacked,
  wait,
  within,
} from './parcel-course';
import type { Move, PlannedBox } from './parcel-stories';
import { itemsOf, type UnitsByItem } from './parcel-world';

/** In Commerce's admin, whose people no fault meets. */
export async function inCommerce(
  { channel }: Scene,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await sendSigned(channel.sandbox.commerce, {
    method,
    path: `/rest/V1${path}`,
    ...(body && { body }),
  });
  if (answer.status === 200) return answer.body;
  throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

const trackOf = ({ carrier }: Pick<Box, 'carrier'>, number: string) => ({
  carrier_code: carrier.code,
  title: carrier.title,
  track_number: number,
});

export async function ship(scene: Scene, { box: index, hasty }: Extract<Move, { kind: 'ship' }>): Done {
  const { course, books } = scene;
  const box = course.story.boxes[index];
  if (!box) throw new Error(`Story ${course.story.number} has no box ${index}`);
  if (hasty && box.by === 'commerce' && !books.commerce[0])
    return nothing('it does not stand in Commerce yet');
  if (!isTime(scene, box, hasty === true)) return wait;
  const units = within(course, box.units, unpacked(scene));
  if (isEmpty(units)) return nothing(`nothing of box ${index + 1} is wanted any more`);
  if (hasty) course.isRisky = true;
  const isStopped = box.by === 'erp' && books.erp[0]?.state !== 'accepted';
  return leave(scene, isStopped ? { ...box, by: 'commerce' } : box, { units, index });
}

/** All that is left and still wanted. */
export async function shipRest(scene: Scene): Done {
  const { course } = scene;
  const units = unpacked(scene);
  if (isEmpty(units)) return nothing('all has left');
  const box = {
    by: 'commerce',
    units: [],
    carrier: { code: 'ups', title: 'United Parcel Service' },
    isLate: false,
    isTwin: false,
  } as const;
  if (!isTime(scene, box, false)) return wait;
  return leave(scene, box, { units, index: course.story.boxes.length });
}

/** A careful merchant waits until the order stands everywhere, unless something has left already. */
function isTime({ course, books }: Scene, { by }: PlannedBox, isHasty: boolean): boolean {
  if (isPending(books)) return false;
  if (isHasty && by === 'seller') return true;
  if (books.commerce[0]?.state !== 'processing') return false;
  if (isHasty || !course.story.hasErp || course.boxes.length > 0) return true;
  return books.erp[0] !== undefined && books.erp[0].state !== 'received';
}

interface Leaving {
  readonly units: UnitsByItem;
  readonly index: number;
}

async function leave(scene: Scene, box: PlannedBox, { units, index }: Leaving): Done {
  const { course } = scene;
  const twin = box.isTwin ? course.boxes.at(-1)?.numbers.at(-1) : undefined;
  const number = twin ?? newNumber(course, index, 1);
  const numbers = box.isLate ? [] : [number];
  const { by, carrier } = box;
  const left: Box = { by, carrier, index, units, numbers };
  const shipmentId = await carriers[by](scene, left);
  if (shipmentId === undefined) return wait;
  course.boxes.push({ ...left, shipmentId });
  return did(`${by} ships ${inWords(units)} as ${numbers[0] ?? 'no number'} (shipment ${shipmentId})`);
}

type Carry = (scene: Scene, box: Box) => Promise<string | undefined>;

/** The id of the shipment; undefined where it cannot be made now. */
const carriers: Readonly<Record<Box['by'], Carry>> = {
  seller: async ({ course }, { units, numbers: [trackingNumber] }) => {
    const body = { trackingNumber, items: itemsOf(units) };
    return (await command(course.amazonUrl, `${course.orderId}/ship`, body)) ? 'at Amazon' : undefined;
  },
  erp: async ({ channel, course }, { units, numbers: [tracking] }) => {
    const orderKey = `${course.account}/${course.orderId}`;
    const items = itemsOf(units).map(({ orderItemId, quantity }) => ({ lineKey: orderItemId, quantity }));
    const { erp, urls } = channel.sandbox;
    if (!(await command(urls.erp, `${orderKey}/ship`, { tracking, items }))) return undefined;
    return erp.orders
      .all()
      .find((order) => order.orderKey === orderKey)
      ?.shipments.at(-1)?.shipmentId;
  },
  commerce: async (scene, box) => {
    const [order] = scene.books.commerce;
    const items = itemsOf(box.units).map(({ orderItemId, quantity }) => ({
      order_item_id: order?.items.find((item) => item.ext_order_item_id === orderItemId)?.item_id,
      qty: quantity,
    }));
    const tracks = box.numbers.map((number) => trackOf(box, number));
    return String(await inCommerce(scene, 'POST', `/order/${order?.entity_id}/ship`, { items, tracks }));
  },
};

/** The first number, or another one. Commerce's people add a new one and take the old one away, or the other way round. */
export async function renumber(scene: Scene, move: Extract<Move, { kind: 'number' | 'correct' }>): Done {
  const { channel, course } = scene;
  const box = course.boxes.find(({ index }) => index === move.box);
  if (!box) return nothing(`there is no box ${move.box + 1}`);
  const number = newNumber(course, move.box, box.numbers.length + 1);
  if (move.kind === 'correct' && move.where === 'erp' && box.by === 'erp') {
    const path = `${course.account}/${course.orderId}/correct`;
    await command(channel.sandbox.urls.erp, path, { shipmentId: box.shipmentId, tracking: number });
  } else if (
    !(await renumberInCommerce(scene, box, { number, addFirst: move.kind === 'correct' && move.addFirst }))
  ) {
    return wait;
  }
  box.numbers.push(number);
  return did(`${box.numbers.length > 1 ? 'corrects' : 'adds'} the number of box ${move.box + 1}: ${number}`);
}

/** Long enough for the watch to look in between. */
const betweenMs = 400;

async function renumberInCommerce(
  scene: Scene,
  box: Box,
  { number, addFirst }: { number: string; addFirst: boolean },
): Promise<boolean> {
  const [order] = scene.books.commerce;
  const shipment = order?.shipments.find(({ entity_id, tracks }) =>
    box.by === 'commerce'
      ? String(entity_id) === box.shipmentId
      : tracks.some(({ track_number }) => box.numbers.includes(track_number)),
  );
  if (!order || !shipment) return false;
  const entity = { ...trackOf(box, number), parent_id: shipment.entity_id, order_id: order.entity_id };
  const add = () => inCommerce(scene, 'POST', '/shipment/track', { entity });
  if (addFirst) await add();
  for (const track of shipment.tracks) {
    if (addFirst) await setTimeout(betweenMs);
    await inCommerce(scene, 'DELETE', `/shipment/track/${track.entity_id}`);
  }
  if (!addFirst && shipment.tracks.length > 0) await setTimeout(betweenMs);
  if (!addFirst) await add();
  return true;
}
