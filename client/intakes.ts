import { randomUUID } from 'node:crypto';
import { type Client, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { Backfill } from '../domain/lanes';
import {
  intakeSnapshotQuery,
  type MapSkusRequest,
  mapSkusUpdate,
  orderIntakeWorkflowId,
  type PullOrderResult,
  pullOrderUpdate,
  type ReconcileRequest,
  reconcileNowUpdate,
  startBackfillUpdate,
} from '../workflows/intake/contract';
import { inWords } from './answers';
import { type IntakeStatus, intakeView } from './intake-status';
import { OrderNotFoundError } from './order-errors';
import type { OrderRef } from './order-messages';

/** An account of the settings, as far as its intake is looked at. */
export interface IntakeAccount {
  readonly name: string;
  /** How long Amazon may stay silent. */
  readonly staleAfterMs: number;
}

export interface PullOptions {
  /** Also an order that was purchased before the account's `importSince`. */
  readonly beforeImportSince?: boolean | undefined;
  /** Idempotency key. */
  readonly updateId?: string | undefined;
}

/** What people do with the intakes; everything that they are to be told is thrown as an `OrderError`. */
export interface Intakes {
  /** One entry per account of the settings, in their order; one that does not answer delays no other. Throws nothing. */
  status(): Promise<IntakeStatus[]>;
  /** Has one order read at Amazon and delivered to its workflow. */
  pull(ref: OrderRef, options?: PullOptions): Promise<PullOrderResult>;
  /** Has the orders purchased in a range imported. Answers a sentence; asking twice is harmless. */
  backfill(account: string, range: Backfill): Promise<string>;
  /** Has Amazon's list compared with the workflows. Answers a sentence; the report comes with the status. */
  reconcile(account: string, request?: ReconcileRequest, updateId?: string): Promise<string>;
  /** Keeps Commerce's SKUs for future orders, or forgets them. Answers a sentence; asking twice is harmless. */
  mapSkus(account: string, request: MapSkusRequest, updateId?: string): Promise<string>;
}

export interface IntakesOptions {
  readonly accounts: readonly IntakeAccount[];
  readonly answerWithinMs?: number;
  /** The intake reads the order at Amazon, and may wait for the quota before. */
  readonly pullWithinMs?: number;
}

const lateAtAmazon =
  'no answer in time: Amazon is slow or away, or no worker runs. Where one runs, it goes on trying.';

/** The façade over the intake workflows. */
export function createIntakes(
  client: Client,
  { accounts, answerWithinMs = 5_000, pullWithinMs = 60_000 }: IntakesOptions,
): Intakes {
  const answer = { withinMs: answerWithinMs };
  return {
    status: () => Promise.all(accounts.map((account) => statusOf(client, account, answerWithinMs))),
    pull: ({ account, amazonOrderId }, { beforeImportSince = false, updateId } = {}) =>
      ask(client, account, pullOrderUpdate, {
        args: { amazonOrderId, ...(beforeImportSince && { beforeImportSince }) },
        subject: `Order ${amazonOrderId}`,
        withinMs: pullWithinMs,
        late: lateAtAmazon,
        updateId,
      }),
    backfill: (account, range) => ask(client, account, startBackfillUpdate, { ...answer, args: range }),
    reconcile: (account, request = {}, updateId) =>
      ask(client, account, reconcileNowUpdate, { ...answer, args: request, updateId }),
    mapSkus: (account, request, updateId) =>
      ask(client, account, mapSkusUpdate, { ...answer, args: request, updateId }),
  };
}

interface Question<Args> {
  readonly args: Args;
  readonly withinMs: number;
  readonly updateId?: string | undefined;
  readonly subject?: string;
  readonly late?: string;
}

/** @throws OrderRefusedError, OrderNotFoundError where no intake runs, OrderUnansweredError */
async function ask<Result, Args>(
  client: Client,
  account: string,
  update: UpdateDefinition<Result, [Args]>,
  question: Question<Args>,
): Promise<Result> {
  const { args, withinMs, updateId = randomUUID(), subject = `The intake of account ${account}` } = question;
  const { late } = question;
  const handle = client.workflow.getHandle(orderIntakeWorkflowId(account));
  const run = () => handle.executeUpdate(update, { args: [args], updateId });
  try {
    return await client.withDeadline(Date.now() + withinMs, run);
  } catch (error) {
    const absent = () => new OrderNotFoundError(notRunning(account));
    throw await inWords(error, { subject, absent, ...(late !== undefined && { late }) });
  }
}

async function statusOf(
  client: Client,
  { name: account, staleAfterMs }: IntakeAccount,
  withinMs: number,
): Promise<IntakeStatus> {
  const handle = client.workflow.getHandle(orderIntakeWorkflowId(account));
  const inTime = <Result>(look: () => Promise<Result>) => client.withDeadline(Date.now() + withinMs, look);
  const silent = (silence: string) => ({ account, silence });
  try {
    // Without a look at it, an intake that was ended would answer with what it knew last.
    const { status } = await inTime(() => handle.describe());
    if (status.name !== 'RUNNING') return silent(notRunning(account));
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return silent(notRunning(account));
    return silent(`Nothing is known of the intake of account ${account}: Temporal does not answer.`);
  }
  try {
    const state = await inTime(() => handle.query(intakeSnapshotQuery));
    return intakeView(state, { account, now: Date.now(), staleAfterMs });
  } catch (error) {
    // Without a worker the server lets the query time out, or refuses it.
    const reason = error instanceof Error && !(error instanceof ServiceError) ? error.message : undefined;
    return silent(`The intake of account ${account} does not answer: ${reason ?? 'is the worker running?'}`);
  }
}

const notRunning = (account: string): string =>
  `No order intake runs for account ${account}; is the worker running?`;
