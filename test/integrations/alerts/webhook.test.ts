import { createServer } from 'node:net';
import { AlertRefusedError, AlertUnreachableError } from '../../../integrations/alerts/errors';
import type { Alert } from '../../../integrations/alerts/port';
import { createWebhookAlerts } from '../../../integrations/alerts/webhook';
import { erpSandboxSecret } from '../../../sandbox/erp';
import { openListener } from '../../sandbox/erp-shop';
import { eventViolations } from '../../support/cloud-events';

const alert: Alert = {
  id: 'msg_0f3c',
  at: '2026-10-01T12:00:00.000Z',
  kind: 'attention.needed',
  summary: '1 Amazon order needs you',
  text: '',
  data: { summary: '1 Amazon order needs you', orders: 1 },
};

let listener: Awaited<ReturnType<typeof openListener>>;
beforeEach(async () => {
  listener = await openListener();
});
afterEach(() => listener.close());

const portTo = (url = listener.url, timeoutMs?: number) =>
  createWebhookAlerts({ url, secret: erpSandboxSecret, ...(timeoutMs !== undefined && { timeoutMs }) });

async function errorOf(sending: Promise<unknown>): Promise<unknown> {
  const error = await sending.then(
    () => 'sent',
    (reason: unknown) => reason,
  );
  expect(String(error)).not.toMatch(/whsec_|http/);
  return error;
}

describe('an alert by webhook', () => {
  it('keeps the rules of CloudEvents and Standard Webhooks', async () => {
    expect(await portTo().send(alert)).toEqual({});
    const [event] = listener.told;
    expect(eventViolations(event?.headers ?? new Headers(), event?.rawBody ?? '')).toEqual([]);
    expect(event).toMatchObject({
      id: 'msg_0f3c',
      type: 'com.amazon-sales-channel.attention.needed.v1',
      time: '2026-10-01T12:00:00.000Z',
      data: alert.data,
    });
  });

  it('has the same id and body in every attempt', async () => {
    listener.answerNext(500);
    await expect(portTo().send(alert)).rejects.toThrow(AlertUnreachableError);
    await portTo().send(alert);
    const [one, other] = listener.told;
    expect(listener.told).toHaveLength(2);
    expect(one?.headers.get('webhook-id')).toBe(other?.headers.get('webhook-id'));
    expect(one?.rawBody).toBe(other?.rawBody);
  });

  it.each([
    [429, AlertUnreachableError],
    [503, AlertUnreachableError],
    [302, AlertRefusedError],
    [401, AlertRefusedError],
    [410, AlertRefusedError],
  ])('that is answered by %i throws what it means', async (status, kind) => {
    listener.answerNext(status);
    const error = await errorOf(portTo().send(alert));
    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(`answered ${status}`);
    expect(listener.told).toHaveLength(1);
  });

  it('is sent again later where nothing listens or nobody answers', async () => {
    expect(await errorOf(portTo('http://127.0.0.1:9').send(alert))).toBeInstanceOf(AlertUnreachableError);
    const mute = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => mute.once('listening', listening));
    const { port } = mute.address() as { port: number };
    const error = await errorOf(portTo(`http://127.0.0.1:${port}`, 100).send(alert));
    expect(error).toEqual(new AlertUnreachableError('webhook', 'no answer within 100 ms'));
    mute.close();
  });

  it('is given up when it is cancelled', async () => {
    const signal = AbortSignal.abort(new Error('The worker ends'));
    await expect(portTo().send(alert, { signal })).rejects.toThrow('The worker ends');
    expect(listener.told).toEqual([]);
  });
});
