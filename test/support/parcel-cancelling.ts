import { OrderRefusedError } from '../../client/order-errors';
import {
  command,
  type Done,
  did,
  inWords,
  isEmpty,
  isPending,
  nothing,
  openAtAmazon,
  refOf,
  type Scene,
  snapshotOf,
  unpacked,
  wait,
  within,
} from './parcel-course';
import type { Move, Phase } from './parcel-stories';
import { itemsOf, sumOf } from './parcel-world';

const by = 'Olive';

/** Whether the order has come so far, or will not any more. */
function hasReached({ course, books }: Scene, phase: Phase): boolean {
  if (phase === 'any') return books.amazon.status !== 'NOT_PLACED';
  if (books.commerce.length === 0) return false;
  const isInErp = books.erp[0]?.state === 'accepted';
  return phase === 'placed' || !course.story.hasErp || isInErp || course.boxes.length > 0;
}

/** A box has left of which Amazon does not know. */
const isUnderWay = ({ course, books }: Scene): boolean =>
  books.amazon.lines.some(({ orderItemId, fulfilled }) => {
    return (
      sumOf(
        course.boxes.map(({ units }) => units),
        orderItemId,
      ) > fulfilled
    );
  });

/** Some units, at Amazon's or the buyer's word. */
export async function cancel(
  scene: Scene,
  { units, phase, underWay }: Extract<Move, { kind: 'cancel' }>,
): Done {
  const { course } = scene;
  if (!hasReached(scene, phase)) return wait;
  const open = within(course, units, underWay ? openAtAmazon(scene) : unpacked(scene));
  if (isEmpty(open)) return nothing('nothing is left to cancel of these units');
  const isDone = await command(course.amazonUrl, `${course.orderId}/cancel`, { items: itemsOf(open) });
  if (!isDone) return wait;
  if (underWay) course.isRisky = true;
  return did(`Amazon cancels ${inWords(open)}${underWay ? ' under way' : ''}`);
}

export async function cancelAll(scene: Scene, { phase }: Extract<Move, { kind: 'cancelAll' }>): Done {
  const { course } = scene;
  if (!hasReached(scene, phase)) return wait;
  const isDone = await command(course.amazonUrl, `${course.orderId}/cancel`, {
    by: 'BUYER',
    reason: 'Too slow',
  });
  return isDone ? did('Amazon cancels the order') : nothing('it is too late to cancel the order');
}

export async function askToCancel(scene: Scene, { lines, phase }: Extract<Move, { kind: 'ask' }>): Done {
  const { course } = scene;
  if (!hasReached(scene, phase)) return wait;
  const orderItemIds = lines.flatMap((line) => course.itemIds[line] ?? []);
  if (isUnderWay(scene)) course.isRisky = true;
  const isDone = await command(course.amazonUrl, `${course.orderId}/request-cancel`, { orderItemIds });
  return isDone ? did(`the buyer asks to cancel lines ${lines.join(', ')}`) : nothing('all has left');
}

/** From now on the ERP does not stop the order. */
export async function pack({ channel, course, books }: Scene): Done {
  const [order] = books.erp;
  if (!order && course.boxes.length > 0) return nothing('the ERP will not get the order');
  if (!order || order.state === 'received') return wait;
  const isDone = await command(channel.sandbox.urls.erp, `${course.account}/${course.orderId}/pack`);
  return isDone ? did('the ERP packs') : nothing(`the ERP has ${order.state} it`);
}

/** Waits until it is clear what becomes of the buyer's wish; where the channel asks, the operator answers. */
export async function decide(scene: Scene, move: Extract<Move, { kind: 'decide' }>): Done {
  const { channel, course, books } = scene;
  if (isPending(books)) return wait;
  const asked = move.lines.flatMap((line) => course.itemIds[line] ?? []);
  const left = books.amazon.lines.filter(({ orderItemId, fulfilled, unfulfilled }) => {
    return asked.includes(orderItemId) && fulfilled + unfulfilled > 0;
  });
  if (left.length === 0 || books.amazon.status === 'SHIPPED') return nothing('there is nothing to decide');
  const state = await snapshotOf(channel, course).catch(() => undefined);
  if (!state?.wishHeard || state.cancelRequest) return wait;
  const isUndecided = state.attention.some(({ reason }) => reason === 'cancellationRequested');
  if (!isUndecided) return nothing('the order ships on');
  return answer(scene, move);
}

async function answer(scene: Scene, { lines, answer: word }: Extract<Move, { kind: 'decide' }>): Done {
  const { course } = scene;
  if (word === 'shipOn') {
    await acknowledge(scene);
    return did('the operator lets the order ship on');
  }
  if (lines.length === course.itemIds.length) {
    if (!course.isAnswered) await cancelByOperator(scene);
    course.isAnswered = true;
    return wait;
  }
  const open = unpacked(scene);
  const units = Object.fromEntries(
    lines.flatMap((line) => {
      const id = course.itemIds[line] ?? '';
      return [[id, open[id] ?? 0]];
    }),
  );
  if (isEmpty(units)) return nothing('the lines have left');
  const body = { by: 'MERCHANT', reason: 'The buyer wished so', items: itemsOf(units) };
  if (!(await command(course.amazonUrl, `${course.orderId}/cancel`, body))) return wait;
  return did(`the seller cancels ${inWords(units)} in Seller Central`);
}

async function cancelByOperator(scene: Scene): Promise<void> {
  const { channel, course } = scene;
  try {
    await channel.orders.cancel(refOf(course), { by, reason: 'BuyerCanceled' }, `cancel ${course.orderId}`);
    course.did.push('the operator cancels the order');
  } catch (error) {
    if (!(error instanceof OrderRefusedError)) throw error;
    course.did.push(`the operator may not cancel: ${error.message}`);
    await acknowledge(scene);
  }
}

const acknowledge = ({ channel, course }: Scene): Promise<string> =>
  channel.orders.acknowledge(
    refOf(course),
    { by, reason: 'cancellationRequested' },
    `acknowledge ${course.orderId}`,
  );
