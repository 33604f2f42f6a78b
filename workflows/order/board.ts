import type { SearchAttributePair } from '@temporalio/common';
import { condition, setCurrentDetails, upsertMemo, upsertSearchAttributes } from '@temporalio/workflow';
import { attributes } from '../search-attributes';
import { type OrderMemo, type OrderState, orderMemoKey } from './contract';
import { describe } from './story';

/** What the Orders list shows of an order; everything else of it is only in the state. */
export interface Board {
  /** Writes what has changed since it was written last. */
  publish(): void;
  /** Publishes whenever something has changed, at most once per workflow task. Never ends by itself. */
  keepPublished(): Promise<void>;
}

export function createBoard(state: OrderState): Board {
  const written = new Map<string, string>();
  const isNews = (name: string, value: unknown) => written.get(name) !== JSON.stringify(value);
  const news = () => {
    const pairs = pairsOf(state).filter(({ key, value }) => isNews(key.name, value));
    const memo = memoOf(state);
    return { pairs, memo: memo && isNews(orderMemoKey, memo) ? memo : undefined };
  };

  const publish = () => {
    const { pairs, memo } = news();
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    for (const { key, value } of pairs) written.set(key.name, JSON.stringify(value));
    if (memo) upsertMemo({ [orderMemoKey]: memo });
    if (memo) written.set(orderMemoKey, JSON.stringify(memo));
    setCurrentDetails(describe(state));
  };
  const hasNews = () => news().pairs.length > 0 || news().memo !== undefined;
  const keepPublished = async () => {
    for (;;) {
      await condition(hasNews);
      await others();
      publish();
    }
  };
  return { publish, keepPublished };
}

/** Lets everything else that woke in this workflow task act first, so that one write shows all of it. */
function others(): Promise<void> {
  let asked = 0;
  return condition(() => {
    asked += 1;
    return asked > 1;
  });
}

/** Only what has a value: an attribute that was never set needs no event to say so. */
function pairsOf(state: OrderState): SearchAttributePair[] {
  const { delivery, commerce, pinned } = state;
  if (!delivery) return [];
  const { order, version, policy, buyerTokens } = delivery;
  return [
    { key: attributes.channelStatus, value: state.channelStatus },
    { key: attributes.amazonVersion, value: version },
    { key: attributes.commerceInstance, value: pinned?.commerce ?? policy.commerce },
    { key: attributes.attention, value: state.attention.map(({ reason }) => reason) },
    ...(order.currency === null ? [] : [{ key: attributes.currency, value: order.currency }]),
    ...(order.totalMinor === null ? [] : [{ key: attributes.orderTotalMinor, value: order.totalMinor }]),
    ...(order.shipBy === undefined ? [] : [{ key: attributes.shipBy, value: new Date(order.shipBy) }]),
    ...(buyerTokens.length > 0 || state.buyerForgotten
      ? [{ key: attributes.buyerTokens, value: [...buyerTokens] }]
      : []),
    ...(commerce ? [{ key: attributes.commerceOrderNumber, value: commerce.number }] : []),
    ...(commerce ? [{ key: attributes.commerceOrderId, value: commerce.entityId }] : []),
    ...(state.shipmentsSeen === '' ? [] : [{ key: attributes.shipmentsSeen, value: state.shipmentsSeen }]),
  ];
}

/** Undefined while there is nothing to tell beyond the attributes. */
function memoOf(state: OrderState): OrderMemo | undefined {
  const { delivery, held, attention, handOff } = state;
  const buyer = delivery?.order.buyer?.name ?? delivery?.order.shipTo?.name;
  const note = state.notes.at(-1);
  if (buyer === undefined && note === undefined && !held) return undefined;
  return {
    ...(buyer !== undefined && { buyer }),
    ...(note && { note: note.text, noteAt: note.at }),
    ...(handOff.erpOrderNumber !== undefined && { erpOrderNumber: handOff.erpOrderNumber }),
    held,
    attention,
  };
}
