import type { z } from 'zod';
import { fetchFailure, retryAfterMs } from '../fetch-failure';
import { errorSentence, personalValues, quotes } from './error-sentence';
import {
  CommerceAccessError,
  CommerceAnswerError,
  type CommerceCall,
  CommerceRefusedError,
  CommerceUnreachableError,
} from './errors';
import { createGate } from './gate';
import { encodeQuery, type QueryParameters, type Signer } from './oauth';

export interface HttpOptions {
  readonly commerce: string;
  /** Without `/rest`. */
  readonly url: string;
  readonly sign: Signer;
  readonly timeoutMs: number;
  /** Calls at the same time. */
  readonly concurrency: number;
}

export interface Request<T> {
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Store view code of the path, `all` for the global scope. */
  readonly store: string;
  /** Template such as `/V1/orders/{id}`, with its values in `parts`. */
  readonly path: string;
  readonly parts?: Readonly<Record<string, string | number>>;
  readonly query?: QueryParameters;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
  /** For the calls that reindex before they answer (measured: a second and more). */
  readonly slow?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export type Http = <T>(request: Request<T>) => Promise<T>;

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const slowFactor = 3;

/** One signed attempt per request, within the concurrency; throws the errors of `errors.ts`. */
export function createHttp(options: HttpOptions): Http {
  const gate = createGate(options.concurrency);
  return (request) =>
    gate(async () => {
      request.signal?.throwIfAborted();
      const first = await send(options, request);
      // A nonce that another process drew, or a clock that has just been set: both pass with a new signature.
      const answer = isSignatureRefusal(first) ? await send(options, request) : first;
      return read(callOf(options, request), request, answer);
    });
}

function callOf<T>({ commerce }: HttpOptions, { operation, method, path }: Request<T>): CommerceCall {
  return { commerce, operation, method, path };
}

function isSignatureRefusal({ status, body }: Answer): boolean {
  return status === 401 && /signature is invalid|nonce/i.test(errorSentence(body));
}

async function send<T>(options: HttpOptions, request: Request<T>): Promise<Answer> {
  const { method, query = [], body, signal } = request;
  const address = `${options.url}/rest/${request.store}${pathOf(request)}`;
  const timeoutMs = options.timeoutMs * (request.slow ? slowFactor : 1);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(query.length > 0 ? `${address}?${encodeQuery(query)}` : address, {
      method,
      headers: {
        accept: 'application/json',
        authorization: options.sign(method, address, query),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // A signature holds for one address.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    return { status: response.status, retryAfter: response.headers.get('retry-after'), body: text };
  } catch (error) {
    signal?.throwIfAborted();
    const { outcomeUnknown, problem } = timeout.aborted
      ? { outcomeUnknown: true, problem: `no answer within ${timeoutMs} ms` }
      : fetchFailure(error);
    throw new CommerceUnreachableError(callOf(options, request), problem, { outcomeUnknown });
  }
}

function pathOf<T>({ path, parts = {} }: Request<T>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
}

function read<T>(call: CommerceCall, request: Request<T>, answer: Answer): T {
  const { status, body } = answer;
  if (status < 200 || status >= 300) throw failure({ ...call, status }, request, answer);
  const { data, error } = request.answer.safeParse(json({ ...call, status }, body));
  if (!error) return data;
  const places = error.issues.map(({ path, code }) => `${path.join('.') || 'answer'} (${code})`);
  throw new CommerceAnswerError({ ...call, status }, `unexpected ${places.slice(0, 5).join(', ')}`);
}

function json(call: CommerceCall, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new CommerceAnswerError(call, 'not JSON');
  }
}

function failure<T>(call: CommerceCall, request: Request<T>, { status, retryAfter, body }: Answer): Error {
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterHint = retryAfterMs(retryAfter, Date.now());
    return new CommerceUnreachableError(call, 'not now', {
      outcomeUnknown: status !== 429,
      retryAfterMs: retryAfterHint,
    });
  }
  if (status < 400)
    return new CommerceAnswerError(call, 'sends elsewhere; check the address in the settings');
  const sentence = printable(errorSentence(body), request);
  if (status === 401 || status === 403) {
    return new CommerceAccessError(call, sentence || 'check the keys and rights of the integration');
  }
  return new CommerceRefusedError(call, sentence || 'refused without a reason that can be shown');
}

/** Commerce's sentence, unless it repeats something of the buyer that this request sent. */
function printable<T>(sentence: string, { body, query = [] }: Request<T>): string {
  const emails = query.map(([, value]) => value).filter((value) => value.includes('@'));
  return quotes(sentence, [...personalValues(body), ...emails]) ? '' : sentence;
}
