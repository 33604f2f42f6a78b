import type { PlacementResult } from '../../activities/contracts/commerce';
import { describeBlocker, isEnded, type Pinned } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import { type AmazonOrder, isVerified } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { commerceActivities, getOrderActivities } from '../proxies';
import { attempt, nextTry } from './attempts';
import type { OrderState } from './contract';
import { takeDelivery } from './deliveries';
import { addNote, isOrderCancelled, orderOf, policyOf, raise, resolve } from './state';
import { until } from './waits';

/** Until Amazon has verified the payment, or cancelled the order. FBA orders wait for Amazon's shipment. */
export async function verification(state: OrderState): Promise<void> {
  await until(() => {
    const order = state.delivery?.order;
    if (!order) return false;
    if (isOrderCancelled(state)) return true;
    return order.fulfilledBy === 'AMAZON' ? order.status === 'SHIPPED' : isVerified(order);
  });
}

/** Until the order stands in Commerce: blocked orders go through once the cause is gone. */
export async function placement(state: OrderState): Promise<void> {
  const abandoned = () => isOrderCancelled(state);
  for (let blocked = 0; !state.commerce && !abandoned(); blocked += 1) {
    await until(() => !state.held || abandoned());
    if (!(await hasItsData(state, abandoned))) break;
    if (state.reread) await reread(state, abandoned);
    state.pinned ??= pin(state);
    const placing = await place(
      state,
      state.pinned,
      () => state.held || state.reread === true || abandoned(),
    );
    if (placing) take(state, placing, blocked);
  }
  resolve(state, 'blocked', 'totalsDiffer');
}

/** Amazon shows the address of a merchant's order at times later than its status. */
async function hasItsData(state: OrderState, abandoned: () => boolean): Promise<boolean> {
  const isComplete = () => orderOf(state).fulfilledBy === 'AMAZON' || orderOf(state).shipTo !== undefined;
  if (!isComplete() && !abandoned()) {
    raise(
      state,
      'incompleteOrder',
      'Amazon shows no address for this order yet: if this stays so, check the roles of the Amazon application.',
    );
    await until(() => isComplete() || abandoned());
    resolve(state, 'incompleteOrder');
  }
  return !abandoned();
}

/** The account's settings ride on what is read of its orders. */
async function reread(state: OrderState, abandoned: () => boolean): Promise<void> {
  const { account, amazonOrderId } = state;
  const delivery = await attempt(state, { wait: 'placement', system: 'Amazon', abandoned }, () =>
    getOrderActivities(account).readOrder.executeWithOptions({ summary: 'Read the order at Amazon' }, [
      { account, amazonOrderId },
    ]),
  );
  if (delivery) takeDelivery(state, delivery);
  delete state.reread;
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
  abandoned: () => boolean,
): Promise<Placing | undefined> {
  const { account } = state;
  const { findOrCreateCustomer, placeOrder } = commerceActivities(pinned.commerce);
  const step = { wait: 'placement', system: 'Commerce', abandoned } as const;
  if (pinned.customer === 'newAccount' && state.customerId === undefined) {
    const found = await attempt(state, step, () =>
      findOrCreateCustomer.executeWithOptions({ summary: 'Find or create the customer' }, [
        { account, pinned, order: orderOf(state) },
      ]),
    );
    if (!found) return undefined;
    if (found.kind === 'customer') state.customerId = found.customerId;
  }
  const { customerId } = state;
  return attempt(state, step, async () => {
    const order = orderOf(state);
    const { orderStatus } = policyOf(state);
    const result = await placeOrder.executeWithOptions({ summary: 'Create the Commerce order' }, [
      { account, order, pinned, orderStatus, ...(customerId !== undefined && { customerId }) },
    ]);
    return { order, result };
  });
}

/** What was asked beside what came of it: the order can change at Amazon in between. */
interface Placing {
  readonly order: AmazonOrder;
  readonly result: PlacementResult;
}

function take(state: OrderState, { order, result }: Placing, blocked: number): void {
  switch (result.kind) {
    case 'placed':
      state.commerce = result.commerce;
      state.parcels = state.parcels.map((parcel) =>
        isAmong(order, parcel) ? { ...parcel, shippedBeforeImport: true } : parcel,
      );
      if (order.status === 'SHIPPED' && isEnded(result.commerce)) state.recorded = true;
      describePlacement(state, result);
      return;
    case 'blocked':
      resolve(state, 'totalsDiffer');
      raise(
        state,
        'blocked',
        `${result.blockers.map(describeBlocker).join('; ')}. It is tried again by itself.`,
      );
      break;
    case 'totalsDiffer':
      resolve(state, 'blocked');
      raise(state, 'totalsDiffer', describeDifference(state, result.expectedMinor, result.computedMinor));
      break;
  }
  state.waits.placement = nextTry(state, blocked);
}

const isAmong = ({ packages }: AmazonOrder, { source, packageReferenceId }: Parcel) =>
  source.system === 'amazon' && packages.some((each) => each.packageReferenceId === packageReferenceId);

function describePlacement(state: OrderState, result: PlacementResult & { kind: 'placed' }): void {
  const { number } = result.commerce;
  addNote(state, result.adopted ? `Commerce order ${number} found.` : `Commerce order ${number} created.`);
  if (result.differences.length === 0) return;
  const differences = result.differences.join(' ');
  raise(
    state,
    'differsFromAdopted',
    result.adopted
      ? `Commerce order ${number} was there already and differs from Amazon’s: ${differences} Compare the two.`
      : `Commerce keeps order ${number} otherwise than it was sent: ${differences} Compare it with Amazon’s.`,
  );
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
