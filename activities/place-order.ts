import { commerceAmounts } from '../domain/amounts';
import type { PlacedOrder } from '../domain/commerce-order';
import type { AmazonOrder } from '../domain/order';
import { type SkuMap, withCommerceSkus } from '../domain/sku-map';
import { type CommerceCall, CommerceRefusedError } from '../integrations/commerce/errors';
import { countryOf } from '../integrations/commerce/order-address';
import { type EntitySource, type OrderEntity, orderEntity } from '../integrations/commerce/order-entity';
import type { CommerceCallOptions, CommercePort } from '../integrations/commerce/port';
import type { Region } from '../integrations/commerce/records';
import { type Account, findOrCreateAccount } from './commerce-customer';
import type { PlacementResult, PlaceOrderInput } from './contracts/commerce';
import type { Progress } from './heartbeats';
import { createOnce, findExisting } from './order-creation';
import { findBlockers, skusOf } from './placement-blockers';
import { lookBeforeItsEnd, postingOf } from './posting';
import { websiteAmounts } from './website-currency';

/**
 * Creates the Commerce order once: what is there already is taken and compared. Costs a look-up, catalogue,
 * stock, the creation and a look at what Commerce stored; with an account, finding or making that. Nothing is made
 * where the order is there or blocked.
 */
export async function placeOrder(
  commerce: CommercePort,
  given: PlaceOrderInput,
  options: CommerceCallOptions,
  progress: Progress,
): Promise<PlacementResult> {
  const { pinned, skuMap = {} } = given;
  const order = withCommerceSkus(given.order, skuMap);
  const existing = await lookUp(commerce, order, options, progress);
  if (existing) return existing;

  const result = commerceAmounts(order);
  if (result.kind === 'mismatch') {
    const { expectedMinor, computedMinor } = result;
    return { kind: 'totalsDiffer', expectedMinor, computedMinor };
  }
  if (result.kind === 'unpriced') throw unpriced(commerce);
  const { amounts } = result;
  const store = await commerce.store(pinned.store);
  const website = await websiteAmounts(commerce, store, amounts);
  const products = await commerce.products(store, skusOf(order), options);
  const blockers = await findBlockers(
    commerce,
    { store, order, skuMap, products, stock: given.stock },
    options,
  );
  if (blockers.length > 0) return { kind: 'blocked', blockers };

  const regions = await regionsFor(commerce, order);
  const account = await findOrCreateAccount(commerce, { pinned, order, store, regions }, options);
  const entity = entityOf({ ...given, order }, account, { amounts, ...website, store, products, regions });
  const placement = await createOnce(commerce, { order, store, entity }, options, progress);
  return placement.kind === 'placed' && account?.note !== undefined
    ? { ...placement, note: account.note }
    : placement;
}

function lookUp(
  commerce: CommercePort,
  order: AmazonOrder,
  options: CommerceCallOptions,
  { before }: Progress,
): ReturnType<typeof findExisting> {
  const posting = postingOf(before);
  // With Commerce's own numbers nothing there refuses a second order.
  const unguarded = posting?.sent.number === undefined ? posting : undefined;
  return lookBeforeItsEnd(creationOf(commerce), unguarded, () =>
    findExisting(commerce, order, options, posting?.sent),
  );
}

function entityOf(
  { order, pinned, orderStatus, skuMap = {} }: PlaceOrderInput,
  account: Account | undefined,
  facts: Omit<EntitySource, 'order' | 'pinned' | 'orderStatus' | 'remarks'>,
): OrderEntity {
  const { id: customerId, groupId: customerGroupId } = account?.customer ?? {};
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

const creationOf = ({ name }: CommercePort): CommerceCall => ({
  commerce: name,
  operation: 'create order',
  method: 'POST',
  path: '/V1/orders',
});

function unpriced(commerce: CommercePort): CommerceRefusedError {
  return new CommerceRefusedError(
    creationOf(commerce),
    'Amazon shows no prices of this order, so nothing was written: check the roles of the Amazon application.',
  );
}

async function regionsFor(commerce: CommercePort, order: AmazonOrder): Promise<readonly Region[]> {
  return order.shipTo?.stateOrRegion ? commerce.regions(countryOf(order)) : [];
}
