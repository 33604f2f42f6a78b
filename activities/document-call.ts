import type { CommerceCall } from '../integrations/commerce/errors';
import type { CommercePort } from '../integrations/commerce/port';

/** How errors name the making of a document of an order. */
export const documentCall = (
  { name }: CommercePort,
  document: 'invoice' | 'refund' | 'ship',
): CommerceCall => ({
  commerce: name,
  operation: `${document} order`,
  method: 'POST',
  path: `/V1/order/{orderId}/${document}`,
});
