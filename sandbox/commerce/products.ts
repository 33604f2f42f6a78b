import { ApiError } from './errors';
import { productBySku, salableQuantity } from './inventory';
import type { Json, JsonObject } from './json';
import type { ProductRecord } from './records';
import { type Criteria, search, unknownAttribute } from './search';
import type { Shop } from './shop';

/** The legacy stock item of Default Stock: what `GET /V1/stockItems/{sku}` answers. */
function stockItemOf(shop: Shop, product: ProductRecord): JsonObject {
  const { quantity = 0, status = 0 } = shop.sourceItems.get(`${product.sku.toLowerCase()}|default`) ?? {};
  return {
    item_id: product.id,
    product_id: product.id,
    stock_id: 1,
    qty: quantity,
    is_in_stock: status === 1 && quantity > 0,
    is_qty_decimal: false,
    show_default_notification_message: false,
    use_config_min_qty: true,
    min_qty: 0,
    use_config_min_sale_qty: 1,
    min_sale_qty: 1,
    use_config_max_sale_qty: true,
    max_sale_qty: 10000,
    use_config_backorders: true,
    backorders: 0,
    use_config_notify_stock_qty: true,
    notify_stock_qty: 1,
    use_config_qty_increments: true,
    qty_increments: 0,
    use_config_enable_qty_inc: true,
    enable_qty_increments: false,
    use_config_manage_stock: product.manageStock,
    manage_stock: product.manageStock,
    low_stock_date: null,
    is_decimal_divided: false,
    stock_status_changed_auto: 0,
  };
}

/** The product's address in the shop, made from its name. */
export const urlKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const customAttributes = (product: ProductRecord): Json => [
  { attribute_code: 'options_container', value: 'container2' },
  { attribute_code: 'url_key', value: urlKey(product.name) },
  { attribute_code: 'msrp_display_actual_price_type', value: '0' },
  { attribute_code: 'required_options', value: '0' },
  { attribute_code: 'has_options', value: '0' },
  { attribute_code: 'tax_class_id', value: '2' },
  { attribute_code: 'category_ids', value: [] },
];

const productView = (product: ProductRecord, stockItem?: JsonObject): JsonObject => ({
  id: product.id,
  sku: product.sku,
  name: product.name,
  attribute_set_id: 4,
  price: product.price,
  status: product.status,
  visibility: 4,
  type_id: product.typeId,
  created_at: product.createdAt,
  updated_at: product.updatedAt,
  ...(product.weight !== null && { weight: product.weight }),
  extension_attributes: { website_ids: product.websiteIds, ...(stockItem && { stock_item: stockItem }) },
  product_links: [],
  options: [],
  media_gallery_entries: [],
  tier_prices: [],
  custom_attributes: customAttributes(product),
});

export const noSuchProduct = () =>
  new ApiError(404, {
    message: "The product that was requested doesn't exist. Verify the product and try again.",
  });

/** `GET /V1/products/{sku}`; 404 if there is none. */
export function product(shop: Shop, sku: string): JsonObject {
  const found = productBySku(shop, sku);
  if (!found) throw noSuchProduct();
  return productView(found, stockItemOf(shop, found));
}

/** What `POST /V1/products` answers: the product without the lists of links and tier prices. */
export function savedProduct(shop: Shop, sku: string): JsonObject {
  const { product_links, tier_prices, ...saved } = product(shop, sku);
  return saved;
}

/** `GET /V1/stockItems/{sku}`; 404 if there is no such product. */
export function stockItem(shop: Shop, sku: string): JsonObject {
  const found = productBySku(shop, sku);
  if (!found) throw noSuchProduct();
  return stockItemOf(shop, found);
}

const attributes: Readonly<Record<string, (record: ProductRecord) => string | number | null>> = {
  entity_id: ({ id }) => id,
  sku: ({ sku }) => sku,
  name: ({ name }) => name,
  price: ({ price }) => price,
  status: ({ status }) => status,
  type_id: ({ typeId }) => typeId,
  weight: ({ weight }) => weight,
  visibility: () => 4,
  attribute_set_id: () => 4,
  created_at: ({ createdAt }) => createdAt,
  updated_at: ({ updatedAt }) => updatedAt,
};

/** `GET /V1/products`: products of any status, without their stock items. */
export const searchProducts = (shop: Shop, criteria: Criteria): JsonObject =>
  search(
    {
      table: shop.products,
      columns: new Set(Object.keys(attributes)),
      indexed: ['sku'],
      read: (record, column) => attributes[column]?.(record) ?? null,
      unknownColumn: unknownAttribute,
    },
    criteria,
    (record) => productView(record),
  );

// Why a quantity cannot be sold, in the order in which Magento lists it.
const notEnough: Json = [
  { code: 'back_order-disabled', message: 'Backorders are disabled' },
  { code: 'manage_stock-enabled', message: 'Manage stock is enabled' },
  {
    code: 'is_salable_with_reservations-not_enough_qty',
    message: 'The requested qty is not available',
  },
];

/** Whether a stock can sell a quantity of a SKU, with the reasons if not. Unmanaged stock always can. */
export function salability(shop: Shop, sku: string, quantity: number, stockId: number): JsonObject {
  const found = productBySku(shop, sku);
  const salable =
    found !== undefined && (!found.manageStock || salableQuantity(shop, sku, stockId) >= quantity);
  return { salable, errors: salable ? [] : notEnough };
}
