import type { AmazonActivities } from '../../activities/contracts/amazon';
import type { CancellationSubmission } from '../../domain/cancellation';
import type { AmazonOrder, AmazonOrderStatus, OrderLine } from '../../domain/order';
import { type Parcel, type Units, unitsByItem } from '../../domain/parcel';
import type { ConfirmationResult } from '../../domain/shipment-confirmation';
import { amazonOrder, at, line, newOrderId, pendingOrder } from './orders';

export interface ModelPackage {
  readonly reference: string;
  readonly number: string;
  readonly carrier: string;
  readonly shippedAt: string;
  readonly units: Units;
}

export interface AmazonStart {
  /** Ordered units, line by line. */
  readonly quantities: readonly number[];
  readonly isPending: boolean;
  readonly shipBy?: string;
}

const unitMinor = { item: 1_499, tax: 124 };

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

export const linesOf = (units: Units) =>
  Object.entries(units).flatMap(([orderItemId, quantity]) =>
    quantity > 0 ? [{ orderItemId, quantity }] : [],
  );

/** One order at a small Amazon, which refuses what the real one refuses and remembers what it was asked. */
export function modelAmazon({ quantities, isPending, shipBy }: AmazonStart) {
  const amazonOrderId = newOrderId();
  const ordered = Object.fromEntries(quantities.map((quantity, index) => [`item-${index + 1}`, quantity]));
  const ids = Object.keys(ordered);
  const cancelled: Record<string, number> = {};
  const versions: AmazonOrder[] = [];
  const packages = new Map<string, ModelPackage>();
  const unasked: string[] = [];
  let isVerified = !isPending;
  let wholeCancelled = false;
  let wish: readonly string[] = [];
  /** Versions up to this one were known to the channel when all was quiet last. */
  let knownAtRest = -1;
  let known = -1;

  const toShip = (id: string) => (ordered[id] ?? 0) - (cancelled[id] ?? 0);
  const told = (id: string, but?: string) =>
    sum([...packages.values()].map(({ reference, units }) => (reference === but ? 0 : (units[id] ?? 0))));
  const openUnits = (but?: string): Units =>
    Object.fromEntries(ids.map((id) => [id, wholeCancelled ? 0 : toShip(id) - told(id, but)]));
  const isOpen = () => sum(Object.values(openUnits())) > 0;

  const status = (): AmazonOrderStatus => {
    if (wholeCancelled) return 'CANCELLED';
    if (!isVerified) return 'PENDING';
    if (packages.size === 0) return 'UNSHIPPED';
    return isOpen() ? 'PARTIALLY_SHIPPED' : 'SHIPPED';
  };

  const lineNow = (id: string): OrderLine => {
    const units = toShip(id);
    const money = units * (unitMinor.item + unitMinor.tax);
    return line({
      orderItemId: id,
      sku: `SKU-${id}`,
      quantityOrdered: ordered[id] ?? 0,
      quantityFulfilled: told(id),
      quantityUnfulfilled: openUnits()[id] ?? 0,
      charges: [
        { type: 'ITEM', subtotalMinor: units * unitMinor.item, details: [] },
        {
          type: 'TAX',
          subtotalMinor: units * unitMinor.tax,
          details: [{ subtype: 'ITEM', minor: units * unitMinor.tax }],
        },
      ],
      totalMinor: money,
      ...(wish.includes(id) && { cancellationRequested: true }),
    });
  };

  const now = (): AmazonOrder => {
    const lines = ids.map(lineNow);
    const lastUpdatedAt = at(30 + versions.length);
    const order = amazonOrder({
      amazonOrderId,
      status: status(),
      lastUpdatedAt,
      lines,
      totalMinor: sum(lines.map(({ totalMinor }) => totalMinor ?? 0)),
      packages: [...packages.values()].map(({ reference, number, carrier, shippedAt, units }) => ({
        packageReferenceId: reference,
        trackingNumber: number,
        carrier,
        shippedAt,
        lines: linesOf(units),
      })),
      ...(shipBy !== undefined && { shipBy }),
    });
    return status() === 'PENDING' ? { ...pendingOrder(order), lastUpdatedAt } : order;
  };
  const changed = () => versions.push(now());
  changed();

  const fits = (units: Units, room: Units) =>
    Object.entries(units).every(([id, quantity]) => quantity <= (room[id] ?? 0));

  /** The channel could have known at the last rest that there is no room for it. */
  const couldKnow = (units: Units): boolean => {
    const version = versions[knownAtRest];
    if (!version) return false;
    const room = version.lines.map(({ orderItemId, quantityUnfulfilled }) => [
      orderItemId,
      quantityUnfulfilled,
    ]);
    return !fits(units, Object.fromEntries(room));
  };

  const confirm = ({ packageReferenceId, lines, ...parcel }: Parcel): ConfirmationResult => {
    const units = unitsByItem(lines);
    const refused = (reason: 'cancelled' | 'alreadyShipped' | 'invalidQuantity'): ConfirmationResult => {
      if (couldKnow(units)) unasked.push(`${parcel.trackingNumber} (${reason})`);
      return { kind: 'refused', reason, message: `It is ${reason}.` };
    };
    if (!isVerified) return { kind: 'refused', reason: 'invalid', message: 'It is not ready for shipment.' };
    if (wholeCancelled) return refused('cancelled');
    if (!fits(units, openUnits(packageReferenceId))) {
      return refused(isOpen() ? 'invalidQuantity' : 'alreadyShipped');
    }
    packages.set(packageReferenceId, {
      reference: packageReferenceId,
      number: parcel.trackingNumber,
      carrier: parcel.carrierCode,
      shippedAt: parcel.shippedAt,
      units,
    });
    changed();
    return { kind: 'taken' };
  };

  const cancelOpen = () => {
    for (const id of ids) cancelled[id] = (cancelled[id] ?? 0) + (openUnits()[id] ?? 0);
    wholeCancelled = packages.size === 0;
    changed();
  };

  const feeds = new Map<string, number>();
  const cancellation: Pick<
    {
      [K in keyof AmazonActivities]: (
        ...input: Parameters<AmazonActivities[K]>
      ) => Awaited<ReturnType<AmazonActivities[K]>>;
    },
    'prepareCancellation' | 'submitCancellation' | 'followCancellation'
  > = {
    prepareCancellation: () => ({ ticket: { documentId: `document-${feeds.size + 1}` } }),
    submitCancellation: ({ ticket }): CancellationSubmission => {
      feeds.set(ticket.documentId ?? '', 0);
      return { kind: 'submitted', ticket: { ...ticket, feedId: `feed of ${ticket.documentId}` } };
    },
    followCancellation: ({ ticket }) => {
      const looks = (feeds.get(ticket.documentId ?? '') ?? 0) + 1;
      feeds.set(ticket.documentId ?? '', looks);
      if (looks === 1) return { kind: 'inProgress' };
      if (status() === 'UNSHIPPED') cancelOpen();
      return status() === 'CANCELLED'
        ? { kind: 'done' }
        : { kind: 'refused', message: `The order is ${status()}.` };
    },
  };

  return {
    amazonOrderId,
    ids,
    status,
    openUnits,
    toShip,
    packages: () => [...packages.values()],
    /** What the channel asked for although it could know that Amazon would refuse it. */
    unasked: unasked as readonly string[],
    wish: () => wish,
    /** As it was `age` changes ago; from now on the channel knows it. */
    show: (age = 0): AmazonOrder => {
      const index = Math.max(versions.length - 1 - age, 0);
      known = Math.max(known, index);
      return versions[index] ?? now();
    },
    known: () => versions[known],
    rest: () => {
      knownAtRest = known;
    },
    verify: () => {
      isVerified = true;
      changed();
    },
    cancelOpen,
    cancelUnits: (id: string, quantity: number) => {
      cancelled[id] = (cancelled[id] ?? 0) + quantity;
      wholeCancelled = sum(ids.map(toShip)) === 0;
      changed();
    },
    ask: (wanted: readonly string[]) => {
      wish = wanted;
      changed();
    },
    /** By hand, in Seller Central. */
    pack: (units: Units, number: string) => {
      const reference = `PKG-${packages.size + 1}`;
      packages.set(reference, { reference, number, carrier: 'UPS', shippedAt: at(120), units });
      changed();
    },
    confirm,
    cancellation,
  };
}

export type ModelAmazon = ReturnType<typeof modelAmazon>;
