import { defineQuery, defineSignal } from '@temporalio/workflow';

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
  /** Orders that waited for a shipment at the last look. */
  waiting: number;
  /** Parcels that were signalled, repetitions included. */
  signalled: number;
  lastLookAt?: string;
  problem?: string;
}

/** Milliseconds; sent by each worker that starts, so that a changed setting takes effect. */
export const shipmentWatchEverySignal = defineSignal<[number]>('shipmentWatchEvery');

export const shipmentWatchSnapshotQuery = defineQuery<ShipmentWatchState>('shipmentWatchSnapshot');
