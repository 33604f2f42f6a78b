import { ApiError, badRequest, PhpFatal } from './errors';
import type { ProductRecord, SourceItem, Stock } from './records';
import type { Shop } from './shop';
import { websiteCode } from './stores';

const shipmentRefused = () => badRequest('Could not save a shipment, see error log for details');

export const productBySku = (shop: Shop, sku: string): ProductRecord | undefined =>
  shop.products.findBy('sku', sku.toLowerCase())[0];

const sourceItem = (shop: Shop, sku: string, sourceCode: string): SourceItem | undefined =>
  shop.sourceItems.get(`${sku.toLowerCase()}|${sourceCode}`);

/** The stock that a website sells from. */
export const stockOfWebsite = (shop: Shop, website: string): Stock | undefined =>
  shop.stocks.all().find(({ websites }) => websites.includes(website));

const sourcesOf = (shop: Shop, stockId: number): string[] =>
  shop.links
    .all()
    .filter((link) => link.stockId === stockId)
    .sort((a, b) => a.priority - b.priority)
    .map(({ sourceCode }) => sourceCode);

const itemsInStock = (shop: Shop, sku: string, stockId: number): SourceItem[] =>
  sourcesOf(shop, stockId).flatMap((code) => sourceItem(shop, sku, code) ?? []);

/** Adds to the sum of a SKU's reservations on a stock: positive frees units, negative takes them. */
export function reserve(shop: Shop, sku: string, stockId: number, quantity: number): void {
  const before = shop.reservations.get(`${sku.toLowerCase()}|${stockId}`)?.quantity ?? 0;
  shop.reservations.put({ sku, stockId, quantity: before + quantity });
}

/** Source quantities of a stock plus its reservations; 0 for a SKU of which no source of the stock has any. */
export function salableQuantity(shop: Shop, sku: string, stockId: number): number {
  const physical = itemsInStock(shop, sku, stockId).reduce(
    (sum, item) => sum + (item.status === 1 ? item.quantity : 0),
    0,
  );
  if (physical <= 0 || (stockId === 1 && shop.zeroed.get(sku.toLowerCase()))) return 0;
  return physical + (shop.reservations.get(`${sku.toLowerCase()}|${stockId}`)?.quantity ?? 0);
}

/** As `GET .../get-product-salable-quantity` answers: unknown SKUs end in a PHP error. */
export function askSalableQuantity(shop: Shop, sku: string, stockId: number): number {
  if (!productBySku(shop, sku)) throw new PhpFatal(sku);
  if (!shop.stocks.get(stockId)) throw badRequest('Could not receive Stock Item data');
  return salableQuantity(shop, sku, stockId);
}

const stockOfStore = (shop: Shop, storeId: number): Stock | undefined =>
  stockOfWebsite(shop, websiteCode(storeId));

/**
 * The source that a shipment is deducted from if it names none: that of a stock with one source; the global
 * `default` for a stock with several, even if it is not one of them.
 */
export function defaultSource(shop: Shop, storeId: number): string {
  const stock = stockOfStore(shop, storeId);
  const [first, ...others] = stock ? sourcesOf(shop, stock.id) : [];
  return first !== undefined && others.length === 0 ? first : 'default';
}

/**
 * Takes shipped units from a source and frees as many on the order's stock: the reservation that an order
 * placed through the cart would have made is compensated even if there is none. SKUs outside the catalogue
 * are not counted. 400 if the stock does not have the SKU, or the source not enough of it.
 */
export function deduct(shop: Shop, storeId: number, sourceCode: string, sku: string, quantity: number): void {
  const product = productBySku(shop, sku);
  if (!product?.manageStock) return;
  const stock = stockOfStore(shop, storeId);
  const item = sourceItem(shop, sku, sourceCode);
  if (!stock || !item || itemsInStock(shop, sku, stock.id).length === 0) throw shipmentRefused();
  const rest = item.quantity - quantity;
  if (rest < 0) throw shipmentRefused();
  shop.sourceItems.put({ ...item, quantity: rest });
  if (rest === 0 && sourceCode !== 'default') shop.zeroed.put({ sku });
  reserve(shop, sku, stock.id, quantity);
}

/** Frees the units of a cancelled line on the order's stock; 404 if the stock does not have the SKU. */
export function release(shop: Shop, storeId: number, sku: string, quantity: number): void {
  const product = productBySku(shop, sku);
  if (!product?.manageStock || quantity === 0) return;
  const stock = stockOfStore(shop, storeId);
  if (!stock || itemsInStock(shop, sku, stock.id).length === 0) {
    throw new ApiError(404, { message: 'The requested sku is not assigned to given stock.' });
  }
  reserve(shop, sku, stock.id, quantity);
}

/** Sets the quantity of a SKU at a source, absolutely. Re-posting `default` repairs the zero bug. */
export function putSourceItem(shop: Shop, item: SourceItem): void {
  shop.sourceItems.put(item);
  if (item.sourceCode === 'default') shop.zeroed.delete(item.sku.toLowerCase());
}

/** Returns refunded units to a source that has the SKU. */
export function putBack(shop: Shop, sourceCode: string, sku: string, quantity: number): void {
  const item = sourceItem(shop, sku, sourceCode);
  if (item) putSourceItem(shop, { ...item, quantity: item.quantity + quantity });
}

/** Frees the units of a refund without return, where the order's stock has the SKU. */
export function releaseRefunded(shop: Shop, storeId: number, sku: string, quantity: number): void {
  const stock = stockOfStore(shop, storeId);
  if (stock && productBySku(shop, sku) && itemsInStock(shop, sku, stock.id).length > 0) {
    reserve(shop, sku, stock.id, quantity);
  }
}
