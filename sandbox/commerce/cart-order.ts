import { currenciesOf } from './currencies';
import { productBySku } from './inventory';
import type { JsonObject } from './json';
import type { CartRecord } from './records';
import { round4 } from './row';
import type { Shop } from './shop';
import { websiteCode } from './stores';

/** Flat rate of a new Magento, for each piece. */
const ratePerPiece = 5;

/** Each amount also as its `base_` twin: carts are in the website's own currency. */
const withTwins = (amounts: Record<string, number>): JsonObject =>
  Object.fromEntries(
    Object.entries(amounts).flatMap(([name, value]) => [
      [name, value],
      [`base_${name}`, value],
    ]),
  );

function amountsOf(shop: Shop, { items }: CartRecord) {
  const pieces = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const subtotal = round4(
    items.reduce((sum, { sku, quantity }) => sum + (productBySku(shop, sku)?.price ?? 0) * quantity, 0),
  );
  const shipping = round4(pieces * ratePerPiece);
  return { pieces, subtotal, shipping, total: round4(subtotal + shipping) };
}

/** The totals of a cart, untaxed: the catalogue's prices and the flat rate. */
export function totalsOf(shop: Shop, cart: CartRecord): JsonObject {
  const { pieces, subtotal, shipping, total } = amountsOf(shop, cart);
  const { base } = currenciesOf(shop, websiteCode(cart.storeId));
  return {
    ...withTwins({
      grand_total: total,
      subtotal,
      discount_amount: 0,
      shipping_amount: shipping,
      tax_amount: 0,
    }),
    base_currency_code: base,
    quote_currency_code: base,
    items_qty: pieces,
  };
}

const itemsOf = (shop: Shop, { items, storeId }: CartRecord): JsonObject[] =>
  items.map(({ sku, quantity }) => {
    const product = productBySku(shop, sku);
    const price = product?.price ?? 0;
    const total = round4(price * quantity);
    return {
      sku,
      name: product?.name ?? sku,
      product_id: product?.id ?? null,
      product_type: product?.typeId ?? 'simple',
      store_id: storeId,
      qty_ordered: quantity,
      is_virtual: 0,
      weight: product?.weight ?? 0,
      ...withTwins({ price, original_price: price, price_incl_tax: price }),
      ...withTwins({ row_total: total, row_total_incl_tax: total }),
    };
  });

/** The order that a cart becomes. Its amounts are calculated from the catalogue's prices. */
export function orderOfCart(
  shop: Shop,
  cart: CartRecord,
  { shipping, billing }: NonNullable<CartRecord['delivery']>,
  payment: JsonObject,
): JsonObject {
  const amounts = amountsOf(shop, cart);
  const { base } = currenciesOf(shop, websiteCode(cart.storeId));
  const address = { ...shipping, address_type: 'shipping' };
  return {
    state: 'new',
    status: 'pending',
    store_id: cart.storeId,
    customer_email: billing.email ?? shipping.email ?? null,
    customer_firstname: billing.firstname ?? null,
    customer_lastname: billing.lastname ?? null,
    customer_is_guest: cart.customerId === null ? 1 : 0,
    ...(cart.customerId !== null && { customer_id: cart.customerId }),
    base_currency_code: base,
    order_currency_code: base,
    ...withTwins({
      subtotal: amounts.subtotal,
      subtotal_incl_tax: amounts.subtotal,
      shipping_amount: amounts.shipping,
      shipping_incl_tax: amounts.shipping,
      tax_amount: 0,
      grand_total: amounts.total,
      total_qty_ordered: amounts.pieces,
    }),
    quote_id: cart.id,
    items: itemsOf(shop, cart),
    billing_address: { ...billing, address_type: 'billing' },
    payment,
    extension_attributes: {
      shipping_assignments: [{ shipping: { address, method: 'flatrate_flatrate' } }],
    },
  };
}
