import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { AmazonOrder } from '../../domain/order';
import type { OrderPolicy } from '../../domain/settings';
import type { AmazonOrderInput, OrderState } from '../../workflows/order/contract';
import * as messages from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import {
  commerceTaskQueue,
  confirmShipmentTaskQueue,
  erpTaskQueue,
  getOrderTaskQueue,
} from '../../workflows/task-queues';
import { type Behaviour, fakeActivities } from './fake-activities';
import { deliveryOf, orderPolicy } from './orders';
import { connectToTestServer } from './temporal';
import { workflowBundle } from './workflow-bundle';

const signals = {
  PENDING_AVAILABILITY: messages.orderPendingSignal,
  PENDING: messages.orderPendingSignal,
  UNSHIPPED: messages.orderVerifiedSignal,
  PARTIALLY_SHIPPED: messages.orderVerifiedSignal,
  SHIPPED: messages.orderShippedSignal,
  CANCELLED: messages.orderCancelledSignal,
  UNFULFILLABLE: messages.orderCancelledSignal,
} as const;

export interface WorldOptions {
  behaviour?: Behaviour;
  policy?: Partial<OrderPolicy>;
  /** 0: every workflow task replays from the beginning. */
  maxCachedWorkflows?: number;
}

/** A world of its own on the shared server: an account, a shop and an ERP that no other test uses. */
export async function openWorld({ behaviour = {}, policy = {}, maxCachedWorkflows = 50 }: WorldOptions = {}) {
  const environment = await connectToTestServer();
  const name = `t${randomUUID().slice(0, 8)}`;
  const fakes = fakeActivities(behaviour);
  const workers = await startWorkers(environment, name, fakes.activities, maxCachedWorkflows);
  const running = Promise.all(workers.map((worker) => worker.run()));
  const { client } = environment;
  const policyInUse = orderPolicy({ commerce: name, ...policy, ...(policy.erp && { erp: name }) });

  /** As the intake delivers: started by the signal, never twice. */
  const deliver = (order: AmazonOrder, input: Partial<AmazonOrderInput> = {}, delivered = policyInUse) =>
    client.workflow.signalWithStart(messages.amazonOrderWorkflowType, {
      workflowId: messages.orderWorkflowId(name, order.amazonOrderId),
      taskQueue: name,
      args: [{ account: name, amazonOrderId: order.amazonOrderId, ...input }],
      signal: signals[order.status],
      signalArgs: [deliveryOf(order, delivered)],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      typedSearchAttributes: [{ key: attributes.amazonOrderId, value: order.amazonOrderId }],
    });

  const handle = (order: Pick<AmazonOrder, 'amazonOrderId'>) =>
    client.workflow.getHandle(messages.orderWorkflowId(name, order.amazonOrderId));

  const snapshot = (order: Pick<AmazonOrder, 'amazonOrderId'>): Promise<OrderState> =>
    handle(order).query(messages.orderSnapshotQuery);

  return {
    name,
    client,
    calls: fakes.calls,
    policy: policyInUse,
    deliver,
    handle,
    snapshot,
    /** The snapshot once it is as wanted; fails after ten seconds with the last one. */
    until: async (order: Pick<AmazonOrder, 'amazonOrderId'>, wanted: (state: OrderState) => boolean) => {
      const patience = Date.now() + 10_000;
      for (;;) {
        const state = await snapshot(order);
        if (wanted(state)) return state;
        if (Date.now() > patience) throw new Error(`Not as wanted: ${JSON.stringify(state, null, 1)}`);
        await new Promise((done) => setTimeout(done, 25));
      }
    },
    close: async () => {
      for (const worker of workers) worker.shutdown();
      await running;
      await environment.teardown();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

async function startWorkers(
  environment: TestWorkflowEnvironment,
  name: string,
  activities: object,
  maxCachedWorkflows: number,
): Promise<Worker[]> {
  const options = { connection: environment.nativeConnection, namespace: environment.namespace ?? 'default' };
  const few: Partial<WorkerOptions> = { maxConcurrentActivityTaskPolls: 1 };
  const queues = [
    commerceTaskQueue(name),
    erpTaskQueue(name),
    getOrderTaskQueue(name),
    confirmShipmentTaskQueue(name),
  ];
  const bundle = await workflowBundle();
  return Promise.all([
    Worker.create({
      ...options,
      taskQueue: name,
      workflowBundle: bundle,
      maxCachedWorkflows,
      maxConcurrentWorkflowTaskPolls: 2,
    }),
    ...queues.map((taskQueue) => Worker.create({ ...options, ...few, taskQueue, activities })),
  ]);
}
