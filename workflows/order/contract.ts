import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Attention } from '../../domain/attention';
import type { ChannelStatus } from '../../domain/channel-status';
import type { Pinned, PlacedOrder } from '../../domain/commerce-order';
import { type AmazonOrder, amazonOrderIdPattern } from '../../domain/order';
import type { Parcel, ParcelLine, ParcelSource } from '../../domain/parcel';
import type { OrderPolicy } from '../../domain/settings';
import type { SkuMap } from '../../domain/sku-map';
import type { AllocatedStock } from '../../domain/stock';

/** The wire name of the workflow; started by name, so that clients never load its code. */
export const amazonOrderWorkflowType = 'amazonOrderWorkflow';

/** One workflow per order: the id is what makes a second one impossible. */
export const orderWorkflowId = (account: string, amazonOrderId: string): string =>
  `amazon-order/${account}/${amazonOrderId}`;

export function parseOrderWorkflowId(
  workflowId: string,
): { account: string; amazonOrderId: string } | undefined {
  const [kind, account, amazonOrderId, ...rest] = workflowId.split('/');
  if (kind !== 'amazon-order' || !account || !amazonOrderId || rest.length > 0) return undefined;
  return amazonOrderIdPattern.test(amazonOrderId) ? { account, amazonOrderId } : undefined;
}

/** An order as Amazon has it now, with what the deliverer knows beside it. Payload of the four order signals. */
export interface OrderDelivery {
  readonly order: AmazonOrder;
  /** `<lastUpdatedAt> <keyed hash of the order>`: equal versions are equal orders. */
  readonly version: string;
  /** Keyed hashes to find the order by its buyer. */
  readonly buyerTokens: readonly string[];
  /** The account's settings at this moment; the workflow reads none itself. */
  readonly policy: OrderPolicy;
  /** What the account's intake keeps for SKUs of this order; absent where the deliverer does not know. */
  readonly skuMap?: SkuMap;
}

/** A parcel as one system reports it; may come more than once, and changed. */
export interface ParcelReport {
  readonly source: ParcelSource;
  /** From the marker comment: the shipment was created by the channel for this known parcel. */
  readonly parcelId?: string;
  /** As the source names it; the channel maps it to Amazon's codes. */
  readonly carrierCode: string;
  readonly carrierName?: string;
  readonly trackingNumber: string;
  readonly shippedAt: string;
  readonly lines: readonly ParcelLine[];
  /** With the last report of a look at Commerce: what that look saw, for the search attribute. */
  readonly shipmentsSeen?: string;
}

/** What the ERP decided. `eventId` is the same for every repetition. */
export type ErpOrderChange = { readonly eventId: string } & (
  | { readonly kind: 'accepted'; readonly erpOrderNumber: string }
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'cancelRefused'; readonly message: string }
);

/** Who asks, and why; kept in the order's notes. */
export interface OperatorAction {
  readonly by: string;
  readonly why?: string;
}

// Four names for one payload, so that a history reads by itself in the Temporal Web UI.
/** Amazon says PENDING_AVAILABILITY or PENDING. */
export const orderPendingSignal = defineSignal<[OrderDelivery]>('orderPending');
/** Amazon says UNSHIPPED or PARTIALLY_SHIPPED. */
export const orderVerifiedSignal = defineSignal<[OrderDelivery]>('orderVerified');
/** Amazon says SHIPPED. */
export const orderShippedSignal = defineSignal<[OrderDelivery]>('orderShipped');
/** Amazon says CANCELLED. */
export const orderCancelledSignal = defineSignal<[OrderDelivery]>('orderCancelled');

export const parcelShippedSignal = defineSignal<[ParcelReport]>('parcelShipped');
export const parcelCorrectedSignal = defineSignal<[ParcelReport]>('parcelCorrected');
export const erpOrderChangedSignal = defineSignal<[ErpOrderChange]>('erpOrderChanged');

/** Tries again at once what waits for a later attempt. Refused where nothing waits. Answers with the note. */
export const retryOrderUpdate = defineUpdate<string, [OperatorAction]>('retryOrder');
/** Stops placement and hand-off, never a confirmation. Refused where the order is held or over. */
export const holdOrderUpdate = defineUpdate<string, [OperatorAction]>('holdOrder');
/** Refused where the order is not held. */
export const releaseOrderUpdate = defineUpdate<string, [OperatorAction]>('releaseOrder');

export interface MapSkuRequest extends OperatorAction {
  /** Amazon's, of a line of this order. */
  readonly from: string;
  /** Commerce's. */
  readonly to: string;
}

/** Has a line created under another SKU, at once. Refused once the Commerce order exists. Answers with the note. */
export const mapSkuUpdate = defineUpdate<string, [MapSkuRequest]>('mapSku');

export const orderSnapshotQuery = defineQuery<OrderState>('orderSnapshot');

export interface AmazonOrderInput {
  readonly account: string;
  readonly amazonOrderId: string;
  /** Of the run before: after continue-as-new, or of one that somebody terminated. */
  readonly state?: OrderState;
  /** The run before was ended by hand: what Commerce has is compared, nothing is taken for granted. */
  readonly resumed?: 'terminated';
}

export interface OrderOutcome {
  readonly channelStatus: ChannelStatus;
  readonly commerceOrderNumber?: string;
  readonly parcels: number;
}

export interface Note {
  readonly at: string;
  /** For the operator, without personal data. */
  readonly text: string;
  /** Who did it, if a person. */
  readonly by?: string;
}

export interface HandOff {
  /**
   * - `open`: not submitted
   * - `submitted`: the ERP has it and has not decided
   * - `accepted`, `rejected`, `cancelled`: the ERP's word
   * - `none`: the order goes to no ERP
   */
  stage: 'open' | 'submitted' | 'accepted' | 'rejected' | 'cancelled' | 'none';
  /** 1, and one more for each time that the operator submits again after a rejection. */
  revision: number;
  erpOrderNumber?: string;
  /** The ERP that the order was submitted to, from the first attempt on: it may have the order, whatever it answered. */
  erp?: string;
}

/** Everything that an order workflow knows: plain JSON, survives continue-as-new, answers the query. */
export interface OrderState {
  readonly account: string;
  readonly amazonOrderId: string;
  channelStatus: ChannelStatus;
  /** The newest that Amazon said; null until the first signal is read. */
  delivery: OrderDelivery | null;
  pinned?: Pinned;
  customerId?: number;
  customerGroupId?: number;
  /** What operators mapped for this order; goes before what came with the delivery. */
  skuMap?: SkuMap;
  /** What was moved for it, with inventory `sourceTransfer`. */
  stock?: AllocatedStock;
  /** Started again without the state of the run before, which may have moved stock. */
  stockForgotten?: true;
  commerce?: PlacedOrder;
  /** Commerce took it as complete, because Amazon had shipped it before: it gets no documents there. */
  recorded?: true;
  /** Decided once when Amazon has verified it: a setting that changes later does not import it. */
  onlyListed?: boolean;
  /** The operator asked to decide anew what was pinned: the order is read first, for the settings of today. */
  reread?: true;
  /** The Commerce order has its invoice and the state that ends it. */
  completed: boolean;
  handOff: HandOff;
  parcels: Parcel[];
  held: boolean;
  attention: Attention[];
  /** Newest last; the oldest go when there are many. */
  notes: Note[];
  shipmentsSeen: string;
  /** Ids of the ERP's latest events, to know repetitions. */
  erpEvents: string[];
  /** Absolute times of the waits that must survive continue-as-new: next attempts, end of settling. */
  waits: Partial<Record<WaitName, string>>;
}

export type WaitName =
  | 'placement'
  | 'handOff'
  | 'shipping'
  | 'confirmation'
  | 'completion'
  | 'cancellation'
  | 'settling';

/** Beside the search attributes on the Orders list; passes through the codec, so the buyer's name may stand here. */
export interface OrderMemo {
  readonly buyer?: string;
  /** The latest note. */
  readonly note?: string;
  readonly noteAt?: string;
  readonly held: boolean;
  readonly erpOrderNumber?: string;
  readonly attention: readonly Attention[];
}
/** Key of {@link OrderMemo} in the workflow's memo. */
export const orderMemoKey = 'order';
