import { z } from 'zod';

/**
 * Amazon's orders API 2026-01-01, as far as the channel reads it. Tolerant: unknown fields are ignored, closed
 * sets are left to the mapping, null and the empty string count as absent.
 */

const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined);
const listOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .array(schema)
    .nullish()
    .transform((value) => value ?? []);
const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  schema.nullish().transform((value) => value ?? undefined);
/** With or without milliseconds and with any offset; always given on in UTC with milliseconds. */
const moment = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());
const count = z.int().nonnegative();

export const moneySchema = z.object({ amount: z.string(), currencyCode: z.string() });
export type WireMoney = z.output<typeof moneySchema>;

const breakdownSchema = z.object({
  type: z.string(),
  status: text,
  subtotal: moneySchema,
  detailedBreakdowns: listOf(z.object({ subtype: z.string(), value: moneySchema })),
});
export type WireBreakdown = z.output<typeof breakdownSchema>;

const itemSchema = z.object({
  orderItemId: z.string().min(1),
  quantityOrdered: count,
  measurement: z.unknown().optional(),
  associatedOrderItems: listOf(z.unknown()),
  product: z.object({ title: text, sellerSku: text }),
  proceeds: maybe(z.object({ proceedsTotal: maybe(moneySchema), breakdowns: listOf(breakdownSchema) })),
  promotion: maybe(z.object({ breakdowns: listOf(z.object({ promotionId: text })) })),
  tax: maybe(z.object({ taxCollections: listOf(z.object({ model: text })) })),
  cancellation: maybe(z.object({ cancellationRequest: maybe(z.object({ requester: text })) })),
  fulfillment: maybe(
    z.object({
      quantityFulfilled: maybe(count),
      quantityUnfulfilled: maybe(count),
      packing: maybe(z.object({ giftOption: maybe(z.object({ giftMessage: text })) })),
    }),
  ),
});
export type WireItem = z.output<typeof itemSchema>;

const addressSchema = z.object({
  name: text,
  companyName: text,
  addressLine1: text,
  addressLine2: text,
  addressLine3: text,
  city: text,
  municipality: text,
  districtOrCounty: text,
  stateOrRegion: text,
  postalCode: text,
  countryCode: text,
  phone: text,
  /** Brazil. */
  extendedFields: maybe(
    z.object({ streetName: text, streetNumber: text, complement: text, neighborhood: text }),
  ),
});
export type WireAddress = z.output<typeof addressSchema>;

const packageSchema = z.object({
  packageReferenceId: z.string(),
  carrier: text,
  trackingNumber: text,
  shipTime: maybe(moment),
  packageStatus: maybe(z.object({ status: text })),
  packageItems: listOf(z.object({ orderItemId: z.string(), quantity: count })),
});

export const orderSchema = z.object({
  orderId: z.string(),
  createdTime: moment,
  lastUpdatedTime: moment,
  programs: listOf(z.string()),
  salesChannel: z.object({ channelName: z.string(), marketplaceId: text }),
  associatedOrders: listOf(z.object({ orderId: text, associationType: text })),
  buyer: maybe(
    z.object({ buyerName: text, buyerEmail: text, buyerCompanyName: text, buyerPurchaseOrderNumber: text }),
  ),
  recipient: maybe(z.object({ deliveryAddress: maybe(addressSchema) })),
  proceeds: maybe(z.object({ grandTotal: maybe(moneySchema), breakdowns: listOf(breakdownSchema) })),
  fulfillment: maybe(
    z.object({
      fulfillmentStatus: z.string(),
      fulfilledBy: text,
      fulfillmentServiceLevel: text,
      shipByWindow: maybe(z.object({ latestDateTime: maybe(moment) })),
    }),
  ),
  orderItems: z.array(itemSchema).min(1),
  packages: listOf(packageSchema),
});
export type WireOrder = z.output<typeof orderSchema>;

/** The orders stay unread here, so that one of them cannot spoil the page. */
export const searchAnswerSchema = z.object({
  orders: z.array(z.unknown()),
  pagination: maybe(z.object({ nextToken: text })),
  lastUpdatedBefore: maybe(moment),
  createdBefore: maybe(moment),
});

/** Amazon has answered 200 without an order for ids that it does not know. */
export const orderAnswerSchema = z.object({ order: z.unknown().optional() });

/** "orderItems[0].quantityOrdered: Invalid input: expected int, received string"; quotes no value. */
export function describeIssue({ issues: [issue] }: z.ZodError): string {
  const path = (issue?.path ?? [])
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('');
  return `${path.replace(/^\./, '') || 'the answer'}: ${issue?.message ?? 'not as described'}`;
}
