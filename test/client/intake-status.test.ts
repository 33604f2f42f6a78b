import type { IntakeStatus } from '../../client/intake-status';
import { intakeView, isSilent } from '../../client/intake-status';
import {
  alertsOf,
  describePull,
  describeReport,
  describeState,
  intakeFacts,
} from '../../client/intake-words';
import { listed, noFindings } from '../../domain/findings';
import type { IntakeState } from '../../workflows/intake/contract';
import { intakeState } from '../support/intake-state';

const now = Date.parse('2026-10-01T12:00:00Z');
const minute = 60_000;
const ago = (minutes: number) => new Date(now - minutes * minute).toISOString();

const viewOf = (changes: Partial<IntakeState> = {}) =>
  intakeView(intakeState(changes, now), { account: 'acme', now, staleAfterMs: 30 * minute });
const factsOf = (changes: Partial<IntakeState> = {}) =>
  Object.fromEntries(intakeFacts(viewOf(changes), 'Europe/Berlin'));
const sentencesOf = (status: IntakeStatus) =>
  alertsOf([status], 'Europe/Berlin').flatMap(({ sentences }) => sentences);

const problem = { sentence: 'Amazon refuses the token', since: ago(5), lane: 'fast', page: 0 } as const;

describe('the status of an intake', () => {
  it.each<[string, Partial<IntakeState>, string | undefined]>([
    ['an answer as old as it may be', { lastAnswerAt: ago(30) }, undefined],
    ['an older answer', { lastAnswerAt: ago(31) }, ago(31)],
    ['an answer of a clock that goes ahead', { lastAnswerAt: ago(-10) }, undefined],
    ['an older answer and a younger problem', { lastAnswerAt: ago(40), problem }, ago(40)],
  ])('knows by %s whether the feed is stale', (_, changes, staleSince) => {
    expect(viewOf(changes).staleSince).toBe(staleSince);
  });

  it('counts from its begin where Amazon has never answered', () => {
    const { lastAnswerAt: _, ...never } = intakeState({ begunAt: ago(30) }, now);
    const terms = { account: 'acme', now, staleAfterMs: 30 * minute };
    expect(intakeView(never, terms).staleSince).toBeUndefined();
    expect(intakeView({ ...never, begunAt: ago(31) }, terms).staleSince).toBe(ago(31));
  });

  it('says when the quota allows the next call, where it does not now', () => {
    expect(viewOf().quotaAt).toBeUndefined();
    const bucket = { tokens: 0, ratePerSecond: 0.01, burst: 20, at: now };
    const { quotaAt = '' } = viewOf({ bucket });
    expect(Date.parse(quotaAt) - now).toBeGreaterThanOrEqual(100_000);
    expect(Date.parse(quotaAt) - now).toBeLessThan(105_000);
  });

  it('counts the parked orders that found no room in the list as well', () => {
    const parked = [{ amazonOrderId: '113-0000000-0000001', reason: 'Unknown currency.' }];
    expect(viewOf({ parked, parkedMore: 41 })).toMatchObject({ parked, parkedCount: 42 });
  });

  it('tells of each lane what it does', () => {
    const sweep = {
      window: { createdAfter: ago(3_000) },
      startedAt: ago(4),
      page: 2,
      failures: 1,
      findings: { ...noFindings, pages: 2, listed: 200 },
    };
    const lanes = {
      fast: { servedAt: now, dueAt: now - 1 },
      slow: { servedAt: now, dueAt: now + minute },
      backfill: { servedAt: 0 },
      reconciliation: { servedAt: now, dueAt: 0, sweep },
    };
    expect(viewOf({ lanes }).lanes).toEqual([
      { name: 'fast', kind: 'due' },
      { name: 'slow', kind: 'planned', at: ago(-1) },
      { name: 'backfill', kind: 'idle' },
      {
        name: 'reconciliation',
        kind: 'underWay',
        since: ago(4),
        window: sweep.window,
        pages: 2,
        listed: 200,
        failures: 1,
      },
    ]);
    expect(factsOf({ lanes })).toMatchObject({
      'Fast sweep': 'due; waits for its turn or for Amazon’s quota',
      'Slow sweep': 'next at 1 Oct 2026, 14:01',
      'Back-fill': 'nothing asked for',
      Reconciliation:
        'under way since 1 Oct 2026, 13:56: orders purchased since 29 Sept 2026, 12:00, 2 pages with 200 orders so far; 1 call failed since the last answer',
    });
  });
});

describe('the words for intakes', () => {
  it('give no alert where all is well', () => {
    expect(alertsOf([viewOf()], 'UTC')).toEqual([]);
    expect(describeState(viewOf(), 'UTC')).toBe('Amazon’s orders come in.');
    expect(factsOf()).toMatchObject({ Parked: 'nothing', 'Back-fill': 'nothing asked for' });
  });

  it('say in the state of Amazon what is wrong, and since when', () => {
    const silence = 'No order intake runs for account acme; is the worker running?';
    expect(sentencesOf({ account: 'acme', silence })).toEqual([silence]);
    expect(sentencesOf(viewOf({ problem }))).toEqual([
      'Orders cannot be listed since 1 Oct 2026, 13:55: Amazon refuses the token.',
    ]);
    expect(sentencesOf(viewOf({ lastAnswerAt: ago(60), problem }))).toEqual([
      'Amazon has not answered since 1 Oct 2026, 13:00. Amazon refuses the token.',
    ]);
    expect(describeState(viewOf({ problem }), 'UTC')).toMatch(/^Orders cannot be listed/);
  });

  it('count the parked orders, one account after the other', () => {
    const parked = (count: number) => Array.from({ length: count }, () => ({ reason: 'Unreadable.' }));
    const statuses = [viewOf({ parked: parked(3) }), viewOf(), viewOf({ parked: parked(1) })];
    expect(alertsOf(statuses, 'UTC')).toEqual([
      { account: 'acme', sentences: ['3 Amazon orders cannot be imported.'], parked: 3 },
      { account: 'acme', sentences: ['1 Amazon order cannot be imported.'], parked: 1 },
    ]);
  });

  it('tell in one line what a sweep has found', () => {
    const report = {
      window: { createdAfter: ago(60), createdBefore: ago(30) },
      startedAt: ago(10),
      finishedAt: ago(5),
      findings: { ...noFindings, pages: 1, listed: 12, started: listed(['1', '2']), tooOld: listed(['3']) },
    };
    expect(describeReport(report, 'UTC')).toBe(
      '1 Oct 2026, 11:55: 12 orders listed on 1 page, purchased from 1 Oct 2026, 11:00 to 1 Oct 2026, 11:30; 2 started, 1 too old to be started',
    );
    expect(describeReport({ ...report, problem: 'Amazon refuses it.' }, 'UTC')).toMatch(
      /; given up: Amazon refuses it\.$/,
    );
    const quiet = { ...report, findings: { ...noFindings, pages: 1 } };
    expect(describeReport(quiet, 'UTC')).toMatch(/; nothing to do$/);
  });

  it.each([
    [
      { kind: 'delivered', status: 'UNSHIPPED' },
      true,
      'is delivered to its workflow; Amazon says UNSHIPPED.',
    ],
    [{ kind: 'unchanged', status: 'SHIPPED' }, true, 'is unchanged: its workflow knows this version already'],
    [{ kind: 'ignored', reason: 'It is old' }, false, 'is left as it is: It is old.'],
    [{ kind: 'ignored', reason: 'No currency.', parked: true }, false, 'is parked: No currency.'],
    [{ kind: 'notFound' }, false, 'Amazon has no order 113-1 for account acme.'],
  ] as const)('say what became of a pulled order: %j', (result, done, words) => {
    const said = describePull({ account: 'acme', amazonOrderId: '113-1' }, result);
    expect(said).toEqual({ done, sentence: expect.stringContaining(words) });
  });

  it('tell a silent intake from one that answers', () => {
    expect([viewOf(), { account: 'acme', silence: 'None.' }].map(isSilent)).toEqual([false, true]);
  });
});
