import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { amazonOrderWorkflowType, orderWorkflowId } from '../../workflows/order/contract';
import { attributes } from '../../workflows/search-attributes';
import { newOrderId } from '../support/orders';

const completeWorkflowExecution = 4;
const workerWithinMs = 20_000;

/** An order whose workflow nobody works on, once it is started: signals stay in its history. */
export function idleOrder({ client }: TestWorkflowEnvironment) {
  const account = `t${randomUUID().slice(0, 8)}`;
  const amazonOrderId = newOrderId();
  const workflow = client.workflow.getHandle(orderWorkflowId(account, amazonOrderId));
  const { namespace } = client.options;
  const { workflowService } = client.connection;

  return {
    account,
    orderKey: `${account}/${amazonOrderId}`,
    workflow,
    start: () =>
      client.workflow.start(amazonOrderWorkflowType, {
        workflowId: workflow.workflowId,
        taskQueue: amazonOrderId,
        args: [{ account, amazonOrderId }],
        typedSearchAttributes: [{ key: attributes.marketplace, value: 'ATVPDKIKX0DER' }],
      }),
    /** Ends the workflow by itself, as a worker would. */
    complete: () =>
      client.withDeadline(Date.now() + workerWithinMs, async () => {
        const taskQueue = { name: amazonOrderId };
        const { taskToken } = await workflowService.pollWorkflowTaskQueue({ namespace, taskQueue });
        const commands = [
          { commandType: completeWorkflowExecution, completeWorkflowExecutionCommandAttributes: {} },
        ];
        await workflowService.respondWorkflowTaskCompleted({ namespace, taskToken, commands });
      }),
    /** What was signalled, in order. */
    signals: async (): Promise<{ name: unknown; content: unknown }[]> => {
      const { events } = await workflow.fetchHistory();
      return (events ?? [])
        .flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => signal ?? [])
        .map(({ signalName, input }) => ({
          name: signalName,
          content: input?.payloads?.map((payload) => defaultPayloadConverter.fromPayload(payload))[0],
        }));
    },
    close: () => workflow.terminate('The test is over').catch(() => undefined),
  };
}

export type IdleOrder = ReturnType<typeof idleOrder>;
