import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';

/**
 * One commanded misbehaviour. It strikes requests whose method and path match, after letting `skip` of them
 * pass: the next `times` ones (default 1), or, with `every`, the last `burst` of each so many, without end unless
 * `times` is given. Nothing is random: the same commands and requests give the same faults.
 */
export interface Fault {
  method?: string;
  /** Regular expression on the path. */
  path: string;
  kind: FaultKind;
  skip?: number;
  times?: number;
  every?: number;
  /** Default 1; only together with `every`. */
  burst?: number;
  /** For `status` and `statusAfter` (default 500) and `body` (default 200). */
  status?: number;
  /** For `status`, `statusAfter` and `body`, such as `retry-after`. */
  headers?: Record<string, string>;
  /** For `body`. */
  contentType?: string;
  /** For `body`: the whole text of the answer. */
  body?: string;
  /** For `delay`: real milliseconds before the request is handled. */
  delayMs?: number;
}

/**
 * - `delay`: handled later
 * - `status`: refused with `status`, without effect
 * - `body`: answered with `status`, `contentType` and `body`, without effect
 * - `statusAfter`: takes effect, answers `status`
 * - `dropBefore`: connection cut, without effect
 * - `dropAfter`: takes effect, connection cut instead of the answer
 */
export const faultKinds = ['delay', 'status', 'statusAfter', 'body', 'dropBefore', 'dropAfter'] as const;
export type FaultKind = (typeof faultKinds)[number];

interface Armed extends Fault {
  seen: number;
  struck: number;
}

export interface Faults {
  arm(fault: Fault): void;
  clear(): void;
  list(): readonly Armed[];
  middleware: MiddlewareHandler<{ Bindings: HttpBindings }>;
}

const refusal = (c: Context, { status = 500, headers }: Fault) =>
  c.body('Service misbehaving on command', status as 500, { ...headers, 'content-type': 'text/plain' });

const answer = (c: Context, { status = 200, headers, contentType = 'application/json', body = '' }: Fault) =>
  c.body(body, status as 200, { ...headers, 'content-type': contentType });

/** Whether the fault is for the request that is its `seen`-th, `skip` ones not counted. */
function strikes({ every, burst = 1, times, struck }: Armed, seen: number): boolean {
  if (seen <= 0 || struck >= (times ?? (every === undefined ? 1 : Number.POSITIVE_INFINITY))) return false;
  return every === undefined || (seen - 1) % every >= every - burst;
}

export function createFaults(): Faults {
  let armed: Armed[] = [];

  const strike = (method: string, path: string): Armed | undefined => {
    for (const fault of armed) {
      if (fault.method && fault.method !== method) continue;
      if (!new RegExp(fault.path).test(path)) continue;
      fault.seen += 1;
      if (!strikes(fault, fault.seen - (fault.skip ?? 0))) continue;
      fault.struck += 1;
      return fault;
    }
    return undefined;
  };

  return {
    arm: (fault) => armed.push({ ...fault, seen: 0, struck: 0 }),
    clear: () => {
      armed = [];
    },
    list: () => armed,
    middleware: async (c, next) => {
      const fault = strike(c.req.method, c.req.path);
      if (!fault) return next();
      const refuse = () => refusal(c, fault);
      const drop = () => {
        c.env.incoming.socket.destroy();
        return RESPONSE_ALREADY_SENT;
      };
      if (fault.kind === 'delay') await new Promise((done) => setTimeout(done, fault.delayMs ?? 1000));
      if (fault.kind === 'status') return refuse();
      if (fault.kind === 'body') return answer(c, fault);
      if (fault.kind === 'dropBefore') return drop();
      await next();
      if (fault.kind === 'statusAfter') c.res = refuse();
      if (fault.kind === 'dropAfter') c.res = drop();
      return undefined;
    },
  };
}
