import { z } from 'zod';
import type {
  CommerceOrder,
  CommerceOrderItem,
  Customer,
  LineAmounts,
  OrderTotals,
  Product,
  RecentShipment,
  Shipment,
} from './records';

/** Commerce answers ids and amounts as numbers or as texts, by version and call. */
const id = z.coerce.number<unknown>().int().positive();
/** Null where nothing is stored. */
const amount = z.coerce.number<unknown>().nullish().transform(zeroIfNull);
const text = z.coerce.string<unknown>().nullish();
/** With `fields=`, an empty list is null. */
const listOf = <T extends z.ZodType>(entry: T) =>
  z
    .array(entry)
    .nullish()
    .transform((entries) => entries ?? []);
/** A list's answer; `[]` where `fields=` leaves nothing of it. */
export const itemsOf = <T extends z.ZodType>(entry: T) =>
  z.preprocess(
    (answer) => (Array.isArray(answer) ? {} : answer),
    z.object({ items: listOf(entry) }).transform(({ items }) => items),
  );

/** "2026-10-01 14:03:22", in UTC, to ISO 8601. */
const time = z.string().transform((value, context) => {
  const date = new Date(`${value.trim().replace(' ', 'T')}Z`);
  if (!Number.isNaN(date.getTime())) return date.toISOString();
  context.addIssue({ code: 'custom', message: 'no time' });
  return z.NEVER;
});

function zeroIfNull(value: number | null | undefined): number {
  return value ?? 0;
}

const totalNames = ['subtotal', 'tax_amount', 'shipping_amount', 'discount_amount', 'grand_total'] as const;
const rowNames = ['row_total', 'tax_amount', 'discount_amount'] as const;
const itemFields = [
  'item_id,parent_item_id,sku,is_virtual,ext_order_item_id,qty_ordered,qty_invoiced,qty_shipped,qty_canceled,qty_refunded',
  ...rowNames.flatMap((name) => [name, `base_${name}`]),
].join(',');
/** What is read of an order: nothing of the buyer. */
export const orderFields = [
  'entity_id,increment_id,ext_order_id,state,status,order_currency_code,total_invoiced,total_refunded',
  ...totalNames.flatMap((name) => [name, `base_${name}`]),
  `items[${itemFields}]`,
].join(',');

const itemSchema = z
  .object({
    item_id: id,
    parent_item_id: id.nullish().catch(null),
    sku: text,
    is_virtual: amount,
    ext_order_item_id: text,
    qty_ordered: amount,
    qty_invoiced: amount,
    qty_shipped: amount,
    qty_canceled: amount,
    qty_refunded: amount,
    row_total: amount,
    tax_amount: amount,
    discount_amount: amount,
    base_row_total: amount,
    base_tax_amount: amount,
    base_discount_amount: amount,
  })
  .transform(
    (item): CommerceOrderItem => ({
      itemId: item.item_id,
      parentItemId: item.parent_item_id ?? null,
      sku: item.sku ?? '',
      isVirtual: item.is_virtual !== 0,
      orderItemId: item.ext_order_item_id || null,
      ordered: item.qty_ordered,
      invoiced: item.qty_invoiced,
      shipped: item.qty_shipped,
      canceled: item.qty_canceled,
      refunded: item.qty_refunded,
      amounts: rowOf(item, ''),
      baseAmounts: rowOf(item, 'base_'),
    }),
  );

type RowColumn = `${'' | 'base_'}${(typeof rowNames)[number]}`;

function rowOf(item: Readonly<Record<RowColumn, number>>, base: '' | 'base_'): LineAmounts {
  return {
    rowTotal: item[`${base}row_total`],
    tax: item[`${base}tax_amount`],
    discount: item[`${base}discount_amount`],
  };
}

export const orderSchema = z
  .object({
    entity_id: id,
    increment_id: text,
    ext_order_id: text,
    state: text,
    status: text,
    order_currency_code: text,
    subtotal: amount,
    tax_amount: amount,
    shipping_amount: amount,
    discount_amount: amount,
    grand_total: amount,
    base_subtotal: amount,
    base_tax_amount: amount,
    base_shipping_amount: amount,
    base_discount_amount: amount,
    base_grand_total: amount,
    total_invoiced: amount,
    total_refunded: amount,
    items: listOf(itemSchema),
  })
  .transform(
    (order): CommerceOrder => ({
      entityId: order.entity_id,
      number: order.increment_id ?? '',
      state: order.state ?? '',
      status: order.status ?? '',
      extOrderId: order.ext_order_id || null,
      currency: order.order_currency_code ?? '',
      totals: totalsOf(order, ''),
      baseTotals: totalsOf(order, 'base_'),
      kept: order.total_invoiced - order.total_refunded,
      items: order.items,
    }),
  );

type TotalColumn = `${'' | 'base_'}${(typeof totalNames)[number]}`;

function totalsOf(order: Readonly<Record<TotalColumn, number>>, base: '' | 'base_'): OrderTotals {
  return {
    subtotal: order[`${base}subtotal`],
    tax: order[`${base}tax_amount`],
    shipping: order[`${base}shipping_amount`],
    discount: order[`${base}discount_amount`],
    grandTotal: order[`${base}grand_total`],
  };
}

/** Of a created order; all else in that answer is an echo of what was sent. */
export const createdOrderSchema = z.object({ entity_id: id });
/** Invoice and shipment answer their id, mostly as a text. */
export const documentIdSchema = id.transform(String);
export const doneSchema = z.boolean();

export const shipmentFields =
  'entity_id,order_id,created_at,items[order_item_id,qty],tracks[entity_id,track_number,carrier_code,title],comments[comment]';
const trackSchema = z.object({ entity_id: id, track_number: text, carrier_code: text, title: text });
const commentSchema = z.object({ comment: text });

export const shipmentSchema = z
  .object({
    entity_id: id,
    order_id: id,
    created_at: time,
    items: listOf(z.object({ order_item_id: id, qty: amount })),
    tracks: listOf(trackSchema),
    comments: listOf(commentSchema),
  })
  .transform(
    (shipment): Shipment => ({
      id: shipment.entity_id,
      orderId: shipment.order_id,
      createdAt: shipment.created_at,
      lines: shipment.items.map((item) => ({ itemId: item.order_item_id, quantity: item.qty })),
      tracks: tracksOf(shipment.tracks),
      comments: shipment.comments.flatMap(({ comment }) => comment ?? []),
    }),
  );

function tracksOf(tracks: readonly z.infer<typeof trackSchema>[]): Shipment['tracks'] {
  return tracks
    .map((track) => ({
      id: track.entity_id,
      number: track.track_number?.trim() ?? '',
      carrierCode: track.carrier_code ?? '',
      title: track.title ?? '',
    }))
    .filter((track) => track.number !== '')
    .sort((one, other) => one.id - other.id);
}

export const recentShipmentSchema = z
  .object({ order_id: id, created_at: time })
  .transform(({ order_id: orderId, created_at: createdAt }): RecentShipment => ({ orderId, createdAt }));

export const haltedOrderSchema = z
  .object({ entity_id: id, state: z.string(), grand_total: amount })
  .transform(({ entity_id: entityId, state, grand_total: grandTotal }) => ({ entityId, state, grandTotal }));

export const productFields = 'id,sku,name,type_id,status,weight';
export const productSchema = z
  .object({ id, sku: z.string(), name: text, type_id: text, status: amount, weight: amount })
  .transform(
    (product): Product => ({
      id: product.id,
      sku: product.sku,
      name: product.name ?? product.sku,
      type: product.type_id ?? '',
      enabled: product.status === 1,
      weight: product.weight,
    }),
  );

export const salabilitySchema = z.array(z.object({ sku: z.string(), salable: z.boolean() }));
export const stockSchema = z.object({ stock_id: id });

export const customerFields = 'id,website_id,group_id';
export const customerSchema = z
  .object({ id, website_id: amount, group_id: id.nullish().catch(null) })
  .transform(
    ({ id: customerId, website_id: websiteId, group_id: groupId }): Customer => ({
      id: customerId,
      websiteId,
      ...(groupId && { groupId }),
    }),
  );

export const storeViewsSchema = z.array(z.object({ id: amount, code: z.string(), website_id: amount }));
export const websitesSchema = z.array(z.object({ id: amount, code: z.string() }));
export const storeConfigsSchema = z.array(z.object({ code: z.string(), base_currency_code: z.string() }));
export const currencySchema = z.object({
  base_currency_code: z.string(),
  exchange_rates: listOf(z.object({ currency_to: z.string(), rate: amount })),
});

export const countrySchema = z
  .object({ available_regions: listOf(z.object({ id, code: text, name: text })) })
  .transform(({ available_regions: regions }) =>
    regions.map((region) => ({ id: region.id, code: region.code ?? '', name: region.name ?? '' })),
  );
