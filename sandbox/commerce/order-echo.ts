import { objectsOf } from './input';
import { isObject, type JsonObject } from './json';
import { addressView, type OrderParts, orderView } from './order-view';
import type { Row } from './row';

/** The echo of a save: what was sent, not what the database made of it. */
export const echo = (parts: OrderParts, entity: JsonObject, shipping: Row | null): JsonObject => ({
  ...orderView(parts),
  ...(isObject(entity.extension_attributes) && {
    extension_attributes: echoedExtension(entity.extension_attributes, shipping),
  }),
});

function echoedExtension(extension: JsonObject, shipping: Row | null): JsonObject {
  const [first, ...others] = objectsOf(extension.shipping_assignments);
  if (!first || !isObject(first.shipping) || !shipping) return extension;
  const saved = { ...first, shipping: { ...first.shipping, address: addressView(shipping) } };
  return { ...extension, shipping_assignments: [saved, ...others] };
}
