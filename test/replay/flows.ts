import { alertTermsSignal } from '../../workflows/alerts/contract';
import {
  confirmSurroundingsUpdate,
  ordersChangedSignal,
  reconcileNowUpdate,
  startBackfillUpdate,
} from '../../workflows/intake/contract';
import { openAlertWatch, trouble } from '../support/alert-watch';
import { fails } from '../support/fake-activities';
import { openIntake, page, since } from '../support/intake-watch';
import { openWorld } from '../support/order-world';
import { amazonOrder } from '../support/orders';
import { openShipmentWatch, seen } from '../support/shipment-watch';
import { continuedOrder, orderFlows } from './order-flows';
import { type Recorded, recorded } from './recorded';

/** A recorded name for everything that has one, so that histories differ only where the flow does. */
const name = 'acme';

/** Names of all histories that must be committed. */
export const flowNames: readonly string[] = [
  ...Object.keys(orderFlows),
  'continue-as-new-first',
  'continue-as-new-second',
  'intake',
  'shipment-watch',
  'alerts',
].sort();

/** Lets every flow happen on the test server, one after the other, and hands out what was recorded of it. */
export async function* recordFlows(): AsyncGenerator<Recorded> {
  yield* recordOrders();
  yield await recordIntake();
  yield await recordShipmentWatch();
  yield await recordAlerts();
}

async function* recordOrders(): AsyncGenerator<Recorded> {
  const world = await openWorld({ name, policy: { erp: name } });
  let number = 0;
  const nextOrder = () => {
    number += 1;
    return amazonOrder({ amazonOrderId: `113-0000000-${String(number).padStart(7, '0')}` });
  };
  for (const [flow, play] of Object.entries(orderFlows)) {
    const order = nextOrder();
    await play(world, order);
    yield recorded(flow, await world.handle(order).fetchHistory());
  }
  const order = nextOrder();
  const [first, second] = await continuedOrder(world, order);
  yield recorded('continue-as-new-first', await world.handle(order, first).fetchHistory());
  yield recorded('continue-as-new-second', await world.handle(order, second).fetchHistory());
  await world.close();
}

/**
 * Sweeps of two pages with a parked order, one that fails, one that is throttled and releases the parked one; beside
 * them a pull, hints, a back-fill and a reconciliation, which somebody asks for twice.
 */
async function recordIntake(): Promise<Recorded> {
  const parked = { amazonOrderId: '113-0000000-0000099', reason: 'proceeds: currency CHF is not known' };
  const intake = await openIntake(
    [
      page({ findings: { delivered: 2 }, nextToken: 'next', upTo: since, parked: [parked] }),
      page({ findings: { delivered: 1 }, ratePerSecond: 5 }),
      fails('Unreachable', 'Amazon: searchOrders GET /orders/2026-01-01/orders answered 503'),
      async () => ({ kind: 'throttled', ratePerSecond: 5 }),
      page({ settled: [parked.amazonOrderId] }),
    ],
    {
      account: name,
      timings: { sweepEveryMs: 2_000 },
      pullOrder: async () => ({ kind: 'delivered', status: 'UNSHIPPED' }),
    },
  );
  await intake.pull('113-0000000-0000001');
  await intake.handle.signal(ordersChangedSignal, {
    amazonOrderIds: ['113-0000000-0000002', '113-0000000-0000003'],
  });
  await intake.swept(2);
  const range = { from: '2026-09-01T00:00:00.000Z', to: '2026-09-02T00:00:00.000Z' };
  for (let asked = 0; asked < 2; asked += 1)
    await intake.handle.executeUpdate(startBackfillUpdate, { args: [range] });
  await intake.handle.executeUpdate(reconcileNowUpdate, { args: [{}] });
  const surroundings = { temporal: '127.0.0.1:7233/default', commerce: {}, installation: 'one' };
  await intake.handle.executeUpdate(confirmSurroundingsUpdate, { args: [{ surroundings, by: 'ada' }] });
  await intake.until(({ lastReports }) => lastReports.reconciliation !== undefined);
  await intake.swept(3);
  const history = await intake.handle.fetchHistory();
  await intake.close();
  return recorded('intake', history);
}

async function recordShipmentWatch(): Promise<Recorded> {
  const failed = fails('Unreachable', 'Commerce: listShipments GET /V1/shipments answered 503');
  const watch = await openShipmentWatch([seen(3, 1), failed, seen(2, 0)], { commerce: name });
  await watch.looked(4);
  const history = await watch.handle.fetchHistory();
  await watch.close();
  return recorded('shipment-watch', history);
}

/** A digest to two destinations, one of which fails at first, and another one after somebody has changed the terms. */
async function recordAlerts(): Promise<Recorded> {
  const watch = await openAlertWatch({ taskQueue: name });
  watch.post.failing.add('mail');
  watch.world.open = [trouble('113-0000000-0000001')];
  await watch.arrived('webhook', 1);
  await watch.arrived('mail', 1);
  watch.post.failing.clear();
  await watch.handle.signal(alertTermsSignal, { ...watch.terms, paceMs: 100 });
  watch.world.open = [...watch.world.open, trouble('113-0000000-0000002', 'late')];
  await watch.arrived('webhook', 2);
  await watch.looked();
  const history = await watch.handle.fetchHistory();
  await watch.close();
  return recorded('alerts', history);
}
