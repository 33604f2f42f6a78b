import { badRequest } from './errors';
import { type DataType, fieldsOf } from './input';
import { productBySku, putSourceItem } from './inventory';
import { isObject, type Json, type JsonObject } from './json';
import { savedProduct, urlKey } from './products';
import { changeProduct } from './seed';
import type { Shop } from './shop';
import { type StoreView, websites } from './stores';

const stockItemType: DataType = {
  fields: {
    ...fieldsOf(
      'int',
      'item_id product_id stock_id backorders stock_status_changed_auto use_config_min_sale_qty',
    ),
    ...fieldsOf('float', 'qty min_qty min_sale_qty max_sale_qty notify_stock_qty qty_increments'),
    ...fieldsOf(
      'boolean',
      `is_in_stock is_qty_decimal show_default_notification_message use_config_min_qty use_config_max_sale_qty
       use_config_backorders use_config_notify_stock_qty use_config_qty_increments use_config_enable_qty_inc
       enable_qty_increments use_config_manage_stock manage_stock is_decimal_divided`,
    ),
    low_stock_date: 'string',
    extension_attributes: 'any',
  },
};

const extensionType: DataType = {
  fields: { ...fieldsOf('any', 'website_ids category_links'), stock_item: { one: stockItemType } },
};

export const productType: DataType = {
  fields: {
    ...fieldsOf('int', 'id attribute_set_id status visibility'),
    ...fieldsOf('string', 'sku name type_id created_at updated_at'),
    ...fieldsOf('float', 'price weight'),
    ...fieldsOf('any', 'product_links options media_gallery_entries tier_prices custom_attributes'),
    extension_attributes: { one: extensionType },
  },
};

const emptyAttribute = (label: string) =>
  badRequest('The "%1" attribute value is empty. Set the attribute and try again.', [label]);

/** Two visible products cannot have one address in the shop; 400 for the second. */
function checkAddressIsFree(shop: Shop, sku: string, name: string): void {
  const taken = shop.products
    .all()
    .some((other) => other.sku.toLowerCase() !== sku.toLowerCase() && urlKey(other.name) === urlKey(name));
  if (taken) throw badRequest('URL key for specified store already exists.');
}

/** A new product belongs to the website of the URL's store view, in the admin scope to all of them. */
const websitesOfScope = (store: StoreView): Json =>
  store.id === 0 ? websites.flatMap(({ id }) => (id === 0 ? [] : [id])) : [store.website_id];

/**
 * `POST /V1/products`: adds a product, or changes the one that has the SKU. Stock goes to source `default`.
 * What a second product with the same name is told is public knowledge of 2.4, not recorded.
 */
export function saveProduct(shop: Shop, input: JsonObject, store: StoreView): JsonObject {
  const sku = typeof input.sku === 'string' ? input.sku.trim() : '';
  if (sku === '') throw emptyAttribute('SKU');
  const known = productBySku(shop, sku);
  const name = input.name ?? known?.name;
  if (typeof name !== 'string' || name === '') throw emptyAttribute('Product Name');
  checkAddressIsFree(shop, sku, name);

  const extension = isObject(input.extension_attributes) ? input.extension_attributes : {};
  const stock = isObject(extension.stock_item) ? extension.stock_item : {};
  const sites = Array.isArray(extension.website_ids) ? extension.website_ids.map(Number) : undefined;
  const websiteIds = sites?.filter(Number.isInteger) ?? known?.websiteIds ?? websitesOfScope(store);
  const optional = {
    price: input.price ?? undefined,
    weight: input.weight ?? known?.weight ?? null,
    typeId: input.type_id ?? undefined,
    manageStock: stock.manage_stock ?? undefined,
    status: input.status == null ? undefined : input.status === 2 ? 'disabled' : 'enabled',
  };
  changeProduct(shop, known?.sku ?? sku, { name, websiteIds, ...optional });
  if (!known || stock.qty !== undefined) {
    const quantity = Number(stock.qty ?? 0);
    const status = Number(stock.is_in_stock ?? quantity > 0);
    putSourceItem(shop, { sku: known?.sku ?? sku, sourceCode: 'default', quantity, status });
  }
  return savedProduct(shop, sku);
}
