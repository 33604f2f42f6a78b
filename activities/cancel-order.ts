import {
  CommerceError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { CommerceOrder, CommerceOrderItem, Shipment } from '../integrations/commerce/records';
import type { CancelOrderResult, CommerceOrderRef } from './contracts/commerce';
import { documentCall } from './document-call';
import type { Progress } from './heartbeats';
import { onceAtATime } from './posting';

const cancelledComment = 'Cancelled at Amazon.';
const refundedComment = 'Cancelled at Amazon: refunded offline, nothing was returned to stock.';

/**
 * Commerce's own cancellation asks neither for shipments nor is it safe beside one, and the update in its place
 * asks for nothing at all. So order and shipments are read before and after. What is invoiced cannot be canceled
 * any more: it is refunded offline.
 */
export async function cancelOrder(
  commerce: CommercePort,
  { entityId }: CommerceOrderRef,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<CancelOrderResult> {
  const read = () =>
    Promise.all([commerce.readOrder(entityId, options), commerce.shipments([entityId], options)]);
  const [order, shipments] = await read();
  const obstacle = cancelObstacle(order, shipments);
  if (obstacle) return { kind: 'tooLate', message: obstacle };
  if (isUndone(order)) return { kind: 'canceled', state: order.state };

  const refused = await undo(commerce, order, options, progress);
  const [after, shipmentsAfter] = await read();
  const rival = cancelObstacle(after, shipmentsAfter);
  if (rival)
    return { kind: 'tooLate', message: `${rival} That happened while the channel was canceling it.` };
  if (!isUndone(after))
    return { kind: 'tooLate', message: refused ?? `Order ${after.number} stays ${after.state}.` };
  // Commerce's update has no guard: an invoice that was made meanwhile stands, unrefunded, on a canceled order.
  if (after.items.some(({ invoiced, refunded }) => invoiced > refunded))
    return {
      kind: 'tooLate',
      message: `Order ${after.number} was invoiced while it was canceled: refund it.`,
    };
  if (after.state === 'closed') await remark(commerce, after, options);
  return { kind: 'canceled', state: after.state };
}

function cancelObstacle(order: CommerceOrder, shipments: readonly Shipment[]): string | undefined {
  const { number, state, items } = order;
  if (shipments.length > 0 || items.some((item) => item.shipped > 0)) {
    return `Order ${number} is shipped in Commerce, in whole or in part.`;
  }
  if (isUndone(order)) return undefined;
  if (state === 'complete' || state === 'closed') return `Order ${number} is ${state} in Commerce.`;
  return isInvoiced(order) && items.some(isOpen)
    ? `Order ${number} is invoiced in part in Commerce.`
    : undefined;
}

/** Canceled, or refunded in whole: by an earlier attempt, or by a person. */
const isUndone = ({ state, items }: CommerceOrder): boolean =>
  state === 'canceled' ||
  (state === 'closed' && items.every(({ invoiced, refunded }) => refunded >= invoiced));

const isInvoiced = ({ items }: CommerceOrder): boolean => items.some(({ invoiced }) => invoiced > 0);

const isOpen = ({ ordered, invoiced, canceled }: CommerceOrderItem): boolean =>
  ordered - invoiced - canceled > 0;

/** A sentence where Commerce refuses to refund. */
async function undo(
  commerce: CommercePort,
  order: CommerceOrder,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<string | undefined> {
  if (!isInvoiced(order)) {
    await commerce.markCanceled(order, cancelledComment, options);
    return undefined;
  }
  const call = documentCall(commerce, 'refund');
  try {
    await onceAtATime(progress)('refund', call, () => commerce.refund(order.entityId, options));
    return undefined;
  } catch (error) {
    // A lost answer or a rival who was faster: the look at the order that follows tells.
    if (error instanceof CommerceUnreachableError && error.outcomeUnknown) {
      if (isUndone(await commerce.readOrder(order.entityId, options))) return undefined;
    }
    if (!(error instanceof CommerceRefusedError)) throw error;
    return `Order ${order.number} is invoiced in Commerce, which does not refund it: ${error.sentence}`;
  }
}

/** A courtesy: the order is closed, with or without it. */
async function remark(
  commerce: CommercePort,
  order: CommerceOrder,
  options: CommerceCallOptions,
): Promise<void> {
  try {
    await commerce.comment(order, refundedComment, options);
  } catch (error) {
    if (!(error instanceof CommerceError)) throw error;
  }
}
