type Twins<T> = { readonly [K in keyof T as `base_${K & string}`]: T[K] };

/** Commerce keeps most amounts twice: in the order's currency, and as `base_…` in the website's. */
export function twins<T extends Readonly<Record<string, number>>>(amounts: T, base: T = amounts) {
  const named = Object.entries(base).map(([name, value]) => [`base_${name}`, value] as const);
  return { ...amounts, ...(Object.fromEntries(named) as Twins<T>) };
}
