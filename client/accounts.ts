import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { ClientConfig } from '../config/assemble';
import { surroundingsOf } from '../config/surroundings';
import { differences, objection, type Surroundings } from '../domain/surroundings';
import { readMemo } from '../integrations/temporal/memo';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  orderIntakeWorkflowId,
} from '../workflows/intake/contract';
import { inWords } from './answers';
import type { IntakeStatus } from './intake-status';
import type { Intakes } from './intakes';
import { OrderNotFoundError } from './order-errors';
import type { Orders } from './orders';
import { retryWaiting } from './read-only-orders';

type AccountSettings = ClientConfig['accounts'][number];

export interface AccountRow {
  readonly settings: AccountSettings;
  readonly intake: IntakeStatus;
  readonly writing: Writing;
}

/**
 * Whether the account may write to Amazon, Commerce and the ERP, with a sentence for the operator.
 *
 * - `readOnly`: by its settings
 * - `off`: not where it is
 * - `unknown`: nobody can say now, and nothing is written meanwhile
 */
export interface Writing {
  readonly kind: 'on' | 'readOnly' | 'off' | 'unknown';
  readonly sentence: string;
}

export interface Confirmation {
  /** What became of it. */
  readonly sentence: string;
  /** Waiting orders that were told to try again at once. */
  readonly retried: number;
}

/** What people ask of the accounts of the settings; what they are to be told is thrown as an `OrderError`. */
export interface Accounts {
  /** In the order of the settings; one that does not answer delays no other. */
  list(): Promise<AccountRow[]>;
  /** Throws nothing. */
  writing(account: AccountSettings): Promise<Writing>;
  /** Vouches that the account may write where this process is, and has its waiting orders tried again. */
  confirm(account: string, by: string): Promise<Confirmation>;
}

export interface AccountsOptions {
  readonly client: Client;
  readonly config: Pick<ClientConfig, 'accounts' | 'commerce' | 'installationFile'>;
  readonly orders: Orders;
  readonly intakes: Intakes;
  readonly answerWithinMs?: number;
}

/** @throws ConfigError for the id of the installation, which is made where there is none yet. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { client, config, orders, intakes, answerWithinMs = 5_000 } = options;
  const present = surroundingsOf(config, client);
  const writing = (account: AccountSettings) =>
    client.withDeadline(Date.now() + answerWithinMs, () => writingOf(client, account, present(account.name)));
  return {
    list: async () => {
      const [statuses, all] = await Promise.all([
        intakes.status(),
        Promise.all(config.accounts.map(writing)),
      ]);
      return config.accounts.flatMap((settings, index): AccountRow[] => {
        const intake = statuses.find(({ account }) => account === settings.name);
        const own = all[index];
        return intake && own ? [{ settings, intake, writing: own }] : [];
      });
    },
    writing,
    confirm: async (name, by) => {
      const { mode } = requireAccount(config, name);
      const sentence = await confirmed(client, name, { surroundings: present(name), by, answerWithinMs });
      if (mode === 'readOnly') {
        return { sentence: `${sentence} It stays read-only until its settings say mode: live.`, retried: 0 };
      }
      return { sentence, retried: await retryWaiting(orders, name, by) };
    },
  };
}

/** @throws OrderNotFoundError */
export function requireAccount<Account extends { readonly name: string }>(
  { accounts }: { readonly accounts: readonly Account[] },
  name: string,
): Account {
  const account = accounts.find((each) => each.name === name);
  if (account) return account;
  const known = accounts.map((each) => each.name).join(', ');
  throw new OrderNotFoundError(`There is no account ${name} in the settings; there are ${known}.`);
}

const confirmedOf = (client: Client, account: string) =>
  readMemo<Surroundings>(client, orderIntakeWorkflowId(account), confirmedSurroundingsKey);

async function writingOf(
  client: Client,
  { name, mode }: AccountSettings,
  present: Surroundings,
): Promise<Writing> {
  if (mode === 'readOnly')
    return { kind: 'readOnly', sentence: 'Read-only by its settings: nothing is written.' };
  try {
    const reason = objection(name, await confirmedOf(client, name), present);
    if (reason !== undefined) return { kind: 'off', sentence: reason };
    return { kind: 'on', sentence: 'The account may write where it is.' };
  } catch (error) {
    const problem = error instanceof WorkflowNotFoundError ? notRunning(name) : unreadable;
    return { kind: 'unknown', sentence: `${problem} Nothing is written until then.` };
  }
}

const notRunning = (account: string) => `No order intake runs for account ${account} yet: start the worker.`;
const unreadable =
  'What was confirmed cannot be read: see that Temporal answers and that the key ring is the right one.';

interface Vouching {
  readonly surroundings: Surroundings;
  readonly by: string;
  readonly answerWithinMs: number;
}

/** @throws OrderNotFoundError where no intake runs, OrderUnansweredError without a worker */
async function confirmed(
  client: Client,
  account: string,
  { surroundings, by, answerWithinMs }: Vouching,
): Promise<string> {
  const handle = client.workflow.getHandle(orderIntakeWorkflowId(account));
  try {
    return await client.withDeadline(Date.now() + answerWithinMs, async () => {
      const before = await confirmedOf(client, account);
      const different = before ? differences(before, surroundings) : undefined;
      if (different?.length === 0) return `Account ${account} was confirmed here already.`;
      const answer = await handle.executeUpdate(confirmSurroundingsUpdate, { args: [{ surroundings, by }] });
      return different ? `${answer} What was different: ${different.join(', ')}.` : answer;
    });
  } catch (error) {
    const absent = () => new OrderNotFoundError(notRunning(account));
    throw await inWords(error, { subject: `The intake of account ${account}`, absent });
  }
}
