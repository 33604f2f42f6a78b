import type { z } from 'zod';
import { fetchFailure, retryAfterMs } from '../fetch-failure';
import type { Access, AccessHeaders } from './access';
import { errorSentence, personalValues, quotes } from './error-sentence';
import {
  CommerceAccessError,
  CommerceAnswerError,
  type CommerceCall,
  CommerceRefusedError,
  CommerceUnreachableError,
} from './errors';
import { createGate } from './gate';
import { encodeQuery, type QueryParameters } from './oauth';

export interface HttpOptions {
  readonly commerce: string;
  readonly access: Access;
  readonly timeoutMs: number;
  /** Calls at the same time. */
  readonly concurrency: number;
}

export interface Request<T> {
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** Store view code, `all` for the global scope. */
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
  /** That it answers. */
  readonly access: AccessHeaders;
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const slowFactor = 3;

/** One attempt per request, within the concurrency; throws the errors of `errors.ts`. */
export function createHttp(options: HttpOptions): Http {
  const gate = createGate(options.concurrency);
  return (request) =>
    gate(async () => {
      request.signal?.throwIfAborted();
      const first = await send(options, request);
      const answer = mayPassAnew(options, first) ? await send(options, request) : first;
      return read(callOf(options, request), request, answer);
    });
}

function callOf<T>({ commerce }: HttpOptions, { operation, method, path }: Request<T>): CommerceCall {
  return { commerce, operation, method, path };
}

function mayPassAnew({ access }: HttpOptions, { status, body, ...answered }: Answer): boolean {
  return status === 401 && access.mayPassAnew(answered.access, errorSentence(body));
}

async function send<T>(options: HttpOptions, request: Request<T>): Promise<Answer> {
  const { method, query = [], body, signal, store } = request;
  const address = options.access.address(store, pathOf(request));
  const access = await options.access.headers({ method, address, query, store });
  const timeoutMs = options.timeoutMs * (request.slow ? slowFactor : 1);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(query.length > 0 ? `${address}?${encodeQuery(query)}` : address, {
      method,
      headers: {
        accept: 'application/json',
        ...access,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
      // Neither a signature nor a token is for another address.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    const retryAfter = response.headers.get('retry-after');
    return { access, status: response.status, retryAfter, body: text };
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
  const sentence = printable(errorSentence(body), request);
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterHint = retryAfterMs(retryAfter, Date.now());
    return new CommerceUnreachableError(call, sentence || withoutSentence(body) || 'not now', {
      outcomeUnknown: status !== 429,
      retryAfterMs: retryAfterHint,
    });
  }
  if (status < 400)
    return new CommerceAnswerError(call, 'sends elsewhere; check the address in the settings');
  if (status === 401 || status === 403) {
    const problem = sentence || withoutSentence(body) || 'check the keys and rights of the integration';
    return new CommerceAccessError(call, problem);
  }
  const problem = sentence || withoutSentence(body) || 'refused without a reason that can be shown';
  return new CommerceRefusedError(call, problem);
}

/** What is none of Commerce's own errors is named, never shown: nobody knows what it repeats. */
function withoutSentence(body: string): string {
  if (/^\s*</.test(body)) return 'a web page instead of an answer; look at what stands before Commerce';
  return body.startsWith('An error has happened during application run')
    ? 'Commerce broke off; its exception log has the reason'
    : '';
}

/** Commerce's sentence, unless it repeats something of the buyer that this request sent. */
function printable<T>(sentence: string, { body, query = [] }: Request<T>): string {
  const emails = query.map(([, value]) => value).filter((value) => value.includes('@'));
  return quotes(sentence, [...personalValues(body), ...emails]) ? '' : sentence;
}
