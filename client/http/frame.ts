import type { Context } from 'hono';
import type { SecureHeadersVariables } from 'hono/secure-headers';
import { localTimeZone } from '../words';
import type { Frame } from './layout';
import { takeOutcome } from './outcome';

export interface PageEnv {
  Variables: SecureHeadersVariables;
}

export interface FrameOptions {
  /** Address of the Temporal Web UI. */
  readonly temporalUi: string;
  /** IANA name; default: this machine's. */
  readonly timeZone?: string;
}

/** What frames the answer to a request; takes the outcome of a button, which is shown once. */
export function frameOf(
  c: Context<PageEnv>,
  { temporalUi, timeZone = localTimeZone() }: FrameOptions,
): Frame {
  const isRefresh = c.req.header('x-refresh') !== undefined;
  return {
    nonce: c.get('secureHeadersNonce') ?? '',
    temporalUi,
    timeZone,
    isRefresh,
    outcome: isRefresh ? undefined : takeOutcome(c),
  };
}
