import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import type { SubmitOrderResult } from '../../activities/contracts/erp';
import {
  erpOrderChangedSignal,
  type OrderState,
  orderPendingSignal,
  orderShippedSignal,
  orderSnapshotQuery,
  orderVerifiedSignal,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { noOpActivities } from './activities';
import { channelCarrier, startOrder } from './carrier';
import { type Ground, onGround } from './ground';
import { newStory, type OrderStory, type StoryOptions } from './order';
import type { Measurement } from './report';
import { channelWorkers, whileRunning } from './workers';

const patienceMs = 30_000;

/** What an order leaves in the history, whose events storage and fees follow. */
export function benchEvents(): Promise<Measurement[]> {
  return onGround(async (ground) => {
    let erpAnswer: SubmitOrderResult = { kind: 'accepted', erpOrderNumber: 'SO-1' };
    const workers = await channelWorkers(ground, noOpActivities({ erpAnswer: () => erpAnswer }));
    return whileRunning(workers, async () => {
      const withoutErp = await carry(ground);
      const synchronous = await carry(ground, { policy: { erp: 'bench' } });
      erpAnswer = { kind: 'pending' };
      const asynchronous = await carry(ground, { policy: { erp: 'bench' } });
      const { correction, shown } = await correct(ground);
      return [
        { what: 'FBM order, one parcel, without ERP', value: withoutErp, atMost: 54 },
        { what: 'FBM order, one parcel, ERP that accepts at once', value: synchronous, atMost: 62 },
        { what: 'FBM order, one parcel, ERP that accepts later, as the demo’s does', value: asynchronous },
        { what: 'tracking correction', value: correction, atMost: 16 },
        { what: 'Amazon shows the corrected parcel', value: shown },
        { what: 'FBA order', value: await carryFba(ground), atMost: 24 },
      ].map((measurement) => ({ ...measurement, unit: 'events' }));
    });
  });
}

/** From Pending to the end of settling. */
async function carry(ground: Ground, options?: StoryOptions): Promise<number> {
  const story = newStory(ground, options);
  const handle = await ship(ground, story);
  await handle.signal(orderShippedSignal, story.shipped);
  await handle.result();
  return eventsOf(handle);
}

async function carryFba(ground: Ground): Promise<number> {
  const { shipped } = newStory(ground, { fulfilledBy: 'AMAZON' });
  const handle = await startOrder(channelCarrier(ground), orderShippedSignal, shipped);
  await handle.result();
  return eventsOf(handle);
}

/** A shipped order that settles gets another tracking number. */
async function correct(ground: Ground): Promise<{ correction: number; shown: number }> {
  const story = newStory(ground, { policy: { settleForMs: patienceMs } });
  const handle = await ship(ground, story);
  await handle.signal(orderShippedSignal, story.shipped);
  const before = await eventsWhen(handle, ({ waits }) => waits.settling !== undefined);
  await handle.signal(parcelCorrectedSignal, story.correction);
  const corrected = await eventsWhen(handle, isSent);
  await handle.signal(orderShippedSignal, story.shippedAsCorrected);
  const shown = await eventsWhen(handle, ({ parcels }) => parcels[0]?.amazon === 'confirmed');
  return { correction: corrected - before, shown: shown - corrected };
}

/** From Pending to a parcel that Amazon has been told. */
async function ship(ground: Ground, story: OrderStory): Promise<WorkflowHandle> {
  const handle = await startOrder(channelCarrier(ground), orderPendingSignal, story.pending);
  await until(handle, ({ delivery }) => delivery !== null);
  await handle.signal(orderVerifiedSignal, story.verified);
  const { handOff } = await until(handle, (state) => state.handOff.stage !== 'open');
  if (handOff.stage === 'submitted') {
    const change = { kind: 'accepted', eventId: '1', erpOrderNumber: 'SO-1' } as const;
    await handle.signal(erpOrderChangedSignal, change);
    await until(handle, (state) => state.handOff.stage === 'accepted');
  }
  await handle.signal(parcelShippedSignal, story.parcel);
  await until(handle, isSent);
  return handle;
}

const isSent = ({ parcels }: OrderState) => parcels[0]?.amazon === 'sent';

async function until(handle: WorkflowHandle, wanted: (state: OrderState) => boolean): Promise<OrderState> {
  const giveUpAt = Date.now() + patienceMs;
  for (;;) {
    const state = await handle.query(orderSnapshotQuery);
    if (wanted(state)) return state;
    if (Date.now() > giveUpAt) throw new Error(`The order does not go on: ${JSON.stringify(state.notes)}`);
    await delay(20);
  }
}

async function eventsWhen(handle: WorkflowHandle, wanted: (state: OrderState) => boolean): Promise<number> {
  await until(handle, wanted);
  return eventsOf(handle);
}

async function eventsOf(handle: WorkflowHandle): Promise<number> {
  const { historyLength } = await handle.describe();
  return historyLength;
}
