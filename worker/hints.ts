import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { AccountConfig } from '../config/config';
import { type OrderChangeHint, readOrderChange } from '../integrations/amazon/order-change';
import { createQueuePort, type QueueMessage, type QueuePort } from '../integrations/amazon/queue';
import { orderIntakeWorkflowId, ordersChangedSignal } from '../workflows/intake/contract';
import { createTroubles, MayNotReceiveError, type Pauses } from './hint-troubles';
import { createRecentIds, type RecentIds } from './recent-ids';

export interface HintsOptions {
  readonly accounts: readonly Pick<AccountConfig, 'name' | 'sellerId' | 'notifications'>[];
  readonly client: Client;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  /** Asked before each look into an account's queue: a copied installation must leave messages to the original. */
  readonly mayReceive?: (account: string) => Promise<boolean>;
  /** After failures; default from 1 s to 1 min. */
  readonly pauses?: Pauses;
}

export interface Hints {
  /** Ends the waiting for messages at once. What is in hand is finished, or comes again to whoever receives next. */
  stop(): Promise<void>;
}

/** Amazon has sent ten copies of one notification within a day. */
const remembered = 10_000;
const signalWithinMs = 5_000;

/**
 * Passes Amazon's ORDER_CHANGE notifications on to the intakes of their accounts, as hints which orders to read. Each
 * account has a receiver of its own, which no failure ends; accounts without a queue have none.
 */
export function startHints(options: HintsOptions): Hints {
  const { client, logger, mayReceive = async () => true } = options;
  const pauses = options.pauses ?? { firstMs: 1_000, longestMs: 60_000 };
  const stopping = new AbortController();
  const receivers = options.accounts.flatMap(({ name, sellerId, notifications }) => {
    if (!notifications) return [];
    const receiver: Receiver = {
      account: name,
      sellerId,
      queue: createQueuePort(notifications),
      seen: createRecentIds(remembered),
      client,
      logger,
      mayReceive,
    };
    return [receive(receiver, pauses, stopping.signal)];
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(receivers);
    },
  };
}

interface Receiver {
  readonly account: string;
  readonly sellerId: string;
  readonly queue: QueuePort;
  /** Notifications that the intake has been told of. */
  readonly seen: RecentIds;
  readonly client: Client;
  readonly logger: Pick<Logger, 'info' | 'warn'>;
  readonly mayReceive: (account: string) => Promise<boolean>;
}

interface Batch {
  readonly hints: readonly OrderChangeHint[];
  /** To be removed once the intake has the hints. */
  readonly done: readonly QueueMessage[];
}

async function receive(receiver: Receiver, pauses: Pauses, signal: AbortSignal): Promise<void> {
  const { account, queue, logger } = receiver;
  const troubles = createTroubles(account, logger, pauses);
  // Kept while Temporal is away: received over and over, good messages would end in the dead-letter queue.
  let held: Batch | undefined;
  while (!signal.aborted) {
    try {
      held ??= await nextBatch(receiver, signal);
      await tellIntake(receiver, held);
      const { done } = held;
      held = undefined;
      if (done.length > 0) await queue.remove(done);
      troubles.over();
    } catch (error) {
      if (!signal.aborted) await troubles.pause(error, signal);
    }
  }
  queue.close();
}

async function nextBatch(receiver: Receiver, signal: AbortSignal): Promise<Batch> {
  const { account, sellerId, queue, logger } = receiver;
  if (!(await receiver.mayReceive(account))) throw new MayNotReceiveError();
  const hints: OrderChangeHint[] = [];
  const done: QueueMessage[] = [];
  for (const message of await queue.receive(signal)) {
    const reading = readOrderChange(message.body, sellerId);
    const { messageId } = message;
    if (reading.kind === 'unreadable') {
      const { reason } = reading;
      logger.warn(
        { account, messageId, reason },
        'A message is not readable and left for the dead-letter queue.',
      );
      continue;
    }
    done.push(message);
    if (reading.kind === 'orderChange') hints.push(reading.hint);
    else logger.warn({ account, messageId, reason: reading.reason }, 'A message is dropped.');
  }
  return { hints, done };
}

/** Durable once Temporal has taken the signal, whether a worker runs or not. */
async function tellIntake({ account, client, seen }: Receiver, { hints }: Batch): Promise<void> {
  const fresh = hints.filter(({ notificationId }) => !seen.has(notificationId));
  if (fresh.length === 0) return;
  const amazonOrderIds = [...new Set(fresh.map(({ amazonOrderId }) => amazonOrderId))];
  const intake = client.workflow.getHandle(orderIntakeWorkflowId(account));
  await client.withDeadline(Date.now() + signalWithinMs, () =>
    intake.signal(ordersChangedSignal, { amazonOrderIds }),
  );
  for (const { notificationId } of fresh) seen.add(notificationId);
}
