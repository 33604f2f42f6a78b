import { Writable } from 'node:stream';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { pino } from 'pino';
import { type Hints, type HintsOptions, startHints } from '../../worker/hints';
import {
  type OrdersChanged,
  orderIntakeWorkflowId,
  orderIntakeWorkflowType,
  ordersChangedSignal,
} from '../../workflows/intake/contract';
import { eventually } from './eventually';
import { openGate } from './gate';
import { sellerId } from './order-changes';
import type { Queues, TestQueue } from './queues';
import { connectToTestServer } from './temporal';
import { ownName } from './watch';

export interface LogLine {
  level: number;
  account: string;
  msg: string;
  messageId?: string;
  reason?: string;
}

/** Accounts whose intakes run without a worker: what they were told stands in their histories. */
export async function openHintWorld(queues: Queues) {
  const environment = await connectToTestServer();
  const { namespace = 'default' } = environment;
  const gate = await openGate(process.env.TEST_TEMPORAL_ADDRESS ?? '');
  const connection = await Connection.connect({ address: gate.address });
  const client = new Client({ connection, namespace });
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(...chunk.toString().trimEnd().split('\n'));
      done();
    },
  });
  const logger = pino({ base: null }, stream);
  const running: Hints[] = [];
  const intakes: WorkflowHandle[] = [];

  const parsed = () => lines.map((line) => JSON.parse(line) as LogLine);
  const account = (queue: TestQueue) => {
    const name = ownName();
    const workflowId = orderIntakeWorkflowId(name);
    const handle = environment.client.workflow.getHandle(workflowId);
    const told = async () => toldIn(await handle.fetchHistory());
    return {
      settings: { name, sellerId, notifications: queue.address },
      intake: async () => {
        const options = { workflowId, taskQueue: name };
        intakes.push(await environment.client.workflow.start(orderIntakeWorkflowType, options));
      },
      /** The ids of each signal. */
      told,
      until: (count: number) => eventually(told, (signals) => signals.length >= count),
    };
  };

  return {
    client,
    /** The way to Temporal of what is tested; the tests themselves have another. */
    gate,
    rawLog: () => lines.join('\n'),
    log: parsed,
    start: (options: Pick<HintsOptions, 'accounts'> & Partial<HintsOptions>): Hints => {
      const hints = startHints({ client, logger, pauses: { firstMs: 50, longestMs: 400 }, ...options });
      running.push(hints);
      return hints;
    },
    /** An account without an intake to tell. */
    account,
    /** An account whose intake runs, with a queue of its own. */
    open: async (queue?: TestQueue) => {
      const own = queue ?? (await queues.open());
      const opened = account(own);
      await opened.intake();
      return { queue: own, account: opened };
    },
    sentences: () => parsed().map(({ msg }) => msg),
    /** The sentences, once there are so many. */
    said: (count: number) =>
      eventually(
        async () => parsed().map(({ msg }) => msg),
        (said) => said.length >= count,
      ),
    close: async () => {
      await Promise.all(running.map((hints) => hints.stop()));
      for (const intake of intakes) await intake.terminate('The test is over');
      await connection.close();
      await gate.shut();
      await environment.teardown();
    },
  };
}

export type HintWorld = Awaited<ReturnType<typeof openHintWorld>>;

function toldIn({ events }: Awaited<ReturnType<WorkflowHandle['fetchHistory']>>): string[][] {
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    const [payload] = signal?.input?.payloads ?? [];
    if (signal?.signalName !== ordersChangedSignal.name || !payload) return [];
    const { amazonOrderIds } = defaultPayloadConverter.fromPayload<OrdersChanged>(payload);
    return [[...amazonOrderIds]];
  });
}
