import { openStore } from '../../sandbox/store';
import {
  cancelRequested,
  minute,
  type OpenErp,
  openErp,
  openListener,
  orderKey,
  submitted,
} from './erp-shop';

let shop: OpenErp;
let channel: Awaited<ReturnType<typeof openListener>>;

beforeEach(async () => {
  shop = openErp();
  channel = await openListener();
  await shop.command('PATCH', '/settings', { callbackUrl: channel.url });
});
afterEach(async () => {
  await channel.close();
  await shop.store.close();
});

/** Received and accepted. */
async function accepted() {
  await shop.post(submitted());
  await shop.pass(5 * minute);
}

describe('what it takes', () => {
  it('stores a signed order and answers 202', async () => {
    expect(await shop.post(submitted())).toEqual({ status: 202, body: null });
    expect(await shop.booked()).toMatchObject({
      orderKey,
      amazonOrderId: '111-0000001-0000001',
      commerceOrderNumber: '000000001',
      state: 'received',
      total: '45.47',
      submits: 1,
      duplicateSubmits: 0,
    });
  });

  it.each([
    ['another secret', { secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}` }],
    ['a signature older than five minutes', { ageS: 301 }],
    ['a signature from more than five minutes ahead', { ageS: -302 }],
    ['no signature', { headers: { 'webhook-signature': '' } }],
    [
      'a timestamp that was not signed',
      { headers: { 'webhook-timestamp': `${Math.floor(Date.now() / 1000) - 9}` } },
    ],
  ])('refuses %s with 401 and stores nothing', async (_, signing) => {
    const { status, body } = await shop.post(submitted(), signing);
    expect([status, body?.code]).toEqual([401, 'BAD_SIGNATURE']);
    expect((await shop.books()).orders).toEqual([]);
  });

  it('refuses another content type with 415', async () => {
    const { status } = await shop.post(submitted(), { contentType: 'application/json' });
    expect(status).toBe(415);
  });

  it.each([
    ['no JSON', '{'],
    ['another version of CloudEvents', { ...submitted(), specversion: '0.3' }],
    ['an event without a source', { ...submitted(), source: undefined }],
    ['an unknown type', { ...submitted(), type: 'com.example.something.v1' }],
    ['a subject that is not the order', submitted({}, { subject: 'acme-us/111-0000002-0000002' })],
    ['an order without lines', submitted({ lines: [] })],
    ['a total that is a number', submitted({ total: 45.47 })],
    ['an order without a recipient', submitted({ shipTo: { name: '', lines: ['1 Sample Street'] } })],
    ['the cancellation of an order that it does not have', cancelRequested()],
  ])('refuses %s with 422 and a code', async (_, body) => {
    const answer = await shop.post(body);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ code: expect.any(String), message: expect.any(String) });
    expect(answer.body?.message).not.toContain('Sample');
    expect((await shop.books()).orders).toEqual([]);
  });

  it('refuses an event whose id is not the webhook-id', async () => {
    const { status, body } = await shop.post(submitted(), { webhookId: 'msg_2' });
    expect([status, body?.code]).toEqual([422, 'INVALID_EVENT']);
  });
});

describe('repetitions', () => {
  it('takes a message once and answers a repetition with the same event', async () => {
    await accepted();
    await shop.post(submitted());
    await shop.pass(0);
    expect(await shop.booked()).toMatchObject({ state: 'accepted', submits: 2, duplicateSubmits: 0 });
    expect(channel.told.map(({ id }) => id)).toEqual([channel.told[0]?.id, channel.told[0]?.id]);
    expect(channel.told[0]?.data).toEqual(channel.told[1]?.data);
  });

  it('counts the order under another message id as a duplicate, and has it once', async () => {
    await accepted();
    await shop.post(submitted({}, { id: 'msg_2' }));
    const { orders } = await shop.books();
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ erpOrderNumber: 'SO-100001', submits: 2, duplicateSubmits: 1 });
  });
});

describe('control', () => {
  it('goes on after a restart with what was due and what was not told', async () => {
    const store = openStore();
    const before = openErp({ store });
    await before.command('PATCH', '/settings', { callbackUrl: channel.url });
    await before.post(submitted());
    before.clock.advance(5 * minute);
    before.erp.orders.work();
    await before.post(submitted({ orderKey: 'acme-us/2' }, { id: 'msg_2', subject: 'acme-us/2' }));
    before.clock.save();
    const after = openErp({ store });
    await after.pass(5 * minute);
    expect(channel.told.map(({ subject }) => subject).sort()).toEqual([orderKey, 'acme-us/2'].sort());
    await store.close();
  });

  it('forgets orders, messages and answers at a reset, not the settings', async () => {
    await shop.command('PATCH', '/settings', { callbackUrl: 'http://127.0.0.1:1/', rejectSkus: ['X'] });
    await accepted();
    await shop.command('POST', '/reset');
    expect(await shop.books()).toEqual({ orders: [], answersWaiting: 0 });
    expect((await shop.command('GET', '/settings')).body).toMatchObject({ rejectSkus: ['X'] });
    await accepted();
    expect(await shop.booked()).toMatchObject({ erpOrderNumber: 'SO-100001', submits: 1 });
  });

  it('refuses unknown settings', async () => {
    expect((await shop.command('PATCH', '/settings', { acceptAll: true })).status).toBe(400);
  });

  it('misbehaves on command, with the headers that it is given', async () => {
    const headers = { 'retry-after': '7' };
    await shop.command('POST', '/faults', {
      path: '/webhooks/channel',
      kind: 'status',
      status: 429,
      headers,
    });
    const answer = await shop.erp.app.request('/webhooks/channel', { method: 'POST' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await shop.post(submitted())).status).toBe(202);
  });

  it('tells what crossed the wire, its control plane excepted', async () => {
    await shop.post(submitted());
    await shop.books();
    expect(shop.exchanges.map(({ system, method, path, status }) => [system, method, path, status])).toEqual([
      ['erp', 'POST', '/webhooks/channel', 202],
    ]);
  });
});
