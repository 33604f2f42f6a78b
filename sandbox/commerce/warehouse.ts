import { ApiError, PhpFatal } from './errors';
import type { JsonObject } from './json';
import { type OrderRecord, qtyToShip, stateOf } from './order-record';
import type { WarehouseJob } from './records';
import { number, text } from './row';
import type { CommerceSettings, SettingsHolder } from './settings';
import { createShipment } from './shipment';
import type { Shop } from './shop';
import { addTrack } from './track';

export interface Warehouse {
  /** Does all that is due by the sandbox clock. */
  tick(): void;
  stop(): void;
}

interface Options {
  commerce: { shop: Shop; settings: SettingsHolder };
  /** Real milliseconds between two looks at the clock. */
  intervalMs?: number;
}

type Plan = CommerceSettings['warehouse'];

/** A carrier and a tracking number of its kind, derived from the shipment's id. */
export function trackOf(shipmentId: number): JsonObject {
  const digits = (count: number) => String(shipmentId).padStart(count, '0');
  const tracks = [
    { carrier_code: 'ups', title: 'United Parcel Service', track_number: `1Z999AA1${digits(10)}` },
    { carrier_code: 'usps', title: 'United States Postal Service', track_number: `94001${digits(17)}` },
    { carrier_code: 'fedex', title: 'Federal Express', track_number: `7${digits(11)}` },
  ];
  return tracks[shipmentId % tracks.length] ?? {};
}

const isEvery = (id: number, nth: number) => nth > 0 && id % nth === 0;

/** From the order's own number, which does not depend on when it came: a demo of the same orders repeats itself. */
const ownNumber = ({ columns }: OrderRecord) =>
  Number((text(columns, 'increment_id') ?? '').replace(/\D/g, '').slice(-6));

/** The first of two parcels: half of the lines, or half of the units of a single line. */
function firstParcel(order: OrderRecord): JsonObject[] {
  const lines = order.items.filter((item) => qtyToShip(item) > 0);
  const [only, ...others] = lines;
  const units = only && others.length === 0 ? Math.floor(qtyToShip(only) / 2) : 0;
  if (only && units > 0) return [{ order_item_id: number(only, 'item_id'), qty: units }];
  return lines
    .slice(0, Math.floor(lines.length / 2))
    .map((item) => ({ order_item_id: number(item, 'item_id'), qty: qtyToShip(item) }));
}

function shipParcel(shop: Shop, order: OrderRecord, items: JsonObject[], plan: Plan, now: number): void {
  const shipmentId = shop.last('shipment') + 1;
  const late = isEvery(shipmentId, plan.lateTrack);
  createShipment(shop, order.id, { items, tracks: late ? [] : [trackOf(shipmentId)] });
  if (late) shop.lateTracks.put({ shipmentId, dueAt: now + plan.trackAfterMs });
}

/** Ships what is due of one order, as the admin's Ship page does. An order that is over leaves the warehouse. */
function work(shop: Shop, job: WarehouseJob, plan: Plan, now: number): void {
  const order = shop.orders.get(job.orderId);
  const state = order ? stateOf(order) : null;
  if (!order || state === 'canceled' || state === 'closed' || state === 'complete') {
    shop.jobs.delete(job.orderId);
    return;
  }
  const { firstParcelAt } = job;
  const dueAt = firstParcelAt === undefined ? job.arrivedAt + plan.afterMs : firstParcelAt + plan.betweenMs;
  if (state !== 'processing' || now < dueAt) return;
  const items =
    firstParcelAt === undefined && isEvery(ownNumber(order), plan.split) ? firstParcel(order) : [];
  if (order.items.some((item) => qtyToShip(item) > 0)) shipParcel(shop, order, items, plan, now);
  if (items.length > 0) shop.jobs.put({ ...job, firstParcelAt: now });
  else shop.jobs.delete(job.orderId);
}

/** Orders are taken in once, in the order in which they came. */
function takeIn(shop: Shop): void {
  while (shop.last('warehouse.order') < shop.last('order')) {
    const order = shop.orders.get(shop.next('warehouse.order'));
    if (order) shop.jobs.put({ orderId: order.id, arrivedAt: order.receivedAt });
  }
}

function addLateTracks(shop: Shop, now: number): void {
  for (const { shipmentId, dueAt } of shop.lateTracks.all()) {
    if (now < dueAt) continue;
    shop.transaction(() => {
      addTrack(shop, { ...trackOf(shipmentId), parent_id: shipmentId });
      shop.lateTracks.delete(shipmentId);
    });
  }
}

function tick(shop: Shop, plan: Plan): void {
  if (!plan.enabled) return;
  const now = shop.clock.now().getTime();
  if (shop.last('warehouse.order') < shop.last('order')) shop.transaction(() => takeIn(shop));
  for (const job of shop.jobs.all()) {
    try {
      shop.transaction(() => work(shop, job, plan, now));
    } catch (error) {
      // Refused, as for want of stock: the order stays in the warehouse until it can go.
      if (!(error instanceof ApiError || error instanceof PhpFatal)) throw error;
    }
  }
  addLateTracks(shop, now);
}

/**
 * The merchant's warehouse: ships orders in `processing` by the sandbox clock, some in two parcels, some with
 * the tracking number later. Which ones follows from their ids, so a run repeats itself.
 */
export function startWarehouse({ commerce: { shop, settings }, intervalMs = 200 }: Options): Warehouse {
  const run = () => tick(shop, settings.get().warehouse);
  const timer = setInterval(run, intervalMs);
  timer.unref();
  return { tick: run, stop: () => clearInterval(timer) };
}
