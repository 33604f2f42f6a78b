/** The Commerce order of an Amazon order, as far as the channel has to remember it. */
export interface PlacedOrder {
  /** Commerce's `entity_id`. */
  readonly entityId: number;
  /** Commerce's `increment_id`, shown to people. */
  readonly number: string;
  /** Commerce's `state` when it was read last: `processing`, `complete`, `closed`, `canceled`, … */
  readonly state: string;
  /** Commerce's `item_id` by Amazon's `orderItemId`. */
  readonly itemIds: Readonly<Record<string, number>>;
}

/** Commerce has nothing more to do: invoiced and shipped, or nothing was to be paid. */
export const isEnded = ({ state }: Pick<PlacedOrder, 'state'>): boolean =>
  state === 'complete' || state === 'closed';

/** Why the Commerce order cannot be created yet. */
export interface Blocker {
  readonly sku: string;
  readonly cause: 'notInCatalogue' | 'disabled' | 'notSellable' | 'outOfStock';
}

/** What serves as a key in Commerce: decided before the first attempt and never changed for this order. */
export interface Pinned {
  readonly commerce: string;
  readonly store: string;
  /** Null: Commerce's own sequence gives the number. */
  readonly incrementId: string | null;
  readonly customer: 'guest' | 'newAccount';
}

/** "SKU MUG-1 is not in the catalogue" */
export function describeBlocker({ sku, cause }: Blocker): string {
  switch (cause) {
    case 'notInCatalogue':
      return `SKU ${sku} is not in the catalogue`;
    case 'disabled':
      return `SKU ${sku} is disabled in the catalogue`;
    case 'notSellable':
      return `SKU ${sku} is neither a simple nor a virtual product`;
    case 'outOfStock':
      return `SKU ${sku} is out of stock`;
  }
}
