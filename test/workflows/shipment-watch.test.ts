import { shipmentWatchEverySignal } from '../../workflows/shipments/contract';
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
    watch = await openShipmentWatch([], { state: { looks: 8, waiting: 0, signalled: 0 } });
    const looks = await watch.lookForShipments.called(4);
    expect(looks.map(({ includeSettling }) => includeSettling)).toEqual([false, false, true, false]);
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

  it('takes over a changed interval', async () => {
    const first = held({ waiting: 0, signalled: 0 });
    watch = await openShipmentWatch([first.activity]);
    await watch.lookForShipments.called(1);
    await watch.handle.signal(shipmentWatchEverySignal, 600_000);
    first.answer();
    await watch.until(({ lastLookAt }) => lastLookAt !== undefined);
    await new Promise((done) => setTimeout(done, 1_200));
    expect(watch.lookForShipments.calls).toHaveLength(1);
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
