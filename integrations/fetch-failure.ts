import { z } from 'zod';

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

/** Why `fetch` has no answer. */
export interface FetchFailure {
  /** The request may have been sent, so its effect may have happened. */
  readonly outcomeUnknown: boolean;
  /** In words, without the address. */
  readonly problem: string;
}

export function fetchFailure(error: unknown): FetchFailure {
  const code = fetchErrorSchema.safeParse(error).data?.cause.code ?? 'no code';
  return unsentCodes.includes(code)
    ? { outcomeUnknown: false, problem: `not reached (${code})` }
    : { outcomeUnknown: true, problem: `connection lost (${code})` };
}

/** RFC 9110, 10.2.3: seconds or an HTTP date. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
