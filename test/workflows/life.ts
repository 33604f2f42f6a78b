import type { AmazonOrder } from '../../domain/order';
import type { World } from '../support/order-world';
import { amazonOrder, at, line, parcelOf } from '../support/orders';
import { quiet } from '../support/quiet';

/** One order of two lines, for the phases and events of docs/phases-and-events.md. */
export interface Life {
  readonly world: World;
  readonly handle: ReturnType<World['handle']>;
  /** As Amazon verified it, and as Amazon shows it now. */
  readonly verified: AmazonOrder;
  amazon: AmazonOrder;
  /** Activities that answer only once `letGo` is called. */
  readonly held: string[];
  letGo?: () => void;
}

const lines = [line({ orderItemId: 'mug' }), line({ orderItemId: 'pot', sku: 'POT-RED' })];

export function beginLife(world: World): Life {
  const verified = amazonOrder({ lines, totalMinor: 3246 });
  return { world, handle: world.handle(verified), verified, amazon: verified, held: [] };
}

export const settled = ({ handle, held }: Life): Promise<void> => quiet(handle, held);

let minute = 100;

/** At Amazon; the intake delivers it. */
export async function amazonChanges(life: Life, changes: Partial<AmazonOrder>): Promise<void> {
  minute += 1;
  life.amazon = { ...life.amazon, ...changes, lastUpdatedAt: at(minute) };
  await life.world.deliver(life.amazon);
}

/** Amazon has cancelled a line of it. */
export const without = (order: AmazonOrder, orderItemId: string): AmazonOrder => ({
  ...order,
  totalMinor: order.totalMinor === null ? null : 1623,
  lines: order.lines.map((each) =>
    each.orderItemId === orderItemId
      ? { ...each, quantityUnfulfilled: 0, charges: [], totalMinor: order.totalMinor === null ? null : 0 }
      : each,
  ),
});

/** The buyer asks to cancel all lines. */
export const wished = ({ lines: present }: AmazonOrder): AmazonOrder['lines'] =>
  present.map((each) => ({ ...each, cancellationRequested: true }));

export const fulfilled = (...orderItemIds: readonly string[]): AmazonOrder['lines'] =>
  lines.map((each) =>
    orderItemIds.includes(each.orderItemId)
      ? { ...each, quantityFulfilled: 1, quantityUnfulfilled: 0 }
      : each,
  );

/** Of the units that lie in no parcel yet; of all, where every one does. */
export async function nextParcel({ world, verified }: Life) {
  const { parcels } = await world.snapshot(verified);
  const packed = parcels.flatMap((parcel) => parcel.lines.map(({ orderItemId }) => orderItemId));
  const left = lines.filter(({ orderItemId }) => !packed.includes(orderItemId));
  const number = parcels.length + 1;
  return parcelOf(verified, {
    source: { system: 'commerce', shipmentId: `${number}` },
    trackingNumber: `1Z999AA1000000000${number}`,
    lines: (left.length > 0 ? left : lines).map(({ orderItemId }) => ({ orderItemId, quantity: 1 })),
  });
}

/** The parcels, as Amazon shows them. */
export async function packages({ world, verified }: Life): Promise<AmazonOrder['packages']> {
  const { parcels } = await world.snapshot(verified);
  return parcels.map(({ packageReferenceId, trackingNumber, lines: contents }) => ({
    packageReferenceId,
    trackingNumber,
    lines: contents,
  }));
}
