import { WorkflowUpdateFailedError } from '@temporalio/client';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  intakeTimingsSignal,
  ordersChangedSignal,
  type PullOrderResult,
  type SurroundingsConfirmation,
} from '../../workflows/intake/contract';
import { fails, held } from '../support/fake-activities';
import { intakeTimings } from '../support/intake-timings';
import { openIntake, page, since } from '../support/intake-watch';

let intake: Awaited<ReturnType<typeof openIntake>>;
afterEach(() => intake.close());

const overlapMs = 60_000;
const later = (ms: number) => new Date(Date.parse(since) + ms).toISOString();

describe('a sweep', () => {
  it('asks all its pages from one time, and moves the cursor when the last one is delivered', async () => {
    const last = held(await page({ findings: { delivered: 1 }, upTo: later(99_000) })());
    intake = await openIntake([
      page({ findings: { delivered: 2 }, nextToken: 'A', upTo: later(90_000) }),
      page({ findings: { delivered: 3 }, nextToken: 'B', upTo: later(95_000) }),
      last.activity,
    ]);
    const asked = await intake.sweepPage.called(3);
    expect(asked.map(({ paginationToken }) => paginationToken)).toEqual([undefined, 'A', 'B']);
    expect(new Set(asked.map(({ window }) => JSON.stringify(window)))).toEqual(
      new Set([JSON.stringify({ lastUpdatedAfter: later(-overlapMs) })]),
    );
    expect(await intake.snapshot()).toMatchObject({ cursor: since, sweeps: 0 });

    last.answer();
    // The first page's time counts: what changed while the others were read is read again.
    expect(await intake.swept(1)).toMatchObject({ cursor: later(90_000), delivered: 6 });
    const [, , , next] = await intake.sweepPage.called(4);
    expect(next).toMatchObject({ window: { lastUpdatedAfter: later(90_000 - overlapMs) } });
    expect(next).not.toHaveProperty('paginationToken');
  });

  it('never moves the cursor back', async () => {
    intake = await openIntake([page({ upTo: later(-1) }), page()]);
    expect(await intake.swept(2)).toMatchObject({ cursor: since });
  });

  it('that fails leaves the cursor, says why, and asks the same page again', async () => {
    intake = await openIntake([
      page({ nextToken: 'A', upTo: later(90_000) }),
      fails('Unreachable', 'GET /orders answered 503'),
    ]);
    const { cursor, sweeps } = await intake.until(
      ({ problem }) => problem?.sentence === 'GET /orders answered 503',
    );
    expect({ cursor, sweeps }).toEqual({ cursor: since, sweeps: 0 });
    const [, failed, again] = await intake.sweepPage.called(3);
    expect(again).toEqual(failed);
    expect(await intake.swept(1)).not.toHaveProperty('problem');
  });

  it('begins again when its token has expired', async () => {
    intake = await openIntake([
      page({ nextToken: 'A', upTo: later(90_000) }),
      async () => ({ kind: 'tokenExpired' }),
    ]);
    const [first, , again] = await intake.sweepPage.called(3);
    expect(again).toMatchObject({ window: first?.window });
    expect(again).not.toHaveProperty('paginationToken');
    expect(await intake.swept(1)).toMatchObject({ cursor: since });
  });
});

describe('Amazon’s quota', () => {
  it('is waited for after a 429, and the same page is asked again', async () => {
    intake = await openIntake([
      page({ nextToken: 'A', ratePerSecond: 1 }),
      async () => ({ kind: 'throttled', ratePerSecond: 0.5 }),
      page({ ratePerSecond: 0.5 }),
    ]);
    const asked = await intake.sweepPage.called(3);
    expect(asked[2]).toEqual(asked[1]);
    const [, throttled = 0, again = 0] = await intake.scheduledAt();
    expect(again - throttled).toBeGreaterThanOrEqual(1_900);
    expect((await intake.swept(1)).bucket.ratePerSecond).toBe(0.5);
  });

  it('spaces the calls once the burst is used up', async () => {
    const bucket = { tokens: 0, ratePerSecond: 1, burst: 1, at: Date.now() };
    intake = await openIntake([page({ nextToken: 'A' }), page({ nextToken: 'B' })], { state: { bucket } });
    await intake.sweepPage.called(3);
    const [first = 0, , third = 0] = await intake.scheduledAt();
    // Nominally two seconds; the server writes down each of them a moment later.
    expect(third - first).toBeGreaterThanOrEqual(1_000);
  });
});

describe('pulling one order', () => {
  it('is answered while a sweep is under way', async () => {
    const first = held(await page()());
    intake = await openIntake([first.activity], {
      pullOrder: async ({ amazonOrderId }) => ({ kind: 'delivered', status: amazonOrderId }),
    });
    await intake.sweepPage.called(1);
    expect(await intake.pull('113-1-1')).toEqual({ kind: 'delivered', status: '113-1-1' });
    expect(await intake.snapshot()).toMatchObject({ sweeps: 0 });
    first.answer();
    await intake.swept(1);
  });

  it('fails with Amazon’s words, and the intake goes on', async () => {
    intake = await openIntake([], { pullOrder: fails('AccessDenied', 'GET /orders answered 403') });
    const error: unknown = await intake.pull('113-1-1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
    expect(JSON.stringify((error as WorkflowUpdateFailedError).cause)).toContain('answered 403');
    await intake.swept(2);
  });
});

describe('a long-lived intake', () => {
  it('sweeps as often as it is told to', async () => {
    intake = await openIntake([], { timings: { sweepEveryMs: 600 } });
    await intake.handle.signal(intakeTimingsSignal, intakeTimings({ sweepEveryMs: 50, overlapMs: 1_000 }));
    await intake.swept(1);
    const asked = await intake.sweepPage.called(3);
    expect(asked[2]).toMatchObject({ window: { lastUpdatedAfter: later(-1_000) } });
  });

  it('continues as new with its cursor, its quota, what is parked and its timings', async () => {
    const parked = [{ amazonOrderId: '113-1-1', reason: 'currency CHF is not known' }];
    intake = await openIntake([page({ upTo: later(90_000), findings: { delivered: 4 }, parked })]);
    await intake.swept(1);
    const timings = intakeTimings({ sweepEveryMs: 300, overlapMs: 1_000 });
    await intake.lengthen(timings);
    await intake.continued();
    const state = await intake.until(({ sweeps }) => sweeps > 1);
    expect(state).toMatchObject({ cursor: later(90_000), delivered: 4, parked });
    expect(state.bucket.tokens).toBeLessThan(20);
    const asked = await intake.sweepPage.called(state.sweeps);
    expect(asked.at(-1)).toMatchObject({ window: { lastUpdatedAfter: later(90_000 - 1_000) } });
  });

  it('lists on while a read waits long, refuses further ones, and begins its new run after it', async () => {
    const waiting = held<PullOrderResult>({ kind: 'delivered' });
    intake = await openIntake([], { timings: { sweepEveryMs: 200 }, pullOrder: waiting.activity });
    await intake.swept(1);
    const surroundings = { temporal: 'a:7233/default', commerce: {}, installation: 'one' };
    const confirmation: [SurroundingsConfirmation] = [{ surroundings, by: 'ada' }];
    await intake.handle.executeUpdate(confirmSurroundingsUpdate, { args: confirmation });
    await intake.handle.signal(ordersChangedSignal, { amazonOrderIds: ['113-1-1'] });
    await intake.lengthen(intakeTimings({ sweepEveryMs: 200 }));
    const { sweeps } = await intake.snapshot();
    await intake.swept(sweeps + 2);
    expect((await intake.handle.describe()).runId).toBe(intake.firstRunId);
    await expect(intake.pull('113-1-2')).rejects.toThrow(WorkflowUpdateFailedError);
    waiting.answer();
    await intake.continued();
    expect((await intake.handle.describe()).memo).toEqual({ [confirmedSurroundingsKey]: surroundings });
    expect((await intake.swept(sweeps + 3)).confirmed).toEqual(surroundings);
  });

  it('shows a page that repeats itself, and does not move the cursor for it', async () => {
    const same = page({ digest: 'same', nextToken: 'A', upTo: later(90_000) });
    intake = await openIntake([same, page({ digest: 'same', nextToken: 'B', upTo: later(90_000) })], {
      timings: { sweepEveryMs: 3_000 },
    });
    const { problem, cursor } = await intake.until((state) => state.problem !== undefined);
    expect(problem).toMatchObject({ type: 'UnexpectedAnswer', lane: 'fast', page: 1 });
    expect(cursor).toBe(since);
    expect(await intake.swept(1)).not.toHaveProperty('problem');
  });
});
