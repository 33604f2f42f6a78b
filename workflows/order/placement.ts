import type { PlacementResult } from '../../activities/contracts/commerce';
import { describeBlocker, isEnded, type Pinned } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import { isVerified } from '../../domain/order';
import { commerceActivities } from '../proxies';
import { attempt, nextTry } from './attempts';
import type { OrderState } from './contract';
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
    state.pinned ??= pin(state);
    const result = await place(state, state.pinned, () => state.held || abandoned());
    if (result) take(state, result, blocked);
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
): Promise<PlacementResult | undefined> {
  const { findOrCreateCustomer, placeOrder } = commerceActivities(pinned.commerce);
  const step = { wait: 'placement', system: 'Commerce', abandoned } as const;
  if (pinned.customer === 'newAccount' && state.customerId === undefined) {
    const found = await attempt(state, step, () =>
      findOrCreateCustomer.executeWithOptions({ summary: 'Find or create the customer' }, [
        { pinned, order: orderOf(state) },
      ]),
    );
    if (!found) return undefined;
    if (found.kind === 'customer') state.customerId = found.customerId;
  }
  const { account, customerId } = state;
  return attempt(state, step, () =>
    placeOrder.executeWithOptions({ summary: 'Create the Commerce order' }, [
      {
        account,
        order: orderOf(state),
        pinned,
        orderStatus: policyOf(state).orderStatus,
        ...(customerId !== undefined && { customerId }),
      },
    ]),
  );
}

function take(state: OrderState, result: PlacementResult, blocked: number): void {
  switch (result.kind) {
    case 'placed':
      state.commerce = result.commerce;
      state.parcels = state.parcels.map((parcel) =>
        parcel.source.system === 'amazon' ? { ...parcel, shippedBeforeImport: true } : parcel,
      );
      if (orderOf(state).status === 'SHIPPED' && isEnded(result.commerce)) state.recorded = true;
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
