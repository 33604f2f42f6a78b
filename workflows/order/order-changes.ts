import { type CancelledUnits, cancelledUnits, explainTotal } from '../../domain/cancelled-units';
import type { PlacedOrder } from '../../domain/commerce-order';
import { formatMinor } from '../../domain/money';
import type { AmazonOrder } from '../../domain/order';
import type { OrderState } from './contract';
import { isInErp } from './hand-off';
import { addNote, raise, raiseAlso } from './state';

/** What Amazon changed of an order since it was made in Commerce: units that it cancelled, or else its total. */
export function noteChanges(state: OrderState, before: AmazonOrder, after: AmazonOrder): void {
  if (!state.commerce || after.status === 'CANCELLED') return;
  const cancelled = cancelledUnits(before, after);
  if (cancelled.length > 0) {
    const units = inWords(cancelled);
    state.shrunk = true;
    addNote(state, `Amazon cancelled ${units}; the rest stays.`);
    if (isInErp(state)) {
      raiseAlso(
        state,
        'cancellationIncomplete',
        `Amazon cancelled ${units} after the ERP had got the order: see that the ERP does not ship it.`,
      );
    }
  }
  if (before.totalMinor === after.totalMinor || (cancelled.length > 0 && explainTotal(before, after))) return;
  raise(
    state,
    'totalChanged',
    `Amazon’s total changed from ${totalOf(before)} to ${totalOf(after)} after the Commerce order was created: compare the two orders.`,
  );
}

const totalOf = ({ totalMinor, currency }: AmazonOrder): string =>
  totalMinor === null || currency === null ? 'no total' : `${formatMinor(totalMinor, currency)} ${currency}`;

/** What Amazon had cancelled before the Commerce order was found, which has it still. */
export function noteSurplus(
  state: OrderState,
  { number }: PlacedOrder,
  surplus: readonly CancelledUnits[],
): void {
  state.shrunk = true;
  addNote(
    state,
    `Commerce order ${number} has ${inWords(surplus)} more than Amazon’s: that is taken off there once the rest is shipped.`,
  );
}

const inWords = (units: readonly CancelledUnits[]): string =>
  units.map(({ quantity, sku }) => `${quantity} × ${sku}`).join(', ');
