import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';
import type { StockCheck } from '../../activities/contracts/commerce';
import type { TransferStockInput, TransferStockResult } from '../../activities/contracts/stock';
import { type Blocker, describeBlocker, type Pinned } from '../../domain/commerce-order';
import { isFailureType } from '../../domain/failures';
import type { AmazonOrder } from '../../domain/order';
import { withCommerceSkus } from '../../domain/sku-map';
import {
  type AllocatedStock,
  describeUnits,
  fulfilledUnits,
  hasUnits,
  minus,
  movedUnits,
  openUnits,
  orderedUnits,
  plus,
  type StockMove,
  surplus,
  type Units,
} from '../../domain/stock';
import { stockActivities } from '../proxies';
import { type Attempt, attempt } from './attempts';
import type { OrderState } from './contract';
import { takePolicy } from './deliveries';
import { addNote, isOnlyListed, orderOf, policyOf, raise, raiseAlso, skuMapOf } from './state';
import { keptBack, leftUnseen, notReturned, placedBefore, unanswered } from './stock-notes';

/** An activity with one attempt is tried again soon, as Temporal does with the others. */
const firstWaitsMs = [1_000, 10_000, 60_000];

/** While Amazon verifies the payment of an order, once, where the settings ask for it. */
export const mayReserve = (state: OrderState): boolean =>
  state.delivery?.order.status === 'PENDING' &&
  state.delivery.order.fulfilledBy === 'MERCHANT' &&
  policyOf(state).inventory === 'sourceTransfer' &&
  policyOf(state).pendingStock === 'reserve' &&
  !state.held &&
  !state.stock &&
  !state.stockForgotten &&
  !isOnlyListed(state);

/** Too little stock is noted here; it blocks the order only when that is to be placed. */
export async function reserve(state: OrderState, abandoned: () => boolean): Promise<void> {
  const stopped = () => state.held || abandoned();
  const step = { wait: 'placement', system: 'Commerce', abandoned: stopped } as const;
  const lacking = await allocate(state, policyOf(state), step);
  if (lacking.length > 0) {
    addNote(state, `No stock was reserved: ${lacking.map(describeBlocker).join('; ')}.`);
  }
  const { commerce, stock: shop } = policyOf(state);
  if (shop && !stopped()) state.stock ??= { commerce, shop, units: {}, fulfilledBefore: {} };
}

/**
 * With `sourceTransfer`: moves to the allocation source what the order needs and does not have there. Before the
 * Commerce order is made, so that the shop's stock decides, and a creation with a lost answer needs no second look
 * (docs/decisions/0015). Answers what the shop lacks; then nothing was moved.
 */
export async function allocate(
  state: OrderState,
  { commerce, store }: Pick<Pinned, 'commerce' | 'store'>,
  step: Attempt,
): Promise<readonly Blocker[]> {
  const { inventory, stock: shop } = policyOf(state);
  if (inventory !== 'sourceTransfer' || !shop || isLost(state)) return [];
  if (!(await giveBack(state, unneeded(state, commerce), step)) || isLost(state)) return [];
  // What another shop did not take back stands in the attention; to this order it is of no use.
  if (state.stock?.commerce !== commerce) delete state.stock;
  const order = commerceOrderOf(state);
  const stock = state.stock ?? { commerce, shop, units: {}, fulfilledBefore: {} };
  const units = minus(openUnits(order), stock.units);
  if (!hasUnits(units)) return [];
  const skus = Object.keys(orderedUnits(order));
  const asked = { direction: 'allocate', store, units, skus, skuMap: skuMapOf(state) } as const;
  const result = await transfer(state, stock, asked, step);
  switch (result?.kind) {
    case 'moved':
      takeAllocated(state, stock, order, movedUnits(result.moves));
      return [];
    case 'blocked':
      return result.blockers;
    case 'placedBefore':
      lose(state, stock, units, placedBefore(stock, result.number));
      return [];
    case 'unknown':
      lose(state, stock, units, unanswered(stock, asked, result.moves));
      return [];
    case undefined:
      return [];
  }
}

/** Moves back what did not ship. Nothing where nothing was moved. False if it was abandoned. */
export async function giveBack(
  state: OrderState,
  units: Units,
  step: Pick<Attempt, 'wait' | 'abandoned'>,
): Promise<boolean> {
  const { stock } = state;
  if (isLost(state) || !stock || !hasUnits(units)) return true;
  const { store } = state.pinned ?? policyOf(state);
  const asked = { direction: 'giveBack', store, units } as const;
  const result = await transfer(state, stock, asked, { ...step, system: 'Commerce' });
  if (result?.kind === 'unknown') {
    lose(state, stock, units, unanswered(stock, asked, result.moves));
  } else if (result?.kind === 'moved') {
    takeReturned(state, stock, units, movedUnits(result.moves));
  } else if (result?.kind === 'blocked') {
    raiseAlso(state, 'stockCheck', notReturned(stock, units));
  }
  return result !== undefined;
}

export const unitsOf = ({ stock }: OrderState): Units => stock?.units ?? {};

/** What was moved for units that Amazon cancelled while the rest was shipped. */
export const surplusOf = (state: OrderState): Units =>
  state.stock ? surplus(state.stock, commerceOrderOf(state)) : {};

/** Which stock has to have what the placement does not find at the allocation source. */
export function stockCheckOf(state: OrderState): StockCheck | undefined {
  const { stock } = policyOf(state);
  if (!stock) return undefined;
  return { website: stock.website, moved: plus(unitsOf(state), state.stock?.unknown ?? {}) };
}

/** Amazon had shipped the order before it was made in Commerce, which therefore took nothing off a source. */
export function checkUnseen(state: OrderState): void {
  const moved = minus(unitsOf(state), surplusOf(state));
  const others = minus(fulfilledUnits(commerceOrderOf(state)), moved);
  raiseAlso(state, 'stockCheck', leftUnseen(state.stock, moved, others));
}

/** The source that the order's shipments leave, where its units were moved. */
export const allocationOf = ({ stock }: OrderState): string | undefined =>
  stock && (hasUnits(stock.units) || stock.unknown) ? stock.shop.allocation : undefined;

const commerceOrderOf = (state: OrderState): AmazonOrder => withCommerceSkus(orderOf(state), skuMapOf(state));

/** Of SKUs that the order has not any more, because another one was mapped, or in a shop that it does not go to. */
function unneeded(state: OrderState, commerce: string): Units {
  const units = unitsOf(state);
  if (state.stock?.commerce !== commerce) return units;
  const skus = commerceOrderOf(state).lines.map(({ sku }) => sku);
  return Object.fromEntries(Object.entries(units).filter(([sku]) => !skus.includes(sku)));
}

/** Nobody knows what was moved for this order, so nothing is moved any more. */
function isLost(state: OrderState): boolean {
  const { stock } = state;
  if (stock?.underWay) {
    const { underWay, ...rest } = stock;
    lose(state, rest, underWay.units, unanswered(stock, underWay, []));
  } else if (state.stockForgotten && policyOf(state).inventory === 'sourceTransfer') {
    raise(
      state,
      'stockUnknown',
      'The order’s workflow was started again without its state, so nobody knows whether its units were moved: compare the quantities at both sources with the open orders.',
    );
    return true;
  }
  return state.stock?.unknown !== undefined;
}

function lose(state: OrderState, stock: AllocatedStock, units: Units, note: string): void {
  state.stock = { ...stock, unknown: units };
  raise(state, 'stockUnknown', `${note} The channel moves no stock for this order any more.`);
}

function takeAllocated(state: OrderState, stock: AllocatedStock, order: AmazonOrder, moved: Units): void {
  const fulfilled = fulfilledUnits(order);
  const before = Object.fromEntries(Object.keys(moved).map((sku) => [sku, fulfilled[sku] ?? 0]));
  state.stock = {
    ...stock,
    units: plus(stock.units, moved),
    fulfilledBefore: { ...before, ...stock.fulfilledBefore },
  };
  if (hasUnits(moved)) addNote(state, `Moved ${describeUnits(moved)} to source ${stock.shop.allocation}.`);
}

/** What the buffer kept back is a person's matter. */
function takeReturned(state: OrderState, stock: AllocatedStock, asked: Units, moved: Units): void {
  state.stock = { ...stock, units: minus(stock.units, asked) };
  if (hasUnits(moved)) addNote(state, `Moved ${describeUnits(moved)} back to source ${stock.shop.origin}.`);
  const missing = minus(asked, moved);
  if (hasUnits(missing)) raiseAlso(state, 'stockCheck', keptBack(stock, missing));
}

/** Undefined where it was abandoned, then nothing was moved. */
function transfer(
  state: OrderState,
  stock: AllocatedStock,
  asked: Pick<TransferStockInput, 'direction' | 'store' | 'units' | 'skus' | 'skuMap'>,
  step: Attempt,
): Promise<TransferStockResult | undefined> {
  const { account, amazonOrderId } = state;
  const { marketplaceId } = orderOf(state);
  const { commerce, shop } = stock;
  const summary = asked.direction === 'allocate' ? 'Move stock for the order' : 'Move stock back';
  return attempt(state, { ...step, firstWaitsMs }, async (): Promise<TransferStockResult> => {
    const { stock: before } = state;
    state.stock = { ...stock, underWay: { direction: asked.direction, units: asked.units } };
    try {
      const input = { account, commerce, amazonOrderId, marketplaceId, stock: shop, ...asked };
      const { policy, ...result } = await stockActivities(commerce).transferStock.executeWithOptions(
        { summary },
        [input],
      );
      takePolicy(state, policy);
      return result;
    } catch (error) {
      if (isCertain(error)) throw error;
      return { kind: 'unknown', moves: lastSeen(error) };
    } finally {
      if (before) state.stock = before;
      else delete state.stock;
    }
  });
}

/** A failure of ours means that nothing was moved; anything else came from outside of the activity. */
const isCertain = (error: unknown): boolean =>
  !(error instanceof ActivityFailure) ||
  (error.cause instanceof ApplicationFailure && isFailureType(error.cause.type));

/** What the worker had read before it was gone. */
function lastSeen(error: unknown): readonly StockMove[] {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  const details: unknown = cause instanceof TimeoutFailure ? cause.lastHeartbeatDetails : undefined;
  return Array.isArray(details) ? (details as readonly StockMove[]) : [];
}
