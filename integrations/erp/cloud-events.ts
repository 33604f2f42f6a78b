import { createHash } from 'node:crypto';
import { z } from 'zod';
import { WebhookRefusedError } from './errors';
import type { CancelRequest, ErpEvent, HandoffOrder, OrderKey } from './port';

const prefix = 'com.amazon-sales-channel.';
export const eventContentType = 'application/cloudevents+json';

/** An event on its way to the ERP: CloudEvents 1.0, structured JSON. */
export type OutgoingEvent =
  | { readonly kind: 'order.submitted'; readonly data: HandoffOrder }
  | { readonly kind: 'order.cancel-requested'; readonly data: CancelRequest };

/**
 * The event's id and `webhook-id`: the same for every attempt to tell the same thing, by which the ERP
 * recognises a repetition. A hash, because Standard Webhooks forbids the dot that an account slug may hold.
 */
export function messageId({ kind, data }: OutgoingEvent, revision: number): string {
  const text = [data.orderKey, kind, revision].join('\n');
  return `msg_${createHash('sha256').update(text).digest('base64url').slice(0, 27)}`;
}

export function cloudEvent(event: OutgoingEvent, id: string, time: Date): string {
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: '/amazon-sales-channel',
    type: `${prefix}${event.kind}.v1`,
    subject: event.data.orderKey,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    data: event.data,
  });
}

const longestMessage = 500;
/** Of codes, numbers, names and keys, which are kept and shown with the order: what is longer is a mistake. */
const longestText = 100;
const longestReference = 200;
const text = z.string().min(1).max(longestText);
const reference = z.string().min(1).max(longestReference);
const cutTo = (longest: number) =>
  z
    .string()
    .min(1)
    .transform((words) => words.slice(0, longest));
const message = cutTo(longestMessage);
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value).toISOString());

/** The ERP's no at once, in the answer to a submitted order. Nobody can be told of a long code, so it is cut. */
export const rejectionSchema = z.object({
  code: cutTo(longestText),
  message,
  lineKeys: z.array(z.string().min(1)).exactOptional(),
});

const packageSchema = z
  .object({
    packageId: text,
    carrierCode: text,
    carrierName: text.exactOptional(),
    service: text.exactOptional(),
    tracking: text,
    items: z.array(z.object({ lineKey: text, quantity: z.int().positive() })).min(1),
  })
  .refine(({ carrierCode, carrierName }) => carrierCode !== 'Other' || carrierName !== undefined, {
    path: ['carrierName'],
    message: 'Required when carrierCode is "Other"',
  });

const shipmentSchema = z.object({
  shipmentId: text,
  revision: z.union([text, z.int().transform(String)]).default('1'),
  shippedAt: instant,
  voided: z.boolean().default(false),
  packages: z.array(packageSchema).min(1),
});

const envelope = <const Kind extends string, Data extends z.ZodType>(kind: Kind, data: Data) =>
  z.object({
    specversion: z.literal('1.0'),
    id: reference,
    source: reference,
    type: z.literal(`${prefix}${kind}.v1`),
    subject: z.string().regex(/^[^/\s]+\/[^/\s]+$/, 'Expected the order key <account>/<AmazonOrderId>'),
    data,
  });

const incoming = z.discriminatedUnion('type', [
  envelope(
    'order.accepted',
    z.object({
      erpOrderNumber: text,
      lines: z.array(z.object({ lineKey: text, erpLineId: text })).default([]),
    }),
  ),
  envelope('order.rejected', rejectionSchema.extend({ code: text })),
  envelope('order.cancelled', z.object({}).default({})),
  envelope('order.cancel-refused', z.object({ message })),
  envelope('shipment.created', shipmentSchema),
]);

/**
 * Reads a verified push.
 *
 * @throws WebhookRefusedError with reason `body`, which names the fields and quotes none of their values.
 */
export function readCloudEvent(webhookId: string, rawBody: string): ErpEvent {
  const event = parse(rawBody);
  if (event.id !== webhookId) {
    throw new WebhookRefusedError('body', 'The id of the event differs from the header webhook-id');
  }
  return toErpEvent(event);
}

function parse(rawBody: string): z.output<typeof incoming> {
  let json: unknown;
  try {
    json = JSON.parse(rawBody);
  } catch {
    throw new WebhookRefusedError('body', 'The body is not JSON');
  }
  const { data, error } = incoming.safeParse(json);
  if (error) {
    throw new WebhookRefusedError('body', `The body is not a known event: ${z.prettifyError(error)}`);
  }
  return data;
}

function toErpEvent(event: z.output<typeof incoming>): ErpEvent {
  const about: { eventId: string; orderKey: OrderKey } = { eventId: event.id, orderKey: event.subject };
  switch (event.type) {
    case `${prefix}order.accepted.v1`:
      return { ...about, kind: 'accepted', ...event.data };
    case `${prefix}order.rejected.v1`:
      return { ...about, kind: 'rejected', ...event.data };
    case `${prefix}order.cancelled.v1`:
      return { ...about, kind: 'cancelled' };
    case `${prefix}order.cancel-refused.v1`:
      return { ...about, kind: 'cancelRefused', message: event.data.message };
    case `${prefix}shipment.created.v1`:
      return { ...about, kind: 'shipment', shipment: { orderKey: event.subject, ...event.data } };
  }
}
