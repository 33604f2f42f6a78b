import { WorkflowUpdateFailedError } from '@temporalio/client';
import { listed } from '../../domain/findings';
import {
  confirmedSurroundingsKey,
  confirmSurroundingsUpdate,
  reconcileNowUpdate,
  startBackfillUpdate,
} from '../../workflows/intake/contract';
import { held } from '../support/fake-activities';
import { openIntake, page } from '../support/intake-watch';

let intake: Awaited<ReturnType<typeof openIntake>>;
afterEach(() => intake.close());

const hour = 3_600_000;
const calm = { timings: { sweepEveryMs: hour } };
const october = { from: '2026-10-01T00:00:00.000Z', to: '2026-10-02T00:00:00.000Z' };

const refusal = async (update: Promise<unknown>): Promise<string> => {
  const error: unknown = await update.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  return (error as WorkflowUpdateFailedError).cause?.message ?? '';
};

describe('a back-fill', () => {
  const backfill = (request: object) =>
    intake.handle.executeUpdate(startBackfillUpdate, { args: [{ ...october, ...request }] });

  it('lists the purchases of its range, of any age, all pages, and reports', async () => {
    intake = await openIntake(
      [page(), page({ nextToken: 'A', findings: { listed: 100 } }), page({ findings: { listed: 7 } })],
      calm,
    );
    await intake.swept(1);
    expect(await backfill({ beforeImportSince: true })).toBe(
      `The back-fill of orders purchased from ${october.from} to ${october.to} has begun.`,
    );
    const { lastReports, cursor } = await intake.until((state) => state.lastReports.backfill !== undefined);
    expect(lastReports.backfill?.findings).toMatchObject({ pages: 2, listed: 107 });
    const [, first, second] = await intake.sweepPage.called(3);
    expect(first).toMatchObject({
      window: { createdAfter: october.from },
      anyAge: true,
      beforeImportSince: true,
      asOf: cursor,
    });
    expect(second).toEqual({ ...first, paginationToken: 'A' });
  });

  it('keeps to the rule of importSince unless it is told otherwise', async () => {
    intake = await openIntake([page()], calm);
    await intake.swept(1);
    await backfill({});
    const [, asked] = await intake.sweepPage.called(2);
    expect(asked).not.toHaveProperty('beforeImportSince');
  });

  it('is done once when it is asked for twice, and after those that wait', async () => {
    const first = held(await page()());
    intake = await openIntake([page(), first.activity], calm);
    await intake.swept(1);
    await backfill({});
    expect(await backfill({})).toContain('is under way already');
    expect(await backfill({ to: '2026-10-03T00:00:00.000Z' })).toContain('after those that wait');
    first.answer();
    await intake.until(({ backfills }) => backfills.length === 0);
    expect(intake.sweepPage.calls).toHaveLength(3);
  });

  it('is refused with a sentence where it makes no sense', async () => {
    intake = await openIntake([page()], calm);
    expect(await refusal(backfill({ to: october.from }))).toBe('A back-fill begins before it ends.');
    expect(await refusal(backfill({ from: 'yesterday' }))).toContain('two instants');
  });
});

describe('a reconciliation', () => {
  const reconcile = (since?: string) =>
    intake.handle.executeUpdate(reconcileNowUpdate, { args: [since === undefined ? {} : { since }] });

  it('lists what was purchased since, and its report stays in the snapshot', async () => {
    const restored = { started: listed(['113-1-1']), restarted: listed(['113-1-2']), listed: 40 };
    intake = await openIntake([page(), page({ findings: restored })], calm);
    await intake.swept(1);
    expect(await reconcile(october.from)).toBe('The reconciliation has begun.');
    const { lastReports, reconcileSince } = await intake.until(
      (state) => state.lastReports.reconciliation !== undefined,
    );
    expect(lastReports.reconciliation?.findings).toMatchObject(restored);
    expect(reconcileSince).toBeUndefined();
    const [, asked] = await intake.sweepPage.called(2);
    expect(asked).toMatchObject({ window: { createdAfter: october.from } });
    expect(asked).not.toHaveProperty('anyAge');
  });

  it('that is under way is not begun again', async () => {
    const second = held(await page()());
    intake = await openIntake([page(), second.activity], calm);
    await intake.swept(1);
    await reconcile();
    await intake.sweepPage.called(2);
    expect(await refusal(reconcile())).toContain('A reconciliation is under way since');
    expect(await refusal(reconcile('soon'))).toContain('no instant');
    second.answer();
  });
});

describe('where an installation may write', () => {
  const here = { temporal: 'a:7233/default', commerce: { shop: 'https://shop' }, installation: 'one' };

  it('is confirmed by a person, and can be read without a worker', async () => {
    intake = await openIntake([page()], calm);
    await intake.swept(1);
    const args: [{ surroundings: typeof here; by: string }] = [{ surroundings: here, by: 'ada' }];
    expect(await intake.handle.executeUpdate(confirmSurroundingsUpdate, { args })).toBe(
      'ada confirmed installation one.',
    );
    expect((await intake.snapshot()).confirmed).toEqual(here);
    expect((await intake.handle.describe()).memo).toEqual({ [confirmedSurroundingsKey]: here });
  });
});
