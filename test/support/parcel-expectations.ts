import type { Attention } from '../../domain/attention';
import type { Course } from './parcel-course';

/** What a person has to look at by design, because of what happened to the order. */
interface Expectation {
  readonly reason: Attention['reason'];
  readonly note?: RegExp;
  readonly name: string;
  /** Whether the order’s story can lead to it. */
  readonly isPossible: (course: Course) => boolean;
}

export const isRisky = (course: Course): boolean => course.isRisky === true;
export const lacksUnits = ({ boxes }: Course): boolean => boxes.some(({ told }) => told !== undefined);
const hasCancelled = ({ effects }: Course): boolean =>
  effects.includes('cancel') || effects.includes('decide');
const hasShipping = ({ story }: Course): boolean =>
  story.spec.lines.some(({ shippingMinor = 0 }) => shippingMinor > 0);

const expectations: readonly Expectation[] = [
  {
    reason: 'cancellationIncomplete',
    note: /after the ERP had got the order/,
    name: 'the ERP has units that are cancelled at Amazon',
    isPossible: (course) => course.story.hasErp && hasCancelled(course),
  },
  {
    reason: 'cancellationIncomplete',
    note: /Amazon’s total is .* now/,
    name: 'Commerce keeps all shipping of an order with cancelled units',
    isPossible: (course) => hasShipping(course) && hasCancelled(course),
  },
  {
    reason: 'cancellationIncomplete',
    note: /which Amazon had cancelled/,
    name: 'units left that were cancelled at that moment',
    isPossible: lacksUnits,
  },
  {
    reason: 'cancellationIncomplete',
    note: /^Amazon does not cancel the order/,
    name: 'Amazon did not cancel, because a box had left',
    isPossible: isRisky,
  },
  {
    reason: 'cancellationIncomplete',
    note: /is shipped in Commerce, in whole or in part/,
    name: 'Commerce keeps an order of which a box left while Amazon cancelled it',
    isPossible: isRisky,
  },
  {
    reason: 'cancelledAfterShipping',
    name: 'a box left while Amazon cancelled the order',
    isPossible: isRisky,
  },
  {
    reason: 'notHandedOff',
    name: 'a box left before the ERP had the order',
    isPossible: (course) => course.story.hasErp && isRisky(course),
  },
  {
    reason: 'stockCheck',
    name: 'all had left before the order stood in Commerce',
    isPossible: isRisky,
  },
  {
    reason: 'erpRejected',
    note: /^The ERP has cancelled the order/,
    name: 'the ERP stopped an order of which a box had left',
    isPossible: isRisky,
  },
];

/** The name of what is expected; undefined for what should not be. */
export const expectedAs = (course: Course, { reason, note }: Attention): string | undefined =>
  expectations.find(
    (each) => each.reason === reason && (each.note?.test(note) ?? true) && each.isPossible(course),
  )?.name;
