import { historyToJSON } from '@temporalio/common/lib/proto-utils';

export type FetchedHistory = Parameters<typeof historyToJSON>[0];

export interface Recorded {
  readonly name: string;
  readonly json: string;
}

/** A history as it is committed: nothing in it says on which machine it was recorded. */
export function recorded(name: string, history: FetchedHistory): Recorded {
  const plain: unknown = JSON.parse(historyToJSON(history), withoutMachine);
  return { name, json: `${JSON.stringify(plain, null, 1)}\n` };
}

const hidden: Readonly<Record<string, string>> = { identity: 'recorded', stackTrace: '' };

function withoutMachine(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key in hidden) return hidden[key];
  // A sticky queue's name begins with the worker's process and host.
  return key === 'name' && this.kind === 'TASK_QUEUE_KIND_STICKY' ? 'sticky' : value;
}
