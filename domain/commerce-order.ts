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
  /** Units by Amazon's `orderItemId` that it counts as shipped and has no shipment of; absent where there are none. */
  readonly shippedBefore?: Readonly<Record<string, number>>;
}

/** Commerce has nothing more to do: invoiced and shipped, or nothing was to be paid. */
export const isEnded = ({ state }: Pick<PlacedOrder, 'state'>): boolean =>
  state === 'complete' || state === 'closed';

/** Commerce makes no documents of it: on hold, canceled or refunded. */
export const isStopped = ({ state }: Pick<PlacedOrder, 'state'>): boolean =>
  state === 'holded' || state === 'canceled' || state === 'closed';

/** Why the Commerce order cannot be created yet. */
export interface Blocker {
  /** Commerce's. */
  readonly sku: string;
  /** Amazon's, where an operator has mapped it to `sku`. */
  readonly amazonSku?: string;
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

const causes: Readonly<Record<Blocker['cause'], string>> = {
  notInCatalogue: 'is not in the catalogue',
  disabled: 'is disabled in the catalogue',
  notSellable: 'is neither a simple nor a virtual product',
  outOfStock: 'is out of stock',
};

/** "SKU MUG-1 is not in the catalogue" */
export function describeBlocker({ sku, amazonSku, cause }: Blocker): string {
  const name = amazonSku === undefined ? sku : `${sku} (${amazonSku} at Amazon)`;
  return `SKU ${name} ${causes[cause]}`;
}
