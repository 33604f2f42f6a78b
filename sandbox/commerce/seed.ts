import { z } from 'zod';
import { type CatalogProduct, catalog } from '../catalog';
import { productBySku, putSourceItem } from './inventory';
import type { Shop } from './shop';

const source = { name: 'Default Source', enabled: true, country_id: 'US', postcode: '00000' };

/** A new shop: the catalogue on source `default`, from which both websites sell through Default Stock. */
export function seedShop(shop: Shop, products: readonly CatalogProduct[] = catalog): void {
  shop.sources.put({ code: 'default', columns: { source_code: 'default', ...source } });
  shop.stocks.put({ id: 1, name: 'Default Stock', websites: ['base', 'amazon'] });
  shop.links.put({ stockId: 1, sourceCode: 'default', priority: 1 });
  for (const { id, sku, name, priceMinor, weight, quantity } of products) {
    changeProduct(shop, sku, { id, name, price: priceMinor / 100, weight, sources: { default: quantity } });
  }
}

const changeSchema = z.strictObject({
  id: z.int().positive().optional(),
  name: z.string().optional(),
  price: z.number().optional(),
  weight: z.number().nullable().optional(),
  typeId: z.string().optional(),
  status: z.enum(['enabled', 'disabled']).optional(),
  websiteIds: z.array(z.int()).optional(),
  manageStock: z.boolean().optional(),
  /** Units on source `default`. */
  quantity: z.number().optional(),
  /** Units by source; null takes the SKU off that source. */
  sources: z.record(z.string(), z.number().nullable()).optional(),
  remove: z.boolean().optional(),
});

function putStock(shop: Shop, sku: string, sources: Record<string, number | null>): void {
  for (const [sourceCode, quantity] of Object.entries(sources)) {
    if (quantity === null) shop.sourceItems.delete(`${sku.toLowerCase()}|${sourceCode}`);
    else putSourceItem(shop, { sku, sourceCode, quantity, status: 1 });
  }
}

/** Adds, changes or removes a product. Throws a ZodError on unknown or wrong changes. */
export function changeProduct(shop: Shop, sku: string, changes: unknown): void {
  const { remove, quantity, sources, status, ...wanted } = changeSchema.parse(changes);
  const known = productBySku(shop, sku);
  if (remove) {
    if (known) shop.products.delete(known.id);
    for (const { sourceCode } of shop.sourceItems.findBy('sku', sku.toLowerCase())) {
      shop.sourceItems.delete(`${sku.toLowerCase()}|${sourceCode}`);
    }
    return;
  }
  const highest = shop.products.all().at(-1)?.id ?? 0;
  shop.products.put({
    id: wanted.id ?? known?.id ?? highest + 1,
    sku,
    name: wanted.name ?? known?.name ?? sku,
    price: wanted.price ?? known?.price ?? 0,
    weight: wanted.weight === undefined ? (known?.weight ?? 1) : wanted.weight,
    typeId: wanted.typeId ?? known?.typeId ?? 'simple',
    status: status ? (status === 'enabled' ? 1 : 2) : (known?.status ?? 1),
    websiteIds: wanted.websiteIds ?? known?.websiteIds ?? [1, 2],
    manageStock: wanted.manageStock ?? known?.manageStock ?? true,
    createdAt: known?.createdAt ?? shop.now(),
    updatedAt: shop.now(),
  });
  putStock(shop, sku, { ...(quantity !== undefined && { default: quantity }), ...sources });
}
