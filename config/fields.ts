import { z } from 'zod';
import { parseDuration } from './duration';

/** The kinds of value in the settings file. Each message completes a sentence that begins with the setting. */

export const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be at most 40 lower-case letters, digits and dashes');

export const port = z.int().min(1).max(65_535);

interface Bounds {
  readonly leastMs?: number;
  readonly mostMs?: number;
  /** Completes the sentence when a bound is broken. */
  readonly message?: string;
}

/** For editors. */
const durationShape = {
  anyOf: [
    { type: 'string', pattern: String.raw`^\d+(\.\d+)? ?(ms|s|min|h|d)$` },
    { type: 'integer', minimum: 0 },
  ],
};

/** Milliseconds, written as "15 min" or as a number of them. */
export function duration({ leastMs = 1, mostMs, message = 'must be longer than nothing' }: Bounds = {}) {
  return z
    .unknown()
    .meta(durationShape)
    .transform((value, context) => {
      const ms = parseDuration(value);
      if (ms === undefined) {
        context.addIssue('must be a duration like 500 ms, 20 s, 15 min, 1 h or 3 d');
        return z.NEVER;
      }
      if (ms < leastMs || (mostMs !== undefined && ms > mostMs)) context.addIssue(message);
      return ms;
    });
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Without a slash at its end. Plain http would show buyers and signatures to the network. */
export const webAddress = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && loopbackHosts.includes(url.hostname));
  if (!url || !isSafe) {
    context.addIssue('must be an address that begins with https:// (http:// only on this machine)');
    return z.NEVER;
  }
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    context.addIssue('must be an address without user name, password and #');
  }
  return text.replace(/\/+$/, '');
});

/** An ISO 8601 time; in UTC with milliseconds. */
export const instant = z.iso
  .datetime({
    offset: true,
    error: ({ code }) => (code === 'invalid_format' ? 'must be a time like 2026-11-01T00:00:00Z' : undefined),
  })
  .transform((text) => new Date(text).toISOString());
