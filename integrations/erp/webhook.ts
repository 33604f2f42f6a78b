import { fetchFailure, retryAfterMs } from '../fetch-failure';
import {
  cloudEvent,
  eventContentType,
  messageId,
  type OutgoingEvent,
  readCloudEvent,
  rejectionSchema,
} from './cloud-events';
import { type ErpCall, ErpConfigError, ErpRetryableError, ErpUnknownOutcomeError } from './errors';
import type { ErpCallOptions, ErpPort, SubmitResult } from './port';
import { createSigner, type Signer } from './signature';

export interface WebhookErpOptions {
  /** Slug; the ERP posts its answers to `/webhooks/erp/<name>`. */
  readonly name: string;
  /** HTTPS, except on this machine: orders carry names and addresses. */
  readonly url: string;
  /** `whsec_…`, for both directions; several separated by blanks while it is exchanged. */
  readonly secret: string;
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
  /** Clock of the signatures. */
  readonly now?: () => Date;
}

interface Adapter {
  readonly call: ErpCall;
  readonly url: string;
  readonly signer: Signer;
  readonly timeoutMs: number;
  readonly fetch: typeof fetch;
  readonly now: () => Date;
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Read for 400 and 422 only. */
  readonly body: string;
}

type Rejection = Extract<SubmitResult, { kind: 'rejected' }>;

/**
 * An ERP behind a signed webhook (docs/erp-webhook.md): it receives events and posts its answers back. It cannot
 * be asked, so there is no `findOrder`; instead every message keeps its id over retries and the ERP takes it
 * once, so that after an `ErpUnknownOutcomeError` the call is simply repeated.
 *
 * @throws ErpConfigError at once for an address or secret that cannot work.
 */
export function createWebhookErp(options: WebhookErpOptions): ErpPort {
  const adapter = prepare(options);
  return {
    name: options.name,
    caps: {
      acceptance: 'async',
      shipments: 'push',
      cancel: 'request',
      partials: true,
      enforcesUniqueKey: true,
    },
    submitOrder: (order, call) => deliver(adapter, { kind: 'order.submitted', data: order }, call),
    requestCancel: async (request, call) => {
      const result = await deliver(adapter, { kind: 'order.cancel-requested', data: request }, call);
      return result.kind === 'rejected' ? { kind: 'manual', message: result.message } : result;
    },
    health: (call) => health(adapter, call),
    parsePush: (headers, rawBody) => readCloudEvent(adapter.signer.verify(headers, rawBody), rawBody),
  };
}

function prepare({ name, url, secret, timeoutMs, ...options }: WebhookErpOptions): Adapter {
  const call: ErpCall = { erp: name, method: 'POST', path: '<webhook url>' };
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback)) {
    throw new ErpConfigError(call, 'the address must be HTTPS, since orders carry names and addresses');
  }
  try {
    const { fetch: send = fetch, now = () => new Date() } = options;
    return { call, url, signer: createSigner(secret), timeoutMs, fetch: send, now };
  } catch (error) {
    if (error instanceof RangeError) throw new ErpConfigError(call, error.message);
    throw error;
  }
}

async function deliver(
  adapter: Adapter,
  event: OutgoingEvent,
  { revision = 1, signal }: ErpCallOptions = {},
): Promise<{ kind: 'pending'; handle: string } | Rejection> {
  const handle = messageId(event, revision);
  const answer = await post(adapter, handle, cloudEvent(event, handle, adapter.now()), signal);
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: 'pending', handle };
  const rejection = rejectionIn(answer);
  if (rejection) return rejection;
  throw statusError({ ...adapter.call, status }, answer, adapter.now());
}

/** Nothing is posted: whatever answers at the address, were it that it takes posts only, is there. */
async function health(adapter: Adapter, { signal }: ErpCallOptions = {}): Promise<void> {
  const call = { ...adapter.call, method: 'HEAD' };
  const answer = await send({ ...adapter, call }, { method: 'HEAD' }, signal);
  const { status } = answer;
  if (status === 410 || status >= 500) throw statusError({ ...call, status }, answer, adapter.now());
}

function post(adapter: Adapter, id: string, body: string, signal?: AbortSignal): Promise<Answer> {
  const headers = { 'content-type': eventContentType, ...adapter.signer.headers(id, adapter.now(), body) };
  return send(adapter, { method: 'POST', headers, body }, signal);
}

async function send(adapter: Adapter, request: RequestInit, signal?: AbortSignal): Promise<Answer> {
  const timeout = AbortSignal.timeout(adapter.timeoutMs);
  try {
    const response = await adapter.fetch(adapter.url, {
      ...request,
      // A signed order goes to the configured address or nowhere.
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const { status } = response;
    const readable = status === 400 || status === 422;
    const text = readable ? await response.text() : '';
    if (!readable) await response.body?.cancel();
    return { status, retryAfter: response.headers.get('retry-after'), body: text };
  } catch (error) {
    signal?.throwIfAborted();
    throw transportError(adapter, timeout.aborted, error);
  }
}

function transportError({ call, timeoutMs }: Adapter, timedOut: boolean, error: unknown) {
  if (timedOut) return new ErpUnknownOutcomeError(call, `no answer within ${timeoutMs} ms`);
  const { outcomeUnknown, problem } = fetchFailure(error);
  return outcomeUnknown ? new ErpUnknownOutcomeError(call, problem) : new ErpRetryableError(call, problem);
}

function statusError(call: ErpCall, { status, retryAfter }: Answer, now: Date) {
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    return new ErpRetryableError(call, 'not taken now', retryAfterMs(retryAfter, now.getTime()));
  }
  if (status === 410) return new ErpConfigError(call, 'the endpoint was taken out of service');
  return new ErpConfigError(call, 'the endpoint does not take events; check address, secret and rights');
}

function rejectionIn({ body }: Answer): Rejection | undefined {
  try {
    const { data } = rejectionSchema.safeParse(JSON.parse(body));
    return data && { kind: 'rejected', ...data };
  } catch {
    return undefined;
  }
}
