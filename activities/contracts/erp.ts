import type { AmazonOrder } from '../../domain/order';

export interface SubmitOrderInput {
  readonly erp: string;
  readonly account: string;
  readonly order: AmazonOrder;
  readonly commerceOrderNumber?: string;
  /** 1, and one more for each deliberate repetition after a rejection. */
  readonly revision: number;
}

export type SubmitOrderResult =
  | { readonly kind: 'accepted'; readonly erpOrderNumber: string }
  /** Received; the decision comes as signal `erpOrderChanged`. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string };

export interface CancelErpOrderInput {
  readonly erp: string;
  readonly account: string;
  readonly amazonOrderId: string;
  readonly erpOrderNumber?: string;
  /** Without personal data. */
  readonly reason: string;
  /** 1, and one more for each further reason: an ERP takes each request once. */
  readonly revision: number;
}

export type CancelErpOrderResult =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'pending' }
  /** Some of it has left. */
  | { readonly kind: 'shipped' }
  | { readonly kind: 'refused'; readonly message: string };

export interface ErpActivities {
  /** Key: account and Amazon order id, unique in the ERP. */
  submitOrder(input: SubmitOrderInput): Promise<SubmitOrderResult>;
  /** Key: the same, and the revision; asking twice is harmless. */
  cancelErpOrder(input: CancelErpOrderInput): Promise<CancelErpOrderResult>;
}
