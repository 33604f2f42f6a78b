import type { Attention, AttentionReason } from '../../domain/attention';
import { type ChannelEvent, channelEventOf, nextChannelStatus } from '../../domain/channel-status';
import { type AmazonOrder, isCancelled } from '../../domain/order';
import type { SkuMap } from '../../domain/sku-map';
import type { AmazonOrderInput, OrderDelivery, OrderState } from './contract';

const notesKept = 50;

/** Plain functions on the one state object of an order workflow; nothing here waits. */
export function newOrderState({ account, amazonOrderId }: AmazonOrderInput): OrderState {
  return {
    account,
    amazonOrderId,
    channelStatus: 'Pending',
    delivery: null,
    completed: false,
    handOff: { stage: 'open', revision: 1 },
    parcels: [],
    held: false,
    attention: [],
    notes: [],
    shipmentsSeen: '',
    erpEvents: [],
    waits: {},
  };
}

/** What Amazon said last. Only to be called once an order has been delivered. */
export function delivered(state: OrderState): OrderDelivery {
  if (!state.delivery) throw new TypeError('No order has been delivered yet');
  return state.delivery;
}

export const orderOf = (state: OrderState): AmazonOrder => delivered(state).order;
export const policyOf = (state: OrderState) => delivered(state).policy;

/** Commerce's SKUs for those of this order; once it is placed, those that it was placed with. */
export const skuMapOf = ({ commerce, delivery, skuMap }: OrderState): SkuMap => ({
  ...(!commerce && delivery?.skuMap),
  ...skuMap,
});

export const isOrderCancelled = (state: OrderState): boolean =>
  state.delivery !== null && isCancelled(state.delivery.order);

export function now(): string {
  return new Date().toISOString();
}

export function addNote(state: OrderState, text: string, by?: string): void {
  state.notes.push({ at: now(), text, ...(by !== undefined && { by }) });
  state.notes.splice(0, state.notes.length - notesKept);
}

/** Asks for a person. Raising a reason again with the same note changes nothing. */
export function raise(state: OrderState, reason: AttentionReason, note: string): void {
  if (attentionOf(state, reason)?.note === note) return;
  setAttention(state, reason, note);
  addNote(state, note);
}

/** Beside what it asks for already, which is another matter. */
export function raiseAlso(state: OrderState, reason: AttentionReason, note: string): void {
  const asked = attentionOf(state, reason)?.note;
  if (asked?.includes(note)) return;
  setAttention(state, reason, asked === undefined ? note : `${asked} ${note}`);
  addNote(state, note);
}

const attentionOf = (state: OrderState, reason: AttentionReason): Attention | undefined =>
  state.attention.find((attention) => attention.reason === reason);

function setAttention(state: OrderState, reason: AttentionReason, note: string): void {
  const since = attentionOf(state, reason)?.since ?? now();
  const others = state.attention.filter((attention) => attention.reason !== reason);
  state.attention = [...others, { reason, note, since }];
}

export function resolve(state: OrderState, ...reasons: readonly AttentionReason[]): void {
  state.attention = state.attention.filter(({ reason }) => !reasons.includes(reason));
}

export const hasAttention = (state: OrderState, reason: AttentionReason): boolean =>
  attentionOf(state, reason) !== undefined;

export function changeStatus(state: OrderState, event: ChannelEvent): void {
  state.channelStatus = nextChannelStatus(state.channelStatus, event);
}

/** An order that nobody imports is only listed, so its status is Amazon's. */
export const isOnlyListed = (state: OrderState): boolean => {
  const { order, policy } = delivered(state);
  return (
    state.onlyListed ??
    (policy.importOrders === 'disabled' || (order.fulfilledBy === 'AMAZON' && policy.fbaOrders === 'ignore'))
  );
};

/** `Shipped` comes with completion, or by Amazon's word where there is nothing to complete. */
export function followAmazonStatus(state: OrderState): void {
  const event = channelEventOf(orderOf(state));
  if (event === undefined || (event === 'shipped' && !isOnlyListed(state))) return;
  changeStatus(state, event);
}

/** Shipped completely or cancelled: nothing is left to hold or to try again. */
export const isOver = (state: OrderState): boolean =>
  state.channelStatus === 'Shipped' || state.channelStatus === 'Canceled';
