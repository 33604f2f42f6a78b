import type { BookedErpOrder } from '../../sandbox/erp';
import type { Box } from './parcel-course';
import { expectedAs, isRisky } from './parcel-expectations';
import {
  lineDifferences,
  packageDifferences,
  type Sides,
  shipmentDifferences,
  textOf,
  unitsOf,
  unless,
} from './parcel-units';
import type { CommerceBooks } from './parcel-world';

export interface Compared {
  /** In sentences. */
  readonly differences: readonly string[];
  /** What differs by design, by its name. */
  readonly expected: readonly string[];
}

/** Holds one order of all systems against each other, and against the boxes that have left. */
export function compareSides(known: Sides): Compared {
  const sides = { ...known, course: { ...known.course, boxes: boxesAsKnown(known) } };
  const isCovered = sides.course.boxes.some((box) => box.isCovered);
  const attention = sides.state.attention.map((each) => ({ each, name: expectedAs(sides.course, each) }));
  const strange = attention.filter(({ name }) => name === undefined);
  const differences =
    sides.books.amazon.status === 'CANCELLED' ? cancelledDifferences(sides) : shippedDifferences(sides);
  return {
    differences: [
      ...differences,
      ...strange.map(({ each }) => `attention ${each.reason}: ${each.note}`),
      ...(sides.books.commerce.length > 1 ? [`${sides.books.commerce.length} Commerce orders`] : []),
      ...erpDifferences(sides),
      ...unless(!isCovered || isRisky(sides.course), 'a box is taken for a part of another'),
    ],
    expected: [
      ...attention.flatMap(({ name }) => name ?? []),
      ...(isCovered ? ['a box with a cancelled unit was taken to cover a package of Seller Central'] : []),
    ],
  };
}

/** A shipment of more than is left is taken to tell once more of a package that was made in Seller Central. */
function boxesAsKnown({ course, state: { parcels } }: Sides): Box[] {
  return course.boxes.map((box) => {
    const parcel = parcels.find(({ trackingNumber }) => trackingNumber === box.numbers.at(-1));
    if (!parcel) return box;
    if (parcel.coveredBy !== undefined) return { ...box, isCovered: true };
    const covers = parcels.some(({ coveredBy }) => coveredBy === parcel.parcelId);
    return covers ? { ...box, told: unitsOf({ items: parcel.lines }) } : box;
  });
}

function cancelledDifferences(sides: Sides): string[] {
  const { course, books, state } = sides;
  const { amazon, commerce, erp } = books;
  const [order] = commerce;
  const hasLeft = course.boxes.length > 0;
  return [
    ...unless(state.channelStatus === 'Canceled', `the channel says ${state.channelStatus}`),
    ...unless(state.completed, 'the channel is not done with the cancellation'),
    ...unless(amazon.packages.length === 0, 'Amazon has packages of a cancelled order'),
    ...unless(!hasLeft || isRisky(course), 'a box left of a cancelled order'),
    ...unless(hasLeft || state.parcels.length === 0, 'the channel has parcels that nobody packed'),
    ...unless(
      state.parcels.every(({ amazon: stage, takenAt }) => /^(refused|waiting)$/.test(stage) && !takenAt),
      'Amazon took a parcel of a cancelled order',
    ),
    ...(hasLeft ? shipmentDifferences(sides) : undoneDifferences(order)),
    ...unless(
      hasLeft || erp.every(({ state: stage }) => stage === 'cancelled'),
      `the ERP order is ${erp[0]?.state}`,
    ),
  ];
}

/** Canceled, or what was invoiced is refunded. */
function undoneDifferences(order: CommerceBooks | undefined): string[] {
  if (!order) return [];
  const isUndone = order.items.every(
    (item) =>
      item.qty_shipped === 0 &&
      item.qty_invoiced === item.qty_refunded &&
      item.qty_canceled + item.qty_refunded === item.qty_ordered,
  );
  const state = order.items.some(({ qty_invoiced }) => qty_invoiced > 0) ? 'closed' : 'canceled';
  return [
    ...unless(order.state === state, `the Commerce order is ${order.state}, not ${state}`),
    ...unless(isUndone, `Commerce keeps units of it: ${JSON.stringify(order.items)}`),
  ];
}

function shippedDifferences(sides: Sides): string[] {
  const { course, books, state } = sides;
  const { amazon, commerce } = books;
  const [order] = commerce;
  return [
    ...unless(amazon.status === 'SHIPPED', `Amazon says ${amazon.status}`),
    ...unless(state.channelStatus === 'Shipped', `the channel says ${state.channelStatus}`),
    ...unless(order?.state === 'complete', `the Commerce order is ${order?.state ?? 'missing'}`),
    ...course.itemIds.flatMap((id) => lineDifferences(sides, id)),
    ...packageDifferences(sides),
    ...(state.recorded
      ? unless(order?.shipments.length === 0, 'a recorded order has shipments')
      : shipmentDifferences(sides)),
  ];
}

/** One order, submitted once, of which the ERP’s own boxes have left and nothing else. */
function erpDifferences({ course, books, state }: Sides): string[] {
  const { hasErp } = course.story;
  const [order, ...others] = books.erp;
  if (!order) {
    const isLeftOut = !hasErp || books.amazon.status === 'CANCELLED' || state.handOff.stage !== 'accepted';
    return unless(isLeftOut, 'the ERP has no order');
  }
  const shipped = order.shipments.flatMap(({ packages }) => packages.map(inErp)).sort();
  const boxes = course.boxes.filter(({ by }) => by === 'erp');
  const isSame =
    shipped.join() ===
    boxes
      .map((box) => numberedAs(box, shipped))
      .sort()
      .join();
  const isStopped = state.handOff.stage === 'cancelled';
  const states = isStopped ? ['cancelled'] : ['accepted', 'shipped'];
  return [
    ...unless(hasErp, 'the ERP has an order that is not for it'),
    ...unless(others.length === 0, `${others.length + 1} ERP orders`),
    ...unless(order.duplicateSubmits === 0, `submitted ${order.duplicateSubmits} times too often`),
    ...unless(
      books.amazon.status === 'CANCELLED' || states.includes(order.state),
      `the ERP order is ${order.state}`,
    ),
    ...unless(
      !isStopped || books.amazon.status === 'CANCELLED' || isRisky(course),
      'the ERP stopped an order that ships on',
    ),
    ...unless(isSame, `the ERP shipped ${shipped.join('; ')}`),
  ];
}

type ErpPackage = BookedErpOrder['shipments'][number]['packages'][number];

const inErp = ({ tracking, items }: ErpPackage): string =>
  textOf(
    tracking,
    unitsOf({ items: items.map(({ lineKey, quantity }) => ({ orderItemId: lineKey, quantity })) }),
  );

/** The ERP does not hear of a number that was corrected in Commerce. */
const numberedAs = ({ numbers, units }: Box, shipped: readonly string[]): string =>
  textOf(
    numbers.find((number) => shipped.includes(textOf(number, units))),
    units,
  );
