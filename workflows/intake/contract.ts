import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { FailureType } from '../../domain/failures';
import type { Backfill, LaneName, Lanes, LaneTimings } from '../../domain/lanes';
import type { SkuMap } from '../../domain/sku-map';
import type { Surroundings } from '../../domain/surroundings';

export const orderIntakeWorkflowType = 'orderIntakeWorkflow';

/** One per account: the only one that lists the account's orders at Amazon. */
export const orderIntakeWorkflowId = (account: string): string => `order-intake/${account}`;

export type IntakeTimings = LaneTimings;

export interface OrderIntakeInput {
  readonly account: string;
  /** Amazon's time from which orders are looked for when there is no cursor yet. */
  readonly since: string;
  readonly timings: IntakeTimings;
  /** Of a new intake: confirmed by the fact that it is born there. */
  readonly surroundings?: Surroundings;
  readonly state?: IntakeState;
}

/** An order that cannot become a workflow: unreadable, or of an unknown kind. */
export interface ParkedOrder extends WiderAdmittance {
  /** Missing where not even the id is readable. */
  readonly amazonOrderId?: string;
  /** For the operator, without personal data. */
  readonly reason: string;
  /** Which lane saw it, where it has no id. */
  readonly lane?: LaneName;
}

/** Somebody asked for an order that sweeps leave out; it is judged so whenever it is read again. */
export interface WiderAdmittance {
  /** However long ago Amazon finished it. */
  readonly anyAge?: boolean;
  /** Also if it was purchased before the account's `importSince`. */
  readonly beforeImportSince?: boolean;
}

export interface IntakeProblem {
  /** `undefined` for what is no failure of Amazon's, e.g. a worker that died. */
  readonly type?: FailureType;
  readonly sentence: string;
  readonly since: string;
  /** Gone once this lane has got past this page. */
  readonly lane: LaneName;
  readonly page: number;
}

/** Survives continue-as-new and answers the query. */
export interface IntakeState extends Lanes {
  /** In Temporal's time. */
  begunAt: string;
  /** Orders to be read one by one. */
  hints: readonly string[];
  /** See `parked.ts` for how long each stays. */
  parked: readonly ParkedOrder[];
  /** Parked ones that found no room in the list. */
  parkedMore: number;
  /** Signals that were sent because an order was new or had changed. */
  delivered: number;
  /** Of the last list that Amazon answered, in Temporal's time. */
  lastAnswerAt?: string;
  /** Of the last fast sweep that ended well. */
  lastSweepAt?: string;
  /** While list calls fail. */
  problem?: IntakeProblem;
  /** Goes with every order that is delivered, as far as it is for its SKUs. */
  skuMap: SkuMap;
  /** Where the account may write; another place is a copy until somebody confirms it. */
  confirmed?: Surroundings;
}

/** Sent by each worker that starts: shorter intervals take effect at once, longer ones with the next sweep. */
export const intakeTimingsSignal = defineSignal<[IntakeTimings]>('intakeTimings');

export interface OrdersChanged {
  readonly amazonOrderIds: readonly string[];
}

/** A hint that these orders have changed at Amazon; it carries no data of them. */
export const ordersChangedSignal = defineSignal<[OrdersChanged]>('ordersChanged');

export const intakeSnapshotQuery = defineQuery<IntakeState>('intakeSnapshot');

export interface PullOrderRequest extends Pick<WiderAdmittance, 'beforeImportSince'> {
  readonly amazonOrderId: string;
}

/**
 * - `delivered`: its workflow has it
 * - `unchanged`: its workflow had this very version already
 * - `ignored`: not to be imported, `reason` says why
 * - `notFound`: Amazon has no such order for this account
 */
export interface PullOrderResult {
  readonly kind: 'delivered' | 'unchanged' | 'ignored' | 'notFound';
  readonly status?: string;
  readonly reason?: string;
  /** With `ignored`: it cannot become a workflow before a person has looked. */
  readonly parked?: boolean;
}

/** Has one order read at Amazon and delivered to its workflow, within the quota, however old it is. */
export const pullOrderUpdate = defineUpdate<PullOrderResult, [PullOrderRequest]>('pullOrder');

/** Has the orders purchased in a range imported, however old they are. Answers a sentence; asking twice is harmless. */
export const startBackfillUpdate = defineUpdate<string, [Backfill]>('startBackfill');

export interface ReconcileRequest {
  /** Amazon's time; by default as far back as the settings say. */
  readonly since?: string;
}

/** Has Amazon's list compared with the workflows now; the report comes with the snapshot. Answers a sentence. */
export const reconcileNowUpdate = defineUpdate<string, [ReconcileRequest]>('reconcileNow');

export interface SkuMapChange {
  /** Amazon's. */
  readonly from: string;
  /** Commerce's; null forgets what `from` was mapped to. */
  readonly to: string | null;
}

export interface MapSkusRequest {
  readonly changes: readonly SkuMapChange[];
  readonly by: string;
}

/** Keeps Commerce's SKUs for the account's future orders. Answers a sentence; asking twice is harmless. */
export const mapSkusUpdate = defineUpdate<string, [MapSkusRequest]>('mapSkus');

/** Key of the intake's memo: the confirmed {@link Surroundings}, to be read without a worker. */
export const confirmedSurroundingsKey = 'confirmedSurroundings';

export interface SurroundingsConfirmation {
  readonly surroundings: Surroundings;
  readonly by: string;
}

/** Somebody vouches that this installation is no copy beside the original. Answers a sentence. */
export const confirmSurroundingsUpdate = defineUpdate<string, [SurroundingsConfirmation]>(
  'confirmSurroundings',
);
