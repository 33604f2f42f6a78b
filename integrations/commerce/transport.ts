import { z } from 'zod';
import { type CommerceCall, CommerceUnreachableError } from './errors';

/** Node's codes for a connection that never came about, so that nothing was sent. */
const unsentCodes = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];
const fetchErrorSchema = z.object({ cause: z.object({ code: z.string() }) });

/** Why `fetch` has no answer; `timedOutMs` is given when our own time-out was the reason. */
export function transportError(
  call: CommerceCall,
  timedOutMs: number | undefined,
  error: unknown,
): CommerceUnreachableError {
  if (timedOutMs !== undefined) {
    return new CommerceUnreachableError(call, `no answer within ${timedOutMs} ms`, { outcomeUnknown: true });
  }
  const code = fetchErrorSchema.safeParse(error).data?.cause.code ?? 'no code';
  return unsentCodes.includes(code)
    ? new CommerceUnreachableError(call, `not reached (${code})`, { outcomeUnknown: false })
    : new CommerceUnreachableError(call, `connection lost (${code})`, { outcomeUnknown: true });
}

/** RFC 9110, 10.2.3: seconds or an HTTP date. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
