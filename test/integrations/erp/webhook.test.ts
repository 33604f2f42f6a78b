import { ErpConfigError, ErpRetryableError, ErpUnknownOutcomeError } from '../../../integrations/erp/errors';
import { handoffOrder } from '../../../integrations/erp/handoff';
import type { ErpPort } from '../../../integrations/erp/port';
import { createWebhookErp, type WebhookErpOptions } from '../../../integrations/erp/webhook';
import { erpSandboxSecret } from '../../../sandbox/erp';
import { type Listening, listen } from '../../../sandbox/server';
import { type OpenErp, openErp, openListener } from '../../sandbox/erp-shop';
import { eventViolations } from '../../support/cloud-events';
import { account, buyerWords, order, orderKey } from './orders';

const handoff = handoffOrder(account, order, '000000001');
const otherSecret = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;

let shop: OpenErp;
let server: Listening;

beforeEach(async () => {
  shop = openErp();
  server = await listen(shop.erp.app, 0);
});
afterEach(async () => {
  await server.close();
  await shop.store.close();
});

const portTo = (changes: Partial<WebhookErpOptions> = {}): ErpPort =>
  createWebhookErp({
    name: 'erp',
    url: `${server.url}/webhooks/channel`,
    secret: erpSandboxSecret,
    timeoutMs: 5000,
    ...changes,
  });

const misbehave = (kind: string, more: object = {}) =>
  shop.erp.faults.arm({ path: '/webhooks/channel', kind: kind as 'status', ...more });

/** The error of a call, which must not speak of the buyer or of the secret. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    return { answered: await call };
  } catch (error) {
    expect(String(error)).not.toMatch(buyerWords);
    expect(String(error)).not.toContain(erpSandboxSecret);
    return error;
  }
}

describe('handing an order over', () => {
  it('leaves it at the ERP, whose decision comes later', async () => {
    expect(await portTo().submitOrder(handoff)).toEqual({
      kind: 'pending',
      handle: expect.stringMatching(/^msg_/),
    });
    expect(await shop.booked()).toMatchObject({
      orderKey,
      commerceOrderNumber: '000000001',
      state: 'received',
      total: '50.47',
      lines: [
        { lineKey: '70000000000001', sku: 'MUG-BLUE-350', quantity: 2, total: '29.98' },
        { lineKey: '70000000000002', sku: 'MUG-SAND-350', quantity: 1, total: '20.49' },
      ],
    });
  });

  it('keeps the rules of CloudEvents and Standard Webhooks', async () => {
    const listener = await openListener();
    const port = portTo({ url: listener.url });
    const { handle } = (await port.submitOrder(handoff)) as { handle: string };
    await port.requestCancel({ orderKey, reason: 'Cancelled at Amazon' });
    await listener.close();
    expect(listener.kinds()).toEqual(['order.submitted', 'order.cancel-requested']);
    expect(listener.told[0]?.id).toBe(handle);
    expect(listener.told.flatMap(({ headers, rawBody }) => eventViolations(headers, rawBody))).toEqual([]);
  });

  it('is the same message however often it is repeated, and another one for another revision', async () => {
    const port = portTo();
    const handles = [];
    for (const revision of [1, 1, 2]) handles.push(await port.submitOrder(handoff, { revision }));
    expect(handles[1]).toEqual(handles[0]);
    expect(handles[2]).not.toEqual(handles[0]);
    expect((await shop.books()).orders).toEqual([
      expect.objectContaining({ submits: 3, duplicateSubmits: 1 }),
    ]);
  });

  it('passes the refusal of the ERP on that comes at once', async () => {
    await shop.command('PATCH', '/settings', { rejectSkus: ['MUG-SAND-350'], rejectsAtOnce: true });
    expect(await portTo().submitOrder(handoff)).toEqual({
      kind: 'rejected',
      code: 'UNKNOWN_SKU',
      message: 'The item is not in the item master',
    });
  });
});

describe('asking for a cancellation', () => {
  it('leaves the question at the ERP', async () => {
    const port = portTo();
    await port.submitOrder(handoff);
    expect(await port.requestCancel({ orderKey, reason: 'Cancelled at Amazon' })).toMatchObject({
      kind: 'pending',
    });
    expect(await shop.booked()).toMatchObject({ state: 'cancelled' });
  });

  it('becomes a matter for people where the ERP refuses at once', async () => {
    expect(await portTo().requestCancel({ orderKey, reason: 'Cancelled at Amazon' })).toEqual({
      kind: 'manual',
      message: 'There is no such order',
    });
  });
});

describe('what the ERP answers', () => {
  it('is read from the events that it posts', async () => {
    const listener = await openListener();
    await shop.command('PATCH', '/settings', { callbackUrl: listener.url });
    const port = portTo();
    await port.submitOrder(handoff);
    await shop.pass(3_600_000);
    await shop.command('POST', `/orders/${orderKey}/ship`);
    await shop.pass(0);
    await listener.close();
    const events = listener.told.map(({ headers, rawBody }) =>
      port.parsePush?.(Object.fromEntries(headers), rawBody),
    );
    expect(events).toMatchObject([
      { kind: 'accepted', orderKey, erpOrderNumber: 'SO-100001' },
      { kind: 'shipment', orderKey, shipment: { shipmentId: 'SH-1', voided: false } },
    ]);
  });
});

describe('trouble', () => {
  it.each([
    ['dropAfter', {}],
    ['dropBefore', {}],
  ])(
    'leaves the outcome open when the connection is lost (%s), and a repetition is harmless',
    async (kind) => {
      misbehave(kind);
      const port = portTo();
      expect(await errorOf(port.submitOrder(handoff))).toBeInstanceOf(ErpUnknownOutcomeError);
      expect(await port.submitOrder(handoff)).toMatchObject({ kind: 'pending' });
      expect((await shop.books()).orders).toEqual([expect.objectContaining({ duplicateSubmits: 0 })]);
    },
  );

  it('leaves the outcome open when no answer comes in time', async () => {
    misbehave('delay', { delayMs: 400 });
    expect(await errorOf(portTo({ timeoutMs: 100 }).submitOrder(handoff))).toEqual(
      new ErpUnknownOutcomeError(
        { erp: 'erp', method: 'POST', path: '<webhook url>' },
        'no answer within 100 ms',
      ),
    );
  });

  it('may go by itself when nobody listens', async () => {
    const { url } = server;
    await server.close();
    const error = await errorOf(portTo({ url: `${url}/webhooks/channel` }).submitOrder(handoff));
    expect(error).toBeInstanceOf(ErpRetryableError);
    expect(String(error)).toContain('ECONNREFUSED');
  });

  it.each([
    [500, {}, undefined],
    [503, { 'retry-after': '30' }, 30_000],
    [429, { 'retry-after': '7' }, 7000],
    [429, { 'retry-after': 'Thu, 01 Oct 2026 08:02:00 GMT' }, 120_000],
    [429, { 'retry-after': 'Thu, 01 Oct 2026 07:00:00 GMT' }, 0],
    [429, { 'retry-after': 'soon' }, undefined],
    [408, {}, undefined],
  ])('may go by itself after %s %j, in %s ms', async (status, headers, retryAfterMs) => {
    misbehave('status', { status, headers });
    const fixedClock = () => new Date('2026-10-01T08:00:00.000Z');
    const error = await errorOf(portTo({ now: fixedClock }).submitOrder(handoff));
    expect(error).toBeInstanceOf(ErpRetryableError);
    expect(error).toMatchObject({ call: { status } });
    expect((error as ErpRetryableError).retryAfterMs).toBe(retryAfterMs);
    expect((await shop.books()).orders).toEqual([]);
  });

  it('is a matter of configuration when the secret is another one (401)', async () => {
    const error = await errorOf(portTo({ secret: otherSecret }).submitOrder(handoff));
    expect(error).toBeInstanceOf(ErpConfigError);
    expect(error).toMatchObject({ call: { status: 401 } });
    expect(String(error)).not.toContain(otherSecret);
  });

  it.each([403, 404, 410, 413, 422])(
    'is one when the endpoint answers %s without a reason',
    async (status) => {
      misbehave('status', { status });
      expect(await errorOf(portTo().submitOrder(handoff))).toBeInstanceOf(ErpConfigError);
    },
  );

  it('is one when the endpoint has moved: a signed order follows no redirect', async () => {
    const listener = await openListener();
    misbehave('status', { status: 307, headers: { location: listener.url } });
    expect(await errorOf(portTo().submitOrder(handoff))).toBeInstanceOf(ErpConfigError);
    await listener.close();
    expect(listener.told).toEqual([]);
  });

  it('ends with the reason of the caller who cancels', async () => {
    misbehave('delay', { delayMs: 300 });
    const caller = new AbortController();
    const reason = new Error('the worker stops');
    setTimeout(() => caller.abort(reason), 50);
    expect(await errorOf(portTo().submitOrder(handoff, { signal: caller.signal }))).toBe(reason);
  });
});

describe('the address and the secret', () => {
  it.each(['http://erp.example.com/orders', 'ftp://127.0.0.1/', 'erp.example.com', ''])(
    'cannot be %s, since orders carry names and addresses',
    (url) => {
      expect(() => portTo({ url })).toThrow(ErpConfigError);
    },
  );

  it('can be HTTPS anywhere', () => {
    expect(portTo({ url: 'https://erp.example.com/orders' }).name).toBe('erp');
  });

  it('cannot be a short secret, which the error does not repeat', () => {
    expect(() => portTo({ secret: 'whsec_c2hvcnQ=' })).toThrow(
      'ERP erp: POST <webhook url>: A webhook secret is "whsec_" and base64 of 24 to 64 bytes',
    );
  });

  it('can be two secrets while one is exchanged, whichever of them the ERP knows', async () => {
    const port = portTo({ secret: `${otherSecret} ${erpSandboxSecret}` });
    expect(await port.submitOrder(handoff)).toMatchObject({ kind: 'pending' });
  });
});
