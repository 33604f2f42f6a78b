import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode } from '@temporalio/worker';
import fc from 'fast-check';
import type { OrderSpec } from '../../sandbox/amazon';
import { intakeSnapshotQuery, ordersChangedSignal } from '../../workflows/intake/contract';
import { fullOrder, openAmazonService, opening } from '../support/amazon-service';
import { eventually } from '../support/eventually';
import { connectToTestServer } from '../support/temporal';
import { type Crash, openIntakeWorld } from './intake-world';

const minute = 60_000;
const busyMs = 60 * minute;
/** An hour of the sandbox is six seconds. */
const speed = 600;

interface Schedule {
  readonly orders: readonly {
    readonly isFba: boolean;
    readonly times: readonly number[];
    readonly end: 'shipped' | 'cancelled' | 'open';
  }[];
  readonly crashes: readonly Crash[];
  readonly hints: readonly { readonly order: number; readonly at: number; readonly copies: number }[];
  readonly throttleEvery: number;
  readonly dropEvery: number;
  readonly lagMs: number;
  readonly perPage: number;
}

const schedules = fc.record<Schedule>({
  orders: fc.array(
    fc.record({
      isFba: fc.boolean(),
      times: fc.array(fc.nat(busyMs), { minLength: 3, maxLength: 3 }),
      end: fc.constantFrom('shipped', 'cancelled', 'open'),
    }),
    { minLength: 4, maxLength: 10 },
  ),
  crashes: fc.array(fc.constantFrom<Crash>('none', 'none', 'before', 'after'), { maxLength: 25 }),
  hints: fc.array(
    fc.record({ order: fc.nat(9), at: fc.nat(busyMs), copies: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 15 },
  ),
  throttleEvery: fc.integer({ min: 3, max: 9 }),
  dropEvery: fc.integer({ min: 3, max: 9 }),
  lagMs: fc.integer({ min: 0, max: 10 * minute }),
  perPage: fc.integer({ min: 1, max: 4 }),
});

let env: TestWorkflowEnvironment;
let bundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
beforeAll(async () => {
  env = await connectToTestServer();
  bundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./intake-world-workflows') });
});
afterAll(() => env.teardown());

function specOf({ isFba, times, end }: Schedule['orders'][number]): OrderSpec {
  const [placedAt = '', verifiedAt = '', endedAt = ''] = [...times]
    .sort((one, other) => one - other)
    .map((time) => new Date(opening.getTime() + time).toISOString());
  return fullOrder({
    fulfilledBy: isFba ? 'AMAZON' : 'MERCHANT',
    plan: {
      placedAt,
      verifiedAt,
      ...(end === 'cancelled' && { cancelledAt: endedAt }),
      ...(end === 'shipped' && isFba && { shippedAt: endedAt }),
    },
  });
}

/** What of each order reaches its workflow in the end, and what Amazon says of it. */
async function play(schedule: Schedule): Promise<{ told: unknown[]; said: unknown[]; runs: number }> {
  const account = `acme-${randomUUID().slice(0, 8)}`;
  const amazon = await openAmazonService();
  await amazon.command('PATCH', '/settings', {
    listLagMs: schedule.lagMs,
    mostPerPage: schedule.perPage,
    rates: { searchOrders: { perSecond: 0.02, burst: 40 }, getOrder: { perSecond: 0.5, burst: 30 } },
  });
  const faults = { path: '/orders/2026', times: 8 };
  await amazon.command('POST', '/faults', {
    ...faults,
    kind: 'status',
    status: 429,
    every: schedule.throttleEvery,
  });
  await amazon.command('POST', '/faults', { ...faults, kind: 'dropAfter', every: schedule.dropEvery });
  const ids = schedule.orders.map((order) => amazon.place(specOf(order)).orderId);
  amazon.clock.setSpeed(speed);
  const { crashes } = schedule;
  const world = await openIntakeWorld({ env, bundle, amazon, account, crashes });
  const { handle } = world;

  const hints = [...schedule.hints].sort((one, other) => one.at - other.at);
  const begun = Date.now();
  for (const { order, at, copies } of hints) {
    await delay(Math.max(0, begun + at / speed - Date.now()));
    const amazonOrderIds = [ids[order % ids.length] ?? ''];
    for (let copy = 0; copy < copies; copy += 1) await handle.signal(ordersChangedSignal, { amazonOrderIds });
  }
  const end = new Date(opening.getTime() + busyMs + schedule.lagMs).toISOString();
  await eventually(
    () => handle.query(intakeSnapshotQuery),
    ({ cursor, hints: waiting }) => cursor > end && waiting.length === 0,
  );
  const told = await Promise.all(ids.map(async (id) => (await world.toldOf(id))?.status));
  const said = ids.map((id) => amazon.booked(id)?.status);
  const runs = await world.runs();
  await world.stop();
  await amazon.close();
  return { told, said, runs };
}

describe('random schedules on the real server', () => {
  const samples = fc.sample(schedules, { numRuns: 20, seed: 20_261_125 });
  const together = 10;

  it.each(Array.from({ length: samples.length / together }, (_, group) => group))(
    'deliver the newest state of each order: group %i',
    async (group) => {
      const played = samples.slice(group * together, (group + 1) * together);
      await Promise.all(
        played.map(async (schedule) => {
          const { told, said, runs } = await play(schedule);
          const wanted = schedule.orders.map(({ isFba }, index) => {
            // Of those the channel never hears unless they were seen in between.
            const isUnseen = said[index] === 'CANCELLED' && told[index] === undefined;
            return isUnseen || (isFba && said[index] !== 'SHIPPED') ? undefined : said[index];
          });
          expect(told).toEqual(wanted);
          expect(runs).toBe(told.filter((status) => status !== undefined).length);
        }),
      );
    },
  );
});
