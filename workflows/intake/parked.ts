import type { IntakeState, ParkedOrder } from './contract';

/** More than a person works through; further ones only count, and a later sweep lists them again. */
const mostKept = 1_000;
/** Read again after each sweep; each goes to the end of the list then, so that all have their turn. */
const mostRetried = 20;

/**
 * An order that was parked stays so until it is delivered or to be ignored: a later sweep does not list it if it
 * has not changed. One reason per order, the newest.
 */
export function park(
  state: IntakeState,
  { parked, released }: { readonly parked: readonly ParkedOrder[]; readonly released: readonly string[] },
): void {
  if (parked.length === 0 && released.length === 0) return;
  const gone = new Set([...released, ...parked.filter(withId).map(({ amazonOrderId }) => amazonOrderId)]);
  const rest = state.parked.filter(
    ({ amazonOrderId }) => amazonOrderId === undefined || !gone.has(amazonOrderId),
  );
  const all = [...rest, ...parked];
  state.parked = all.slice(0, mostKept);
  state.parkedMore = all.length > mostKept ? state.parkedMore + all.length - mostKept : 0;
}

export const withId = (order: ParkedOrder): order is ParkedOrder & { readonly amazonOrderId: string } =>
  order.amazonOrderId !== undefined;

/** The settings, or this program, may have learnt to read them. */
export function retryParked(state: IntakeState): void {
  const ids = state.parked.filter(withId).map(({ amazonOrderId }) => amazonOrderId);
  const waiting = new Set(state.hints);
  state.hints = [...state.hints, ...ids.slice(0, mostRetried).filter((id) => !waiting.has(id))];
}
