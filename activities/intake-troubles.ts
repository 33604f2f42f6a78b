import type { Client } from '@temporalio/client';
import type { AccountConfig } from '../config/config';
import type { Trouble } from '../domain/alerts';
import { type IntakeState, intakeSnapshotQuery, orderIntakeWorkflowId } from '../workflows/intake/contract';
import { type SilentSince, snapshotOf, type Troubles } from './snapshot';

type Account = Pick<AccountConfig, 'name' | 'staleAfterMs'>;

/** What of the intakes needs a person, and which of them do not answer since when. */
export async function intakeTroubles(
  client: Client,
  accounts: readonly Account[],
  silentBefore: SilentSince,
): Promise<Troubles> {
  const states = await Promise.all(
    accounts.map(async (account) => {
      const state = await snapshotOf(client, orderIntakeWorkflowId(account.name), intakeSnapshotQuery);
      return { account, state };
    }),
  );
  const now = new Date().toISOString();
  const silent = states.filter(({ state }) => !state).map(({ account }) => account.name);
  const silentSince = Object.fromEntries(silent.map((name) => [name, silentBefore[name] ?? now]));
  const troubles = states.flatMap(({ account, state }) =>
    state ? troublesOf(account, state) : [unanswered(account.name, silentSince[account.name] ?? now)],
  );
  return { troubles, silentSince };
}

function troublesOf({ name: account, staleAfterMs }: Account, state: IntakeState): Trouble[] {
  const { parked, parkedMore, begunAt, lastAnswerAt = begunAt } = state;
  const named = parked.flatMap(({ amazonOrderId, reason }): Trouble[] =>
    amazonOrderId === undefined
      ? []
      : [{ account, amazonOrderId, reason: 'parked', note: `Not imported: ${reason}`, since: begunAt }],
  );
  const nameless = parked.length - named.length + parkedMore;
  const silence = silenceOf(state, lastAnswerAt, staleAfterMs);
  return [
    ...named,
    ...(nameless > 0
      ? [{ account, reason: 'parked', note: describeNameless(nameless), since: begunAt }]
      : []),
    ...(silence ? [{ account, reason: 'amazonSilent', ...silence }] : []),
  ];
}

const describeNameless = (count: number): string =>
  `${count === 1 ? 'One order' : `${count} orders`} without a readable number cannot be imported: look at the intake.`;

function silenceOf(
  { problem }: IntakeState,
  lastAnswerAt: string,
  staleAfterMs: number,
): Pick<Trouble, 'note' | 'since'> | undefined {
  const sentence = problem ? ` ${problem.sentence}` : '';
  if (Date.now() - Date.parse(lastAnswerAt) > staleAfterMs)
    return { note: `Amazon has not answered since ${lastAnswerAt}.${sentence}`, since: lastAnswerAt };
  return problem && { note: `Orders cannot be listed:${sentence}`, since: problem.since };
}

const unanswered = (account: string, since: string): Trouble => ({
  account,
  reason: 'intakeSilent',
  note: `The order intake does not run or does not answer since ${since}: no order comes in.`,
  since,
});
