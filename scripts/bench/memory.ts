import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from '@temporalio/worker';
import { orderPendingSignal, orderVerifiedSignal } from '../../workflows/order/contract';
import { commerceTaskQueue } from '../../workflows/task-queues';
import { noOpActivities } from './activities';
import { type Carrier, channelCarrier, sameCommandsCarrier, startOrder } from './carrier';
import { bareWorkflows, channelWorkflows, type Ground, onGround } from './ground';
import { Milestones } from './milestones';
import { newStory } from './order';
import type { Measurement } from './report';
import { whileRunning } from './workers';

/** Open before the first look, so that what every worker needs does not count. */
const ordersBefore = 100;
const ordersMore = 300;
const ordersAtATime = 10;
/** After an order's last activity its workflow still has a task to do. */
const quietMs = 2_000;

interface Memory {
  readonly heap: number;
  readonly resident: number;
}

/** What an order costs that stands in Commerce and waits for its shipment, cached in the worker. */
export function benchMemory(): Promise<Measurement[]> {
  return onGround(async (ground) => {
    const milestones = new Milestones();
    return whileRunning(await placingWorkers(ground, milestones), async () => {
      const order = await growthPerOrder(ground, milestones, channelCarrier(ground));
      const bare = await growthPerOrder(ground, milestones, sameCommandsCarrier(ground));
      const what = `per open cached order, ${ordersMore} of them`;
      return [
        { what: `heap ${what}`, value: order.heap, atMost: 60 },
        { what: `heap ${what}, bare workflow with the same commands`, value: bare.heap },
        { what: `resident memory ${what}`, value: order.resident },
        { what: `resident memory ${what}, bare workflow`, value: bare.resident },
      ].map((measurement) => ({ ...measurement, unit: 'KB' }));
    });
  });
}

/** `debugMode` runs workflows on the main thread, whose heap can be collected and measured. */
function placingWorkers(
  { config, connection, namespace, dataConverter }: Ground,
  milestones: Milestones,
): Promise<Worker[]> {
  const { commerce } = noOpActivities({ onRun: (activity, id) => milestones.reached(activity, id) });
  const shared = { connection, namespace, dataConverter };
  const { taskQueue } = config;
  return Promise.all([
    Worker.create({ ...shared, taskQueue, workflowsPath: channelWorkflows, debugMode: true }),
    Worker.create({ ...shared, taskQueue: 'same-commands', workflowsPath: bareWorkflows, debugMode: true }),
    Worker.create({ ...shared, taskQueue: commerceTaskQueue(taskQueue), activities: commerce }),
  ]);
}

/** In KB. */
async function growthPerOrder(ground: Ground, milestones: Milestones, carrier: Carrier): Promise<Memory> {
  await openOrders(ordersBefore, () => open(ground, milestones, carrier));
  const before = await memoryUsed();
  await openOrders(ordersMore, () => open(ground, milestones, carrier));
  const after = await memoryUsed();
  const perOrder = (bytes: number) => bytes / ordersMore / 1000;
  return { heap: perOrder(after.heap - before.heap), resident: perOrder(after.resident - before.resident) };
}

async function openOrders(orders: number, openOne: () => Promise<void>): Promise<void> {
  for (let opened = 0; opened < orders; opened += ordersAtATime) {
    await Promise.all(Array.from({ length: ordersAtATime }, openOne));
  }
  await delay(quietMs);
}

async function open(ground: Ground, milestones: Milestones, carrier: Carrier): Promise<void> {
  const { amazonOrderId, pending, verified } = newStory(ground);
  const placed = milestones.next('placeOrder', amazonOrderId);
  const handle = await startOrder(carrier, orderPendingSignal, pending);
  await handle.signal(orderVerifiedSignal, verified);
  await placed;
}

/** What finalizers let go is garbage for the next collection only. */
async function memoryUsed(): Promise<Memory> {
  const collect = garbageCollector();
  for (let round = 0; round < 3; round += 1) {
    collect();
    await delay(quietMs / 4);
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heap: heapUsed + external, resident: rss };
}

/** Node offers it behind a flag only, which can be set late. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new TypeError('This Node has no garbage collector to call');
  return () => collect();
}
