import fc from 'fast-check';
import type { AmazonOrder, AmazonPackage } from '../../domain/order';
import { takePackages } from '../../domain/packages';
import {
  type Parcel,
  type ParcelLine,
  type ReportedParcel,
  type Units,
  unitsByItem,
  versionOf,
} from '../../domain/parcel';
import { holdParcels } from '../../domain/parcel-quantities';
import { takeReport } from '../../domain/parcel-reports';
import { aLine, anOrder } from './orders';

export const items = ['a', 'b'] as const;

/** What a channel knows of one order, and what Amazon has of it. */
export interface Model {
  /** As the channel read it last. */
  order: AmazonOrder;
  parcels: readonly Parcel[];
  /** Packages that Amazon has, by their references. */
  readonly packages: Map<string, AmazonPackage>;
  /** Units that Amazon has cancelled. */
  readonly cancelled: Record<string, number>;
}

export const openModel = (ordered: number): Model => ({
  order: anOrder({ lines: items.map((orderItemId) => aLine({ orderItemId, quantityOrdered: ordered })) }),
  parcels: [],
  packages: new Map(),
  cancelled: {},
});

const at = '2026-11-02T12:00:00.000Z';

export function report(model: Model, told: ReportedParcel): void {
  const taken = model.order.packages.map(({ packageReferenceId }) => packageReferenceId);
  const { parcels } = takeReport(model.parcels, told, { seenAt: at, taken });
  model.parcels = holdParcels(model.order, parcels);
}

/** The order as Amazon has it now; packages that it counts may not show yet. */
export function look(model: Model, areShown = true): AmazonOrder {
  const packages = [...model.packages.values()];
  const fulfilled = unitsByItem(packages.flatMap(({ lines }) => lines));
  return {
    ...model.order,
    packages: areShown ? packages : model.order.packages,
    lines: model.order.lines.map((line) => {
      const quantityFulfilled = fulfilled[line.orderItemId] ?? 0;
      const cancelled = model.cancelled[line.orderItemId] ?? 0;
      return {
        ...line,
        quantityFulfilled,
        quantityUnfulfilled: line.quantityOrdered - cancelled - quantityFulfilled,
      };
    }),
  };
}

export function read(model: Model, order: AmazonOrder): void {
  model.order = order;
  model.parcels = takePackages(order, model.parcels, at);
}

/** Units of each item that Amazon would take in this package. */
function roomFor(model: Model, reference: string): Units {
  const { lines } = look(model);
  const own = unitsByItem([...(model.packages.get(reference)?.lines ?? [])]);
  return Object.fromEntries(
    lines.map(({ orderItemId, quantityUnfulfilled }) => [
      orderItemId,
      quantityUnfulfilled + (own[orderItemId] ?? 0),
    ]),
  );
}

/** Tells Amazon of the next parcel, as the order's workflow does. Says whether Amazon took it; undefined for none. */
export function tell(model: Model, isAnswerLost = false): boolean | undefined {
  const waiting = model.parcels.find(({ amazon }) => amazon === 'waiting');
  if (!waiting) return undefined;
  const sent: Parcel = { ...waiting, asked: versionOf(waiting) };
  const { packageReferenceId, trackingNumber, lines } = sent;
  const room = roomFor(model, packageReferenceId);
  const isTaken = Object.entries(unitsByItem(lines)).every(([item, units]) => units <= (room[item] ?? 0));
  if (isTaken) model.packages.set(packageReferenceId, { packageReferenceId, trackingNumber, lines });
  const answered: Parcel = isTaken
    ? { ...sent, amazon: 'sent', takenAt: at }
    : { ...sent, amazon: 'refused', objection: 'Amazon says no.' };
  // A refusal that got lost is asked for again at once.
  put(model, isAnswerLost && isTaken ? sent : answered);
  return isTaken;
}

function put(model: Model, parcel: Parcel): void {
  const parcels = model.parcels.map((each) => (each.parcelId === parcel.parcelId ? parcel : each));
  model.parcels = holdParcels(model.order, parcels);
}

/** The seller confirms a package in Seller Central, as far as Amazon takes it. */
export function confirmByHand(model: Model, shown: AmazonPackage): void {
  const room = roomFor(model, shown.packageReferenceId);
  const fits = Object.entries(unitsByItem([...shown.lines])).every(
    ([item, units]) => units <= (room[item] ?? 0),
  );
  if (fits) model.packages.set(shown.packageReferenceId, shown);
}

/** Amazon cancels units that are not fulfilled. */
export function cancel(model: Model, item: string, units: number): void {
  const open = look(model).lines.find(({ orderItemId }) => orderItemId === item)?.quantityUnfulfilled ?? 0;
  model.cancelled[item] = (model.cancelled[item] ?? 0) + Math.min(units, open);
}

export const contents: fc.Arbitrary<ParcelLine[]> = fc
  .record({ a: fc.nat(2), b: fc.nat(2) })
  .filter(({ a, b }) => a + b > 0)
  .map((units) => items.flatMap((orderItemId) => lineOf(orderItemId, units[orderItemId])));

const lineOf = (orderItemId: string, quantity: number): ParcelLine[] =>
  quantity > 0 ? [{ orderItemId, quantity }] : [];

export const aReport = (changes: Partial<ReportedParcel>): ReportedParcel => ({
  source: { system: 'commerce', shipmentId: '1' },
  carrierCode: 'ups',
  trackingNumber: 'N1',
  shippedAt: '2026-11-02T10:00:00.000Z',
  lines: [{ orderItemId: 'a', quantity: 1 }],
  ...changes,
});
