import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { AccountMode } from '../config/config';
import { objection, type Surroundings } from '../domain/surroundings';
import { readMemo } from '../integrations/temporal/memo';
import { confirmedSurroundingsKey, orderIntakeWorkflowId } from '../workflows/intake/contract';

/** The account must not write: a person has to allow it. The message is for the operator. */
export class WritesOffError extends Error {
  override readonly name = 'WritesOffError';
}

/** Nobody can say now whether the account may write, so it does not; later somebody can. */
export class GuardUnreadableError extends Error {
  override readonly name = 'GuardUnreadableError';
}

/**
 * Called first by every activity that changes something at Amazon, in Commerce or in the ERP.
 *
 * @throws WritesOffError, GuardUnreadableError; whatever happens, only a good answer lets anything be written.
 */
export type WriteGuard = (account: string) => Promise<void>;

export interface WriteGuardDependencies {
  readonly client: Client;
  /** What the account finds itself in now. */
  readonly surroundingsOf: (account: string) => Surroundings;
  /** @throws NotConfiguredError for an account that the settings do not have. */
  readonly modeOf: (account: string) => AccountMode;
}

/** A confirmation takes effect at once, because only good answers are kept. */
const keepMs = 60_000;
const answerWithinMs = 10_000;

/**
 * Refuses for an account that is read-only by its settings, and in a copied installation: where the surroundings are
 * not those that the account's intake has as confirmed.
 */
export function createWriteGuard({ client, surroundingsOf, modeOf }: WriteGuardDependencies): WriteGuard {
  const goodUntil = new Map<string, number>();
  return async (account) => {
    if (modeOf(account) === 'readOnly')
      throw new WritesOffError(`Account ${account} is read-only by its settings.`);
    const now = Date.now();
    if (now < (goodUntil.get(account) ?? 0)) return;
    const reason = objection(account, await confirmedOf(client, account), surroundingsOf(account));
    if (reason !== undefined) throw new WritesOffError(reason);
    goodUntil.set(account, now + keepMs);
  };
}

async function confirmedOf(client: Client, account: string): Promise<Surroundings | undefined> {
  try {
    return await client.withDeadline(Date.now() + answerWithinMs, () =>
      readMemo<Surroundings>(client, orderIntakeWorkflowId(account), confirmedSurroundingsKey),
    );
  } catch (error) {
    const reason =
      error instanceof WorkflowNotFoundError
        ? 'its order intake does not run yet'
        : 'its intake is not readable';
    throw new GuardUnreadableError(`Account ${account} writes nothing for now: ${reason}.`);
  }
}
