import type { AmazonActivities } from './amazon';
import type { CommerceActivities } from './commerce';
import type { ErpActivities } from './erp';

type ActivityName = keyof AmazonActivities | keyof CommerceActivities | keyof ErpActivities;

/**
 * Every activity, by whether it changes something at Amazon, in Commerce or in the ERP. Those that do call the write
 * guard before anything else.
 */
export const effects = {
  sweepPage: 'reads',
  pullOrder: 'reads',
  readOrder: 'reads',
  confirmShipment: 'writes',
  prepareCancellation: 'writes',
  submitCancellation: 'writes',
  followCancellation: 'reads',
  placeOrder: 'writes',
  findOrder: 'reads',
  invoiceOrder: 'writes',
  closeShrunkOrder: 'writes',
  shipOrder: 'writes',
  cancelOrder: 'writes',
  transferStock: 'writes',
  lookForShipments: 'reads',
  submitOrder: 'writes',
  cancelErpOrder: 'writes',
} as const satisfies Record<ActivityName, 'reads' | 'writes'>;
