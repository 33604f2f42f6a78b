import type { Client } from '@temporalio/client';
import type { QueryDefinition } from '@temporalio/common';
import type { Trouble } from '../domain/alerts';

/** By a name of the thing: since when it is silent, as the looks at it have seen it. */
export type SilentSince = Readonly<Record<string, string>>;

export interface Troubles {
  readonly troubles: readonly Trouble[];
  readonly silentSince: SilentSince;
}

const answerWithinMs = 10_000;

/** Undefined where none runs, or none answers: whoever is told finds out why. */
export async function snapshotOf<State>(
  client: Client,
  workflowId: string,
  query: QueryDefinition<State>,
): Promise<State | undefined> {
  const handle = client.workflow.getHandle(workflowId);
  const look = async () => {
    // One that has ended would answer with what it knew last.
    const { status } = await handle.describe();
    return status.name === 'RUNNING' ? handle.query(query) : undefined;
  };
  return client.withDeadline(Date.now() + answerWithinMs, look).catch(() => undefined);
}
