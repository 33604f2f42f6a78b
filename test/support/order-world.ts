import { randomUUID } from 'node:crypto';
import type { UpdateDefinition } from '@temporalio/common';
import type { AmazonOrder } from '../../domain/order';
import type { OrderPolicy } from '../../domain/settings';
import type { AmazonOrderInput, OperatorAction, OrderState } from '../../workflows/order/contract';
import * as messages from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import {
  cancellationTaskQueue,
  commerceTaskQueue,
  confirmShipmentTaskQueue,
  erpTaskQueue,
  getOrderTaskQueue,
} from '../../workflows/task-queues';
import { eventually, patiently } from './eventually';
import { type ActivityName, fakeActivities } from './fake-activities';
import { deliveryOf, orderPolicy } from './orders';
import { connectToTestServer } from './temporal';
import { startWorkers } from './workers';

const signals = {
  PENDING_AVAILABILITY: messages.orderPendingSignal,
  PENDING: messages.orderPendingSignal,
  UNSHIPPED: messages.orderVerifiedSignal,
  PARTIALLY_SHIPPED: messages.orderVerifiedSignal,
  SHIPPED: messages.orderShippedSignal,
  CANCELLED: messages.orderCancelledSignal,
  UNFULFILLABLE: messages.orderCancelledSignal,
} as const;

type OrderRef = Pick<AmazonOrder, 'amazonOrderId'>;

export interface WorldOptions {
  policy?: Partial<OrderPolicy>;
  /** 0: every workflow task replays from the beginning. */
  maxCachedWorkflows?: number;
  /** Account, shop, ERP and task queue. */
  name?: string;
}

/** How one order is delivered other than usual. */
export interface DeliveryOptions {
  input?: Partial<AmazonOrderInput>;
  /** What differs from the world's; `undefined` takes a setting away. */
  policy?: { readonly [Name in keyof OrderPolicy]?: OrderPolicy[Name] | undefined };
}

/** A world of its own on the shared server: an account, a shop and an ERP that no other test uses. */
export async function openWorld({
  policy = {},
  maxCachedWorkflows = 50,
  name = `t${randomUUID().slice(0, 8)}`,
}: WorldOptions = {}) {
  const environment = await connectToTestServer();
  const { activities, behave, callsOf } = fakeActivities();
  const stopWorkers = await startWorkers(environment, {
    taskQueue: name,
    activityQueues: [
      commerceTaskQueue(name),
      erpTaskQueue(name),
      getOrderTaskQueue(name),
      confirmShipmentTaskQueue(name),
      cancellationTaskQueue(name),
    ],
    activities,
    maxCachedWorkflows,
  });
  const { client } = environment;
  const policyInUse = orderPolicy({ commerce: name, ...policy, ...(policy.erp && { erp: name }) });

  const handle = (order: OrderRef, runId?: string) =>
    client.workflow.getHandle(messages.orderWorkflowId(name, order.amazonOrderId), runId);

  const snapshot = (order: OrderRef): Promise<OrderState> =>
    patiently(() => handle(order).query(messages.orderSnapshotQuery));

  /** As the intake delivers: started by the signal, never twice. */
  const deliver = (order: AmazonOrder, { input, policy: changes }: DeliveryOptions = {}) =>
    client.workflow.signalWithStart(messages.amazonOrderWorkflowType, {
      workflowId: messages.orderWorkflowId(name, order.amazonOrderId),
      taskQueue: name,
      args: [{ account: name, amazonOrderId: order.amazonOrderId, ...input }],
      signal: signals[order.status],
      signalArgs: [deliveryOf(order, { ...policyInUse, ...changes } as OrderPolicy)],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      typedSearchAttributes: [{ key: attributes.amazonOrderId, value: order.amazonOrderId }],
    });

  /** The snapshot once it is as wanted. */
  const until = (order: OrderRef, wanted: (state: OrderState) => boolean) =>
    eventually(() => snapshot(order), wanted);

  return {
    name,
    policy: policyInUse,
    behave,
    callsOf,
    deliver,
    /** Delivered, and seen in Commerce. */
    place: async (order: AmazonOrder, options?: DeliveryOptions) => {
      const started = await deliver(order, options);
      await until(order, ({ commerce }) => commerce !== undefined);
      return started;
    },
    handle,
    snapshot,
    /** As an operator asks. The same `updateId` is the same request. */
    ask: <Action extends OperatorAction>(
      order: OrderRef,
      update: UpdateDefinition<string, [Action]>,
      request: Partial<Action> & { updateId?: string } = {},
    ): Promise<string> => {
      const { updateId = randomUUID(), ...action } = request;
      const args: [Action] = [Object.assign({ by: 'Grace' }, action as Partial<Action>) as Action];
      return handle(order).executeUpdate(update, { args, updateId });
    },
    until,
    /** Its end, but for what a person has to acknowledge. */
    settled: (order: OrderRef) => until(order, ({ waits }) => waits.settling !== undefined),
    /** How an order ends that waits for somebody to acknowledge what it shows. */
    endAcknowledged: async (order: OrderRef) => {
      const { attention } = await until(order, ({ waits }) => waits.settling !== undefined);
      for (const { reason } of attention) {
        await handle(order).executeUpdate(messages.acknowledgeUpdate, { args: [{ by: 'Grace', reason }] });
      }
      return handle(order).result();
    },
    /** All calls about the order, once there are so many. */
    called: <K extends ActivityName>(order: OrderRef, activity: K, times = 1) =>
      eventually(
        async () => callsOf(order, activity),
        (calls) => calls.length >= times,
      ),
    close: async () => {
      await stopWorkers();
      await environment.teardown();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
