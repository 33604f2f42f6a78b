import { badRequest } from './errors';
import { type DataType, objectsOf } from './input';
import { isObject, type Json, type JsonObject } from './json';
import { addressType, paymentType } from './order-types';
import type { Row } from './row';
import { rowFrom } from './rows';

/** The objects of a list as table lines; what is no list has none. */
export const rowsFrom = (value: Json | undefined, type: DataType) =>
  objectsOf(value).map((one) => rowFrom(one, type));

/** The payment of an entity; `undefined` if it has none, 400 if it has no method. */
export function paymentFrom(entity: JsonObject): Row | undefined {
  if (!isObject(entity.payment)) return undefined;
  const payment = rowFrom(entity.payment, paymentType);
  if (!payment.method) throw badRequest('The payment method you requested is not available.');
  return payment;
}

/**
 * An address of the order. The order's e-mail replaces its own; if `customer_email` is sent after the
 * address, or not at all, the address is left without one.
 */
export function addressFrom(input: Json | undefined, email: string | null): Row | null {
  if (!isObject(input)) return null;
  const row = rowFrom(input, addressType);
  // An address with an id counts as saved already, and is skipped.
  return row.entity_id ? null : { ...row, email };
}

/** The billing address of an entity, with the e-mail that it ends up with. */
export function billingFrom(entity: JsonObject): Row | null {
  const sent = Object.keys(entity);
  const emailFirst = sent.indexOf('customer_email') < sent.indexOf('billing_address');
  const email = typeof entity.customer_email === 'string' && emailFirst ? entity.customer_email : null;
  return addressFrom(entity.billing_address, email);
}

/** The first shipping assignment: Magento reads no other. */
export const assignmentOf = (entity: JsonObject): JsonObject | undefined => {
  const extension = isObject(entity.extension_attributes) ? entity.extension_attributes : {};
  const [first] = objectsOf(extension.shipping_assignments);
  return isObject(first?.shipping) ? first.shipping : undefined;
};
