import type { SubmitOrderResult } from '../../activities/contracts/erp';
import { withCommerceSkus } from '../../domain/sku-map';
import { erpActivities } from '../proxies';
import { attempt } from './attempts';
import type { OrderState } from './contract';
import { acceptedByErp, rejectedByErp } from './messages';
import { addNote, isOrderCancelled, orderOf, policyOf, raise, skuMapOf } from './state';
import { until } from './waits';

/**
 * Until the ERP has accepted the order, or nobody needs it to: runs beside shipping, so that a slow or broken ERP
 * never delays a parcel. Once something has left, an order that is not accepted is not submitted by itself any more.
 */
export async function handOff(state: OrderState, isShipped: () => boolean): Promise<void> {
  const erp = state.handOff.erp ?? policyOf(state).erp;
  if (erp === undefined) {
    if (state.handOff.stage === 'open') state.handOff = { ...state.handOff, stage: 'none' };
    return;
  }
  const ended = () => isOrderCancelled(state) || isShipped();
  const isOpen = () => state.handOff.stage === 'open';
  for (;;) {
    await until(() => ended() || (isOpen() && (!state.held || hasLeft(state))) || isDecided(state));
    if (isOrderCancelled(state) || !isOpen()) return;
    if (hasLeft(state) || isShipped()) {
      raise(
        state,
        'notHandedOff',
        'A parcel left before the ERP had accepted the order, so it was not submitted: tell the ERP by hand what was shipped.',
      );
      return;
    }
    await submit(state, erp, ended);
  }
}

const isDecided = (state: OrderState) =>
  state.handOff.stage === 'accepted' || state.handOff.stage === 'cancelled';

/** A parcel left since the order stands in Commerce. */
const hasLeft = (state: OrderState) => state.parcels.some(({ shippedBeforeImport }) => !shippedBeforeImport);

async function submit(state: OrderState, erp: string, ended: () => boolean): Promise<void> {
  const abandoned = () => ended() || state.held || hasLeft(state);
  const { account, commerce } = state;
  const { revision } = state.handOff;
  state.handOff = { ...state.handOff, erp };
  const result = await attempt(state, { wait: 'handOff', system: 'ERP', abandoned }, () =>
    erpActivities(erp).submitOrder.executeWithOptions({ summary: 'Hand the order to the ERP' }, [
      {
        erp,
        account,
        order: withCommerceSkus(orderOf(state), skuMapOf(state)),
        revision,
        ...(commerce && { commerceOrderNumber: commerce.number }),
      },
    ]),
  );
  // The ERP's decision can overtake its receipt, and the operator's retry both.
  const isAsked = state.handOff.stage === 'open' && state.handOff.revision === revision;
  if (result && isAsked) take(state, result);
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
