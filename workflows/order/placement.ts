import type { PlacementResult } from '../../activities/contracts/commerce';
import { commerceAmounts } from '../../domain/amounts';
import { type Blocker, describeBlocker, isEnded, type Pinned } from '../../domain/commerce-order';
import { markImported } from '../../domain/imported-parcels';
import { formatMinor } from '../../domain/money';
import { type AmazonOrder, isVerified } from '../../domain/order';
import type { SkuMap } from '../../domain/sku-map';
import { commerceActivities, getOrderActivities } from '../proxies';
import { attempt, nextTry, waitForTurn } from './attempts';
import { mayBeCancelled } from './buyer-wish';
import type { OrderState } from './contract';
import { takeDelivery, takePolicy } from './deliveries';
import { forgetBuyerInTime, forgettingAt } from './forgetting';
import { noteChanges, noteSurplus } from './order-changes';
import { keepParcels } from './parcels';
import { mappedMeanwhile } from './sku-mapping';
import { addNote, isOrderCancelled, orderOf, policyOf, raise, resolve, skuMapOf } from './state';
import { allocate, checkUnseen, mayReserve, reserve, stockCheckOf } from './stock';
import { until } from './waits';

/** Until Amazon has verified the payment, or cancelled the order. FBA orders wait for Amazon's shipment. */
export async function verification(state: OrderState): Promise<void> {
  const isDecided = () => {
    const order = state.delivery?.order;
    if (!order) return false;
    if (isOrderCancelled(state)) return true;
    return order.fulfilledBy === 'AMAZON' ? order.status === 'SHIPPED' : isVerified(order);
  };
  while (!isDecided()) {
    await until(() => isDecided() || mayReserve(state));
    if (mayReserve(state)) await reserve(state, isDecided);
  }
}

/** Until the order stands in Commerce: blocked orders go through once the cause is gone. */
export async function placement(state: OrderState): Promise<void> {
  const abandoned = () => isOrderCancelled(state);
  for (let blocked = 0; !state.commerce && !abandoned(); blocked += 1) {
    await untilGoingOn(state, abandoned);
    if (!(await hasItsData(state, abandoned))) break;
    if (state.reread) await reconsider(state, abandoned);
    state.pinned ??= pin(state);
    const stopped = () => isPaused(state) || state.reread === true || abandoned();
    await waitForTurn(state, 'placement', stopped);
    // What is pinned may have been given up meanwhile.
    if (stopped()) continue;
    const placing = await place(state, state.pinned, stopped);
    if (placing) take(state, placing, blocked);
  }
  resolve(state, ...obstacles);
}

/** Amazon may end an order that stays held. */
async function untilGoingOn(state: OrderState, abandoned: () => boolean): Promise<void> {
  const goesOn = () => !isPaused(state) || abandoned();
  while (!goesOn()) {
    forgetBuyerInTime(state);
    const at = forgettingAt(state);
    await until(() => goesOn() || forgettingAt(state) !== at, at, 'Until the buyer is forgotten');
  }
}

/** By an operator, or because the order may be cancelled. */
const isPaused = (state: OrderState) => state.held || mayBeCancelled(state);

/** Amazon shows the address of a merchant's order at times later than its status. */
async function hasItsData(state: OrderState, abandoned: () => boolean): Promise<boolean> {
  // What has left needs no address, and Amazon takes those of old orders away.
  const isComplete = () => {
    const { fulfilledBy, status, shipTo } = orderOf(state);
    return fulfilledBy === 'AMAZON' || status === 'SHIPPED' || shipTo !== undefined;
  };
  if (!isComplete() && !abandoned()) {
    raise(
      state,
      'incompleteOrder',
      'Amazon shows no address for this order yet: if this stays so, check the roles of the Amazon application.',
    );
    await until(() => isComplete() || abandoned());
  }
  resolve(state, 'incompleteOrder');
  return !abandoned();
}

/** What was pinned is decided anew: the account's settings ride on what is read of its orders. */
async function reconsider(state: OrderState, abandoned: () => boolean): Promise<void> {
  const { account, amazonOrderId } = state;
  const delivery = await attempt(state, { wait: 'placement', system: 'Amazon', abandoned }, () =>
    getOrderActivities(account).readOrder.executeWithOptions({ summary: 'Read the order at Amazon' }, [
      { account, amazonOrderId },
    ]),
  );
  delete state.reread;
  if (!delivery) return;
  takeDelivery(state, delivery);
  state.pinned = pin(state);
}

/** What serves as a key in Commerce is decided here once: a change of settings must not make a second order. */
function pin(state: OrderState): Pinned {
  const { commerce, store, orderNumber, customer } = policyOf(state);
  const incrementId = orderNumber.source === 'amazon' ? orderNumber.prefix + state.amazonOrderId : null;
  return { commerce, store, incrementId, customer };
}

async function place(
  state: OrderState,
  pinned: Pinned,
  stopped: () => boolean,
): Promise<Placing | undefined> {
  const { account } = state;
  const skuMapBefore = skuMapOf(state);
  // Another SKU needs other stock.
  const abandoned = () => stopped() || mappedMeanwhile(state, skuMapBefore).length > 0;
  const { placeOrder } = commerceActivities(pinned.commerce);
  const step = { wait: 'placement', system: 'Commerce', abandoned } as const;
  // Where Amazon's sums do not add up, nothing is written anywhere: no stock moves.
  const addsUp = commerceAmounts(orderOf(state)).kind === 'amounts';
  const lacking = addsUp ? await allocate(state, pinned, step) : [];
  if (lacking.length > 0) return blockedBy(state, lacking);
  return attempt(state, step, async () => {
    const order = orderOf(state);
    const { orderStatus } = policyOf(state);
    const skuMap = skuMapOf(state);
    const stock = stockCheckOf(state);
    const result = await placeOrder.executeWithOptions({ summary: 'Create the Commerce order' }, [
      {
        account,
        order,
        pinned,
        orderStatus,
        ...(Object.keys(skuMap).length > 0 && { skuMap }),
        ...(stock && { stock }),
      },
    ]);
    takePolicy(state, result.policy);
    return { order, skuMap, result };
  });
}

const blockedBy = (state: OrderState, blockers: readonly Blocker[]): Placing => ({
  order: orderOf(state),
  skuMap: skuMapOf(state),
  result: { kind: 'blocked', blockers },
});

/** What was asked beside what came of it: order and mapping can change in between. */
interface Placing {
  readonly order: AmazonOrder;
  readonly skuMap: SkuMap;
  readonly result: PlacementResult;
}

const obstacles = ['blocked', 'totalsDiffer', 'numberTaken'] as const;

function take(state: OrderState, { order, skuMap, result }: Placing, blocked: number): void {
  const late = mappedMeanwhile(state, skuMap);
  switch (result.kind) {
    case 'placed':
      state.commerce = result.commerce;
      delete state.reread;
      noteChanges(state, order, orderOf(state));
      if (Object.keys(skuMap).length > 0 || state.skuMap) state.skuMap = skuMap;
      keepParcels(state, markImported(state.parcels, order.packages, result.commerce));
      if (order.status === 'SHIPPED' && isEnded(result.commerce)) state.recorded = true;
      describePlacement(state, result, late);
      if (!state.recorded && result.surplus) noteSurplus(state, result.commerce, result.surplus);
      // What another tool made and shipped took its stock.
      if (state.recorded && !result.adopted && order.fulfilledBy === 'MERCHANT') checkUnseen(state);
      return;
    case 'blocked':
      stop(
        state,
        'blocked',
        `${result.blockers.map(describeBlocker).join('; ')}. It is tried again by itself.`,
      );
      break;
    case 'totalsDiffer':
      stop(state, 'totalsDiffer', describeDifference(state, result.expectedMinor, result.computedMinor));
      break;
    case 'numberTaken':
      stop(state, 'numberTaken', describeTakenNumber(state, result));
      break;
  }
  if (late.length === 0) state.waits.placement = nextTry(state, blocked);
}

/** One obstacle at a time. */
function stop(state: OrderState, reason: (typeof obstacles)[number], note: string): void {
  resolve(state, ...obstacles.filter((other) => other !== reason));
  raise(state, reason, note);
}

function describePlacement(
  state: OrderState,
  result: PlacementResult & { kind: 'placed' },
  late: readonly string[],
): void {
  const { number } = result.commerce;
  addNote(state, result.adopted ? `Commerce order ${number} found.` : `Commerce order ${number} created.`);
  if (result.note !== undefined) addNote(state, result.note);
  const differences = [...result.differences, ...late].join(' ');
  if (differences === '') return;
  raise(
    state,
    'differsFromAdopted',
    result.adopted
      ? `Commerce order ${number} was there already and differs from Amazon’s: ${differences} Compare the two.`
      : `Commerce keeps order ${number} otherwise than it was sent: ${differences} Compare it with Amazon’s.`,
  );
}

function describeTakenNumber(
  state: OrderState,
  { number, entityId, extOrderId }: PlacementResult & { kind: 'numberTaken' },
): string {
  const whose = extOrderId === null ? 'no ext_order_id' : `ext_order_id ${extOrderId}`;
  return `Commerce order ${number} (entity id ${entityId}, ${whose}) has the number that Amazon order ${state.amazonOrderId} is to get: nothing was written. If it is the same order, set its ext_order_id to Amazon’s order id; if not, set another prefix in the settings, then retry the order.`;
}

function describeDifference(state: OrderState, expectedMinor: number, computedMinor: number): string {
  const currency = orderOf(state).currency ?? 'USD';
  const text = (minor: number) => `${formatMinor(minor, currency)} ${currency}`;
  const whose =
    expectedMinor === (orderOf(state).totalMinor ?? 0) ? 'Amazon’s total' : 'Amazon’s total of a line';
  return `${whose} is ${text(expectedMinor)}, its charges make ${text(computedMinor)}, a difference of ${text(
    expectedMinor - computedMinor,
  )}: nothing was written to Commerce. It is tried again by itself.`;
}
