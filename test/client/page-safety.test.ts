import { setTimeout } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type List, openList } from '../support/listed-orders';
import { formHeaders, openPages } from '../support/open-pages';
import { newOrderId } from '../support/orders';

describe('the Orders page, asked by strangers and in bad times', () => {
  let list: List;
  let account: string;
  let page: ReturnType<typeof openPages>;

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    page = openPages(list, 500);
  });
  afterEach(() => list.close());

  it('escapes what comes from outside', async () => {
    const markup = '<img src=x onerror=alert(1)>"\'&';
    const id = await list.start({
      memo: {
        buyer: markup,
        note: markup,
        erpOrderNumber: markup,
        attention: [{ reason: 'blocked', note: markup, since: '2026-10-01T12:00:00Z' }],
      },
    });
    for (const path of ['/', `/?q=${encodeURIComponent(markup)}`, `/orders/${account}/${id}`]) {
      const { text } = await page.get(path);
      expect(text).not.toContain('<img');
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
      expect(text).not.toMatch(/title="<|title="[^"]*" onerror/);
    }
  });

  it('lets the browser run nothing but its own script, and keep nothing', async () => {
    const { headers, text } = await page.get('/');
    const [, nonce] = /<script nonce="([^"]+)">/.exec(text) ?? [];
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain(`script-src 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect((await page.get('/')).text).not.toContain(`nonce="${nonce}"`);
    expect(text).not.toMatch(/\s(?:style|on\w+)="/);
  });

  it('answers under names of this machine only', async () => {
    expect((await page.get('http://shop.example.com:8230/')).status).toBe(403);
    expect((await page.get('http://localhost:8230/healthz')).status).toBe(200);
  });

  it.each([
    ['another origin', { ...formHeaders, origin: 'https://evil.example' }],
    ['no origin at all', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another site', { 'content-type': 'text/plain', 'sec-fetch-site': 'cross-site' }],
  ])('takes no button from %s', async (_, headers) => {
    const id = await list.start();
    expect((await page.post(`/orders/${account}/${id}/hold`, {}, headers)).status).toBe(403);
  });

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', ''])(
    'goes back to its own pages and not to %j',
    async (back) => {
      const answer = await page.post(`/orders/${account}/${newOrderId()}/hold`, { back });
      expect(answer.headers.get('location')).toBe('/');
    },
  );

  it('says in a sentence what it cannot show', async () => {
    const unknown = newOrderId();
    const answers = [
      ['/nothing', 404, 'There is no such page.'],
      [`/orders/${account}/${unknown}`, 404, `Account ${account} has no order ${unknown}.`],
      ['/orders/x/y', 404, 'Account x has no order y.'],
      ['/?status=Sold', 400, 'status: '],
      ['/?page=nonsense', 400, 'begin again at the first one'],
      ['/api/orders?size=0', 400, '"error":"size: '],
    ] as const;
    for (const [path, status, sentence] of answers) {
      const answer = await page.get(path);
      expect({ path, status: answer.status }).toEqual({ path, status });
      expect(answer.text).toContain(sentence);
    }
    expect(page.faults).toEqual([]);
  });

  it('stays up and says so while Temporal is away', async () => {
    const connection = Connection.lazy({ address: '127.0.0.1:9' });
    page = openPages({ ...list, client: new Client({ connection }) }, 500);
    const answer = await page.get('/');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('Temporal does not answer now.');
    expect(page.faults).toHaveLength(1);
    expect((await page.get('/healthz')).status).toBe(200);
    // The SDK's last attempt would find the channel shut, and throw where nobody catches.
    await setTimeout(1_500);
    await connection.close();
  });
});
