import { createHash } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { PageTokenError } from './order-errors';
import { allOrders, oneOf } from './order-query';
import { type Run, startedAt } from './order-row';

export interface RunPage {
  readonly runs: readonly Run[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

const largestPage = 1000;
/** Keeps the query well below the server's limit for one. */
const idsPerQuery = 100;

/**
 * Visibility by pages, which the SDK's own list hides.
 *
 * @throws PageTokenError
 */
export async function pageOfRuns(
  { workflowService, options }: Client,
  query: string,
  pageSize: number,
  pageToken?: string,
): Promise<RunPage> {
  const { namespace } = options;
  const nextPageToken = pageToken ? openToken(pageToken) : Buffer.alloc(0);
  const page = await workflowService.listWorkflowExecutions({ namespace, query, pageSize, nextPageToken });
  const next = Buffer.from(page.nextPageToken);
  return { runs: page.executions, ...(next.length > 0 && { nextPageToken: closeToken(next) }) };
}

/** With a checksum, because the server takes an unreadable token for a fault of its own, and the client tries on. */
const closeToken = (token: Buffer): string => `${token.toString('base64url')}.${checksum(token)}`;

function openToken(text: string): Buffer {
  const [base64 = '', sum] = text.split('.');
  const token = Buffer.from(base64, 'base64url');
  if (sum === checksum(token)) return token;
  throw new PageTokenError('This page of the list is not known: begin again at the first one.');
}

const checksum = (token: Buffer): string =>
  createHash('sha256').update(token).digest('base64url').slice(0, 8);

export async function* allRuns(client: Client, query: string): AsyncGenerator<Run> {
  let page: RunPage = await pageOfRuns(client, query, largestPage);
  yield* page.runs;
  while (page.nextPageToken) {
    page = await pageOfRuns(client, query, largestPage, page.nextPageToken);
    yield* page.runs;
  }
}

/** Those of `runs` after which the same order was started again. */
export async function replacedRuns(client: Client, runs: readonly Run[]): Promise<ReadonlySet<Run>> {
  const ids = [...new Set(runs.map(workflowIdOf))];
  const newest = new Map<string, Run>();
  for (let from = 0; from < ids.length; from += idsPerQuery) {
    const query = `${allOrders} AND ${oneOf('WorkflowId', ids.slice(from, from + idsPerQuery))}`;
    for await (const run of allRuns(client, query)) {
      const known = newest.get(workflowIdOf(run));
      if (!known || startedAt(known) < startedAt(run)) newest.set(workflowIdOf(run), run);
    }
  }
  return new Set(runs.filter((run) => runIdOf(newest.get(workflowIdOf(run)) ?? run) !== runIdOf(run)));
}

const workflowIdOf = ({ execution }: Run): string => execution?.workflowId ?? '';
const runIdOf = ({ execution }: Run): string => execution?.runId ?? '';
