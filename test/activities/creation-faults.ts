import type { Fault } from '../../sandbox/faults';

const creation = { method: 'POST', path: '/V1/orders$' } as const;
const lookUp = { method: 'GET', path: '/V1/orders$' } as const;
const html = {
  contentType: 'text/html',
  body: 'Service misbehaving <html><h1>Bad gateway</h1></html>',
} as const;
const commerceSays = (message: string) =>
  ({ kind: 'body', status: 400, body: JSON.stringify({ message }) }) as const;

/** How long these attempts wait for an answer, and an answer that comes after that. */
export const timeoutMs = 3_000;
const lateMs = 4_500;
/** Until that answer, once the attempt has ended. */
export const restMs = 2_000;

export interface CreationFault {
  readonly faults: readonly Fault[];
  /** Of the first attempt; `placed` where it ends well all the same, as an order that the channel has made. */
  readonly first: 'placed' | 'Unreachable' | 'Throttled' | 'UnexpectedAnswer' | 'Refused' | 'AccessDenied';
  readonly reason?: RegExp;
  readonly orders: 0 | 1;
  /** Before the next attempt, in milliseconds: as the vendor asked. */
  readonly after?: number;
  /** The creation may still be under way: without Amazon's number, nobody makes another one within a minute. */
  readonly grace?: true;
}

/** What can go wrong with the creation of a Commerce order, and what must come of it. */
export const creationFaults: Readonly<Record<string, CreationFault>> = {
  'refused before it has an effect': {
    faults: [{ ...creation, ...commerceSays('Please provide payment for the order.'), times: 9 }],
    first: 'Refused',
    reason: /create order.*answered 400: Please provide payment for the order\./,
    orders: 0,
  },
  'refused without a sentence': {
    faults: [{ ...creation, kind: 'status', status: 400, times: 9 }],
    first: 'Refused',
    reason: /create order.*refused without a reason/,
    orders: 0,
  },
  'answered 500 after the effect': {
    faults: [{ ...creation, kind: 'statusAfter', status: 500 }],
    first: 'placed',
    orders: 1,
  },
  'answered 503 after the effect': {
    faults: [{ ...creation, kind: 'statusAfter', status: 503 }],
    first: 'placed',
    orders: 1,
  },
  'answered with something else after the effect': {
    faults: [{ ...creation, kind: 'statusAfter', status: 200 }],
    first: 'placed',
    orders: 1,
  },
  'made after our time-out': {
    faults: [{ ...creation, kind: 'delay', delayMs: lateMs }],
    first: 'Unreachable',
    reason: /create order.*no answer within 3000 ms/,
    orders: 1,
    grace: true,
  },
  'cut off before the effect': {
    faults: [{ ...creation, kind: 'dropBefore' }],
    first: 'Unreachable',
    reason: /create order.*connection lost/,
    orders: 1,
    grace: true,
  },
  'cut off after the effect': { faults: [{ ...creation, kind: 'dropAfter' }], first: 'placed', orders: 1 },
  'not looked up': {
    faults: [{ ...lookUp, kind: 'dropBefore' }],
    first: 'Unreachable',
    reason: /look up order.*connection lost/,
    orders: 1,
  },
  'made, its answer lost, and not looked up after that': {
    faults: [
      { ...creation, kind: 'dropAfter' },
      { ...lookUp, kind: 'status', status: 500, skip: 1 },
    ],
    first: 'Unreachable',
    reason: /look up order.*answered 500/,
    orders: 1,
    grace: true,
  },
  'made and not read back': {
    faults: [{ method: 'GET', path: '/V1/orders/\\d+$', kind: 'status', status: 500 }],
    first: 'Unreachable',
    reason: /read order.*answered 500/,
    orders: 1,
  },
  'held up by the catalogue': {
    faults: [{ method: 'GET', path: '/V1/products$', kind: 'status', status: 502 }],
    first: 'Unreachable',
    reason: /look up products.*answered 502/,
    orders: 1,
  },
  'throttled without a hint': {
    faults: [{ ...creation, kind: 'status', status: 429 }],
    first: 'Unreachable',
    reason: /create order.*answered 429/,
    orders: 1,
  },
  'throttled with a hint': {
    faults: [{ ...creation, kind: 'status', status: 429, headers: { 'retry-after': '7' } }],
    first: 'Throttled',
    reason: /create order.*answered 429/,
    orders: 1,
    after: 7_000,
  },
  'answered 503': {
    faults: [{ ...creation, kind: 'status', status: 503 }],
    first: 'Unreachable',
    reason: /create order.*answered 503/,
    orders: 1,
    grace: true,
  },
  'answered 503 with a hint': {
    faults: [{ ...creation, kind: 'status', status: 503, headers: { 'retry-after': '120' } }],
    first: 'Throttled',
    reason: /create order.*answered 503/,
    orders: 1,
    after: 120_000,
    grace: true,
  },
  'answered with an error page': {
    faults: [{ ...creation, kind: 'body', status: 502, ...html }],
    first: 'Unreachable',
    reason: /create order.*answered 502/,
    orders: 1,
    grace: true,
  },
  'answered with a page in place of an order': {
    faults: [{ ...creation, kind: 'body', status: 200, ...html }],
    first: 'UnexpectedAnswer',
    reason: /create order.*not JSON/,
    orders: 1,
    grace: true,
  },
  'answered with somebody else’s no after the effect': {
    faults: [{ ...creation, kind: 'statusAfter', status: 403 }],
    first: 'placed',
    orders: 1,
  },
  'cut off before the effect, and not looked up for lack of access': {
    faults: [
      { ...creation, kind: 'dropBefore' },
      { ...lookUp, kind: 'status', status: 403, skip: 1 },
    ],
    first: 'Unreachable',
    reason: /create order.*connection lost/,
    orders: 1,
    grace: true,
  },
};
