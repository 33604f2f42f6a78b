import { z } from 'zod';

const prefix = 'com.amazon-sales-channel.';
const text = z.string().min(1);
const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const instant = z.iso.datetime({ offset: true });

const lineSchema = z.object({
  lineKey: text,
  sku: text,
  title: z.string().optional(),
  quantity: z.int().positive(),
  /** Left before this ERP had the order. */
  quantityShipped: z.int().nonnegative().default(0),
  total: amount,
});

const submittedSchema = z.object({
  orderKey: text,
  account: text,
  amazonOrderId: text,
  marketplaceId: text,
  purchasedAt: instant,
  currency: z.string().length(3),
  total: amount,
  commerceOrderNumber: z.string().optional(),
  serviceLevel: z.string().optional(),
  shipBy: instant.optional(),
  giftMessage: z.string().optional(),
  shipTo: z.object({
    name: text,
    company: z.string().optional(),
    lines: z.array(z.string()).min(1),
    city: text,
    region: z.string().optional(),
    postalCode: z.string(),
    countryCode: z.string().length(2),
    phone: z.string().optional(),
  }),
  buyer: z.object({ name: z.string().optional(), email: z.string().optional() }).optional(),
  lines: z.array(lineSchema).min(1),
});
export type SubmittedOrder = z.output<typeof submittedSchema>;

const cancelSchema = z.object({
  orderKey: text,
  erpOrderNumber: z.string().optional(),
  reason: z.string(),
});

/** CloudEvents 1.0 in structured JSON; attributes of extensions are left aside. */
const attributes = {
  specversion: z.literal('1.0'),
  id: text,
  source: text,
  subject: text,
  time: instant,
  datacontenttype: z.literal('application/json'),
};

/** What the channel tells. */
export const channelEventSchema = z
  .discriminatedUnion('type', [
    z.object({ ...attributes, type: z.literal(`${prefix}order.submitted.v1`), data: submittedSchema }),
    z.object({ ...attributes, type: z.literal(`${prefix}order.cancel-requested.v1`), data: cancelSchema }),
  ])
  .refine(({ subject, data }) => data.orderKey === subject, 'subject and data.orderKey differ')
  .transform((event) => {
    const about = { id: event.id, orderKey: event.subject };
    return event.type === `${prefix}order.submitted.v1`
      ? { ...about, kind: 'order.submitted' as const, data: event.data }
      : { ...about, kind: 'order.cancel-requested' as const, data: event.data };
  });
export type ChannelEvent = z.output<typeof channelEventSchema>;
export type SubmittedEvent = Extract<ChannelEvent, { kind: 'order.submitted' }>;

export interface Shipment {
  shipmentId: string;
  revision: number;
  shippedAt: string;
  packages: {
    packageId: string;
    carrierCode: string;
    carrierName?: string;
    service?: string;
    tracking: string;
    items: { lineKey: string; quantity: number }[];
  }[];
}

/** What this ERP tells. */
export type Answer =
  | {
      kind: 'order.accepted';
      data: { erpOrderNumber: string; lines: { lineKey: string; erpLineId: string }[] };
    }
  | { kind: 'order.rejected'; data: { code: string; message: string; lineKeys: string[] } }
  | { kind: 'order.cancelled'; data: Record<string, never> }
  | { kind: 'order.cancel-refused'; data: { message: string } }
  | { kind: 'shipment.created'; data: Shipment };

export function answerBody(answer: Answer, about: { id: string; orderKey: string; time: string }): string {
  return JSON.stringify({
    specversion: '1.0',
    id: about.id,
    source: '/sandbox-erp',
    type: `${prefix}${answer.kind}.v1`,
    subject: about.orderKey,
    time: about.time,
    datacontenttype: 'application/json',
    data: answer.data,
  });
}
