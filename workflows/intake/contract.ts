import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Bucket } from '../../domain/quota';

export const orderIntakeWorkflowType = 'orderIntakeWorkflow';

/** One per account: the only one that lists the account's orders at Amazon. */
export const orderIntakeWorkflowId = (account: string): string => `order-intake/${account}`;

export interface IntakeTimings {
  /** From the begin of one sweep to the next. */
  readonly sweepEveryMs: number;
  /** How far a sweep looks back behind the cursor, in Amazon's time. */
  readonly overlapMs: number;
}

export interface OrderIntakeInput {
  readonly account: string;
  /** Amazon's time from which orders are looked for when there is no cursor yet. */
  readonly since: string;
  readonly timings: IntakeTimings;
  readonly state?: IntakeState;
}

/** An order that cannot become a workflow: unreadable, or of an unknown kind. */
export interface ParkedOrder {
  /** Missing where not even the id is readable. */
  readonly amazonOrderId?: string;
  /** For the operator, without personal data. */
  readonly reason: string;
}

/** Survives continue-as-new and answers the query. */
export interface IntakeState {
  /** Everything that Amazon changed before this moment (Amazon's time) has been delivered. */
  cursor: string;
  bucket: Bucket;
  /** The newest last; see `parked.ts` for how long each stays. */
  parked: ParkedOrder[];
  sweeps: number;
  /** Signals that were sent because an order was new or had changed. */
  delivered: number;
  lastSweepAt?: string;
  /** A sentence, while the last sweep failed. */
  problem?: string;
}

/** Sent by each worker that starts: changed settings take effect with the next sweep. */
export const intakeTimingsSignal = defineSignal<[IntakeTimings]>('intakeTimings');

export const intakeSnapshotQuery = defineQuery<IntakeState>('intakeSnapshot');

export interface PullOrderRequest {
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

/** Has one order read at Amazon and delivered to its workflow, within the quota. */
export const pullOrderUpdate = defineUpdate<PullOrderResult, [PullOrderRequest]>('pullOrder');
