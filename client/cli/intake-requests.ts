import { setTimeout as delay } from 'node:timers/promises';
import type { Report } from '../../domain/lanes';
import { type IntakeView, isSilent } from '../intake-status';
import { describePull } from '../intake-words';
import type { Intakes } from '../intakes';
import { OrderUnansweredError } from '../order-errors';
import { describeWholeReport } from './describe-intake';
import { CliError } from './errors';
import { beginOf, periodOf } from './period';
import { print, requireOrderId, type Session, withSession } from './session';

export interface PullOptions {
  readonly config?: string;
  readonly account?: string;
  readonly beforeImportSince?: boolean;
}

export interface BackfillOptions extends PullOptions {
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

export interface ReconcileOptions {
  readonly config?: string;
  readonly account: string;
  readonly since?: string;
  readonly wait?: boolean;
}

export async function pull(id: string, options: PullOptions): Promise<void> {
  const amazonOrderId = requireOrderId(id);
  const { beforeImportSince } = options;
  await withSession(options, async ({ config, intakes }) => {
    const ref = { amazonOrderId, account: accountOf(config, options.account) };
    const { done, sentence } = describePull(ref, await intakes.pull(ref, { beforeImportSince }));
    if (!done) throw new CliError(sentence);
    print(sentence);
  });
}

export async function backfill(options: BackfillOptions): Promise<void> {
  const { account, beforeImportSince = false } = options;
  await withSession(options, async ({ config, intakes }) => {
    requireAccount(config, account);
    const period = periodOf(options, await latest(intakes, account));
    print(await intakes.backfill(account, { ...period, ...(beforeImportSince && { beforeImportSince }) }));
  });
}

export async function reconcile(options: ReconcileOptions): Promise<void> {
  const { account, since, wait = false } = options;
  await withSession(options, async ({ config, intakes }) => {
    requireAccount(config, account);
    const now = await latest(intakes, account);
    const before = wait ? await lastReport(intakes, account) : undefined;
    const request = since === undefined ? {} : { since: beginOf('--since', since, now) };
    print(await intakes.reconcile(account, request));
    if (wait) print(describeWholeReport(await reportAfter(intakes, account, before)));
  });
}

const lookEveryMs = 1_000;
/** A worker that is started again answers sooner. */
const mostSilences = 60;

/** Of the reconciliation that was asked for: as long as Amazon's quota takes. */
async function reportAfter(intakes: Intakes, account: string, before: Report | undefined): Promise<Report> {
  let silences = 0;
  for (;;) {
    try {
      const report = await lastReport(intakes, account);
      if (report && report.startedAt !== before?.startedAt) return report;
      silences = 0;
    } catch (error) {
      silences += 1;
      if (!(error instanceof OrderUnansweredError) || silences > mostSilences) throw error;
    }
    await delay(lookEveryMs);
  }
}

const lastReport = async (intakes: Intakes, account: string): Promise<Report | undefined> =>
  (await answered(intakes, account)).reports.reconciliation;

/** Amazon's clock may be ahead of this machine's; of the sandbox it is. */
async function latest(intakes: Intakes, account: string): Promise<Date> {
  const { deliveredUpTo } = await answered(intakes, account);
  return new Date(Math.max(Date.now(), Date.parse(deliveredUpTo)));
}

async function answered(intakes: Intakes, account: string): Promise<IntakeView> {
  const status = (await intakes.status()).find((each) => each.account === account);
  if (status && !isSilent(status)) return status;
  throw new OrderUnansweredError(status?.silence ?? `There is no account ${account}.`);
}

type Accounts = Pick<Session['config'], 'accounts'>;

/** @throws CliError that names those there are. */
export function requireAccount({ accounts }: Accounts, account: string): string {
  if (accounts.some(({ name }) => name === account)) return account;
  throw new CliError(`The settings have no account ${account}; they have ${namesOf({ accounts })}.`);
}

/** The one that was named, or the only one. */
function accountOf(config: Accounts, named: string | undefined): string {
  if (named !== undefined) return requireAccount(config, named);
  const [only, ...others] = config.accounts;
  if (only && others.length === 0) return only.name;
  throw new CliError(`Say which account with --account: ${namesOf(config)}.`);
}

const namesOf = ({ accounts }: Accounts): string => accounts.map(({ name }) => name).join(', ');
