import type { CancelErpOrderResult, SubmitOrderResult } from '../../activities/contracts/erp';
import { withLeft } from '../../domain/left-order';
import { isEmpty } from '../../domain/parcel';
import { withCommerceSkus } from '../../domain/sku-map';
import { erpActivities } from '../proxies';
import { attempt } from './attempts';
import { mayBeCancelled } from './buyer-wish';
import { isStoppedInCommerce } from './commerce-changes';
import type { OrderState } from './contract';
import { acceptedByErp, rejectedByErp, stoppedByErp } from './erp-changes';
import { addNote, isOrderCancelled, orderOf, policyOf, raise, skuMapOf } from './state';
import { until } from './waits';

/**
 * Until the ERP has accepted the order, or nobody needs it to: runs beside shipping, so that a slow or broken ERP
 * never delays a parcel. Once something has left, an order that is not accepted is not submitted by itself any more.
 */
export async function handOff(state: OrderState, isShipped: () => boolean): Promise<void> {
  const erp = state.handOff.erp ?? policyOf(state).erp;
  if (erp === undefined || orderOf(state).fulfilledBy === 'AMAZON') return spare(state);
  const ended = () => isOrderCancelled(state) || isShipped();
  const isDue = () => state.handOff.stage === 'open' && (!isHandOffPaused(state) || isMissed(state));
  while (!ended()) {
    await until(() => ended() || isDue());
    if (ended()) break;
    if (isMissed(state)) miss(state);
    else await submit(state, erp, ended);
  }
  if (isOrderCancelled(state) || state.handOff.stage !== 'open') return;
  if (hasLeft(state) || state.handOff.erp !== undefined) miss(state);
  else spare(state);
}

/** It goes to no ERP: the settings name none, or it had left before anybody could have handed it over. */
function spare(state: OrderState): void {
  if (state.handOff.stage === 'open') state.handOff = { ...state.handOff, stage: 'none' };
}

/** Once something has left, the ERP could ship it a second time. */
const isMissed = (state: OrderState) => hasLeft(state) && !state.handOff.again;

function miss(state: OrderState): void {
  state.handOff = { ...state.handOff, stage: 'missed' };
  raise(
    state,
    'notHandedOff',
    'A parcel left before the ERP had accepted the order, so it was not submitted: tell the ERP by hand what was shipped, or hand it the rest.',
  );
}

/** By an operator, in Commerce, or because the order may be cancelled. */
export const isHandOffPaused = (state: OrderState) =>
  state.held || mayBeCancelled(state) || isStoppedInCommerce(state);

/** A parcel left since the order stands in Commerce. */
const hasLeft = (state: OrderState) =>
  state.parcels.some((parcel) => !parcel.shippedBeforeImport && !isEmpty(parcel));

async function submit(state: OrderState, erp: string, ended: () => boolean): Promise<void> {
  const { account, commerce } = state;
  const { revision } = state.handOff;
  // The ERP's decision can overtake its receipt, and the operator's retry both.
  const isAsked = () => state.handOff.stage === 'open' && state.handOff.revision === revision;
  const abandoned = () => ended() || isHandOffPaused(state) || isMissed(state) || !isAsked();
  state.handOff = { ...state.handOff, erp };
  const result = await attempt(state, { wait: 'handOff', system: 'ERP', abandoned }, async () => {
    state.handOff = { ...state.handOff, underWay: true };
    try {
      return await erpActivities(erp).submitOrder.executeWithOptions(
        { summary: 'Hand the order to the ERP' },
        [
          {
            erp,
            account,
            order: withCommerceSkus(withLeft(orderOf(state), state.parcels), skuMapOf(state)),
            revision,
            ...(commerce && { commerceOrderNumber: commerce.number }),
          },
        ],
      );
    } finally {
      const { underWay: _, ...settled } = state.handOff;
      state.handOff = settled;
    }
  });
  if (result && isAsked()) take(state, result);
}

function take(state: OrderState, result: SubmitOrderResult): void {
  switch (result.kind) {
    case 'accepted':
      acceptedByErp(state, result.erpOrderNumber);
      return;
    case 'pending':
      state.handOff = { ...state.handOff, stage: 'submitted' };
      addNote(state, 'The ERP has received the order and has not decided yet.');
      return;
    case 'rejected':
      rejectedByErp(state, result);
      return;
  }
}

/** It may have the order: an attempt whose answer was lost may have reached it. */
export const isInErp = ({ handOff: { erp, stage } }: OrderState): boolean =>
  erp !== undefined && stage !== 'rejected' && stage !== 'cancelled';

/** Undefined where it was abandoned. What is pending is answered by an event. */
export async function askErpToStop(
  state: OrderState,
  reason: string,
  abandoned?: () => boolean,
): Promise<CancelErpOrderResult | undefined> {
  const { account, amazonOrderId } = state;
  const { erp, erpOrderNumber, stopRefused: _, ...rest } = state.handOff;
  if (erp === undefined) return undefined;
  const revision = (rest.stops ?? 0) + 1;
  state.handOff = { ...rest, erp, ...(erpOrderNumber !== undefined && { erpOrderNumber }), stops: revision };
  const step = { wait: 'cancellation', system: 'ERP', ...(abandoned && { abandoned }) } as const;
  const result = await attempt(state, step, () =>
    erpActivities(erp).cancelErpOrder.executeWithOptions({ summary: 'Ask the ERP to stop' }, [
      {
        erp,
        account,
        amazonOrderId,
        reason,
        revision,
        ...(erpOrderNumber !== undefined && { erpOrderNumber }),
      },
    ]),
  );
  if (result?.kind === 'cancelled') stoppedByErp(state);
  const isOpen = isInErp(state) && state.handOff.stopRefused === undefined;
  if (result?.kind === 'pending' && isOpen) state.handOff = { ...state.handOff, stopAsked: true };
  return result;
}
