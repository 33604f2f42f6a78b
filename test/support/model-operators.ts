import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import * as messages from '../../workflows/order/contract';
import { type Act, pick } from './model-choice';
import type { ModelOrder } from './model-order';

/** What people ask of the order in the channel. */
export const operatorActs = {
  hold: async (order) => `hold: ${await ask(order, messages.holdOrderUpdate)}`,
  release: async (order) => `release: ${await ask(order, messages.releaseOrderUpdate)}`,
  retry: async (order) => `retry: ${await ask(order, messages.retryOrderUpdate)}`,
  resend: async (order) => `resend: ${await ask(order, messages.resendToErpUpdate)}`,
  operatorCancels: async (order) =>
    `cancel: ${await ask(order, messages.cancelOrderUpdate, { reason: 'NoInventory' })}`,
  acknowledge: async (order, { a }) => {
    const reason = pick((await order.world.snapshot(order.amazon)).attention, a)?.reason;
    return reason && acknowledge(order, reason);
  },
  acknowledgeAll: async (order) => {
    const { attention } = await order.world.snapshot(order.amazon);
    const answers: string[] = [];
    for (const { reason } of attention) answers.push(await acknowledge(order, reason));
    return answers.join('; ');
  },
} as const satisfies Record<string, Act>;

async function acknowledge(
  order: ModelOrder,
  reason: messages.AcknowledgeRequest['reason'],
): Promise<string> {
  const answer = await ask(order, messages.acknowledgeUpdate, { reason });
  if (!answer.startsWith('refused')) order.acknowledged.add(reason);
  return `acknowledge ${reason}: ${answer}`;
}

/** The answer; where the order refuses, why. */
export async function ask<Action extends messages.OperatorAction>(
  { world, amazon }: ModelOrder,
  update: UpdateDefinition<string, [Action]>,
  request: Partial<Action> = {},
): Promise<string> {
  try {
    return await world.ask(amazon, update, request);
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return `refused: ${error.cause?.message}`;
    if (error instanceof WorkflowNotFoundError) return 'refused: it is over';
    throw error;
  }
}
