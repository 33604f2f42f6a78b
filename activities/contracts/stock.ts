import type { Blocker } from '../../domain/commerce-order';
import type { OrderPolicy } from '../../domain/settings';
import type { SkuMap } from '../../domain/sku-map';
import type { ShopStock, StockMove, TransferDirection, Units } from '../../domain/stock';

export interface TransferStockInput {
  readonly account: string;
  readonly commerce: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly direction: TransferDirection;
  /** Code of a store view that gets the orders. */
  readonly store: string;
  readonly stock: ShopStock;
  readonly units: Units;
  /** All SKUs of the order that the catalogue must have before any units of it move; absent: those of the units. */
  readonly skus?: readonly string[];
  /** For the names in blockers. */
  readonly skuMap?: SkuMap;
}

export type TransferStockResult =
  /**
   * For certain. Less than asked for: when allocating, of SKUs that the shop's source does not keep or may lack,
   * such as those without managed stock; when giving back, of what is not there any more beside the buffer.
   */
  | { readonly kind: 'moved'; readonly moves: readonly StockMove[] }
  /** The shop cannot sell them, or the source has too few to give back: nothing was moved. */
  | { readonly kind: 'blocked'; readonly blockers: readonly Blocker[] }
  /** Commerce has an order for this one already: nothing was moved, and nobody knows whether that was done before. */
  | { readonly kind: 'placedBefore'; readonly number: string }
  /** Asked for, and the quantities do not tell whether it was done. Must not be asked for again. */
  | { readonly kind: 'unknown'; readonly moves: readonly StockMove[] };

/** With the account's settings of this moment, so that an order that waits for stock learns of a change by itself. */
export type TransferStockAnswer = TransferStockResult & { readonly policy?: OrderPolicy };

export interface StockActivities {
  /**
   * Relative and without a key, so it has one attempt. A failure of one of our types means that nothing was moved;
   * anything else, a time-out above all, that nobody knows.
   */
  transferStock(input: TransferStockInput): Promise<TransferStockAnswer>;
}
