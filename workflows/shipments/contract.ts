import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { WatchPace } from '../../domain/watch-pace';

export const shipmentWatchWorkflowType = 'shipmentWatchWorkflow';

/** One per Commerce instance. */
export const shipmentWatchWorkflowId = (commerce: string): string => `shipment-watch/${commerce}`;

export interface ShipmentWatchInput {
  readonly commerce: string;
  /** From one look to the next. */
  readonly everyMs: number;
  readonly state?: ShipmentWatchState;
}

export interface ShipmentWatchState {
  looks: number;
  /** Rounds that came to the end of all waiting orders, be it in several looks. */
  rounds: number;
  /** Orders that waited for a shipment at the last round. */
  waiting: number;
  /** What was signalled to orders, repetitions included. */
  signalled: number;
  pace: WatchPace;
  /** Time of the next round; absent: now. */
  roundDueAt?: string;
  /** When Commerce made the newest shipment that was seen. */
  newestAt?: string;
  /** Commerce's id of the order that the last round came to, where it came not to the end. */
  after?: number;
  /** Commerce's ids of orders that were hinted at; none of them: something new. */
  hinted?: number[];
  lastLookAt?: string;
  problem?: string;
  /** Why this round could not look at or tell an order. */
  missed?: string;
}

/** Milliseconds; sent by each worker that starts, so that a changed setting takes effect. */
export const shipmentWatchEverySignal = defineSignal<[number]>('shipmentWatchEvery');

/** A hint that Commerce has something new. */
export interface LookNow {
  /** Commerce's ids of the orders, as far as they are known. */
  readonly orderIds: readonly number[];
}

/** Hints that come together are one look. */
export const shipmentWatchLookNowSignal = defineSignal<[LookNow]>('shipmentWatchLookNow');

export const shipmentWatchSnapshotQuery = defineQuery<ShipmentWatchState>('shipmentWatchSnapshot');
