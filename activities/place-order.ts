import { commerceAmounts } from '../domain/amounts';
import type { PlacedOrder } from '../domain/commerce-order';
import type { AmazonOrder } from '../domain/order';
import { type SkuMap, withCommerceSkus } from '../domain/sku-map';
import { CommerceRefusedError } from '../integrations/commerce/errors';
import { countryOf } from '../integrations/commerce/order-address';
import { type EntitySource, type OrderEntity, orderEntity } from '../integrations/commerce/order-entity';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { Region } from '../integrations/commerce/records';
import type { PlacementResult, PlaceOrderInput } from './contracts/commerce';
import { createOnce, findExisting } from './order-creation';
import { findBlockers, skusOf } from './placement-blockers';
import { websiteAmounts } from './website-currency';

/**
 * Creates the Commerce order once: what is there already is taken and compared. Costs a look-up, catalogue,
 * stock, the creation and a look at what Commerce stored.
 */
export async function placeOrder(
  commerce: CommercePort,
  given: PlaceOrderInput,
  options: CommerceCallOptions,
): Promise<PlacementResult> {
  const { skuMap = {} } = given;
  const order = withCommerceSkus(given.order, skuMap);
  const existing = await findExisting(commerce, order, options);
  if (existing) return existing;

  const result = commerceAmounts(order);
  if (result.kind === 'mismatch') {
    const { expectedMinor, computedMinor } = result;
    return { kind: 'totalsDiffer', expectedMinor, computedMinor };
  }
  if (result.kind === 'unpriced') throw unpriced(commerce);
  const { amounts } = result;
  const store = await commerce.store(given.pinned.store);
  const website = await websiteAmounts(commerce, store, amounts);
  const products = await commerce.products(store, skusOf(order), options);
  const blockers = await findBlockers(
    commerce,
    { store, order, skuMap, products, stock: given.stock },
    options,
  );
  if (blockers.length > 0) return { kind: 'blocked', blockers };

  const regions = await regionsFor(commerce, order);
  const entity = entityOf({ ...given, order }, { amounts, ...website, store, products, regions });
  return createOnce(commerce, { order, store, entity }, options);
}

function entityOf(
  { order, pinned, orderStatus, customerId, customerGroupId, skuMap = {} }: PlaceOrderInput,
  facts: Pick<EntitySource, 'amounts' | 'baseAmounts' | 'baseToOrderRate' | 'store' | 'products' | 'regions'>,
): OrderEntity {
  return orderEntity({
    order,
    pinned,
    orderStatus,
    ...(customerId !== undefined && { customerId }),
    ...(customerGroupId !== undefined && { customerGroupId }),
    remarks: mappingRemarks(skuMap),
    ...facts,
  });
}

const mappingRemarks = (skuMap: SkuMap): string[] =>
  Object.entries(skuMap)
    .filter(([amazonSku, sku]) => amazonSku !== sku)
    .map(([amazonSku, sku]) => `SKU ${sku} is ${amazonSku} at Amazon.`);

export async function findOrder(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
): Promise<PlacedOrder | null> {
  return (await findExisting(commerce, order, options))?.commerce ?? null;
}

function unpriced({ name }: CommercePort): CommerceRefusedError {
  return new CommerceRefusedError(
    { commerce: name, operation: 'create order', method: 'POST', path: '/V1/orders' },
    'Amazon shows no prices of this order, so nothing was written: check the roles of the Amazon application.',
  );
}

async function regionsFor(commerce: CommercePort, order: AmazonOrder): Promise<readonly Region[]> {
  return order.shipTo?.stateOrRegion ? commerce.regions(countryOf(order)) : [];
}
