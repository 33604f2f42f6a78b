import { type CommerceAmounts, commerceAmounts } from '../domain/amounts';
import type { Blocker, PlacedOrder } from '../domain/commerce-order';
import type { AmazonOrder, OrderLine } from '../domain/order';
import { differences, placedOrder } from '../integrations/commerce/adoption';
import {
  CommerceAnswerError,
  CommerceRefusedError,
  CommerceUnreachableError,
} from '../integrations/commerce/errors';
import { countryOf } from '../integrations/commerce/order-address';
import { type OrderEntity, orderEntity } from '../integrations/commerce/order-entity';
import { findProduct, isComplete } from '../integrations/commerce/order-items';
import type { CommerceCallOptions, CommercePort, StockRequest } from '../integrations/commerce/port';
import type { CommerceOrder, Product, Region, Store } from '../integrations/commerce/records';
import type { PlacementResult, PlaceOrderInput } from './contracts/commerce';

/**
 * Creates the Commerce order once: what is there already is taken and compared. Costs a look-up, catalogue,
 * stock, the creation and a look at what Commerce stored.
 */
export async function placeOrder(
  commerce: CommercePort,
  input: PlaceOrderInput,
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  const { order } = input;
  const existing = await findExisting(commerce, order, options);
  if (existing) return existing;

  const result = commerceAmounts(order);
  if (result.kind === 'mismatch') {
    const { expectedMinor, computedMinor } = result;
    return { kind: 'totalsDiffer', expectedMinor, computedMinor };
  }
  const store = await commerce.store(input.pinned.store);
  refuseOtherCurrency(commerce, store, result.amounts);
  const products = await commerce.products(store, skusOf(order), options);
  const blockers = await findBlockers(commerce, store, order, products, options);
  if (blockers.length > 0) return { kind: 'blocked', blockers };

  const regions = await regionsFor(commerce, order);
  return create(
    commerce,
    store,
    input,
    entityOf(input, { amounts: result.amounts, store, products, regions }),
    options,
  );
}

function entityOf(
  { order, pinned, orderStatus, customerId }: PlaceOrderInput,
  facts: { amounts: CommerceAmounts; store: Store; products: Product[]; regions: readonly Region[] },
): OrderEntity {
  return orderEntity({
    order,
    pinned,
    orderStatus,
    ...(customerId !== undefined && { customerId }),
    ...facts,
  });
}

/** An order of any store that carries Amazon's id; the one that is alive, where other tools made several. */
async function findExisting(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
): Promise<PlacementResult | undefined> {
  const found = await commerce.findOrders(order.amazonOrderId, options);
  const chosen = found.find(({ state }) => state !== 'canceled') ?? found[0];
  if (!chosen) return undefined;
  return {
    kind: 'placed',
    commerce: placedOrder(order, chosen),
    adopted: true,
    differences: [...severalOrders(found), ...differences(order, chosen)],
  };
}

export async function findOrder(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
): Promise<PlacedOrder | null> {
  const found = await findExisting(commerce, order, options);
  return found?.kind === 'placed' ? found.commerce : null;
}

function severalOrders(found: readonly CommerceOrder[]): string[] {
  if (found.length < 2) return [];
  return [`Commerce has several orders for this one: ${found.map(({ number }) => number).join(', ')}.`];
}

function refuseOtherCurrency(commerce: CommercePort, store: Store, { currency }: CommerceAmounts): void {
  if (store.baseCurrency === currency) return;
  throw new CommerceRefusedError(
    { commerce: commerce.name, operation: 'create order', method: 'POST', path: '/V1/orders' },
    `The website of store view ${store.code} calculates in ${store.baseCurrency}, the order is in ${currency}: use a website of that currency.`,
  );
}

function skusOf({ lines }: AmazonOrder): string[] {
  return [...new Set(lines.filter(({ quantityOrdered }) => quantityOrdered > 0).map(({ sku }) => sku))];
}

async function findBlockers(
  commerce: CommercePort,
  store: Store,
  order: AmazonOrder,
  products: readonly Product[],
  options: CommerceCallOptions,
): Promise<Blocker[]> {
  const blockers = skusOf(order).flatMap((sku) => catalogueBlocker(sku, findProduct(products, sku)));
  if (blockers.length > 0) return blockers;
  const wanted = unitsToShip(order, products);
  if (wanted.length === 0) return [];
  const unsalable = await commerce.unsalable(store, wanted, options);
  return unsalable.map((sku): Blocker => ({ sku, cause: 'outOfStock' }));
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

function openUnits({ quantityOrdered, quantityFulfilled }: OrderLine): number {
  return Math.max(quantityOrdered - quantityFulfilled, 0);
}

async function regionsFor(commerce: CommercePort, order: AmazonOrder): Promise<readonly Region[]> {
  return order.shipTo?.stateOrRegion ? commerce.regions(countryOf(order)) : [];
}

async function create(
  commerce: CommercePort,
  store: Store,
  { order }: PlaceOrderInput,
  entity: OrderEntity,
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  let entityId: number;
  try {
    entityId = await commerce.createOrder(store, entity, options);
  } catch (error) {
    // It may be there all the same: made by this call, or by one that ran beside it.
    const existing = mayExist(error) ? await findExisting(commerce, order, options) : undefined;
    if (existing) return existing;
    throw error;
  }
  // The answer to the creation echoes what was sent; only a read tells what Commerce keeps.
  const stored = await commerce.readOrder(entityId, options);
  return {
    kind: 'placed',
    commerce: placedOrder(order, stored),
    adopted: false,
    differences: differences(order, stored),
  };
}

function mayExist(error: unknown): boolean {
  if (error instanceof CommerceUnreachableError) return error.outcomeUnknown;
  return (
    error instanceof CommerceAnswerError ||
    (error instanceof CommerceRefusedError && error.call.status === 400)
  );
}
