import type { Findings } from '../domain/findings';
import { type LaneName, laneNames, type Report, type Window } from '../domain/lanes';
import { beginOf, endOf } from '../domain/sweep-window';
import type { PullOrderResult } from '../workflows/intake/contract';
import { type IntakeStatus, type IntakeView, isSilent, type LaneView } from './intake-status';
import type { OrderRef } from './order-messages';
import { describeInstant } from './words';

/** How intakes are shown to people, in the terminal and on the page. */
export const laneWords: Readonly<Record<LaneName, string>> = {
  fast: 'Fast sweep',
  slow: 'Slow sweep',
  backfill: 'Back-fill',
  reconciliation: 'Reconciliation',
};

export type Fact = readonly [name: string, value: string];

/** What somebody should know of one account. */
export interface IntakeAlert {
  readonly account: string;
  readonly sentences: readonly string[];
  /** Orders that cannot be imported. */
  readonly parked: number;
}

/** One entry for each account that needs a look; none where all is well. */
export function alertsOf(statuses: readonly IntakeStatus[], timeZone: string): IntakeAlert[] {
  return statuses.map((status) => alertOf(status, timeZone)).filter(({ sentences }) => sentences.length > 0);
}

function alertOf(status: IntakeStatus, timeZone: string): IntakeAlert {
  const { account } = status;
  if (isSilent(status)) return { account, sentences: [status.silence], parked: 0 };
  const { parkedCount: parked } = status;
  const trouble = troubleOf(status, timeZone);
  return {
    account,
    sentences: [...(trouble ? [trouble] : []), ...(parked > 0 ? [describeParked(parked)] : [])],
    parked,
  };
}

function troubleOf({ staleSince, problem }: IntakeView, timeZone: string): string | undefined {
  if (staleSince !== undefined) {
    const silence = `Amazon has not answered since ${describeInstant(staleSince, timeZone)}.`;
    return problem ? `${silence} ${sentence(problem.sentence)}` : silence;
  }
  if (!problem) return undefined;
  return `Orders cannot be listed since ${describeInstant(problem.since, timeZone)}: ${sentence(problem.sentence)}`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

export const describeParked = (count: number): string =>
  count === 1 ? '1 Amazon order cannot be imported.' : `${count} Amazon orders cannot be imported.`;

/** The state of an intake in one sentence. */
export const describeState = (view: IntakeView, timeZone: string): string =>
  troubleOf(view, timeZone) ??
  (view.sweeps === 0 ? 'The first sweep is under way.' : 'Amazon’s orders come in.');

/** All that is known of an intake, apart from its state and its parked orders one by one. */
export function intakeFacts(view: IntakeView, timeZone: string): Fact[] {
  const mapped = Object.keys(view.skuMap).length;
  const { lastSweepAt, quotaAt, lanes, backfills, parkedCount } = view;
  const at = (instant: string | undefined) => describeInstant(instant, timeZone);
  return [
    ['Delivered up to', `${at(view.deliveredUpTo)} (Amazon’s time)`],
    ['Last sweep', lastSweepAt ? `${at(lastSweepAt)}, ${counted(view.sweeps, 'sweep')} in all` : 'none yet'],
    ['Orders signalled', String(view.delivered)],
    ['Next call', quotaAt ? `Amazon’s quota allows it at ${at(quotaAt)}` : 'Amazon’s quota allows it now'],
    ['Parked', parkedCount === 0 ? 'nothing' : counted(parkedCount, 'order')],
    ...(mapped > 0 ? [['Mapped SKUs', String(mapped)] as const] : []),
    ...lanes.map((lane): Fact => [laneWords[lane.name], describeLane(lane, timeZone)]),
    ...(backfills.length > 1 ? [['Back-fills asked for', String(backfills.length)] as const] : []),
  ];
}

export function describeLane(lane: LaneView, timeZone: string): string {
  switch (lane.kind) {
    case 'underWay': {
      const { since, window, pages, listed, failures } = lane;
      const read = pages === 0 ? '' : `, ${counted(pages, 'page')} with ${counted(listed, 'order')} so far`;
      const failed = failures === 0 ? '' : `; ${counted(failures, 'call')} failed since the last answer`;
      return `under way since ${describeInstant(since, timeZone)}: orders ${describeWindow(window, timeZone)}${read}${failed}`;
    }
    case 'planned':
      return `next at ${describeInstant(lane.at, timeZone)}`;
    case 'due':
      return 'due; waits for its turn or for Amazon’s quota';
    case 'idle':
      return lane.name === 'backfill' ? 'nothing asked for' : 'after the first fast sweep';
  }
}

/** The times are Amazon's. */
export function describeWindow(window: Window, timeZone: string): string {
  const at = (instant: string) => describeInstant(instant, timeZone);
  const what = 'createdAfter' in window ? 'purchased' : 'changed';
  const until = endOf(window);
  if (until === undefined) return `${what} since ${at(beginOf(window))}`;
  return `${what} from ${at(beginOf(window))} to ${at(until)}`;
}

/** "1 Oct 2026, 14:05: 120 orders listed on 2 pages, purchased since …; 3 signalled, 1 started" */
export function describeReport({ window, finishedAt, findings, problem }: Report, timeZone: string): string {
  const listed = `${counted(findings.listed, 'order')} listed on ${counted(findings.pages, 'page')}`;
  const found = problem === undefined ? describeFindings(findings) : `given up: ${problem}`;
  return `${describeInstant(finishedAt, timeZone)}: ${listed}, ${describeWindow(window, timeZone)}; ${found}`;
}

function describeFindings({ delivered, started, restarted, differing, parked, tooOld }: Findings): string {
  const parts: readonly (readonly [number, string])[] = [
    [delivered, 'signalled'],
    [started.count, 'started'],
    [restarted.count, 'restarted'],
    [differing.count, 'differing'],
    [parked, 'parked'],
    [tooOld.count, 'too old to be started'],
  ];
  const found = parts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return found.length === 0 ? 'nothing to do' : found.join(', ');
}

/** The last report of each lane, and that of the very first sweep where it left orders out. */
export function titledReports({ reports }: IntakeView): { title: string; report: Report }[] {
  const { first } = reports;
  const last = laneNames.flatMap((name) => {
    const report = reports[name];
    return report ? [{ title: laneWords[name], report }] : [];
  });
  return first && first.findings.tooOld.count > 0 ? [{ title: 'First sweep', report: first }, ...last] : last;
}

/** The order ids that a report names: how many there are, and the first of them. */
export function reportLists({
  findings,
}: Report): { title: string; count: number; first: readonly string[] }[] {
  const { started, restarted, differing, tooOld } = findings;
  const lists = [
    { title: 'Started', ...started },
    { title: 'Restarted', ...restarted },
    { title: 'Differing', ...differing },
    { title: 'Too old to be started', ...tooOld },
  ];
  return lists.filter(({ count }) => count > 0);
}

/** What became of an order that was pulled; `done` where its workflow has it. */
export function describePull(
  { account, amazonOrderId }: OrderRef,
  { kind, status, reason, parked = false }: PullOrderResult,
): { done: boolean; sentence: string } {
  const order = `Order ${amazonOrderId} of account ${account}`;
  const says = status === undefined ? '' : `; Amazon says ${status}`;
  const why = sentence(reason ?? 'no reason was given');
  switch (kind) {
    case 'delivered':
      return { done: true, sentence: `${order} is delivered to its workflow${says}.` };
    case 'unchanged':
      return {
        done: true,
        sentence: `${order} is unchanged: its workflow knows this version already${says}.`,
      };
    case 'ignored':
      return { done: false, sentence: `${order} is ${parked ? 'parked' : 'left as it is'}: ${why}` };
    case 'notFound':
      return { done: false, sentence: `Amazon has no order ${amazonOrderId} for account ${account}.` };
  }
}

/** "1 page", "3 pages" */
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
