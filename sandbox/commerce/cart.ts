import { orderOfCart, totalsOf } from './cart-order';
import { ApiError, badRequest } from './errors';
import { productBySku, reserve, stockOfWebsite } from './inventory';
import { isObject, type JsonObject } from './json';
import { countMail } from './mails';
import { createOrder } from './order-create';
import { noSuchProduct, salability } from './products';
import type { CartRecord } from './records';
import type { Shop } from './shop';
import { type StoreView, storeById, websiteCode } from './stores';

// Carts as an integration fills them. Recorded are an empty cart, a refused change and the order of a cart; the
// wording of the other refusals is public knowledge of 2.4.

const notFound = (fieldName: string, fieldValue: number) =>
  new ApiError(404, {
    message: 'No such entity with %fieldName = %fieldValue',
    parameters: { fieldName, fieldValue },
  });

/** A cart that is not ordered yet; 404 for any other. */
function activeCart(shop: Shop, id: number): CartRecord {
  const cart = shop.carts.get(id);
  if (!cart?.active) throw notFound('cartId', id);
  return cart;
}

const stockOfCart = (shop: Shop, cart: CartRecord) => stockOfWebsite(shop, websiteCode(cart.storeId));

/** `POST /V1/carts/`: the id of a new, empty cart, as a string. */
export function createCart(shop: Shop, store: StoreView): string {
  const id = shop.next('cart');
  shop.carts.put({ id, storeId: store.id, customerId: null, items: [], delivery: null, active: true });
  return String(id);
}

/** `PUT /V1/carts/{id}`: gives an anonymous cart to a customer, and does nothing else. */
export function assignCustomer(shop: Shop, id: number, customerId: number, storeId: number): true {
  const cart = activeCart(shop, id);
  const customer = shop.customers.get(customerId);
  if (!customer) throw notFound('customerId', customerId);
  if (customer.columns.website_id !== storeById(storeId).website_id) {
    throw badRequest("The customer can't be assigned to the cart. The cart belongs to a different store.");
  }
  if (cart.customerId !== null) {
    throw badRequest("The customer can't be assigned to the cart because the cart isn't anonymous.");
  }
  shop.carts.put({ ...cart, customerId });
  return true;
}

/** `POST /V1/carts/{id}/items`: 404 for an unknown SKU, 400 for one that the cart's store cannot sell. */
export function addToCart(shop: Shop, id: number, item: JsonObject): JsonObject {
  const cart = activeCart(shop, id);
  const sku = String(item.sku ?? '');
  const product = productBySku(shop, sku);
  if (!product) throw noSuchProduct();
  const stock = stockOfCart(shop, cart);
  const sold = product.status === 1 && product.websiteIds.includes(storeById(cart.storeId).website_id);
  if (!stock || !sold) throw badRequest('Product that you are trying to add is not available.');
  const known = cart.items.find((one) => one.sku === product.sku);
  const quantity = (known?.quantity ?? 0) + Number(item.qty ?? 0);
  if (!salability(shop, sku, quantity, stock.id).salable) {
    throw badRequest('The requested qty is not available');
  }
  const line = { id: known?.id ?? shop.next('cart_item'), sku: product.sku, quantity };
  shop.carts.put({ ...cart, items: [...cart.items.filter((one) => one !== known), line] });
  return {
    item_id: line.id,
    sku: product.sku,
    qty: quantity,
    name: product.name,
    price: product.price,
    product_type: product.typeId,
    quote_id: String(id),
  };
}

/** `POST /V1/carts/{id}/shipping-information`: flat rate is the one carrier, cheque the one payment method. */
export function deliverCart(shop: Shop, id: number, input: JsonObject): JsonObject {
  const cart = activeCart(shop, id);
  const [carrier, method] = [String(input.shipping_carrier_code), String(input.shipping_method_code)];
  if (carrier !== 'flatrate' || method !== 'flatrate') {
    throw new ApiError(404, {
      message: 'Carrier with such method not found: %1, %2',
      parameters: [carrier, method],
    });
  }
  const shipping = isObject(input.shipping_address) ? input.shipping_address : {};
  const billing = isObject(input.billing_address) ? input.billing_address : shipping;
  const delivered = { ...cart, delivery: { shipping, billing } };
  shop.carts.put(delivered);
  return {
    payment_methods: [{ code: 'checkmo', title: 'Check / Money order' }],
    totals: totalsOf(shop, delivered),
  };
}

/**
 * `PUT /V1/carts/{id}/order`: places the order, takes the reservations of its items and mails a confirmation.
 * Answers the order's id as a string.
 */
export function placeCart(shop: Shop, id: number, payment: JsonObject): string {
  const cart = activeCart(shop, id);
  const method = payment.method;
  if (method === undefined) throw badRequest('Enter a valid payment method and try again.');
  if (method !== 'checkmo') throw badRequest('The requested Payment Method is not available.');
  if (cart.items.length === 0) {
    throw badRequest(
      'A server error stopped your order from being placed. Please try to place your order again.',
    );
  }
  if (!cart.delivery) {
    throw badRequest('The shipping method is missing. Select the shipping method and try again.');
  }
  const stock = stockOfCart(shop, cart);
  const entity = orderOfCart(shop, cart, cart.delivery, payment);
  const placed = createOrder(shop, entity, storeById(cart.storeId));
  for (const { sku, quantity } of cart.items) {
    if (stock && productBySku(shop, sku)?.manageStock) reserve(shop, sku, stock.id, -quantity);
  }
  shop.carts.put({ ...cart, active: false });
  countMail(shop);
  return String(placed.entity_id);
}
