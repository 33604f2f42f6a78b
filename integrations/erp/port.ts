/**
 * What the channel asks of an ERP, OMS or WMS. Whether an order goes to one at all is a setting; without one,
 * Commerce's own integration picks the order up.
 */

/** `<account>/<AmazonOrderId>`: under this key an ERP holds at most one order. */
export type OrderKey = string;

export interface HandoffOrder {
  readonly orderKey: OrderKey;
  readonly account: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  /** ISO 8601 instants, here and below. */
  readonly purchasedAt: string;
  readonly currency: string;
  /** Decimal string in `currency`, e.g. "99.56"; equals Amazon's total to the cent. */
  readonly total: string;
  readonly commerceOrderNumber?: string;
  /** Amazon's name of the shipping speed that the buyer paid for. */
  readonly serviceLevel?: string;
  readonly shipBy?: string;
  readonly giftMessage?: string;
  /** A business buyer's own number for this order. */
  readonly purchaseOrderNumber?: string;
  readonly shipTo: HandoffAddress;
  readonly buyer?: { readonly name?: string; readonly email?: string };
  readonly lines: readonly HandoffLine[];
}

export interface HandoffAddress {
  readonly name: string;
  readonly company?: string;
  readonly lines: readonly string[];
  readonly city: string;
  readonly region?: string;
  readonly postalCode: string;
  readonly countryCode: string;
  readonly phone?: string;
}

export interface HandoffLine {
  /** Amazon's `orderItemId`: one SKU can stand on two lines, so a line is never matched by SKU. */
  readonly lineKey: string;
  readonly sku: string;
  readonly title?: string;
  readonly quantity: number;
  /** Of `quantity`, units that have left before the hand-off: the ERP ships the rest only. */
  readonly quantityShipped?: number;
  readonly total: string;
  /** Amazon withholds and remits the tax of this line: the merchant must not. */
  readonly taxCollectedByAmazon?: true;
}

export interface ErpLine {
  readonly lineKey: string;
  readonly erpLineId: string;
}

export interface ErpOrder {
  readonly orderKey: OrderKey;
  readonly erpOrderNumber: string;
  readonly lines: readonly ErpLine[];
}

export type SubmitResult =
  | {
      readonly kind: 'accepted';
      readonly erpOrderNumber: string;
      readonly alreadyExisted: boolean;
      readonly lines: readonly ErpLine[];
    }
  /** Received; the answer comes later as an {@link ErpEvent}. Set a deadline for it. */
  | { readonly kind: 'pending'; readonly handle: string }
  /** A person has to change something (SKU, address, credit); trying again alone does not help. */
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly message: string;
      readonly lineKeys?: readonly string[];
    };

export interface CancelRequest {
  readonly orderKey: OrderKey;
  readonly erpOrderNumber?: string;
  /** A short phrase for the ERP's people, without personal data. */
  readonly reason: string;
}

export type CancelResult =
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'too-late'; readonly shipped: readonly ErpShipment[] }
  | { readonly kind: 'pending'; readonly handle: string }
  | { readonly kind: 'manual'; readonly message: string };

/** Told at least once; deduplicate on ERP, `shipmentId` and `revision`. */
export interface ErpShipment {
  readonly shipmentId: string;
  /** Differs whenever the shipment's content does. */
  readonly revision: string;
  readonly orderKey: OrderKey;
  readonly shippedAt: string;
  /** The shipment did not happen after all. */
  readonly voided: boolean;
  readonly packages: readonly ErpPackage[];
}

export interface ErpPackage {
  readonly packageId: string;
  /** Amazon's carrier code; `carrierName` is there when it is `Other`. */
  readonly carrierCode: string;
  readonly carrierName?: string;
  readonly service?: string;
  readonly tracking: string;
  readonly items: readonly { readonly lineKey: string; readonly quantity: number }[];
}

/** What an ERP tells by itself. `eventId` is the same for every repetition of one event. */
export type ErpEvent = { readonly eventId: string; readonly orderKey: OrderKey } & (
  | { readonly kind: 'accepted'; readonly erpOrderNumber: string; readonly lines: readonly ErpLine[] }
  | {
      readonly kind: 'rejected';
      readonly code: string;
      readonly message: string;
      readonly lineKeys?: readonly string[];
    }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'cancelRefused'; readonly message: string }
  | { readonly kind: 'shipment'; readonly shipment: ErpShipment }
);

export interface ErpCapabilities {
  /** `async`: {@link ErpPort.submitOrder} answers `pending`, the decision is pushed or polled. */
  readonly acceptance: 'sync' | 'async';
  readonly shipments: 'push' | 'poll';
  readonly cancel: 'sync' | 'request' | 'none';
  /** Can ship an order in several shipments. */
  readonly partials: boolean;
  /** Refuses or recognises a second order with the same key by itself. */
  readonly enforcesUniqueKey: boolean;
}

export interface ErpCallOptions {
  /**
   * 1, and one more for each time the operator sends the order (or its cancellation) again on purpose, after
   * a rejection. The same over retries.
   */
  readonly revision?: number;
  /** The caller's cancellation; its reason is thrown on. */
  readonly signal?: AbortSignal;
}

/**
 * One attempt per call; retrying is the caller's. Calls throw `ErpRetryableError`, `ErpUnknownOutcomeError` or
 * `ErpConfigError`. Optional members are what not every ERP can do: one that cannot be asked has no `findOrder`.
 */
export interface ErpPort {
  readonly name: string;
  readonly caps: ErpCapabilities;
  /** Settles an unknown outcome. Without it, submit again: the adapter then guarantees that this is safe. */
  findOrder?(orderKey: OrderKey, options?: ErpCallOptions): Promise<ErpOrder | null>;
  /** Creates the order once, and goes on with one that was left half made. */
  submitOrder(order: HandoffOrder, options?: ErpCallOptions): Promise<SubmitResult>;
  requestCancel(request: CancelRequest, options?: ErpCallOptions): Promise<CancelResult>;
  /** Shipments changed since `cursor`, at least once. */
  listShipments?(
    cursor: string | null,
    limit: number,
    options?: ErpCallOptions,
  ): Promise<{ shipments: ErpShipment[]; next: string }>;
  /**
   * Verifies and reads what the ERP posts to `/webhooks/erp/<name>`.
   *
   * @throws WebhookRefusedError
   */
  parsePush?(headers: Readonly<Record<string, string>>, rawBody: string): ErpEvent;
  /** Whether it would take an order now, asked without any effect. */
  health?(options?: ErpCallOptions): Promise<void>;
}
