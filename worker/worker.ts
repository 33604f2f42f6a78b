import type { DataConverter } from '@temporalio/common';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { failureInterceptor } from '../activities/failures';
import { heartbeatInterceptor } from '../activities/heartbeats';
import type { Config } from '../config/config';
import { usagePlans } from '../domain/quota';
import {
  cancellationTaskQueue,
  commerceTaskQueue,
  confirmShipmentTaskQueue,
  erpTaskQueue,
  getOrderTaskQueue,
} from '../workflows/task-queues';
import { withoutComments } from './bundler';
import type { Activities } from './dependencies';

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly config: Config;
  readonly activities: Activities;
  readonly dataConverter: DataConverter;
  /** Path of the workflows' source, or code that was bundled before. */
  readonly workflows: { readonly workflowsPath: string } | { readonly workflowBundle: { codePath: string } };
  /** Default: what the memory allows. 0 replays every task, for tests. */
  readonly maxCachedWorkflows?: number;
}

/** How long activities under way may go on when the worker is asked to end; Commerce's slowest calls take a minute. */
const shutdownGraceTime = '70s';

/** A third of the heartbeat time-out, so that a busy moment of the worker does not look like its death. */
const maxHeartbeatThrottleInterval = '5s';

/** At most so many ERP calls at the same time; nobody knows what a merchant's ERP bears. */
const erpConcurrency = 4;

/** The worker of the workflows and one for each queue of activities that has a limit of its own. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, config, activities, dataConverter, workflows } = options;
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection,
    namespace,
    dataConverter,
    shutdownGraceTime,
    maxHeartbeatThrottleInterval,
    interceptors: {
      activity: [() => ({ inbound: failureInterceptor }), () => ({ inbound: heartbeatInterceptor })],
    },
  };
  const { alerts, amazon, commerce, shipments, erp } = activities;
  const worker = (own: WorkerOptions) => Worker.create({ ...shared, ...own });
  const limited = (queue: string, maxTaskQueueActivitiesPerSecond: number, own: object) =>
    worker({
      taskQueue: queue,
      maxTaskQueueActivitiesPerSecond,
      maxConcurrentActivityTaskPolls: 2,
      activities: own,
    });
  const { maxCachedWorkflows } = options;

  return Promise.all([
    worker({
      ...workflows,
      bundlerOptions: { webpackConfigHook: withoutComments },
      taskQueue: config.taskQueue,
      activities: { sweepPage: amazon.sweepPage, ...alerts },
      ...(maxCachedWorkflows !== undefined && { maxCachedWorkflows }),
    }),
    ...config.accounts.flatMap(({ name, pace }) => [
      limited(getOrderTaskQueue(name), pace.getOrder ?? usagePlans.getOrder.ratePerSecond, {
        readOrder: amazon.readOrder,
        pullOrder: amazon.pullOrder,
      }),
      limited(
        confirmShipmentTaskQueue(name),
        pace.confirmShipment ?? usagePlans.confirmShipment.ratePerSecond,
        {
          confirmShipment: amazon.confirmShipment,
        },
      ),
      limited(cancellationTaskQueue(name), usagePlans.createFeedDocument.ratePerSecond, {
        prepareCancellation: amazon.prepareCancellation,
        submitCancellation: amazon.submitCancellation,
        followCancellation: amazon.followCancellation,
      }),
    ]),
    ...config.commerce.map(({ name, concurrency }) =>
      worker({
        taskQueue: commerceTaskQueue(name),
        maxConcurrentActivityTaskExecutions: concurrency,
        maxConcurrentActivityTaskPolls: 2,
        activities: { ...commerce, ...shipments },
      }),
    ),
    ...config.erps.map(({ name }) =>
      worker({
        taskQueue: erpTaskQueue(name),
        maxConcurrentActivityTaskExecutions: erpConcurrency,
        maxConcurrentActivityTaskPolls: 2,
        activities: erp,
      }),
    ),
  ]);
}
