import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Told } from '../../domain/alert-memory';
import type { Digest } from '../../domain/digest';

export const alertWorkflowType = 'alertWorkflow';

/** One per channel, which the task queue of its workflows tells from others in the same namespace. */
export const alertWorkflowId = (taskQueue: string): string => `alerts/${taskQueue}`;

export type AlertDestination = 'webhook' | 'mail';

/** What of the settings the workflow goes by. */
export interface AlertTerms {
  /** From one look to the next. */
  readonly everyMs: number;
  /** From one digest to the next, at least. */
  readonly paceMs: number;
  readonly destinations: readonly AlertDestination[];
}

export interface AlertInput {
  readonly terms: AlertTerms;
  readonly state?: AlertState;
}

export interface Outgoing {
  /** Survives all attempts. */
  readonly id: string;
  readonly digest: Digest;
}

/** What goes to one destination, one digest after the other. */
export interface Outbox {
  sending?: Outgoing | undefined;
  /** All that came meanwhile, put together. */
  waiting?: Outgoing | undefined;
  sent: number;
  lastSentAt?: string;
  /** Attempts since the last one that went well, and when the next one is due. */
  failed: number;
  nextAt?: string | undefined;
  /** Why the last attempts failed, or what is wrong with the last digest that was sent. */
  problem?: string | undefined;
}

/** Survives continue-as-new and answers the query. */
export interface AlertState {
  looks: number;
  lastLookAt?: string;
  /** Of the last look. */
  problem?: string;
  /** Reasons of orders, intakes and watches that need a person now, and those of them that wait for the next digest. */
  open: number;
  untold: number;
  told: Told;
  /** Since when the intake of an account does not answer, or a shipment watch, by its workflow's id, finds nothing. */
  silentSince: Readonly<Record<string, string>>;
  lastDigestAt?: string;
  outboxes: Partial<Record<AlertDestination, Outbox>>;
}

/** Sent by each worker that starts or sees changed settings; null where these have no alerts any more: it ends. */
export const alertTermsSignal = defineSignal<[AlertTerms | null]>('alertTerms');

export const alertSnapshotQuery = defineQuery<AlertState>('alertSnapshot');
