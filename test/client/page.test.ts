import type { IntakeState } from '../../workflows/intake/contract';
import { orderWorkflowId } from '../../workflows/order/contract';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { openPages, ordersIn } from '../support/open-pages';
import { amazonOrder, deliveryOf, line, orderPolicy, parcelOf } from '../support/orders';

describe('the Orders page', () => {
  let list: List;
  let account: string;
  let page: ReturnType<typeof openPages>;

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    page = openPages(list);
  });
  afterEach(() => list.close());

  it('shows numbers, buyer, total, dates and note of each order', async () => {
    const id = await list.start({
      commerceOrderNumber: '000000012',
      purchasedAt: '2026-10-01T22:30:00Z',
      shipBy: '2026-10-03T06:59:00Z',
      currency: 'EUR',
      totalMinor: 123456,
      memo: {
        buyer: 'Ada Sample',
        note: 'SKU MUG-1 is not in the catalogue.',
        erpOrderNumber: 'SO-7',
        held: true,
        attention: [{ reason: 'blocked', note: 'Add the SKU.', since: '2026-10-01T22:31:00Z' }],
      },
    });
    const { status, text } = await page.get('/');
    expect(status).toBe(200);
    for (const shown of [
      'Unshipped',
      'FBM',
      id,
      '000000012',
      'Ada Sample',
      '€1,234.56',
      '2 Oct 2026',
      '00:30',
      '3 Oct 2026',
      '08:59',
      'SO-7',
      'SKU MUG-1 is not in the catalogue.',
      '>Held<',
      'title="Add the SKU."',
      '>Blocked<',
    ]) {
      expect(text).toContain(shown);
    }
    const workflow = encodeURIComponent(orderWorkflowId(account, id));
    expect(text).toContain(`href="http://127.0.0.1:8233/namespaces/shop%20one/workflows/${workflow}"`);
  });

  it('hides pending orders unless they are asked for, and counts them all the same', async () => {
    const pending = await list.start({ status: 'Pending' });
    const shipped = await list.start({ status: 'Shipped' });
    const shown = await page.get('/');
    expect(ordersIn(shown.text)).toEqual([shipped]);
    expect(shown.text).toMatch(/Pending <b>1<\/b>/);
    expect(ordersIn((await page.get('/?pending=1')).text).sort()).toEqual([pending, shipped].sort());
    expect(ordersIn((await page.get('/?status=Pending')).text)).toEqual([pending]);
  });

  it('finds by number or buyer, and filters by status and attention', async () => {
    const ada = await list.start({ memo: { buyer: 'Ada Sample' } });
    const late = { reason: 'late', note: 'Ship it.', since: '2026-10-01T12:00:00Z' } as const;
    const zoe = await list.start({ status: 'Shipped', memo: { buyer: 'Zoë Sample', attention: [late] } });
    const found = async (query: string) => ordersIn((await page.get(`/?${query}`)).text);
    expect(await found('q=ada')).toEqual([ada]);
    expect(await found(`q=${zoe}`)).toEqual([zoe]);
    expect(await found('status=Shipped')).toEqual([zoe]);
    expect(await found('attention=1&q=')).toEqual([zoe]);
    expect((await page.get('/?q=nobody')).text).toContain('No order fits.');
  });

  it('pages through the list and keeps the filter', async () => {
    for (let count = 0; count < 3; count++) await list.start({ memo: { buyer: 'Ada Sample' } });
    const first = await page.get('/?size=2&q=ada');
    expect(ordersIn(first.text)).toHaveLength(2);
    const [, next = ''] = /href="([^"]+)">Next page/.exec(first.text) ?? [];
    expect(next).toContain('q=ada');
    const second = await page.get(next.replaceAll('&amp;', '&'));
    expect(new Set([...ordersIn(first.text), ...ordersIn(second.text)]).size).toBe(3);
    expect(second.text).toContain('First page');
  });

  it('holds, releases and retries an order by its buttons, and says what came of it once', async () => {
    const id = await list.start();
    await withStandIn(list, async () => {
      const answer = await page.post(`/orders/${account}/${id}/hold`, {
        why: ' odd ',
        request: '1',
        back: '/?q=ada',
      });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/?q=ada');
      const [cookie = ''] = answer.headers.getSetCookie();
      expect(cookie).toMatch(/HttpOnly.*SameSite=Strict/);
      const sent = { cookie: cookie.split(';')[0] ?? '' };
      const shown = await page.get('/', sent);
      expect(shown.text).toContain(`role="status">Order ${id}: Held`);
      expect(shown.headers.getSetCookie().join()).toContain('outcome=;');
      expect((await page.get('/', { ...sent, 'x-refresh': '1' })).text).not.toContain('role="status"');

      const details = await page.get(`/orders/${account}/${id}`);
      expect(details.text).toContain('Held: odd');
      expect(details.text).toContain('Orders page');
      const again = await page.post(`/orders/${account}/${id}/hold`, { request: '1' });
      expect(again.headers.getSetCookie().join()).toContain(encodeURIComponent('"done":true'));
      const refused = await page.post(`/orders/${account}/${id}/hold`, { request: '2' });
      expect(refused.headers.getSetCookie().join()).toContain(
        encodeURIComponent('The order is held already.'),
      );
    });
  });

  it('shows the lines, parcels and notes of one order', async () => {
    const order = amazonOrder({
      amazonOrderId: await list.start({ memo: { buyer: 'Ada Sample' } }),
      lines: [line({ title: 'Mug <blue>', quantityOrdered: 2 })],
    });
    const path = `/orders/${account}/${order.amazonOrderId}`;
    await withStandIn(list, async () => {
      const handle = list.client.workflow.getHandle(orderWorkflowId(account, order.amazonOrderId));
      await handle.signal('orderVerified', deliveryOf(order, orderPolicy()));
      await handle.signal('parcelShipped', parcelOf(order));
      const { text } = await page.get(path);
      expect(text).toContain('Mug &lt;blue&gt;');
      expect(text).toContain('MUG-BLUE-350');
      expect(text).toContain('1Z999AA10000000001');
      expect(text).toContain('at Amazon: waiting');
      expect(text).toContain('Seattle, WA, US');
    });
    const alone = await openPages(list, 500).get(path);
    expect(alone.status).toBe(200);
    expect(alone.text).toContain('no worker answered in time');
    expect(alone.text).toContain('Ada Sample');
  });

  it('offers to map a SKU where an order is blocked, and keeps that for future orders if asked', async () => {
    const blocked = { reason: 'blocked', note: 'SKU A.', since: '2026-10-01T12:00:00Z' } as const;
    const order = amazonOrder({ amazonOrderId: await list.start({ memo: { attention: [blocked] } }) });
    await list.startIntake();
    const path = `/orders/${account}/${order.amazonOrderId}`;
    await withStandIn(list, async () => {
      const handle = list.client.workflow.getHandle(orderWorkflowId(account, order.amazonOrderId));
      await handle.signal('orderVerified', deliveryOf(order, orderPolicy()));
      const { text } = await page.get(path);
      expect(text).toContain(`action="${path}/map-sku"`);
      expect(text).toContain('<option value="MUG-BLUE-350">');
      const fields = { from: 'MUG-BLUE-350', to: ' MUG-1 ', always: '1', request: '1', back: path };
      const answer = await page.post(`${path}/map-sku`, fields);
      expect(answer.headers.get('location')).toBe(path);
      expect(answer.headers.getSetCookie().join()).toContain(encodeURIComponent('"done":true'));
      expect((await page.get(path)).text).toContain('MUG-BLUE-350 (MUG-1 in Commerce)');
      const intake = await list.client.workflow
        .getHandle(`order-intake/${account}`)
        .query<IntakeState>('intakeSnapshot');
      expect(intake.skuMap).toEqual({ 'MUG-BLUE-350': 'MUG-1' });
      expect((await page.post(`${path}/map-sku`, { from: 'MUG-BLUE-350' })).status).toBe(400);
      const calm = await list.start();
      expect((await page.get(`/orders/${account}/${calm}`)).text).not.toContain('map-sku');
    });
  });

  it('gives the list as JSON', async () => {
    const id = await list.start({ status: 'Pending' });
    const { headers, text } = await page.get('/api/orders?pending=1');
    expect(headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(text)).toMatchObject({ orders: [{ amazonOrderId: id, channelStatus: 'Pending' }] });
  });
});
