import type { PullOrderInput } from '../../activities/contracts/amazon';
import type { Backfill } from '../../domain/lanes';
import { intakeTimingsSignal, type ParkedOrder, startBackfillUpdate } from '../../workflows/intake/contract';
import { eventually } from '../support/eventually';
import { held } from '../support/fake-activities';
import { intakeTimings } from '../support/intake-timings';
import { openIntake, page } from '../support/intake-watch';

let intake: Awaited<ReturnType<typeof openIntake>>;
afterEach(() => intake.close());

const unreadable = (amazonOrderId: string, reason = 'currency CHF is not known'): ParkedOrder => ({
  amazonOrderId,
  reason,
});

describe('a parked order', () => {
  it('stays when later sweeps do not list it, until one delivers it', async () => {
    const third = held(await page({ settled: ['113-1-1'] })());
    intake = await openIntake([
      page({ parked: [unreadable('113-1-1'), unreadable('113-1-2')] }),
      page(),
      third.activity,
    ]);
    expect((await intake.swept(2)).parked).toEqual([unreadable('113-1-1'), unreadable('113-1-2')]);
    third.answer();
    expect((await intake.swept(3)).parked).toEqual([unreadable('113-1-2')]);
    const [first, second, , fourth] = await intake.sweepPage.called(4);
    expect(first).not.toHaveProperty('tellIds');
    for (const later of [second, fourth]) expect(later).toMatchObject({ tellIds: true });
  });

  it('shows the newest reason, once', async () => {
    intake = await openIntake([
      page({ parked: [unreadable('113-1-1')] }),
      page({ parked: [unreadable('113-1-1', 'status LOST is not known')] }),
    ]);
    expect((await intake.swept(2)).parked).toEqual([unreadable('113-1-1', 'status LOST is not known')]);
  });

  it('without an id is shown for the sweep that saw it, over all its pages', async () => {
    const nameless = { reason: 'orderId is missing' };
    const second = held(await page()());
    intake = await openIntake([
      page({ parked: [nameless], nextToken: 'A' }),
      page({ parked: [unreadable('113-1-1')] }),
      second.activity,
    ]);
    expect((await intake.swept(1)).parked).toEqual([{ ...nameless, lane: 'fast' }, unreadable('113-1-1')]);
    second.answer();
    expect((await intake.swept(2)).parked).toEqual([unreadable('113-1-1')]);
  });

  it('is kept as long as there is room for it, and counts after that', async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => unreadable(`113-1-${index}`));
    const more = Array.from({ length: 2_050 }, (_, index) => unreadable(`113-2-${index}`));
    intake = await openIntake([page({ parked: many }), page({ parked: more })]);
    const { parked, parkedMore } = await intake.swept(2);
    const wanted = [...many, ...more.slice(0, 2_000)].map((each) => JSON.stringify(each));
    expect(parked.map((each) => JSON.stringify(each)).sort()).toEqual(wanted.sort());
    expect(parkedMore).toBe(50);
  });

  it('goes when it is pulled and delivered, and stays with the reason of the pull when it is not', async () => {
    intake = await openIntake([page({ parked: ['1', '2', '3'].map((number) => unreadable(number)) })], {
      pullOrder: async ({ amazonOrderId }) => {
        if (amazonOrderId === '1') return { kind: 'delivered' };
        if (amazonOrderId === '2') return { kind: 'ignored', reason: 'Still unreadable', parked: true };
        return { kind: 'notFound' };
      },
    });
    await intake.swept(1);
    for (const id of ['1', '2', '3']) await intake.pull(id);
    expect((await intake.snapshot()).parked).toEqual([
      unreadable('3'),
      { ...unreadable('2', 'Still unreadable'), anyAge: true },
    ]);
  });
});

describe('an order that a back-fill parked', () => {
  it('is read again as the back-fill would take it, and no sweep passes it over for good', async () => {
    const read: PullOrderInput[] = [];
    intake = await openIntake(
      [page(), page({ parked: [unreadable('113-1-1')] }), page({ passedOver: ['113-1-1'] })],
      {
        timings: { sweepEveryMs: 60 * 60_000 },
        pullOrder: async (input) => {
          read.push(input);
          return { kind: 'ignored', parked: true, reason: 'currency CHF is not known' };
        },
      },
    );
    await intake.swept(1);
    const range = { from: '2026-09-01T00:00:00.000Z', to: '2026-09-02T00:00:00.000Z' };
    const args: [Backfill] = [{ ...range, beforeImportSince: true }];
    await intake.handle.executeUpdate(startBackfillUpdate, { args });
    const asBackfilled = [{ ...unreadable('113-1-1'), anyAge: true, beforeImportSince: true }];
    expect((await intake.until(({ parked }) => parked.length > 0)).parked).toEqual(asBackfilled);
    await intake.handle.signal(intakeTimingsSignal, intakeTimings({ sweepEveryMs: 50 }));
    expect((await intake.swept(2)).parked).toEqual(asBackfilled);
    await eventually(
      async () => read.length,
      (count) => count > 0,
    );
    expect(read[0]).toMatchObject({ amazonOrderId: '113-1-1', anyAge: true, beforeImportSince: true });
  });
});
