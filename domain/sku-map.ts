import type { AmazonOrder } from './order';

/** Commerce's SKU by Amazon's, where the two differ. */
export type SkuMap = Readonly<Record<string, string>>;

/** The widest that Commerce's catalogue keeps; Amazon's own end at 40. */
const skuWidth = 64;

/** What Commerce calls a SKU of Amazon's. */
export function commerceSku(map: SkuMap, sku: string): string {
  return Object.hasOwn(map, sku) ? (map[sku] ?? sku) : sku;
}

/** The order with Commerce's SKUs in its lines. */
export function withCommerceSkus(order: AmazonOrder, map: SkuMap): AmazonOrder {
  return { ...order, lines: order.lines.map((line) => ({ ...line, sku: commerceSku(map, line.sku) })) };
}

/** The entries that are for lines of this order. */
export function ownSkuMap({ lines }: AmazonOrder, map: SkuMap): SkuMap {
  const own = new Set(lines.map(({ sku }) => sku));
  return Object.fromEntries(Object.entries(map).filter(([sku]) => own.has(sku)));
}

/** Why `sku` cannot stand in a map, as a sentence. */
export function skuObjection(sku: string): string | undefined {
  if (sku.trim() === '') return 'A SKU is missing.';
  if (sku.length > skuWidth) return `A SKU has at most ${skuWidth} characters.`;
  return /\p{Cc}/u.test(sku) || sku !== sku.trim()
    ? 'A SKU has no blanks around it and no control characters.'
    : undefined;
}
