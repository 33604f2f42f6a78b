import { z } from 'zod';
import { CommerceAccessError, CommerceRefusedError } from './errors';
import type { Http } from './http';
import type { CommerceCallOptions } from './port';

/** `manage_stock` is what is in force, also where the product leaves it to the shop's configuration. */
const managedSchema = z
  .object({
    extension_attributes: z
      .object({ stock_item: z.object({ manage_stock: z.boolean().nullish() }).nullish() })
      .nullish(),
  })
  .transform((product) => product.extension_attributes?.stock_item?.manage_stock !== false);

/**
 * Only the product alone tells it, by its SKU in the path. So also true where that is refused: Commerce takes no
 * signature over `/` and `+` there.
 */
export async function isStockManaged(
  http: Http,
  sku: string,
  { signal }: CommerceCallOptions = {},
): Promise<boolean> {
  try {
    return await http({
      operation: 'read product',
      method: 'GET',
      store: 'all',
      path: '/V1/products/{sku}',
      parts: { sku },
      query: [['fields', 'extension_attributes[stock_item[manage_stock]]']],
      answer: managedSchema,
      signal,
    });
  } catch (error) {
    if (error instanceof CommerceRefusedError || error instanceof CommerceAccessError) return true;
    throw error;
  }
}
