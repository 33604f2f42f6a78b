import type { AccessTokens } from './access-token';
import {
  AmazonAccessError,
  AmazonAnswerError,
  type AmazonCall,
  AmazonRefusedError,
  AmazonThrottledError,
  AmazonUnreachableError,
} from './errors';
import type { LiveRates, MeteredOperation } from './rates';
import { parseRefusal, refusesToken } from './refusal';

/** What the generated client takes beside the parameters of an operation. */
export interface TransportOptions {
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
  readonly responseType: 'text';
  readonly maxRedirects: 0;
  readonly proxy: false;
  readonly validateStatus: () => true;
}

/** One request by the generated client; `data` is text, whatever the client's types say. */
export type Send = (options: TransportOptions) => Promise<RawAnswer>;

interface RawAnswer {
  readonly status: number;
  readonly headers: object;
  readonly data: unknown;
}

/** A 2xx answer. */
export interface Answer {
  readonly call: AmazonCall;
  readonly body: string;
  /** The live quota, when this answer told it. */
  readonly ratePerSecond?: number;
  /** Of the answer, by the clock of whoever gave it; epoch milliseconds. */
  readonly date?: number;
}

export interface Request {
  readonly operation: MeteredOperation;
  readonly method: AmazonCall['method'];
  readonly path: string;
  readonly send: Send;
}

export interface Gateway {
  /**
   * One attempt, and one more with a fresh token where Amazon says that the token has expired.
   *
   * @throws an error of `errors.ts`, or the reason of `signal`
   */
  call(request: Request, signal?: AbortSignal): Promise<Answer>;
  /** By the clock of whoever answered last, epoch milliseconds; undefined before the first answer. */
  amazonNow(): number | undefined;
}

interface Parts {
  readonly tokens: AccessTokens;
  readonly rates: LiveRates;
  readonly timeoutMs: number;
}

interface Reply {
  readonly call: AmazonCall;
  readonly status: number;
  readonly body: string;
  readonly rate: string | undefined;
  readonly date: number;
}

/**
 * The only way to Amazon's API. Errors of the HTTP client hold the access token and what was sent, so none of
 * them leaves this file.
 */
export function createGateway(parts: Parts): Gateway {
  const { tokens, rates } = parts;
  const attempt = async (request: Request, signal: AbortSignal | undefined) => {
    const token = await tokens.current();
    signal?.throwIfAborted();
    return { token, reply: await exchange(request, token, parts.timeoutMs, signal) };
  };

  /** Amazon's clock is ahead of ours by so much. */
  let aheadMs: number | undefined;

  return {
    amazonNow: () => (aheadMs === undefined ? undefined : Date.now() + aheadMs),
    call: async (request, signal) => {
      let { token, reply } = await attempt(request, signal);
      if (isTokenRefused(reply)) {
        tokens.discard(token);
        ({ reply } = await attempt(request, signal));
      }
      rates.learn(request.operation, reply.rate);
      if (!Number.isNaN(reply.date)) aheadMs = reply.date - Date.now();
      if (reply.status < 200 || reply.status > 299) throw failure(reply, request.operation, rates);
      const ratePerSecond = reply.rate === undefined ? undefined : rates.told(request.operation);
      return {
        call: reply.call,
        body: reply.body,
        ...(ratePerSecond !== undefined && { ratePerSecond }),
        ...(!Number.isNaN(reply.date) && { date: reply.date }),
      };
    },
  };
}

function isTokenRefused({ status, body }: Reply): boolean {
  if (status !== 401 && status !== 403) return false;
  const refusal = parseRefusal(body);
  return refusal !== undefined && refusesToken(refusal);
}

async function exchange(
  { operation, method, path, send }: Request,
  token: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Reply> {
  const call: AmazonCall = { operation, method, path };
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const { status, headers, data } = await send({
      headers: { 'x-amz-access-token': token, 'user-agent': 'amazon-sales-channel (Language=TypeScript)' },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      responseType: 'text',
      // Following a redirect would hand the access token to another host.
      maxRedirects: 0,
      proxy: false,
      validateStatus: () => true,
    });
    const requestId = header(headers, 'x-amzn-requestid');
    return {
      call: { ...call, status, ...(requestId !== undefined && { requestId }) },
      status,
      body: typeof data === 'string' ? data : '',
      rate: header(headers, 'x-amzn-ratelimit-limit'),
      date: Date.parse(header(headers, 'date') ?? ''),
    };
  } catch (error) {
    signal?.throwIfAborted();
    const problem = timeout.aborted ? `no answer within ${timeoutMs} ms` : `no connection${codeOf(error)}`;
    throw new AmazonUnreachableError(call, problem);
  }
}

/** `ECONNRESET` and the like. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? ` (${code})` : '';
}

function header(headers: object, name: string): string | undefined {
  const value: unknown = Reflect.get(headers, name);
  return typeof value === 'string' && value.length <= 100 ? value : undefined;
}

function failure({ call, status, body }: Reply, operation: MeteredOperation, rates: LiveRates): Error {
  if (status === 429)
    return new AmazonThrottledError(call, rates.retryAfterMs(operation), rates.told(operation));
  if (status >= 500) return new AmazonUnreachableError(call, 'no service');
  const refusal = parseRefusal(body);
  if (status === 401 || status === 403)
    return new AmazonAccessError(call, refusal?.text || 'access is denied, no reason given');
  // An HTML page comes from a gateway that stands before the API.
  if (!refusal || status < 400) return new AmazonAnswerError(call, 'the answer is none of the API');
  return new AmazonRefusedError(call, refusal.code, refusal.text);
}
