import { randomUUID } from 'node:crypto';
import type { MapSkuRequest } from '../workflows/order/contract';
import type { Intakes } from './intakes';
import { OrderError } from './order-errors';
import type { OrderRef } from './order-messages';
import type { Orders } from './orders';

export interface Mapping extends MapSkuRequest {
  /** Also for the account's future orders. */
  readonly always: boolean;
}

/**
 * Maps a SKU of an order, and keeps that for future orders if wanted. What was done stays, also where the intake does
 * not keep it, which the answer then says.
 *
 * @throws OrderError where the order refuses, and nothing was done
 */
export async function mapSku(
  {
    orders,
    intakes,
  }: { readonly orders: Pick<Orders, 'mapSku'>; readonly intakes: Pick<Intakes, 'mapSkus'> },
  ref: OrderRef,
  { always, ...request }: Mapping,
  updateId: string = randomUUID(),
): Promise<{ done: boolean; sentence: string }> {
  const note = await orders.mapSku(ref, request, updateId);
  if (!always) return { done: true, sentence: note };
  const { from, to, by } = request;
  try {
    const kept = await intakes.mapSkus(ref.account, { changes: [{ from, to }], by }, updateId);
    return { done: true, sentence: `${sentenceOf(note)} ${kept}` };
  } catch (error) {
    if (!(error instanceof OrderError)) throw error;
    return {
      done: false,
      sentence: `${sentenceOf(note)} It is not kept for future orders: ${error.message}`,
    };
  }
}

const sentenceOf = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
