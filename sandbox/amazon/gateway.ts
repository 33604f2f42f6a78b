import type { Context, MiddlewareHandler } from 'hono';
import { every } from 'hono/combine';
import type { Clock } from '../clock';
import { requireToken, type TokenKind } from './auth';
import { quotaExceeded, SellingPartnerRefusal } from './errors';
import type { Operation, Quota } from './quota';
import type { SettingsKeeper } from './settings';

interface Gate {
  clock: Clock;
  quota: Quota;
  keeper: SettingsKeeper;
}

/** Amazon declares the rate header on these answers and on no others. */
const withRateHeader = (status: number) => status < 300 || status === 400 || status === 404;

function metered({ quota }: Gate, operation: Operation): MiddlewareHandler {
  return async (c, next) => {
    if (!quota.take(operation)) throw quotaExceeded();
    await next();
    if (withRateHeader(c.res.status))
      c.res.headers.set('x-amzn-RateLimit-Limit', quota.rateHeader(operation));
  };
}

/** What stands before an operation: the kind of token that it needs, and its quota. */
export const gateOf = (gate: Gate, operation: Operation, kind: TokenKind = 'seller'): MiddlewareHandler =>
  every(requireToken(kind, { clock: gate.clock, settings: gate.keeper.current }), metered(gate, operation));

/** The answer to a refused request; other errors pass. */
export function refuse(error: Error, c: Context) {
  if (!(error instanceof SellingPartnerRefusal)) throw error;
  return c.json(error.body(), error.status, { 'x-amzn-ErrorType': error.code });
}
