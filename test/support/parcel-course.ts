import type { OrderState } from '../../workflows/order/contract';
import { orderSnapshotQuery, orderWorkflowId } from '../../workflows/order/contract';
import type { Channel } from './channel';
import { patiently } from './eventually';
import type { Move, PlannedBox, Story, Units } from './parcel-stories';
import { itemsOf, type OrderBooks, sumOf, type UnitsByItem } from './parcel-world';

/** A box that has left, as those know it who packed it. */
export interface Box extends Pick<PlannedBox, 'by' | 'carrier'> {
  /** Its place in the plan; absent for the one with the rest. */
  readonly index?: number;
  readonly units: UnitsByItem;
  /** The last one counts; none while it is not known. */
  readonly numbers: string[];
  /** Commerce's or the ERP's id of it. */
  readonly shipmentId?: string;
  /** Units that Amazon still wanted, where that was less than what had left. */
  told?: UnitsByItem;
  /** The channel takes it for a part of another box, as units that a person shipped and confirmed in Seller Central. */
  readonly isCovered?: true;
  /** The operator has said so, and was answered. */
  isTold?: true;
}

/** An order on its way through its story. */
export interface Course {
  readonly story: Story;
  readonly account: string;
  readonly amazonUrl: string;
  readonly orderId: string;
  /** By the position of the line. */
  readonly itemIds: readonly string[];
  readonly boxes: Box[];
  /** What was done, in sentences. */
  readonly did: string[];
  /** The next move, and from when on. */
  next: number;
  readyAt: number;
  /** The operator has asked for the cancellation that the buyer wants. */
  isAnswered?: true;
  /** The kinds of the moves that had an effect. */
  readonly effects: Move['kind'][];
  /** A box left before it was clear what becomes of the order, or with units that were cancelled at that moment. */
  isRisky?: true;
}

export interface Scene {
  readonly channel: Channel;
  readonly course: Course;
  readonly books: OrderBooks;
}

/** `wait`: not yet. Else what was done, or why nothing. */
export type Done = Promise<'wait' | { readonly did: string; readonly isEffect: boolean }>;

export const nothing = async (why: string): Done => ({ did: why, isEffect: false });
export const wait: Done = Promise.resolve('wait');
export const did = async (what: string): Done => ({ did: what, isEffect: true });

export const snapshotOf = ({ client }: Channel, { account, orderId }: Course): Promise<OrderState> =>
  patiently(() => client.workflow.getHandle(orderWorkflowId(account, orderId)).query(orderSnapshotQuery));

export const refOf = ({ account, orderId }: Course) => ({ account, amazonOrderId: orderId });

export const isPending = ({ amazon }: OrderBooks): boolean =>
  amazon.status === 'NOT_PLACED' || amazon.status.startsWith('PENDING');

/** Units that are still wanted and in no box. */
export function unpacked({ course, books }: Scene): UnitsByItem {
  const boxed = course.boxes.map(({ units }) => units);
  return Object.fromEntries(
    books.amazon.lines.map(({ orderItemId, fulfilled, unfulfilled }) => [
      orderItemId,
      Math.max(fulfilled + unfulfilled - sumOf(boxed, orderItemId), 0),
    ]),
  );
}

/** Units that Amazon waits for. */
export const openAtAmazon = ({ books }: Scene): UnitsByItem =>
  Object.fromEntries(books.amazon.lines.map(({ orderItemId, unfulfilled }) => [orderItemId, unfulfilled]));

/** What of the plan there is room for. */
export const within = ({ itemIds }: Course, units: Units, room: UnitsByItem): UnitsByItem =>
  Object.fromEntries(itemIds.map((id, line) => [id, Math.min(units[line] ?? 0, room[id] ?? 0)]));

export const isEmpty = (units: UnitsByItem): boolean => itemsOf(units).length === 0;

export const inWords = (units: UnitsByItem): string =>
  itemsOf(units)
    .map(({ orderItemId, quantity }) => `${quantity} × ${orderItemId}`)
    .join(', ');

/** One that no other box has. */
export const newNumber = ({ story }: Course, box: number, version: number): string =>
  `1Z${String(story.number).padStart(4, '0')}B${box + 1}V${version}`;

/** By hand at Amazon or in the ERP; false where that is not possible any more. */
export async function command(url: string, path: string, body: object = {}): Promise<boolean> {
  const answer = await fetch(`${url}/_sandbox/orders/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  if (!answer.ok && answer.status !== 409)
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.ok;
}
