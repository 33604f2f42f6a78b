import { OrderRefusedError, OrderUnansweredError } from '../../client/order-errors';
import type { OrderState } from '../../workflows/order/contract';
import { askToCancel, cancel, cancelAll, decide, pack } from './parcel-cancelling';
import {
  type Box,
  type Done,
  inWords,
  isEmpty,
  isPending,
  nothing,
  openAtAmazon,
  refOf,
  type Scene,
} from './parcel-course';
import { renumber, ship, shipRest } from './parcel-shipping';
import type { Move } from './parcel-stories';
import { textOf, unitsOf } from './parcel-units';
import { itemsOf } from './parcel-world';

/** Does the next move of the order’s story, if its time has come. */
export async function play(scene: Scene): Promise<void> {
  const { course } = scene;
  const move = course.story.moves[course.next];
  if (!move || Date.now() < course.readyAt) return;
  const done = await act(scene, move).catch(waitWhereUnanswered);
  if (done === 'wait') return;
  course.did.push(`${move.kind}: ${done.did}`);
  if (done.isEffect) course.effects.push(move.kind);
  course.next += 1;
  course.readyAt = Date.now() + (course.story.pausesMs[course.next] ?? 0);
}

/** The channel is busy: the same request again acts once. */
function waitWhereUnanswered(error: unknown): 'wait' {
  if (error instanceof OrderUnansweredError) return 'wait';
  throw error;
}

function act(scene: Scene, move: Move): Done {
  if (scene.books.amazon.status === 'CANCELLED') return nothing('the order is cancelled');
  switch (move.kind) {
    case 'ship':
      return ship(scene, move);
    case 'shipRest':
      return shipRest(scene);
    case 'number':
    case 'correct':
      return renumber(scene, move);
    case 'cancel':
      return cancel(scene, move);
    case 'cancelAll':
      return cancelAll(scene, move);
    case 'pack':
      return pack(scene);
    case 'ask':
      return askToCancel(scene, move);
    case 'decide':
      return decide(scene, move);
  }
}

/** What a person does about a box of which units were cancelled while it left: tells the rest. */
export async function putRight(scene: Scene, state: OrderState): Promise<void> {
  const { course, books } = scene;
  if (books.amazon.status === 'CANCELLED' || isPending(books)) return;
  const refused = state.parcels.filter(({ amazon, lines }) => amazon === 'refused' && lines.length > 0);
  for (const box of course.boxes) {
    const isRefused = refused.some((parcel) => isSame(parcel, box));
    if (!box.isTold && (isRefused || box.told)) await tellRest(scene, box);
  }
}

/** Two boxes can travel under one number. */
const isSame = ({ trackingNumber, lines }: OrderState['parcels'][number], { numbers, units }: Box): boolean =>
  numbers.at(-1) === trackingNumber && textOf('', unitsOf({ items: lines })) === textOf('', units);

async function tellRest(scene: Scene, box: Box): Promise<void> {
  const { channel, course } = scene;
  const open = openAtAmazon(scene);
  const rest = itemsOf(box.units).map(({ orderItemId, quantity }) => {
    return [orderItemId, Math.min(quantity, open[orderItemId] ?? 0)] as const;
  });
  // Where he is not answered, it may have been done.
  box.told ??= Object.fromEntries(rest);
  const { told } = box;
  const trackingNumber = box.numbers.at(-1) ?? '';
  const by = 'Olive';
  // The same request once more acts once.
  const updateId = `tell the rest of ${trackingNumber}`;
  try {
    if (isEmpty(told)) {
      await channel.orders.acknowledge(refOf(course), { by, reason: 'shipmentRefused' }, updateId);
    } else {
      const parcel = { trackingNumber, carrierCode: box.carrier.code, lines: itemsOf(told) };
      await channel.orders.recordParcel(refOf(course), { by, ...parcel }, updateId);
    }
    box.isTold = true;
    course.did.push(`the operator tells Amazon of ${inWords(told) || 'nothing'} in ${trackingNumber}`);
  } catch (error) {
    if (error instanceof OrderUnansweredError) return;
    if (!(error instanceof OrderRefusedError)) throw error;
    delete box.told;
    course.did.push(`the operator may not record ${trackingNumber}: ${error.message}`);
  }
}
