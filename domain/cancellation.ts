/**
 * Why a seller cancels, in the words of Amazon's order acknowledgement feed (`CancelReason` of its schema), each with
 * its code in Amazon's announced `cancelOrder` operation, which knows only some of them.
 */
export const cancelReasons = {
  NoInventory: 'NO_INVENTORY',
  BuyerCanceled: 'BUYER_CANCELLED',
  ShippingAddressUndeliverable: 'SHIPPING_ADDRESS_UNDELIVERABLE',
  CustomerExchange: 'CUSTOMER_EXCHANGE',
  PricingError: 'PRICING_ERROR',
  GeneralAdjustment: null,
  CarrierCreditDecision: null,
  RiskAssessmentInformationNotValid: null,
  CarrierCoverageFailure: null,
  CustomerReturn: null,
  MerchandiseNotReceived: null,
  CannotVerifyInformation: null,
  RejectOrder: null,
  WeatherDelay: null,
} as const satisfies Record<string, string | null>;
export type CancelReason = keyof typeof cancelReasons;

export const isCancelReason = (text: string): text is CancelReason => Object.hasOwn(cancelReasons, text);

/** How a cancellation at Amazon goes on. Plain JSON of the way to Amazon; a workflow keeps it and looks at nothing in it. */
export type CancellationTicket = Readonly<Record<string, string>>;

/** Of a whole order that has not shipped, as Amazon is asked for it. */
export interface Cancellation {
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly reason: CancelReason;
  /** All units that are still open: Amazon cancels whole orders. */
  readonly lines: readonly { readonly orderItemId: string; readonly quantity: number }[];
}

export interface CancellationRefused {
  readonly kind: 'refused';
  /** Amazon's code and words, for the operator, without personal data. */
  readonly message: string;
  /** Amazon does not say that nothing was cancelled: the order has to be read. */
  readonly mayHaveApplied?: true;
}

export type CancellationSubmission =
  | { readonly kind: 'submitted'; readonly ticket: CancellationTicket }
  | CancellationRefused;

export type CancellationOutcome =
  | { readonly kind: 'inProgress' }
  /** Amazon has taken it; the order shows it at its next look. */
  | { readonly kind: 'done' }
  | CancellationRefused;

/** The whole order is to be cancelled at Amazon, while nothing of it has left. */
export interface CancelRequest {
  readonly by: 'buyer' | 'operator';
  readonly reason: CancelReason;
  /**
   * - `erp`: the ERP has to stop first
   * - `amazon`: Amazon is to be told, or was
   */
  readonly stage: 'erp' | 'amazon';
  /** What Amazon is told with, kept before it is. */
  readonly ticket?: CancellationTicket;
  /** Amazon took it and works on it. */
  readonly submitted?: true;
}
