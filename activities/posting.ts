import { type CommerceCall, CommerceError, CommerceUnreachableError } from '../integrations/commerce/errors';
import type { SentOrder } from '../integrations/commerce/sent-order';
import type { Progress } from './heartbeats';

/** Kept before Commerce makes what it would make twice, for the next attempt. No personal data: Temporal shows it. */
export interface Begun {
  /** ISO 8601. */
  readonly since: string;
  /** Of an activity with several. */
  readonly step?: string;
}

/** The creation of an order. */
export interface Posting extends Begun {
  readonly sent: SentOrder;
}

/** Undefined where no attempt before this one has begun to make something, or what it began has had no effect. */
export function begunOf(kept: unknown): Begun | undefined {
  return typeof kept === 'object' && kept !== null && 'since' in kept ? (kept as Begun) : undefined;
}

export function postingOf(kept: unknown): Posting | undefined {
  const begun = begunOf(kept);
  return begun && 'sent' in begun ? (begun as Posting) : undefined;
}

/** Makes it once Temporal knows that it is begun, and forgets that where it surely had no effect. */
export async function begin<T>(
  progress: Progress,
  details: Omit<Posting, 'since'> | Omit<Begun, 'since'>,
  make: () => Promise<T>,
): Promise<T> {
  await progress.keep({ since: new Date().toISOString(), ...details });
  try {
    return await make();
  } catch (error) {
    if (isCertainlyUndone(error)) await progress.keep(progress.before ?? null);
    throw error;
  }
}

const isCertainlyUndone = (error: unknown) =>
  error instanceof CommerceUnreachableError && !error.outcomeUnknown;

/** So long after its begin, a call has ended, whatever became of it. */
const graceMs = 60_000;

/**
 * While a call of an earlier attempt may be under way, this one only looks for what it makes.
 *
 * @throws CommerceUnreachableError that asks to wait for its end, where `look` finds nothing
 */
export async function lookBeforeItsEnd<T>(
  call: CommerceCall,
  begun: Begun | undefined,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const leftMs = begun ? Math.min(Date.parse(begun.since) + graceMs - Date.now(), graceMs) : 0;
  if (leftMs <= 0) return look();
  let problem = 'an earlier attempt may still be under way';
  try {
    const found = await look();
    if (found) return found;
  } catch (error) {
    if (!(error instanceof CommerceError)) throw error;
    problem = `${problem}: ${error.message}`;
  }
  throw new CommerceUnreachableError(call, problem, { outcomeUnknown: true, retryAfterMs: leftMs });
}

/** A step that is still due although an earlier attempt has begun it may be under way. */
export function onceAtATime(progress: Progress) {
  const begun = begunOf(progress.before);
  return async (step: string, call: CommerceCall, make: () => Promise<unknown>): Promise<void> => {
    await lookBeforeItsEnd(call, begun?.step === step ? begun : undefined, async () => undefined);
    await begin(progress, { step }, make);
  };
}
