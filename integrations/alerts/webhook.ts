import { eventContentType } from '../erp/cloud-events';
import { createSigner } from '../erp/signature';
import { fetchFailure, retryAfterMs } from '../fetch-failure';
import { AlertRefusedError, AlertUnreachableError } from './errors';
import type { Alert, AlertPort } from './port';

export interface WebhookAlertsOptions {
  readonly url: string;
  /** `whsec_…`; several separated by blanks while it is exchanged. */
  readonly secret: string;
  /** Default 10 s. */
  readonly timeoutMs?: number;
}

const destination = 'webhook';

/** Alerts as CloudEvents, signed by Standard Webhooks; of the answer only the status counts. */
export function createWebhookAlerts({ url, secret, timeoutMs = 10_000 }: WebhookAlertsOptions): AlertPort {
  const signer = createSigner(secret);
  return {
    send: async (alert, { signal } = {}) => {
      const body = eventOf(alert);
      const headers = { 'content-type': eventContentType, ...signer.headers(alert.id, new Date(), body) };
      const timeout = AbortSignal.timeout(timeoutMs);
      const signals = signal ? AbortSignal.any([signal, timeout]) : timeout;
      const request = { method: 'POST', headers, body, redirect: 'manual', signal: signals } as const;
      const response = await fetch(url, request).catch((error: unknown) => {
        signal?.throwIfAborted();
        const problem = timeout.aborted ? `no answer within ${timeoutMs} ms` : fetchFailure(error).problem;
        throw new AlertUnreachableError(destination, problem);
      });
      await response.body?.cancel();
      if (!response.ok) throw statusError(response);
      return {};
    },
  };
}

const eventOf = ({ id, at, kind, data }: Alert): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: '/amazon-sales-channel',
    type: `com.amazon-sales-channel.${kind}.v1`,
    subject: 'alerts',
    time: at,
    datacontenttype: 'application/json',
    data,
  });

function statusError({ status, headers }: Response): Error {
  if (status === 408 || status === 425 || status === 429 || status >= 500) {
    const retryAfter = retryAfterMs(headers.get('retry-after'), Date.now());
    return new AlertUnreachableError(destination, `answered ${status}, not taken now`, retryAfter);
  }
  return new AlertRefusedError(destination, `answered ${status}; check address and secret`);
}
