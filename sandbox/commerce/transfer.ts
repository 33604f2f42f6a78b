import { ApiError } from './errors';
import { objectsOf } from './input';
import { productBySku, putSourceItem } from './inventory';
import type { Json, JsonObject } from './json';
import type { Shop } from './shop';

const missingItem = (sku: string, source: string): JsonObject => ({
  message: '%message',
  parameters: { message: `Source item for ${sku} and ${source} does not exist` },
});

/** What stands against moving `quantity` units of a SKU. */
function complaintsAbout(shop: Shop, sku: string, quantity: number, from: string, to: string): JsonObject[] {
  if (!productBySku(shop, sku)) {
    return [{ message: 'Product SKU %sku does not exist', parameters: { sku } }];
  }
  const origin = shop.sourceItems.get(`${sku.toLowerCase()}|${from}`);
  if (!origin) return [missingItem(sku, from)];
  if (origin.quantity < quantity) {
    return [{ message: 'Requested transfer amount for sku %sku is not available', parameters: { sku } }];
  }
  return shop.sourceItems.get(`${sku.toLowerCase()}|${to}`) ? [] : [missingItem(sku, to)];
}

/**
 * `POST /V1/inventory/bulk-partial-source-transfer`: moves units between sources, relatively. All or nothing;
 * 400 with every complaint.
 */
export function transferBetweenSources(shop: Shop, args: JsonObject): Json {
  const [from, to] = [String(args.originSourceCode), String(args.destinationSourceCode)];
  const moves = objectsOf(args.items).map(({ sku, qty }) => ({ sku: String(sku), quantity: Number(qty) }));
  const unknownSources = [
    ['Origin', from],
    ['Destination', to],
  ].flatMap(([role, code = '']) =>
    shop.sources.get(code)
      ? []
      : [{ message: `${role} source %sourceCode does not exist`, parameters: { sourceCode: code } }],
  );
  const errors: JsonObject[] = [
    ...unknownSources,
    ...moves.flatMap(({ sku, quantity }) => complaintsAbout(shop, sku, quantity, from, to)),
  ];
  if (errors.length > 0) throw new ApiError(400, { message: 'Transfer validation failed', errors });
  for (const { sku, quantity } of moves) {
    for (const [code, change] of [[from, -quantity] as const, [to, quantity] as const]) {
      const item = shop.sourceItems.get(`${sku.toLowerCase()}|${code}`);
      if (item) putSourceItem(shop, { ...item, quantity: item.quantity + change });
    }
  }
  return [];
}
