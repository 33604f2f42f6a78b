import type { AmazonOrder } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import {
  type OrderState,
  type ParcelReport,
  parcelCorrectedSignal,
  parcelShippedSignal,
} from '../../workflows/order/contract';
import { eventually } from '../support/eventually';
import { held } from '../support/fake-activities';
import { openWorld, type World } from '../support/order-world';
import { amazonOrder, line, parcelOf, shippedOrder } from '../support/orders';

const item = line().orderItemId;
const isSent = ({ parcels }: OrderState) =>
  parcels.length > 0 && parcels.every(({ amazon }) => amazon === 'sent');

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const unitsOrdered = (quantity: number) =>
  amazonOrder({ lines: [line({ quantityOrdered: quantity, quantityUnfulfilled: quantity })] });

/** One unit; its tracking number tells which correction it is. */
const boxOf = (order: AmazonOrder, box: number, correction: number): ParcelReport =>
  parcelOf(order, {
    source: { system: 'commerce', shipmentId: String(box) },
    trackingNumber: `1ZBOX${box}N${correction}`,
    lines: [{ orderItemId: item, quantity: 1 }],
  });

const isCorrected =
  (correction: number) =>
  ({ trackingNumber }: Parcel): boolean =>
    trackingNumber.endsWith(`N${correction}`);

/** The number of each package after all that Amazon was told, by its reference. */
const numbersAtAmazon = (order: AmazonOrder): Map<string, string> =>
  new Map(
    world
      .callsOf(order, 'confirmShipment')
      .map(({ parcel }) => [parcel.packageReferenceId, parcel.trackingNumber]),
  );

/** Once nothing is under way any more. */
async function historyLength(order: AmazonOrder): Promise<number> {
  let before = 0;
  const { historyLength: length } = await eventually(
    async () => {
      const { historyLength, raw } = await world.handle(order).describe();
      return {
        historyLength,
        busy: Boolean(raw.pendingWorkflowTask) || Boolean(raw.pendingActivities?.length),
      };
    },
    ({ historyLength, busy }) => {
      const isStill = historyLength === before && !busy;
      before = historyLength;
      return isStill;
    },
  );
  return length;
}

it('an order with 20 parcels and 1,000 corrections continues as new and loses nothing', async () => {
  const boxes = Array.from({ length: 20 }, (_, index) => index + 1);
  const rounds = Array.from({ length: 50 }, (_, index) => index + 1);
  const order = unitsOrdered(boxes.length);
  const handle = await world.place(order);
  const { runId } = await handle.describe();
  for (const box of boxes) await handle.signal(parcelShippedSignal, boxOf(order, box, 0));
  await world.until(order, (state) => state.parcels.length === boxes.length && isSent(state));
  const references = [...numbersAtAmazon(order).keys()];
  expect(references).toHaveLength(boxes.length);

  for (const round of rounds) {
    await Promise.all(boxes.map((box) => handle.signal(parcelCorrectedSignal, boxOf(order, box, round))));
    // No more at once than a worker takes in within the time that it has for one task.
    if (round % 5 === 0) await world.until(order, ({ parcels }) => parcels.every(isCorrected(round)));
  }
  const { parcels } = await world.until(
    order,
    (state) => isSent(state) && state.parcels.every(isCorrected(rounds.length)),
  );

  expect((await world.handle(order).describe()).runId).not.toBe(runId);
  expect([...numbersAtAmazon(order).entries()]).toEqual(
    parcels.map(({ packageReferenceId, trackingNumber }) => [packageReferenceId, trackingNumber]),
  );
  expect(parcels.map(({ packageReferenceId }) => packageReferenceId)).toEqual(references);
  expect(parcels.map(({ trackingNumber }) => trackingNumber)).toEqual(boxes.map((box) => `1ZBOX${box}N50`));
  const told = world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.trackingNumber);
  expect(new Set(told).size).toBe(told.length);

  await world.deliver(shippedOrder(order, parcels));
  expect(await world.handle(order).result()).toMatchObject({ channelStatus: 'Shipped', parcels: 20 });
  for (const effect of ['placeOrder', 'invoiceOrder'] as const) {
    expect(world.callsOf(order, effect)).toHaveLength(1);
  }
});

it('a correction costs at most 16 events', async () => {
  const order = unitsOrdered(2);
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, boxOf(order, 1, 0));
  await world.until(order, isSent);
  const before = await historyLength(order);
  await handle.signal(parcelCorrectedSignal, boxOf(order, 1, 1));
  await world.called(order, 'confirmShipment', 2);
  await world.until(order, isSent);
  expect((await historyLength(order)) - before).toBeLessThanOrEqual(16);
});

it('corrections that come while one is under way are told as one, the last', async () => {
  const order = unitsOrdered(2);
  const first = held({ kind: 'taken' as const });
  world.behave(order, { confirmShipment: [first.activity] });
  const handle = await world.place(order);
  await handle.signal(parcelShippedSignal, boxOf(order, 1, 0));
  await world.called(order, 'confirmShipment');
  const corrections = Array.from({ length: 100 }, (_, index) => index + 1);
  for (const correction of corrections) {
    await handle.signal(parcelCorrectedSignal, boxOf(order, 1, correction));
  }
  first.answer();
  await world.called(order, 'confirmShipment', 2);
  await world.until(order, isSent);
  expect(world.callsOf(order, 'confirmShipment').map(({ parcel }) => parcel.trackingNumber)).toEqual([
    '1ZBOX1N0',
    '1ZBOX1N100',
  ]);
});
