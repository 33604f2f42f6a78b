import { z } from 'zod';
import { itemsOf } from './wire';

const code = z.string().min(1);
const number = z.coerce.number<unknown>();

export const sourceItemSchema = z
  .object({ sku: z.string(), source_code: code, quantity: number })
  .transform((item) => ({ sku: item.sku, source: item.source_code, quantity: item.quantity }));

export const sourcesSchema = itemsOf(
  z
    .object({
      source_code: code,
      enabled: z.boolean().nullish(),
      country_id: z.string().nullish(),
      postcode: z.string().nullish(),
    })
    .transform((source) => ({
      code: source.source_code,
      enabled: source.enabled === true,
      countryCode: source.country_id ?? '',
      postalCode: source.postcode ?? '',
    })),
);

const salesChannel = z.object({ type: z.string(), code });

export const stocksSchema = itemsOf(
  z
    .object({
      stock_id: number,
      name: z.string().nullish(),
      extension_attributes: z.object({ sales_channels: z.array(salesChannel).nullish() }).nullish(),
    })
    .transform((stock) => ({
      id: stock.stock_id,
      name: stock.name ?? '',
      websites: (stock.extension_attributes?.sales_channels ?? []).flatMap((channel) =>
        channel.type === 'website' ? channel.code : [],
      ),
    })),
);

export const linksSchema = itemsOf(
  z.object({ stock_id: number, source_code: code, priority: number.nullish() }).transform((link) => ({
    stockId: link.stock_id,
    source: link.source_code,
    priority: link.priority ?? 0,
  })),
);

/** An empty list where something was done. */
export const emptySchema = z.unknown();
export const stockIdSchema = number.pipe(z.int().positive());
