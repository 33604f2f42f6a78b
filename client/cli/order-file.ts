import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type AmazonOrder, amazonOrderIdPattern, amazonOrderStatuses } from '../../domain/order';
import { CliError } from './errors';

const text = z.string().min(1);
const instant = z.iso.datetime({ offset: true });
const quantity = z.int().nonnegative();
const minor = z.int();

const charge = z.strictObject({
  type: z.enum(['ITEM', 'SHIPPING', 'GIFT_WRAP', 'COD_FEE', 'TAX', 'DISCOUNT', 'OTHER', 'DELIVERY_TIP']),
  subtotalMinor: minor,
  details: z.array(z.strictObject({ subtype: text, minor })).default([]),
});

const line = z.strictObject({
  orderItemId: text,
  sku: text,
  title: z.string(),
  quantityOrdered: quantity,
  quantityFulfilled: quantity,
  quantityUnfulfilled: quantity,
  charges: z.array(charge),
  totalMinor: minor.nullable(),
  giftMessage: z.string().exactOptional(),
  promotionIds: z.array(text).exactOptional(),
  taxCollectedByAmazon: z.boolean().exactOptional(),
  cancellationRequested: z.boolean().exactOptional(),
});

const amazonPackage = z.strictObject({
  packageReferenceId: text,
  carrier: text.exactOptional(),
  trackingNumber: text.exactOptional(),
  shippedAt: instant.exactOptional(),
  lines: z.array(z.strictObject({ orderItemId: text, quantity })),
});

const address = z.strictObject({
  name: text.exactOptional(),
  companyName: text.exactOptional(),
  lines: z.array(z.string()),
  city: text.exactOptional(),
  stateOrRegion: text.exactOptional(),
  postalCode: text.exactOptional(),
  countryCode: text.exactOptional(),
  phone: text.exactOptional(),
});

/** An order as people write it; unknown keys are refused, because a misspelt one would be missing in the order. */
export const orderFileSchema = z.strictObject({
  amazonOrderId: z.string().regex(amazonOrderIdPattern, 'Expected an order id like 113-1234567-1234567'),
  marketplaceId: text,
  status: z.enum(amazonOrderStatuses),
  fulfilledBy: z.enum(['MERCHANT', 'AMAZON']),
  purchasedAt: instant,
  lastUpdatedAt: instant,
  programs: z.array(z.string()).default([]),
  serviceLevel: text.exactOptional(),
  shipBy: instant.exactOptional(),
  purchaseOrderNumber: text.exactOptional(),
  replaces: text.exactOptional(),
  currency: z.string().length(3).nullable(),
  totalMinor: minor.nullable(),
  lines: z.array(line).min(1),
  orderCharges: z.array(charge).default([]),
  packages: z.array(amazonPackage).default([]),
  buyer: z
    .strictObject({
      name: text.exactOptional(),
      email: text.exactOptional(),
      companyName: text.exactOptional(),
    })
    .exactOptional(),
  shipTo: address.exactOptional(),
}) satisfies z.ZodType<AmazonOrder>;

/**
 * Reads an order in the shape of `orders show ID --json`, `.snapshot.delivery.order`.
 *
 * @throws CliError that names the fields and quotes none of their values.
 */
export async function readOrderFile(path: string): Promise<AmazonOrder> {
  const json = await readFile(path, 'utf8').catch(() => {
    throw new CliError(`${path} cannot be read.`);
  });
  const parsed = orderFileSchema.safeParse(parseJson(json, path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: field, message }) => `${field.join('.')}: ${message}`);
  throw new CliError(`${path} is not an order; ${problems.join('; ')}.`);
}

function parseJson(json: string, path: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new CliError(`${path} is not JSON.`);
  }
}
