import type { Clock } from '../clock';
import type { Store } from '../store';
import type { Answer } from './events';
import type { Outbox } from './outbox';
import { type ErpOrder, ErpRefusal } from './records';

/** Work that the ERP does by itself once the sandbox's clock reaches `dueAt` (epoch ms). */
export interface Task {
  key: string;
  kind: 'acknowledge' | 'ship';
  orderKey: string;
  dueAt: number;
}

/** What the ERP remembers. */
export interface ErpBooks {
  get(orderKey: string): ErpOrder | undefined;
  put(record: ErpOrder): void;
  all(): ErpOrder[];
  /** @throws ErpRefusal where there is no such order, or it is in another state. */
  inState(orderKey: string, ...states: ErpOrder['state'][]): ErpOrder;
  /** Puts the order with this answer, which goes to the channel. */
  answer(record: ErpOrder, answer: Answer): ErpOrder;
  answerAgain(record: ErpOrder): void;
  /** Remembers a message of the channel; true if it was here before. */
  isRepeated(messageId: string): boolean;
  plan(kind: Task['kind'], orderKey: string, afterMs: number): void;
  due(): Task[];
  strike(task: Task): void;
  /** Present sandbox time, ISO 8601. */
  now(): string;
  /** Next number of a sequence that begins with `first`. */
  next(sequence: string, first: number): number;
  reset(): void;
}

interface Parts {
  store: Store;
  clock: Clock;
  outbox: Outbox;
}

export function createErpBooks({ store, clock, outbox }: Parts): ErpBooks {
  const records = store.collection<ErpOrder>('erp-orders');
  const messages = store.collection<{ key: string }>('erp-messages');
  return {
    get: records.get,
    put: (record) => records.put(record.orderKey, record),
    all: records.values,
    inState: (orderKey, ...states) => {
      const record = records.get(orderKey);
      if (!record) throw new ErpRefusal(404, 'UNKNOWN_ORDER', 'There is no such order');
      if (states.includes(record.state)) return record;
      throw new ErpRefusal(409, 'WRONG_STATE', `The order is ${record.state}`);
    },
    answer: (record, answer) => {
      const given = { answer, nth: record.answered + 1, time: clock.now().toISOString() };
      const saved = { ...record, answered: given.nth, answers: [...record.answers, given] };
      records.put(saved.orderKey, saved);
      outbox.put(answer, { ...given, orderKey: saved.orderKey });
      return saved;
    },
    answerAgain: ({ orderKey, answers }) => {
      for (const given of answers) outbox.put(given.answer, { ...given, orderKey });
    },
    isRepeated: (key) => {
      const repeated = messages.get(key) !== undefined;
      messages.put(key, { key });
      return repeated;
    },
    now: () => clock.now().toISOString(),
    ...createPlans(store, clock),
    reset: () => {
      for (const { orderKey } of records.values()) records.delete(orderKey);
      for (const name of ['erp-messages', 'erp-tasks', 'erp-counters']) {
        const others = store.collection<{ key: string }>(name);
        for (const { key } of others.values()) others.delete(key);
      }
      outbox.clear();
    },
  };
}

function createPlans(store: Store, clock: Clock): Pick<ErpBooks, 'plan' | 'due' | 'strike' | 'next'> {
  const tasks = store.collection<Task>('erp-tasks');
  const counters = store.collection<{ key: string; last: number }>('erp-counters');
  return {
    plan: (kind, orderKey, afterMs) => {
      const key = `${kind} ${orderKey}`;
      tasks.put(key, { key, kind, orderKey, dueAt: clock.now().getTime() + afterMs });
    },
    due: () => {
      const now = clock.now().getTime();
      return tasks.values().filter(({ dueAt }) => dueAt <= now);
    },
    strike: ({ key }) => tasks.delete(key),
    next: (key, first) => {
      const last = (counters.get(key)?.last ?? first - 1) + 1;
      counters.put(key, { key, last });
      return last;
    },
  };
}
