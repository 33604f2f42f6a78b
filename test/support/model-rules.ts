import type { AttentionReason } from '../../domain/attention';
import { type ChannelStatus, channelStatuses, channelTransitions } from '../../domain/channel-status';
import { isStopped } from '../../domain/commerce-order';
import { isCancelled } from '../../domain/order';
import { contentsKey, type Parcel, type Units } from '../../domain/parcel';
import type { OrderState } from '../../workflows/order/contract';
import { linesOf, type ModelPackage, sum } from './model-amazon';
import type { Box, ModelOrder } from './model-order';

/** What a look at the order saw, and what the systems had been asked by then. */
export interface Rest {
  readonly state: OrderState;
  readonly submissions: number;
}

/** What must hold whenever nothing is under way; every breach in a sentence. */
export const breaches = (order: ModelOrder, before: Rest | undefined, now: Rest): string[] => [
  ...unitsAtAmazon(order),
  ...boxesAtAmazon(order, now.state),
  ...commerceOrder(order),
  ...shipmentsInCommerce(order, now.state),
  ...cancelledEverywhere(order, now.state),
  ...status(order, before?.state, now.state),
  ...(before ? submissions(before, now) : []),
  ...now.state.attention
    .filter(({ reason }) => !reasons[reason](order, now.state))
    .map(({ reason, note }) => `attention ${reason} without a reason: ${note}`),
];

const known = ({ amazon }: ModelOrder) => amazon.known();

const isDone = (order: ModelOrder): boolean => {
  const shown = known(order);
  return shown !== undefined && isCancelled(shown);
};

const numbersOf = ({ numbers }: Box): string => numbers.join(' ');

const packagesOf = ({ amazon }: ModelOrder, { numbers }: Box): ModelPackage[] =>
  amazon.packages().filter(({ number }) => numbers.includes(number));

/** No unit twice, none beyond what is ordered and not cancelled, none that nobody packed. */
function unitsAtAmazon(order: ModelOrder): string[] {
  const { amazon, boxes } = order;
  const all = amazon.packages();
  return [
    ...amazon.ids
      .filter((id) => sum(all.map(({ units }) => units[id] ?? 0)) > amazon.toShip(id))
      .map((id) => `Amazon has more of ${id} than is to be shipped`),
    ...boxes
      .filter((box) => packagesOf(order, box).length > 1)
      .map((box) => `box ${numbersOf(box)} is at Amazon more than once`),
    ...all
      .filter(({ number }) => !boxes.some(({ numbers }) => numbers.includes(number)))
      .map(({ number }) => `Amazon has ${number}, which nobody packed`),
    ...amazon.unasked.map((what) => `Amazon was asked for what it had shown as gone: ${what}`),
  ];
}

/** Whatever has left and fits is there as its source tells it, a hold or not. */
function boxesAtAmazon(order: ModelOrder, { attention }: OrderState): string[] {
  const { amazon, isOver } = order;
  const isUnverified = known(order)?.status === 'PENDING';
  if (amazon.status() === 'CANCELLED' || isOver || isUnverified) return [];
  const isAway = attention.some(({ reason }) => reason === 'amazonUnreachable');
  const own = order.boxes.filter(({ system, numbers }) => system !== 'amazon' && numbers.length > 0);
  return own.flatMap((box) => {
    const [shown] = packagesOf(order, box);
    if (isAway) return [];
    if (!shown) {
      const contents = linesOf(box.isRecounted ? box.said : box.units);
      const room = amazon.openUnits();
      const fits = contents.every(({ orderItemId, quantity }) => quantity <= (room[orderItemId] ?? 0));
      return fits && contents.length > 0 ? [`box ${numbersOf(box)} has left, fits and is not at Amazon`] : [];
    }
    // What the seller packed himself may be part of what a source calls one box.
    const isSure = !box.isRecounted && order.boxes.every(({ system }) => system !== 'amazon');
    const isAsTold =
      (!isSure || contentsKey(linesOf(shown.units)) === contentsKey(linesOf(box.units))) &&
      shown.number === box.numbers.at(-1) &&
      shown.carrier === box.carrier &&
      shown.shippedAt === box.shippedAt;
    return isAsTold ? [] : [`box ${numbersOf(box)} is at Amazon as ${JSON.stringify(shown)}`];
  });
}

function commerceOrder({ commerce }: ModelOrder): string[] {
  return [
    ...(commerce.created() > 1 ? [`${commerce.created()} Commerce orders`] : []),
    ...(commerce.numbers.size > 1 ? ['two numbers for the Commerce order'] : []),
  ];
}

const shipmentObstacles: readonly AttentionReason[] = [
  'shipmentRefused',
  'refused',
  'commerceUnreachable',
  'cancelledInCommerce',
  'heldInCommerce',
];

/** Unit by unit what the boxes hold: Commerce's own and those that Amazon has. */
function shipmentsInCommerce(
  order: ModelOrder,
  { commerce, recorded, attention, parcels }: OrderState,
): string[] {
  const shown = known(order);
  const isDisputed =
    attention.some(({ reason }) => shipmentObstacles.includes(reason)) ||
    shipmentObstacles.some((reason) => order.acknowledged.has(reason)) ||
    order.boxes.some(({ isRecounted }) => isRecounted);
  if (!commerce || recorded || !shown || isDone(order) || isStopped(commerce) || isDisputed) return [];
  const packed = (id: string) => sum(order.boxes.map((box) => shipmentUnits(order, box, parcels)[id] ?? 0));
  return order.amazon.ids
    .filter((id) => order.commerce.shipped(id) !== packed(id))
    .map((id) => `Commerce has shipped ${order.commerce.shipped(id)} of ${id}, the boxes hold ${packed(id)}`);
}

/** What the box adds to the Commerce shipments. */
function shipmentUnits(order: ModelOrder, box: Box, parcels: OrderState['parcels']): Units {
  if (box.isPartOfShipment) return {};
  if (box.system === 'commerce') {
    const own = parcels.filter(({ commerceShipmentId }) => commerceShipmentId === box.shipmentId);
    const isOwn = ({ trackingNumber }: Parcel) =>
      trackingNumber === '' || box.numbers.includes(trackingNumber);
    // Without a number, it is the shipment of whatever parcel holds the same.
    return own.length === 0 || own.some(isOwn) ? box.said : {};
  }
  const isKnown = parcels.some(({ trackingNumber }) => box.numbers.includes(trackingNumber));
  const [shown] = isKnown ? packagesOf(order, box) : [];
  return shown?.units ?? {};
}

const wasTold = ({ acknowledged }: ModelOrder, { attention }: OrderState, ...wanted: AttentionReason[]) =>
  wanted.some((reason) => acknowledged.has(reason) || attention.some((each) => each.reason === reason));

function cancelledEverywhere(order: ModelOrder, state: OrderState): string[] {
  if (!isDone(order)) return [];
  const { commerce, erp } = order;
  const isTold = wasTold(order, state, 'cancelledAfterShipping', 'cancellationIncomplete');
  const stands = commerce.state();
  return [
    ...(state.completed ? [] : ['Amazon has cancelled the order, and it is not over']),
    ...(state.handOff.underWay ? ['a submission is still under way'] : []),
    ...(stands === undefined || stands === 'canceled' || stands === 'closed' || isTold
      ? []
      : [`cancelled at Amazon, the Commerce order is ${stands}`]),
    ...(!erp.isLive() || erp.isStopAsked() || isTold
      ? []
      : [`cancelled at Amazon, the ERP order is ${erp.stage()}`]),
  ];
}

/** Whatever way the table has from one to the other. */
function isReachable(from: ChannelStatus, to: ChannelStatus): boolean {
  const next = Object.values(channelTransitions[from]).filter((each) => each !== from);
  return from === to || next.some((each) => isReachable(each, to));
}

function status(order: ModelOrder, before: OrderState | undefined, now: OrderState): string[] {
  const from = before?.channelStatus ?? 'Pending';
  const { channelStatus: to } = now;
  const amazon = known(order)?.status ?? 'PENDING';
  const wanted: Partial<Record<typeof amazon, readonly ChannelStatus[]>> = {
    PENDING: ['Pending'],
    UNSHIPPED: channelStatuses.filter((each) => each !== 'Pending' && each !== 'Canceled'),
    CANCELLED: ['Canceled'],
  };
  return [
    ...(isReachable(from, to) ? [] : [`the status went from ${from} to ${to}`]),
    ...((wanted[amazon] ?? channelStatuses).includes(to) ? [] : [`Amazon says ${amazon}, the channel ${to}`]),
    ...(to === 'Shipped' && order.amazon.status() !== 'SHIPPED'
      ? [`the channel says Shipped, Amazon is ${order.amazon.status()}`]
      : []),
  ];
}

const obstacles: Readonly<Record<string, (state: OrderState) => boolean>> = {
  'it is held': ({ held }) => held,
  'it is being cancelled': ({ cancelRequest }) => cancelRequest !== undefined,
  'the buyer’s wish is open': ({ attention }) =>
    attention.some(({ reason }) => reason === 'cancellationRequested'),
  'Commerce has stopped it': ({ commerce }) => commerce !== undefined && isStopped(commerce),
  'something has left': ({ parcels, handOff }) =>
    handOff.again === undefined &&
    parcels.some(({ shippedBeforeImport, lines }) => !shippedBeforeImport && lines.length > 0),
};

function submissions(before: Rest, now: Rest): string[] {
  if (before.submissions === now.submissions) return [];
  return Object.entries(obstacles)
    .filter(([, stops]) => stops(before.state) && stops(now.state))
    .map(([what]) => `submitted to the ERP although ${what}`);
}

const never = () => false;
/** Only after some attempts that followed each other at once. */
const waitsForRetry = ({ waits: { settling: _, confirmation: __, ...waits } }: OrderState) =>
  Object.values(waits).some((at) => Date.parse(at) > Date.now());
const isAmazonOpen = (order: ModelOrder) => !isDone(order) && known(order)?.status !== 'SHIPPED';

/** When each reason may stand. */
const reasons: Readonly<Record<AttentionReason, (order: ModelOrder, state: OrderState) => boolean>> = {
  blocked: ({ commerce }) => commerce.created() === 0,
  totalsDiffer: never,
  numberTaken: never,
  totalChanged: never,
  commerceUnreachable: (_, state) => waitsForRetry(state),
  erpUnreachable: (_, state) => waitsForRetry(state),
  amazonUnreachable: (_, state) => waitsForRetry(state),
  refused: (_, state) => waitsForRetry(state),
  accountProblem: never,
  readOnly: never,
  incompleteOrder: never,
  erpRejected: ({ erp }) => erp.stage() === 'rejected' || erp.stage() === 'cancelled',
  notHandedOff: ({ plan, boxes }) => plan.hasErp && boxes.length > 0,
  shipmentRefused: (_, { parcels }) =>
    parcels.some(({ objection, difference }) => objection !== undefined || difference !== undefined),
  shipmentUnconfirmed: (_, { parcels }) => parcels.some(({ amazon }) => amazon === 'sent'),
  notComplete: ({ commerce }, { completed }) => !completed && commerce.state() !== 'complete',
  cancellationRequested: (order) => order.amazon.wish().length > 0 && isAmazonOpen(order),
  cancelledAfterShipping: (order) => isDone(order) && order.boxes.length > 0,
  cancellationIncomplete: ({ amazon, erp, commerce, trace }) =>
    amazon.ids.length > 0 &&
    (trace.some((each) => each.includes('cancel')) || erp.isLive() || commerce.created() > 0),
  cancelledInCommerce: ({ commerce }) => commerce.state() === 'canceled' || commerce.state() === 'closed',
  heldInCommerce: ({ commerce }) => commerce.state() === 'holded',
  differsFromAdopted: never,
  stockCheck: (_, { recorded }) => recorded === true,
  stockUnknown: never,
  restarted: never,
  shipByAtRisk: never,
  late: (order) => order.plan.isLate && isAmazonOpen(order),
};
