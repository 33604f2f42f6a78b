import { z } from 'zod';
import { EventRefusedError } from './event-errors';
import { createKeySource, type KeySource } from './event-keys';
import { isSigned } from './event-signature';

/** A hint that something in Commerce has changed; what it is must be read. */
export interface CommerceHint {
  /** Commerce's ids of the orders that it is about, as far as the event tells. */
  readonly orderIds: readonly number[];
}

export interface CommerceEvents {
  /**
   * @throws EventRefusedError for what is not proven to be an event for us
   * @throws EventKeyUnavailableError where that cannot be told now
   */
  read(headers: Readonly<Record<string, string>>, rawBody: Uint8Array): Promise<CommerceHint>;
}

export interface CommerceEventsOptions {
  /** The project that the events are registered in: Adobe names the recipient in each event. */
  readonly clientId: string;
  readonly keys?: KeySource;
}

const id = z.coerce.number<unknown>().int().positive();
const eventSchema = z.object({
  recipient_client_id: z.string(),
  data: z
    .object({
      value: z
        .object({ order_id: id.optional().catch(undefined) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/**
 * Adobe I/O Events of Commerce, one in each message (guide "Signature Verification for Events"). Of shipments and
 * tracks they carry little more than the order's id.
 */
export function createCommerceEvents({
  clientId,
  keys = createKeySource(),
}: CommerceEventsOptions): CommerceEvents {
  return {
    read: async (headers, rawBody) => {
      const event = parse(rawBody);
      // Before the signature, so that strangers do not have us ask Adobe for keys.
      if (event.recipient_client_id !== clientId) {
        throw new EventRefusedError('The event is for another recipient_client_id.');
      }
      if (!(await isSigned(keys, headers, rawBody))) {
        throw new EventRefusedError('Neither digital signature of Adobe I/O Events fits the body.');
      }
      const orderId = event.data?.value?.order_id;
      return { orderIds: orderId === undefined ? [] : [orderId] };
    },
  };
}

function parse(rawBody: Uint8Array): z.output<typeof eventSchema> {
  try {
    return eventSchema.parse(JSON.parse(Buffer.from(rawBody).toString('utf8')));
  } catch {
    throw new EventRefusedError('The body is no event of Adobe I/O Events.');
  }
}
