import type { IntakeState, ParkedOrder, WiderAdmittance } from './contract';

/** More than a person works through; further ones only count, and a later sweep lists them again. */
const mostKept = 5_000;
const longestReason = 200;
/** Read again after each sweep; each goes to the end of the list then, so that all have their turn. */
const mostRetried = 20;

/** What a look at Amazon says of orders. */
export interface Seen {
  readonly parked: readonly ParkedOrder[];
  /** Their workflows have them. */
  readonly settled: readonly string[];
  /** Not to be imported, as far as this look goes. */
  readonly passedOver: readonly string[];
}

/**
 * An order that was parked stays so until it is delivered, or passed over by a look that would have taken it if the
 * one that parked it would. One reason per order, the newest.
 */
export function park(state: IntakeState, { parked, settled, passedOver }: Seen, look: WiderAdmittance): void {
  const known = new Map(state.parked.filter(withId).map((order) => [order.amazonOrderId, order]));
  const isJudged = (id: string) => {
    const { anyAge, beforeImportSince } = known.get(id) ?? {};
    return (!anyAge || look.anyAge === true) && (!beforeImportSince || look.beforeImportSince === true);
  };
  const again = parked.map((order) => entryOf(order, known.get(order.amazonOrderId ?? ''), look));
  const gone = new Set([
    ...settled,
    ...passedOver.filter(isJudged),
    ...again.filter(withId).map(({ amazonOrderId }) => amazonOrderId),
  ]);
  if (gone.size === 0 && again.length === 0) return;
  const rest = state.parked.filter(
    ({ amazonOrderId }) => amazonOrderId === undefined || !gone.has(amazonOrderId),
  );
  const all = [...rest, ...again];
  state.parked = all.slice(0, mostKept);
  state.parkedMore += Math.max(0, all.length - mostKept);
}

function entryOf(order: ParkedOrder, known: ParkedOrder | undefined, look: WiderAdmittance): ParkedOrder {
  const anyAge = look.anyAge ?? known?.anyAge ?? false;
  const beforeImportSince = look.beforeImportSince ?? known?.beforeImportSince ?? false;
  return {
    ...order,
    reason: order.reason.slice(0, longestReason),
    ...(anyAge && { anyAge }),
    ...(beforeImportSince && { beforeImportSince }),
  };
}

export const withId = (order: ParkedOrder): order is ParkedOrder & { readonly amazonOrderId: string } =>
  order.amazonOrderId !== undefined;

/** How an order is to be judged that may be parked already, by more than the present wish. */
export function admittanceOf(
  state: IntakeState,
  amazonOrderId: string,
  wish: WiderAdmittance = {},
): WiderAdmittance {
  const known = state.parked.find((order) => order.amazonOrderId === amazonOrderId);
  return {
    ...((wish.anyAge || known?.anyAge) && { anyAge: true }),
    ...((wish.beforeImportSince || known?.beforeImportSince) && { beforeImportSince: true }),
  };
}

/** The settings, or this program, may have learnt to read them. */
export function retryParked(state: IntakeState): void {
  const turn = state.parked.filter(withId).slice(0, mostRetried);
  if (turn.length === 0) return;
  const waiting = new Set(state.hints);
  const ids = turn.map(({ amazonOrderId }) => amazonOrderId).filter((id) => !waiting.has(id));
  state.hints = [...state.hints, ...ids];
  const hasHadItsTurn = new Set<ParkedOrder>(turn);
  state.parked = [...state.parked.filter((order) => !hasHadItsTurn.has(order)), ...turn];
}
