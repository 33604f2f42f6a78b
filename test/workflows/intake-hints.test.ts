import type { PullOrderInput } from '../../activities/contracts/amazon';
import { ordersChangedSignal, type PullOrderResult } from '../../workflows/intake/contract';
import { eventually } from '../support/eventually';
import { fails, held } from '../support/fake-activities';
import { openIntake, page, since } from '../support/intake-watch';

let intake: Awaited<ReturnType<typeof openIntake>>;
afterEach(() => intake.close());

const hour = 3_600_000;
const delivered: PullOrderResult = { kind: 'delivered', status: 'UNSHIPPED' };

/** An intake that sweeps once, and what it reads one by one. */
async function openReading(answer: (input: PullOrderInput) => Promise<PullOrderResult>) {
  const read: PullOrderInput[] = [];
  intake = await openIntake([page({ upTo: '2026-10-01T12:30:00.000Z' })], {
    timings: { sweepEveryMs: hour },
    pullOrder: (input) => {
      read.push(input);
      return answer(input);
    },
  });
  await intake.swept(1);
  const hint = (...amazonOrderIds: string[]) => intake.handle.signal(ordersChangedSignal, { amazonOrderIds });
  const ids = () => read.map(({ amazonOrderId }) => amazonOrderId);
  const untilRead = (count: number) =>
    eventually(
      async () => ids(),
      (all) => all.length >= count,
    );
  return { read, ids, hint, untilRead };
}

describe('a hint', () => {
  it('has its order read at once, by the rules of a sweep, without a list call', async () => {
    const { read, hint, untilRead } = await openReading(async () => delivered);
    await hint('113-1-1');
    await untilRead(1);
    expect(read).toEqual([
      { account: expect.any(String), amazonOrderId: '113-1-1', asOf: '2026-10-01T12:30:00.000Z' },
    ]);
    await intake.until((state) => state.delivered === 1);
    expect(intake.sweepPage.calls).toHaveLength(1);
  });

  it('that comes again while it waits has its order read once', async () => {
    const answer = held(delivered);
    const { ids, hint, untilRead } = await openReading(answer.activity);
    await hint('1', '2', '3', '4', '5');
    await untilRead(5);
    await hint('6', '7', '6');
    await hint('6');
    answer.answer();
    await untilRead(7);
    await intake.until(({ hints }) => hints.length === 0);
    expect(ids().sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });

  it('that comes while its order is read has it read again', async () => {
    const answer = held(delivered);
    const { ids, hint, untilRead } = await openReading(answer.activity);
    await hint('1');
    await untilRead(1);
    await hint('1');
    answer.answer();
    expect(await untilRead(2)).toEqual(['1', '1']);
    expect(ids()).toHaveLength(2);
  });

  it('among more than thirty costs one list call instead, as soon as Amazon lists what has changed', async () => {
    const { ids, hint } = await openReading(async () => delivered);
    await hint(...Array.from({ length: 31 }, (_, number) => `113-1-${number}`));
    const { lanes } = await intake.until(
      ({ lanes: { fast } }) => (fast.dueAt ?? 0) < Date.now() + 3 * 60_000,
    );
    expect((lanes.fast.dueAt ?? 0) - Date.now()).toBeGreaterThan(60_000);
    expect(ids()).toEqual([]);
  });

  it('whose order cannot be read is left to the sweeps', async () => {
    const { hint, untilRead } = await openReading(fails('AccessDenied', 'GET /orders answered 403'));
    await hint('1');
    await untilRead(1);
    await hint('2');
    await untilRead(2);
    expect((await intake.snapshot()).hints).toEqual([]);
  });
});

describe('a parked order', () => {
  it('is read again after each sweep, in turn with the others, until it can be delivered', async () => {
    const many = Array.from({ length: 25 }, (_, number) => ({ amazonOrderId: `${number}`, reason: 'CHF' }));
    const read: string[] = [];
    intake = await openIntake([page({ parked: many })], {
      timings: { sweepEveryMs: 1_000 },
      pullOrder: async ({ amazonOrderId }) => {
        read.push(amazonOrderId);
        if (amazonOrderId === '24') return delivered;
        return { kind: 'ignored', reason: 'CHF', parked: true };
      },
    });
    const { parked } = await intake.until((state) => state.parked.length === 24);
    expect(parked.map(({ amazonOrderId }) => amazonOrderId)).not.toContain('24');
    expect(new Set(read)).toEqual(new Set(many.map(({ amazonOrderId }) => amazonOrderId)));
    expect(
      Math.max(...many.map(({ amazonOrderId: id }) => read.filter((each) => each === id).length)),
    ).toBeLessThan(4);
  });

  it('without an id cannot be read, and stays until the next sweep', async () => {
    intake = await openIntake([page({ parked: [{ reason: 'orderId is missing' }] })], {
      timings: { sweepEveryMs: hour },
      state: { cursor: since },
    });
    expect((await intake.swept(1)).parked).toHaveLength(1);
    expect((await intake.snapshot()).hints).toEqual([]);
  });
});
