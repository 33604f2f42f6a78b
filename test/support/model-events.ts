import { boxActs } from './model-boxes';
import type { Act, Choice } from './model-choice';
import { neighbourActs } from './model-neighbours';
import { operatorActs } from './model-operators';
import type { ModelOrder } from './model-order';

const acts = { ...boxActs, ...neighbourActs, ...operatorActs };

export type EventKind = keyof typeof acts;

export interface ModelEvent extends Choice {
  readonly kind: EventKind;
}

/** Does it, where it can happen now, and leaves a trace. */
export async function happen(order: ModelOrder, { kind, ...choice }: ModelEvent): Promise<void> {
  if (order.isOver) return;
  const act: Act = acts[kind];
  const what = await act(order, choice);
  if (what !== undefined) order.trace.push(what);
}
