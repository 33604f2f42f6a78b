import { shipmentWatchEverySignal, shipmentWatchLookNowSignal } from '../../workflows/shipments/contract';
import { fails, held } from '../support/fake-activities';
import { openShipmentWatch, seen } from '../support/shipment-watch';
import { eventsOfARun } from '../support/test-server';

let watch: Awaited<ReturnType<typeof openShipmentWatch>>;
afterEach(() => watch.close());

describe('the watch of a shop’s shipments', () => {
  it('looks again and again, and counts what it saw', async () => {
    watch = await openShipmentWatch([seen(5, 2), seen(3, 1)]);
    expect(await watch.until(({ signalled }) => signalled === 3)).toMatchObject({ waiting: 3 });
    const [first] = await watch.lookForShipments.called(2);
    expect(first).toMatchObject({ commerce: watch.commerce });
  });

  it('looks at settling orders first and at every tenth look', async () => {
    watch = await openShipmentWatch([], { state: { rounds: 8 } });
    const looks = await watch.lookForShipments.called(4);
    expect(looks.map(({ includeSettling }) => includeSettling)).toEqual([false, false, true, false]);
  });

  it('looks at settling orders for a whole round, in however many looks, and counts it once', async () => {
    watch = await openShipmentWatch(
      [seen(500, 0, { after: 200 }), seen(500, 0, { after: 400 }), seen(500, 0)],
      { state: { rounds: 10 } },
    );
    const looks = await watch.lookForShipments.called(4);
    expect(looks.map(({ includeSettling, after }) => [includeSettling, after])).toEqual([
      [true, undefined],
      [true, 200],
      [true, 400],
      [false, undefined],
    ]);
  });

  it('goes on after a look that failed, and says why until the next good one', async () => {
    watch = await openShipmentWatch([
      seen(5, 2),
      fails('Unreachable', 'GET /V1/shipments answered 503'),
      seen(4, 0),
    ]);
    const failed = await watch.until(({ problem }) => problem === 'GET /V1/shipments answered 503');
    expect(failed).toMatchObject({ waiting: 5, signalled: 2 });
    expect(await watch.until(({ waiting }) => waiting === 4)).not.toHaveProperty('problem');
  });

  it('says that an order could not be told, and counts as having looked', async () => {
    const untold = 'Order amazon-order/us/1 could not be told what changed: Failed to signal Workflow.';
    watch = await openShipmentWatch([
      seen(5, 2, { untold }),
      held({ waiting: 0, signalled: 0, tookMs: 1 }).activity,
    ]);
    const { lastLookAt } = await watch.until(({ problem }) => problem === untold);
    expect(lastLookAt).toBeDefined();
  });

  it('says so until the next round, whatever the looks for new shipments see', async () => {
    const untold = 'Order amazon-order/us/1 could not be looked at: list shipments answered 500.';
    const last = held({ waiting: 9_000, signalled: 0, tookMs: 1 });
    watch = await openShipmentWatch(
      [seen(9_000, 0, { untold, tookMs: 100_000 }), seen(9_000, 0), last.activity],
      { everyMs: 1_000 },
    );
    const [, second] = await watch.lookForShipments.called(3);
    expect(second?.scope).toBe('recent');
    expect(await watch.snapshot()).toMatchObject({ problem: untold });
    await watch.handle.signal(shipmentWatchEverySignal, 50);
    last.answer();
    expect(await watch.until(({ rounds }) => rounds >= 2)).not.toHaveProperty('problem');
  });

  it('says what a part of a round has missed while the rest goes well', async () => {
    const trouble = { problem: 'list shipments answered 503', busy: false };
    const rest = held({ waiting: 500, signalled: 0, tookMs: 1 });
    watch = await openShipmentWatch([
      seen(500, 0, { after: 100, trouble }),
      seen(500, 0, { after: 300 }),
      rest.activity,
    ]);
    await watch.lookForShipments.called(3);
    expect(await watch.snapshot()).toMatchObject({
      problem: trouble.problem,
      lastLookAt: expect.any(String),
    });
    rest.answer();
    expect(await watch.until(({ rounds }) => rounds >= 2)).not.toHaveProperty('problem');
  });

  it('takes over a changed interval', async () => {
    const first = held({ waiting: 0, signalled: 0, tookMs: 1 });
    watch = await openShipmentWatch([first.activity]);
    await watch.lookForShipments.called(1);
    await watch.handle.signal(shipmentWatchEverySignal, 600_000);
    first.answer();
    await watch.until(({ lastLookAt }) => lastLookAt !== undefined);
    await new Promise((done) => setTimeout(done, 1_200));
    expect(watch.lookForShipments.calls).toHaveLength(1);
  });

  it('looks at once where a wait of before is longer than the new interval', async () => {
    watch = await openShipmentWatch([seen(1, 0)], { everyMs: 600_000 });
    await watch.until(({ lastLookAt }) => lastLookAt !== undefined);
    await watch.handle.signal(shipmentWatchEverySignal, 50);
    await watch.lookForShipments.called(3);
  });

  it('continues as new with its counts and its interval', async () => {
    watch = await openShipmentWatch([seen(5, 2)]);
    await watch.until(({ signalled }) => signalled === 2);
    for (let sent = 0; sent < eventsOfARun; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => watch.handle.signal(shipmentWatchEverySignal, 400)));
    }
    await watch.continued();
    const { looks, signalled } = await watch.snapshot();
    expect(signalled).toBe(2);
    await watch.lookForShipments.called(looks + 2);
    const [before, after] = watch.lookForShipments.calls.slice(-2).map(({ at }) => at);
    expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(390);
  });
});

describe('under load', () => {
  const busy = { problem: 'list shipments answered 429: not now', busy: true, retryAfterMs: 600_000 };

  it('rounds become rarer than looks for new shipments, which go on from the newest seen', async () => {
    watch = await openShipmentWatch(
      [
        seen(9_000, 0, { tookMs: 100_000, newestAt: '2026-10-01T15:00:00.000Z' }),
        async () => ({ signalled: 1, tookMs: 1, newestAt: '2026-10-01T16:00:00.000Z' }),
        ...Array.from({ length: 20 }, () => async () => ({ signalled: 0, tookMs: 1 })),
      ],
      { everyMs: 1_000 },
    );
    const looks = await watch.lookForShipments.called(4);
    expect(looks.slice(0, 3)).toEqual([
      { commerce: watch.commerce, scope: 'all', includeSettling: true },
      {
        commerce: watch.commerce,
        scope: 'recent',
        includeSettling: false,
        newestAt: '2026-10-01T15:00:00.000Z',
      },
      {
        commerce: watch.commerce,
        scope: 'recent',
        includeSettling: false,
        newestAt: '2026-10-01T16:00:00.000Z',
      },
    ]);
    expect(await watch.snapshot()).toMatchObject({
      waiting: 9_000,
      signalled: 1,
      pace: { pauseMs: 1_000, roundMs: 10_000 },
    });
    await watch.until(({ rounds }) => rounds >= 2);
  });

  it('a round that was broken off goes on behind where it came to, after the pause that Commerce asked for', async () => {
    watch = await openShipmentWatch([
      seen(500, 3, { after: 300, trouble: { ...busy, retryAfterMs: 200 } }),
      seen(500, 0),
    ]);
    const [, second] = await watch.lookForShipments.called(3);
    expect(second).toMatchObject({ scope: 'all', after: 300 });
    expect(await watch.until(({ rounds }) => rounds >= 2)).not.toHaveProperty('after');
    const [before, after] = watch.lookForShipments.calls.map(({ at }) => at);
    expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(190);
  });

  it('says what is the matter, and hints have to wait as well', async () => {
    watch = await openShipmentWatch([seen(500, 3, { after: 300, trouble: busy })]);
    const state = await watch.until(({ problem }) => problem !== undefined);
    expect(state).toMatchObject({
      problem: busy.problem,
      signalled: 3,
      pace: { pauseMs: 600_000 },
      after: 300,
    });
    expect(state).not.toHaveProperty('lastLookAt');
    await watch.handle.signal(shipmentWatchLookNowSignal, { orderIds: [7] });
    await watch.until(({ hinted }) => hinted?.length === 1);
    expect(watch.lookForShipments.calls).toHaveLength(1);
  });
});

describe('a hint', () => {
  const hint = (...orderIds: number[]) => watch.handle.signal(shipmentWatchLookNowSignal, { orderIds });
  const rested = () => watch.until(({ lastLookAt }) => lastLookAt !== undefined);

  it('brings the next look forward, one for all that come together', async () => {
    watch = await openShipmentWatch([seen(5, 0)], { everyMs: 600_000 });
    await rested();
    await Promise.all([hint(7), hint(8, 9), hint(7)]);
    const [, second] = await watch.lookForShipments.called(2);
    expect(second).toMatchObject({ scope: 'hinted', includeSettling: true });
    expect(second?.orderIds?.toSorted()).toEqual([7, 8, 9]);
    await watch.until(({ looks, hinted }) => looks === 2 && hinted === undefined);
    expect(watch.lookForShipments.calls).toHaveLength(2);
  });

  it('that names no order has the watch look for new shipments', async () => {
    watch = await openShipmentWatch([seen(5, 0)], { everyMs: 600_000 });
    await rested();
    await hint();
    const [, second] = await watch.lookForShipments.called(2);
    expect(second).toMatchObject({ scope: 'recent' });
  });

  it('at very many orders is a round', async () => {
    watch = await openShipmentWatch([seen(5, 0)], { everyMs: 600_000 });
    await rested();
    await hint(...Array.from({ length: 101 }, (_, index) => index + 1));
    const [, second] = await watch.lookForShipments.called(2);
    expect(second).toMatchObject({ scope: 'all' });
  });

  const refused = { problem: 'list recent shipments answered 401', busy: false };
  it.each([
    ['that Commerce refuses', seen(5, 0, { trouble: refused })],
    ['that fails', fails('Unreachable', 'the worker is away')],
  ])('does not hurry a round %s', async (_, failing) => {
    watch = await openShipmentWatch([failing], { everyMs: 600_000 });
    await watch.until(({ problem }) => problem !== undefined);
    await hint(7);
    await watch.until(({ hinted }) => hinted?.length === 1);
    const { events } = await watch.handle.fetchHistory();
    const waits = events?.filter((event) => event.timerStartedEventAttributes);
    expect(waits).toHaveLength(1);
    expect(watch.lookForShipments.calls).toHaveLength(1);
  });

  it('that comes while a look is under way is not lost', async () => {
    const first = held({ waiting: 0, signalled: 0, tookMs: 1 });
    watch = await openShipmentWatch([first.activity], { everyMs: 600_000 });
    await watch.lookForShipments.called(1);
    await hint(7);
    first.answer();
    const [, second] = await watch.lookForShipments.called(2);
    expect(second).toMatchObject({ scope: 'hinted', orderIds: [7] });
  });
});
