import type { Blocker } from '../domain/commerce-order';
import { isShown, type SourceQuantities, type StockMove, type Units } from '../domain/stock';
import {
  CommerceAccessError,
  CommerceError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import type { SourceItem } from '../integrations/commerce/inventory';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { TransferStockInput, TransferStockResult } from './contracts/stock';
import { reportProgress } from './heartbeats';
import type { KeyedGate } from './keyed-gate';

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

/** One transfer at a time for each SKU of an instance in this process, so that the quantities tell what it did. */
export function transferStock(
  commerce: CommercePort,
  gate: KeyedGate,
  input: TransferStockInput,
  options: CommerceCallOptions,
): Promise<TransferStockResult> {
  const keys = Object.keys(input.units).map((sku) => `${commerce.name} ${sku.toLowerCase()}`);
  return gate(keys, () =>
    input.direction === 'allocate' ? allocate(commerce, input, options) : giveBack(commerce, input, options),
  );
}

async function allocate(
  commerce: CommercePort,
  { amazonOrderId, store: code, stock, units }: TransferStockInput,
  options: CommerceCallOptions,
): Promise<TransferStockResult> {
  const { origin, allocation, website } = stock;
  const skus = Object.keys(units);
  const [[known], items, store] = await Promise.all([
    commerce.findOrders(amazonOrderId, options),
    commerce.inventory.items(skus, [origin, allocation], options),
    commerce.store(code),
  ]);
  if (known) return { kind: 'placedBefore', number: known.number };
  const kept = wantedOf(units, items, origin, allocation);
  const requests = kept.map(({ commerceSku: sku, quantity }) => ({ sku, quantity }));
  const unsalable =
    requests.length > 0 ? await commerce.unsalable(store, requests, { ...options, website }) : [];
  if (unsalable.length > 0) return blocked(kept.filter(({ commerceSku }) => unsalable.includes(commerceSku)));

  // What can be sold without being there is not managed, or sold on back order.
  const movable = kept.filter(({ quantity, before }) => before.from >= quantity);
  if (movable.length === 0) return { kind: 'moved', moves: [] };
  const withBuffer = await addBuffers(commerce, movable, items, allocation, options);
  return move(commerce, withBuffer, { from: origin, to: allocation });
}

async function giveBack(
  commerce: CommercePort,
  { stock: { origin, allocation }, units }: TransferStockInput,
  options: CommerceCallOptions,
): Promise<TransferStockResult> {
  const items = await commerce.inventory.items(Object.keys(units), [origin, allocation], options);
  const movable = wantedOf(units, items, allocation, origin)
    .map((one) => ({ ...one, quantity: Math.min(one.quantity, one.before.from - bufferUnits) }))
    .filter(({ quantity }) => quantity > 0);
  return movable.length === 0
    ? { kind: 'moved', moves: [] }
    : move(commerce, movable, { from: allocation, to: origin });
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

const blocked = (lacking: readonly Wanted[]): TransferStockResult => ({
  kind: 'blocked',
  blockers: lacking.map(({ sku }): Blocker => ({ sku, cause: 'outOfStock' })),
});

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

interface Sources {
  readonly from: string;
  readonly to: string;
}

/** Without the activity's cancellation: what was sent is followed to its end, or its outcome would be unknown. */
async function move(
  commerce: CommercePort,
  wanted: readonly Wanted[],
  sources: Sources,
): Promise<TransferStockResult> {
  const moves = wanted.map(({ commerceSku: _, ...one }) => one);
  reportProgress(moves);
  try {
    await commerce.inventory.transfer({
      ...sources,
      units: wanted.map(({ commerceSku: sku, quantity }) => ({ sku, quantity })),
    });
  } catch (error) {
    if (isLacking(error)) return refusedForLack(commerce, wanted, sources);
    if (isCertainlyUndone(error)) throw error;
    return judged(commerce, wanted, sources);
  }
  return { kind: 'moved', moves: await readAfter(commerce, wanted, sources) };
}

const isLacking = (error: unknown) =>
  error instanceof CommerceRefusedError && error.sentence.includes('is not available');

const isCertainlyUndone = (error: unknown) =>
  error instanceof CommerceRefusedError ||
  error instanceof CommerceAccessError ||
  (error instanceof CommerceUnreachableError && !error.outcomeUnknown);

/** Somebody was faster: those of which there is too little now, or all where that cannot be told. */
async function refusedForLack(
  commerce: CommercePort,
  wanted: readonly Wanted[],
  sources: Sources,
): Promise<TransferStockResult> {
  const now = await readAfter(commerce, wanted, sources);
  const lacking = wanted.filter((_, index) => {
    const { after, quantity } = now[index] ?? {};
    return after !== undefined && quantity !== undefined && after.from < quantity;
  });
  return blocked(lacking.length > 0 ? lacking : wanted);
}

/** Moved where both sources show exactly that. That nothing has changed proves nothing: it may still be done. */
async function judged(
  commerce: CommercePort,
  wanted: readonly Wanted[],
  sources: Sources,
): Promise<TransferStockResult> {
  const first = await readAfter(commerce, wanted, sources);
  if (first.every(isShown)) return { kind: 'moved', moves: first };
  await new Promise((resolve) => setTimeout(resolve, lookAgainAfterMs));
  const second = await readAfter(commerce, wanted, sources);
  return second.every(isShown) ? { kind: 'moved', moves: second } : { kind: 'unknown', moves: second };
}

/** The moves with what both sources have now, where that can be read. */
async function readAfter(
  commerce: CommercePort,
  wanted: readonly Wanted[],
  { from, to }: Sources,
): Promise<StockMove[]> {
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
