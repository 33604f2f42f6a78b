import { linesToShow } from '../../domain/parcel';
import type { OrderState } from '../../workflows/order/contract';
import type { Box, Course } from './parcel-course';
import { lacksUnits } from './parcel-expectations';
import { type CommerceBooks, itemsOf, type OrderBooks, sumOf, type UnitsByItem } from './parcel-world';

/** What is known of one order at the end, from all sides. */
export interface Sides {
  readonly course: Course;
  readonly books: OrderBooks;
  readonly state: OrderState;
}

/** The sentence, where it does not hold. */
export const unless = (holds: boolean, sentence: string): string[] => (holds ? [] : [sentence]);

/** Unit by unit: Amazon's count, its packages, the boxes, the channel's parcels, Commerce. */
export function lineDifferences({ course, books, state }: Sides, id: string): string[] {
  const line = books.amazon.lines.find(({ orderItemId }) => orderItemId === id);
  const item = books.commerce[0]?.items.find(({ ext_order_item_id }) => ext_order_item_id === id);
  const kept = line?.fulfilled ?? 0;
  const confirmed = state.parcels.filter(({ amazon }) => amazon === 'confirmed');
  const {
    qty_ordered = 0,
    qty_shipped = 0,
    qty_invoiced = 0,
    qty_canceled = 0,
    qty_refunded = 0,
  } = item ?? {};
  const boxes = course.boxes.filter(({ isCovered }) => !isCovered);
  const counts = {
    'in boxes': sumOf(
      course.boxes.map(({ units, told = units }) => told),
      id,
    ),
    'in Amazon’s packages': sumOf(books.amazon.packages.map(unitsOf), id),
    'in confirmed parcels': sumOf(
      confirmed.map((parcel) => unitsOf({ items: parcel.lines })),
      id,
    ),
    'invoiced and not refunded': qty_invoiced - qty_refunded,
    'left of the Commerce order': qty_ordered - qty_canceled - qty_refunded,
  };
  const left = sumOf(
    boxes.map(({ units }) => units),
    id,
  );
  const shown = sumOf(boxes.map(shownUnits), id);
  return [
    ...unless(line?.unfulfilled === 0, `Amazon waits for ${line?.unfulfilled} × ${id}`),
    ...unless(left === kept || lacksUnits(course), `${left} × ${id} left, Amazon counts ${kept}`),
    ...unless(qty_shipped === shown, `Commerce shipped ${qty_shipped} × ${id}, not ${shown}`),
    ...Object.entries(counts).flatMap(([where, count]) =>
      unless(count === kept, `${count} × ${id} ${where}, Amazon counts ${kept}`),
    ),
  ];
}

/** Commerce shows what its own people shipped, and of what left elsewhere that of which Amazon was told. */
const shownUnits = ({ by, units, told = units }: Box): UnitsByItem => (by === 'commerce' ? units : told);

export const unitsOf = ({
  items,
}: {
  items: readonly { orderItemId: string; quantity: number }[];
}): UnitsByItem => {
  const units: Record<string, number> = {};
  for (const { orderItemId, quantity } of items) units[orderItemId] = (units[orderItemId] ?? 0) + quantity;
  return units;
};

export const textOf = (number: string | undefined, units: UnitsByItem): string =>
  `${number} (${itemsOf(units)
    .map(({ orderItemId, quantity }) => `${quantity} × ${orderItemId}`)
    .sort()
    .join(', ')})`;

/** Every box is one package with its last number, and one parcel of the channel under the same reference. */
export function packageDifferences({ course, books, state }: Sides): string[] {
  const { packages } = books.amazon;
  const told = course.boxes.filter(({ units, told: part = units }) => itemsOf(part).length > 0);
  const boxes = told.map(({ numbers, units, told: part = units }) => textOf(numbers.at(-1), part)).sort();
  const atAmazon = packages.map((each) => textOf(each.trackingNumber, unitsOf(each))).sort();
  const parcels = state.parcels.filter(({ lines, amazon }) => lines.length > 0 && amazon === 'confirmed');
  const known = parcels.map(
    (each) => `${each.packageReferenceId} ${textOf(each.trackingNumber, unitsOf({ items: each.lines }))}`,
  );
  const named = packages.map(
    (each) => `${each.packageReferenceId} ${textOf(each.trackingNumber, unitsOf(each))}`,
  );
  return [
    ...unless(
      boxes.join() === atAmazon.join(),
      `boxes ${boxes.join('; ')}, Amazon’s packages ${atAmazon.join('; ')}`,
    ),
    ...unless(
      known.sort().join() === named.sort().join(),
      `parcels ${known.join('; ')}, Amazon’s packages ${named.join('; ')}`,
    ),
    ...state.parcels
      .filter(({ amazon, lines }) => amazon !== 'confirmed' && lines.length > 0)
      .flatMap((parcel) =>
        unless(
          parcel.amazon === 'refused' && lacksUnits(course),
          `parcel ${parcel.trackingNumber} is ${parcel.amazon}`,
        ),
      ),
  ];
}

/** Every box is one shipment of Commerce, but for those that had left before the order stood there. */
export function shipmentDifferences({ course, books, state }: Sides): string[] {
  const before = state.parcels.filter(
    (parcel) => parcel.shippedBeforeImport && linesToShow(parcel).length === 0,
  );
  const numbers = before.map(({ trackingNumber }) => trackingNumber);
  const boxes = course.boxes.filter(
    (box) =>
      !box.isCovered &&
      itemsOf(shownUnits(box)).length > 0 &&
      !box.numbers.some((number) => numbers.includes(number)),
  );
  const [order] = books.commerce;
  const open = [...(order?.shipments ?? [])];
  const missing = boxes.filter((box) => {
    const index = open.findIndex((shipment) => order && shows(order, shipment, box));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  return [
    ...missing.map(({ numbers: [number], units }) => `Commerce has no shipment ${textOf(number, units)}`),
    ...open.map((each) => `Commerce has one shipment more: ${JSON.stringify(each)}`),
  ];
}

function shows(order: CommerceBooks, shipment: CommerceBooks['shipments'][number], box: Box): boolean {
  const items = shipment.items.map(({ order_item_id, qty }) => ({
    orderItemId: order.items.find(({ item_id }) => item_id === order_item_id)?.ext_order_item_id ?? '',
    quantity: qty,
  }));
  const isIt =
    box.by === 'commerce'
      ? String(shipment.entity_id) === box.shipmentId
      : shipment.tracks.some(({ track_number }) => box.numbers.includes(track_number));
  return isIt && textOf('', unitsOf({ items })) === textOf('', shownUnits(box));
}
