import type { Blocker } from '../domain/commerce-order';
import { type AmazonOrder, type OrderLine, quantityToShip } from '../domain/order';
import type { SkuMap } from '../domain/sku-map';
import type { Units } from '../domain/stock';
import { findProduct, isComplete } from '../integrations/commerce/order-items';
import type { CommerceCallOptions, CommercePort, StockRequest } from '../integrations/commerce/port';
import type { Product, Store } from '../integrations/commerce/records';
import type { StockCheck } from './contracts/commerce';

export interface BlockedBy {
  readonly store: Store;
  /** With Commerce's SKUs. */
  readonly order: AmazonOrder;
  readonly skuMap: SkuMap;
  /** Those of the order's SKUs that Commerce has. */
  readonly products: readonly Product[];
  readonly stock?: StockCheck | undefined;
}

export function skusOf({ lines }: AmazonOrder): string[] {
  return [...new Set(lines.filter((line) => quantityToShip(line) > 0).map(({ sku }) => sku))];
}

/** Why Commerce cannot take the order yet: one entry for each SKU, the stock asked for only where all are sellable. */
export async function findBlockers(
  commerce: CommercePort,
  { store, order, skuMap, products, stock }: BlockedBy,
  options: CommerceCallOptions,
): Promise<Blocker[]> {
  const blockers = catalogueBlockers(skusOf(order), products, skuMap);
  if (blockers.length > 0) return blockers;
  const wanted = without(unitsToShip(order, products), stock?.moved);
  if (wanted.length === 0) return [];
  const unsalable = await commerce.unsalable(store, wanted, { ...options, website: stock?.website });
  return stockBlockers(unsalable, skuMap);
}

/** Those of these SKUs that Commerce cannot sell whatever its stock. */
export const catalogueBlockers = (
  skus: readonly string[],
  products: readonly Product[],
  skuMap: SkuMap,
): Blocker[] =>
  skus
    .flatMap((sku) => catalogueBlocker(sku, findProduct(products, sku)))
    .map((blocker) => named(blocker, skuMap));

export const stockBlockers = (skus: readonly string[], skuMap: SkuMap): Blocker[] =>
  skus.map((sku) => named({ sku, cause: 'outOfStock' }, skuMap));

/** With Amazon's SKU where that is another one. */
function named(blocker: Blocker, skuMap: SkuMap): Blocker {
  const sku = blocker.sku.toLowerCase();
  const [amazonSku] = Object.entries(skuMap).find(([, mapped]) => mapped.toLowerCase() === sku) ?? [];
  return amazonSku === undefined || amazonSku.toLowerCase() === sku ? blocker : { ...blocker, amazonSku };
}

function catalogueBlocker(sku: string, product: Product | undefined): Blocker[] {
  if (!product) return [{ sku, cause: 'notInCatalogue' }];
  if (!product.enabled) return [{ sku, cause: 'disabled' }];
  return product.type === 'simple' || product.type === 'virtual' ? [] : [{ sku, cause: 'notSellable' }];
}

/** What the merchant's stock must still have. Amazon's own shipments never touch it. */
function unitsToShip(order: AmazonOrder, products: readonly Product[]): StockRequest[] {
  if (order.fulfilledBy === 'AMAZON' || isComplete(order)) return [];
  const units = new Map<string, number>();
  for (const line of order.lines) {
    const sku = findProduct(products, line.sku)?.sku ?? line.sku;
    units.set(sku, (units.get(sku) ?? 0) + openUnits(line));
  }
  return [...units].filter(([, quantity]) => quantity > 0).map(([sku, quantity]) => ({ sku, quantity }));
}

/** Units that were moved for this order are not in the shop's stock any more. */
function without(wanted: readonly StockRequest[], moved: Units = {}): StockRequest[] {
  const movedOf = (sku: string) =>
    Object.entries(moved).find(([other]) => other.toLowerCase() === sku.toLowerCase())?.[1] ?? 0;
  return wanted
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - movedOf(sku) }))
    .filter(({ quantity }) => quantity > 0);
}

function openUnits(line: OrderLine): number {
  return Math.max(quantityToShip(line) - line.quantityFulfilled, 0);
}
