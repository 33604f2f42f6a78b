import type { TransferStockInput } from '../../activities/contracts/stock';
import {
  type AllocatedStock,
  describeQuantities,
  describeUnits,
  hasUnits,
  type StockMove,
  type Units,
} from '../../domain/stock';

/** What the operator is told about units that are not where they should be. */
export const placedBefore = ({ shop }: AllocatedStock, number: string) =>
  `Commerce order ${number} was there before the channel moved stock for it: see that its units are at source ${shop.allocation}, or move them there from ${shop.origin}.`;

export function unanswered(
  { shop }: AllocatedStock,
  { direction, units }: Pick<TransferStockInput, 'direction' | 'units'>,
  moves: readonly StockMove[],
): string {
  const ways = [shop.origin, shop.allocation];
  const [from = '', to = ''] = direction === 'allocate' ? ways : ways.toReversed();
  const seen = moves.length > 0 ? ` (${describeQuantities(moves)})` : '';
  return `Commerce did not tell whether it moved ${describeUnits(units)} from source ${from} to ${to}${seen}: compare both quantities, and put them right by hand.`;
}

export const keptBack = ({ shop }: AllocatedStock, units: Units) =>
  `${describeUnits(units)} did not go back to source ${shop.origin}, because ${shop.allocation} has no more than its buffer unit: compare both quantities.`;

export const notReturned = ({ commerce, shop }: AllocatedStock, units: Units) =>
  `Commerce ${commerce} refused to move ${describeUnits(units)} back from source ${shop.allocation} to ${shop.origin}: compare both quantities.`;

/** @param others what left without having been moved */
export function leftUnseen(stock: AllocatedStock | undefined, moved: Units, others: Units): string {
  if (!stock || !hasUnits(moved))
    return 'The order had left before the channel saw it, so Commerce took no stock for it: check the stock of its SKUs.';
  const rest = hasUnits(others) ? ` Nor did Commerce take stock for ${describeUnits(others)}: check it.` : '';
  return `The order left before its Commerce order was made, so nothing takes ${describeUnits(moved)} off source ${stock.shop.allocation}: correct that by hand.${rest}`;
}
