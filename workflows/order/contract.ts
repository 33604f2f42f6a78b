import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Attention, AttentionReason } from '../../domain/attention';
import type { CancelReason, CancelRequest } from '../../domain/cancellation';
import type { ChannelStatus } from '../../domain/channel-status';
import type { Pinned, PlacedOrder } from '../../domain/commerce-order';
import type { HandOff } from '../../domain/hand-off';
import { type AmazonOrder, amazonOrderIdPattern } from '../../domain/order';
import type { Parcel, RecordedParcel, ReportedParcel } from '../../domain/parcel';
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
export interface ParcelReport extends ReportedParcel {
  /** With the last report of a look at Commerce: what that look saw, for the search attribute. */
  readonly shipmentsSeen?: string;
}

/** Somebody has canceled, refunded or put on hold the Commerce order of an order that waits, or lets it go on. */
export interface CommerceOrderChange {
  /** Commerce's: `canceled`, `closed` or `holded`; any other means that it goes on. */
  readonly state: string;
  readonly status: string;
  /** What this look at Commerce saw, for the search attribute. */
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
export const commerceOrderChangedSignal = defineSignal<[CommerceOrderChange]>('commerceOrderChanged');
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

export interface CancelOrderRequest extends OperatorAction {
  readonly reason: CancelReason;
}

/** Cancels the whole order at Amazon. Refused unless it is Unshipped and nothing has left. Answers with the note. */
export const cancelOrderUpdate = defineUpdate<string, [CancelOrderRequest]>('cancelOrder');

export interface AcknowledgeRequest extends OperatorAction {
  readonly reason: AttentionReason;
}

/** Takes away an attention that only a person can settle, at his word. Refused for others. Answers with the note. */
export const acknowledgeUpdate = defineUpdate<string, [AcknowledgeRequest]>('acknowledge');
/** Hands the order, or what is left of it, to the ERP again. Refused where the ERP has it. Answers with the note. */
export const resendToErpUpdate = defineUpdate<string, [OperatorAction]>('resendToErp');

export type RecordParcelRequest = OperatorAction & RecordedParcel;
/** Tells of a parcel by hand, or splits one. Refused where its contents cannot be so. Answers with the note. */
export const recordParcelUpdate = defineUpdate<string, [RecordParcelRequest]>('recordParcel');

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
  /** From the channel's first knowledge of the last parcel until Amazon showed all of them. */
  readonly confirmedAfterMs?: number;
}

export interface Note {
  readonly at: string;
  /** For the operator, without personal data. */
  readonly text: string;
  /** Who did it, if a person. */
  readonly by?: string;
}

/** Everything that an order workflow knows: plain JSON, survives continue-as-new, answers the query. */
export interface OrderState {
  readonly account: string;
  readonly amazonOrderId: string;
  channelStatus: ChannelStatus;
  /** The newest that Amazon said; null until the first signal is read. */
  delivery: OrderDelivery | null;
  pinned?: Pinned;
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
  /** Amazon has cancelled units of it since it was made in Commerce, where they are to be taken off at the end. */
  shrunk?: true;
  /** When Amazon was first seen to have shipped or cancelled it. */
  endedAt?: string;
  /** What was known of its buyer is not kept any more, because the order could not be brought to an end in time. */
  buyerForgotten?: true;
  /** The Commerce order has its invoice and the state that ends it. */
  completed: boolean;
  handOff: HandOff;
  parcels: Parcel[];
  held: boolean;
  cancelRequest?: CancelRequest;
  /** Ids of the lines that the buyer asked to cancel, when that was decided on last. */
  wishHeard?: string;
  attention: Attention[];
  /** Newest last; the oldest go when there are many. */
  notes: Note[];
  shipmentsSeen: string;
  /** Ids of the ERP's latest events, to know repetitions. */
  erpEvents: string[];
  /** Why the next attempt of a wait is put off. */
  troubles?: Partial<Record<WaitName, AttentionReason>>;
  /** Absolute times of the waits that must survive continue-as-new: next attempts, end of settling. */
  waits: Partial<Record<WaitName, string>>;
}

export type WaitName =
  | 'placement'
  | 'handOff'
  | 'shipping'
  | 'commerceShipments'
  | 'confirmation'
  | 'completion'
  | 'cancelRequest'
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
