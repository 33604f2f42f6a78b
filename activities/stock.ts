import type { SkuMap } from '../domain/sku-map';
import { isShown, type SourceQuantities, type StockMove, type Units } from '../domain/stock';
import {
  CommerceAccessError,
  CommerceError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { SourceItem } from '../integrations/commerce/inventory';
import { findProduct } from '../integrations/commerce/order-items';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { TransferStockInput, TransferStockResult } from './contracts/stock';
import { reportProgress } from './heartbeats';
import { type KeyedGate, NotBegunError } from './keyed-gate';
import { catalogueBlockers, stockBlockers } from './placement-blockers';

/**
 * Shipping a custom source down to nothing makes Commerce 2.4.6 show nothing on Default Stock either, so one unit
 * stays at the allocation source.
 */
export const bufferUnits = 1;

/** A lost answer may come before what was asked for is done. */
const lookAgainAfterMs = 3_000;

/** One SKU, found at both sources. */
interface Wanted extends StockMove {
  /** As Commerce spells it, for calls. */
  readonly commerceSku: string;
}

/** What is to be moved, and could be when it was read. */
interface Plan {
  readonly wanted: readonly Wanted[];
  readonly from: string;
  readonly to: string;
  readonly skuMap: SkuMap;
}

const nothingToMove: TransferStockResult = { kind: 'moved', moves: [] };

/**
 * One transfer at a time for each SKU of an instance in this process, so that the quantities tell what it did.
 *
 * @throws NotBegunError where its turn does not come, or the activity is cancelled before Commerce was asked.
 */
export function transferStock(
  commerce: CommercePort,
  gate: KeyedGate,
  input: TransferStockInput,
  options: CommerceCallOptions,
): Promise<TransferStockResult> {
  const keys = Object.keys(input.units).map((sku) => `${commerce.name} ${sku.toLowerCase()}`);
  const work = async () => {
    const plan = await planFor(commerce, input, options);
    return 'kind' in plan ? plan : move(commerce, plan);
  };
  return gate(keys, work, options.signal);
}

/** A mere cancellation would leave open whether anything was moved. */
async function planFor(
  commerce: CommercePort,
  input: TransferStockInput,
  options: CommerceCallOptions,
): Promise<Plan | TransferStockResult> {
  const plan = input.direction === 'allocate' ? planAllocation : planReturn;
  try {
    return await plan(commerce, input, options);
  } catch (error) {
    if (options.signal?.aborted) throw new NotBegunError('The worker stopped before anything was moved.');
    throw error;
  }
}

/** Nothing moves for an order that its placement would find blocked. */
async function planAllocation(
  commerce: CommercePort,
  { amazonOrderId, store: code, stock, units, skus = Object.keys(units), skuMap = {} }: TransferStockInput,
  options: CommerceCallOptions,
): Promise<Plan | TransferStockResult> {
  const { origin, allocation, website } = stock;
  const store = await commerce.store(code);
  const [[known], products, items] = await Promise.all([
    commerce.findOrders(amazonOrderId, options),
    commerce.products(store, skus, options),
    commerce.inventory.items(Object.keys(units), [origin, allocation], options),
  ]);
  if (known) return { kind: 'placedBefore', number: known.number };
  const unsellable = catalogueBlockers(skus, products, skuMap);
  if (unsellable.length > 0) return { kind: 'blocked', blockers: unsellable };
  const requests = Object.entries(units).map(([sku, quantity]) => ({
    sku: findProduct(products, sku)?.sku ?? sku,
    quantity,
  }));
  const unsalable = await commerce.unsalable(store, requests, { ...options, website });
  if (unsalable.length > 0) return { kind: 'blocked', blockers: stockBlockers(unsalable, skuMap) };

  // What can be sold without being there is not managed, or sold on back order.
  const movable = wantedOf(units, items, origin, allocation).filter(
    ({ quantity, before }) => before.from >= quantity,
  );
  if (movable.length === 0) return nothingToMove;
  const wanted = await addBuffers(commerce, movable, items, allocation, options);
  return { wanted, from: origin, to: allocation, skuMap };
}

async function planReturn(
  commerce: CommercePort,
  { stock: { origin, allocation }, units, skuMap = {} }: TransferStockInput,
  options: CommerceCallOptions,
): Promise<Plan | TransferStockResult> {
  const items = await commerce.inventory.items(Object.keys(units), [origin, allocation], options);
  const wanted = wantedOf(units, items, allocation, origin)
    .map((one) => ({ ...one, quantity: Math.min(one.quantity, one.before.from - bufferUnits) }))
    .filter(({ quantity }) => quantity > 0);
  return wanted.length === 0 ? nothingToMove : { wanted, from: allocation, to: origin, skuMap };
}

/** Those that the first source keeps. */
function wantedOf(units: Units, items: readonly SourceItem[], from: string, to: string): Wanted[] {
  return Object.entries(units).flatMap(([sku, quantity]) => {
    const item = find(items, sku, from);
    if (!item) return [];
    const before = { from: item.quantity, to: find(items, sku, to)?.quantity ?? 0 };
    return [{ sku, commerceSku: item.sku, quantity, before }];
  });
}

const find = (items: readonly SourceItem[], sku: string, source: string): SourceItem | undefined =>
  items.find((item) => item.source === source && item.sku.toLowerCase() === sku.toLowerCase());

/** Quantities are put absolutely, which would undo a rival's transfer: only where the item is missing, just read. */
async function addBuffers(
  commerce: CommercePort,
  wanted: readonly Wanted[],
  items: readonly SourceItem[],
  source: string,
  options: CommerceCallOptions,
): Promise<Wanted[]> {
  const isMissing = ({ commerceSku }: Wanted) => find(items, commerceSku, source) === undefined;
  const missing = wanted.filter(isMissing);
  if (missing.length === 0) return [...wanted];
  const buffers = missing.map(({ commerceSku: sku }) => ({ sku, source, quantity: bufferUnits }));
  await commerce.inventory.putItems(buffers, options);
  return wanted.map((one) => (isMissing(one) ? { ...one, before: { ...one.before, to: bufferUnits } } : one));
}

/** Without the activity's cancellation: what was sent is followed to its end, or its outcome would be unknown. */
async function move(commerce: CommercePort, plan: Plan): Promise<TransferStockResult> {
  const { wanted, from, to } = plan;
  reportProgress(wanted.map(({ commerceSku: _, ...one }) => one));
  try {
    const units = wanted.map(({ commerceSku: sku, quantity }) => ({ sku, quantity }));
    await commerce.inventory.transfer({ from, to, units });
  } catch (error) {
    if (isLacking(error)) return refusedForLack(commerce, plan);
    if (isCertainlyUndone(error)) throw error;
    return judged(commerce, plan);
  }
  return { kind: 'moved', moves: await readAfter(commerce, plan) };
}

const isLacking = (error: unknown) =>
  error instanceof CommerceRefusedError && error.sentence.includes('is not available');

const isCertainlyUndone = (error: unknown) =>
  error instanceof CommerceRefusedError ||
  error instanceof CommerceAccessError ||
  (error instanceof CommerceUnreachableError && !error.outcomeUnknown);

/** Somebody was faster: those of which there is too little now, or all where that cannot be told. */
async function refusedForLack(commerce: CommercePort, plan: Plan): Promise<TransferStockResult> {
  const now = await readAfter(commerce, plan);
  const lacking = now.filter(({ after, quantity }) => after !== undefined && after.from < quantity);
  const skus = (lacking.length > 0 ? lacking : now).map(({ sku }) => sku);
  return { kind: 'blocked', blockers: stockBlockers(skus, plan.skuMap) };
}

/** Moved where both sources show exactly that. That nothing has changed proves nothing: it may still be done. */
async function judged(commerce: CommercePort, plan: Plan): Promise<TransferStockResult> {
  const first = await readAfter(commerce, plan);
  if (first.every(isShown)) return { kind: 'moved', moves: first };
  await new Promise((resolve) => setTimeout(resolve, lookAgainAfterMs));
  const second = await readAfter(commerce, plan);
  return second.every(isShown) ? { kind: 'moved', moves: second } : { kind: 'unknown', moves: second };
}

/** The moves with what both sources have now, where that can be read. */
async function readAfter(commerce: CommercePort, { wanted, from, to }: Plan): Promise<StockMove[]> {
  const items = await itemsIfReadable(
    commerce,
    wanted.map(({ commerceSku }) => commerceSku),
    [from, to],
  );
  return wanted.map(({ commerceSku, ...one }) => {
    const [left, right] = [from, to].map((source) => find(items, commerceSku, source)?.quantity);
    const after: SourceQuantities | undefined =
      left === undefined || right === undefined ? undefined : { from: left, to: right };
    return { ...one, ...(after && { after }) };
  });
}

async function itemsIfReadable(
  commerce: CommercePort,
  skus: readonly string[],
  sources: readonly string[],
): Promise<SourceItem[]> {
  try {
    return await commerce.inventory.items(skus, sources);
  } catch (error) {
    if (error instanceof CommerceError) return [];
    throw error;
  }
}
