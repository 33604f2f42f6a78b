import { CommerceError, CommerceUnreachableError } from '../integrations/commerce/errors';
import type { CommercePort } from '../integrations/commerce/port';
import type { SentOrder } from '../integrations/commerce/sent-order';

/** Kept before an order is created, for the next attempt. Without personal data: Temporal shows it. */
export interface Posting {
  /** ISO 8601. */
  readonly since: string;
  readonly sent: SentOrder;
}

/** Undefined where no attempt before this one has begun to create the order, or what it began has had no effect. */
export function postingOf(kept: unknown): Posting | undefined {
  const isPosting = typeof kept === 'object' && kept !== null && 'since' in kept && 'sent' in kept;
  return isPosting ? (kept as Posting) : undefined;
}

/** So long after its begin, a creation has ended, whatever became of it. */
const graceMs = 60_000;

/**
 * With Commerce's own numbers nothing there refuses a second order: while a creation of an earlier attempt may be
 * under way, this one only looks.
 *
 * @throws CommerceUnreachableError that asks to wait for its end, where `look` finds nothing
 */
export async function lookBeforeItsEnd<T>(
  { name }: CommercePort,
  { since, sent }: Posting,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const leftMs = Math.min(Date.parse(since) + graceMs - Date.now(), graceMs);
  if (sent.number !== undefined || leftMs <= 0) return look();
  let problem = 'an earlier attempt may still be under way';
  try {
    const found = await look();
    if (found) return found;
  } catch (error) {
    if (!(error instanceof CommerceError)) throw error;
    problem = `${problem}: ${error.message}`;
  }
  throw new CommerceUnreachableError(
    { commerce: name, operation: 'create order', method: 'POST', path: '/V1/orders' },
    problem,
    { outcomeUnknown: true, retryAfterMs: leftMs },
  );
}
