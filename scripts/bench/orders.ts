import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import {
  orderPendingSignal,
  orderShippedSignal,
  orderVerifiedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { noOpActivities } from './activities';
import {
  type Carrier,
  channelCarrier,
  sameActivitiesCarrier,
  sameCommandsCarrier,
  startOrder,
} from './carrier';
import { bareWorkflows, type Ground, onGround } from './ground';
import { Milestones } from './milestones';
import { newStory, type OrderStory } from './order';
import { type BenchOptions, type Measurement, median } from './report';
import { channelWorkers, whileRunning, withoutQuotas } from './workers';

const ordersPerRound = 100;
/** Enough to keep the server busy although orders pause. */
const ordersInFlight = 60;
/** Between an activity and the next event, so that most events meet a workflow task of their own, as in a shop. */
const pauseMs = 400;

interface Lap {
  readonly ms: number;
  readonly eventsPerOrder: number;
}

type RunLap = (carrier: Carrier, orders?: number) => Promise<Lap>;
type Of<T> = Record<'channel' | 'sameCommands' | 'sameActivities', T>;

/** Throughput of the order workflow against bare workflows on the same server, in rounds by turns. */
export function benchOrders({ rounds, show }: BenchOptions): Promise<Measurement[]> {
  return onGround(async (ground) => {
    const milestones = new Milestones();
    const activities = noOpActivities({ onRun: (activity, id) => milestones.reached(activity, id) });
    const workers = [
      ...(await channelWorkers(withoutQuotas(ground), activities)),
      ...(await bareWorkers(ground, { ...activities.amazon, ...activities.commerce })),
    ];
    const run: RunLap = (carrier, orders) => lap(ground, milestones, carrier, orders);
    const carriers = {
      channel: channelCarrier(ground),
      sameCommands: sameCommandsCarrier(ground),
      sameActivities: sameActivitiesCarrier(ground),
    };
    return whileRunning(workers, async () => {
      for (const carrier of Object.values(carriers)) await run(carrier, ordersInFlight);
      const laps = await runRounds(carriers, rounds, run, show);
      return measurements(laps);
    });
  });
}

/** The one has the activities of the channel's workers, the other all on one queue, as small programs do. */
function bareWorkers(
  { connection, namespace, dataConverter }: Ground,
  activities: object,
): Promise<Worker[]> {
  const shared = { connection, namespace, workflowsPath: bareWorkflows };
  return Promise.all([
    Worker.create({ ...shared, dataConverter, taskQueue: 'same-commands' }),
    Worker.create({ ...shared, activities, taskQueue: 'same-activities' }),
  ]);
}

/** Who begins changes from round to round. */
async function runRounds(
  carriers: Of<Carrier>,
  rounds: number,
  run: RunLap,
  show: BenchOptions['show'],
): Promise<Of<Lap[]>> {
  const laps: Of<Lap[]> = { channel: [], sameCommands: [], sameActivities: [] };
  const names = ['channel', 'sameCommands', 'sameActivities'] as const;
  for (let round = 0; round < rounds; round += 1) {
    show(`round ${round + 1} of ${rounds}`);
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      laps[name].push(await run(carriers[name]));
    }
  }
  return laps;
}

/** Carries so many orders, always a fixed number of them at a time. */
async function lap(
  ground: Ground,
  milestones: Milestones,
  carrier: Carrier,
  orders = ordersPerRound,
): Promise<Lap> {
  const stories = Array.from({ length: orders }, () => newStory(ground));
  const handles: WorkflowHandle[] = [];
  const startedAt = performance.now();
  const one = async (): Promise<void> => {
    for (let story = stories.pop(); story; story = stories.pop()) {
      handles.push(await carry(carrier, milestones, story));
    }
  };
  await Promise.all(Array.from({ length: ordersInFlight }, one));
  const ms = performance.now() - startedAt;
  const lengths = await Promise.all(
    handles.slice(0, ordersInFlight).map(async (handle) => (await handle.describe()).historyLength),
  );
  return { ms, eventsPerOrder: lengths.reduce((sum, length) => sum + length, 0) / lengths.length };
}

async function carry(carrier: Carrier, milestones: Milestones, story: OrderStory): Promise<WorkflowHandle> {
  const { amazonOrderId } = story;
  const placed = milestones.next('placeOrder', amazonOrderId);
  const confirmed = milestones.next('confirmShipment', amazonOrderId);
  const handle = await startOrder(carrier, orderPendingSignal, story.pending);
  await delay(pauseMs);
  await handle.signal(orderVerifiedSignal, story.verified);
  await placed;
  await delay(pauseMs);
  await handle.signal(parcelShippedSignal, story.parcel);
  await confirmed;
  await delay(pauseMs);
  await handle.signal(orderShippedSignal, story.shipped);
  await handle.result();
  return handle;
}

function measurements({ channel, sameCommands, sameActivities }: Of<Lap[]>): Measurement[] {
  const ratio = (bare: Lap[]) => median(channel.map(({ ms }, round) => (bare[round]?.ms ?? Number.NaN) / ms));
  const perSecond = (laps: Lap[]) => (ordersPerRound / median(laps.map(({ ms }) => ms))) * 1000;
  const events = (laps: Lap[]) => median(laps.map(({ eventsPerOrder }) => eventsPerOrder));
  const carriers = [
    ['order workflow', channel],
    ['bare workflow, same commands', sameCommands],
    ['bare workflow, same signals and activities', sameActivities],
  ] as const;
  return [
    {
      what: 'throughput against a bare workflow with the same commands and codec',
      ...{ value: ratio(sameCommands), digits: 2, atLeast: 0.85 },
    },
    {
      what: 'throughput against one with the same signals and activities only, no codec',
      ...{ value: ratio(sameActivities), digits: 2, atLeast: 0.5 },
    },
    ...carriers.flatMap(([what, laps]): Measurement[] => [
      { what: `${what}: throughput`, value: perSecond(laps), digits: 1, unit: 'orders/s' },
      { what: `${what}: history`, value: events(laps), digits: 1, unit: 'events' },
    ]),
  ];
}
