import { type List, openList, withStandIn } from '../support/listed-orders';
import { openPages } from '../support/open-pages';

const restarted = { reason: 'restarted', note: 'Check it.', since: '2026-10-01T12:00:00Z' } as const;
const late = { reason: 'late', note: 'Ship it.', since: '2026-10-01T12:00:00Z' } as const;
const rejected = { reason: 'erpRejected', note: 'No such SKU.', since: '2026-10-01T12:00:00Z' } as const;

describe('what a person settles on the page of an order', () => {
  let list: List;
  let page: ReturnType<typeof openPages>;
  const pathOf = (id: string) => `/orders/${list.account}/${id}`;
  const outcomeOf = (answer: Response) => decodeURIComponent(answer.headers.getSetCookie().join());

  beforeEach(async () => {
    list = await openList();
    page = openPages(list);
  });
  afterEach(() => list.close());

  it('is acknowledged by the button of its own alert, where nothing else settles it', async () => {
    const id = await list.start({ memo: { attention: [restarted, late] } });
    const { text } = await page.get(pathOf(id));
    expect(text.match(/name="reason" value="[^"]+"/g)).toEqual(['name="reason" value="restarted"']);
    await withStandIn(list, async () => {
      const answer = await page.post(`${pathOf(id)}/acknowledge`, { reason: 'restarted', request: '1' });
      expect(answer.status).toBe(303);
      expect(outcomeOf(answer)).toContain(`Order ${id}: Acknowledged restarted`);
    });
  });

  it('is a cancellation with one of Amazon’s reasons, offered for Unshipped orders only', async () => {
    const id = await list.start();
    const shipped = await list.start({ status: 'Shipped' });
    expect((await page.get(pathOf(shipped))).text).not.toContain('Cancel at Amazon');
    const { text } = await page.get(pathOf(id));
    expect(text).toContain('Cancel at Amazon');
    expect(text).toContain('<option value="NoInventory">');
    await withStandIn(list, async () => {
      const answer = await page.post(`${pathOf(id)}/cancel`, { reason: 'NoInventory', request: '1' });
      expect(outcomeOf(answer)).toContain(`Order ${id}: To be cancelled (NoInventory)`);
    });
  });

  it('is handing an order to the ERP that rejected it', async () => {
    const id = await list.start({ memo: { attention: [rejected] } });
    expect((await page.get(pathOf(id))).text).toContain('Hand to ERP again');
    await withStandIn(list, async () => {
      const answer = await page.post(`${pathOf(id)}/resendToErp`, { request: '1' });
      expect(outcomeOf(answer)).toContain(`Order ${id}: Handed to the ERP again`);
    });
  });

  it.each([
    ['cancel', { reason: 'Because' }, 'Choose the reason that Amazon is told.'],
    ['cancel', {}, 'Choose the reason that Amazon is told.'],
    ['acknowledge', { reason: 'nothing' }, 'Say what is acknowledged.'],
  ])('is refused without a reason of ours (%s %j)', async (action, fields, sentence) => {
    const id = await list.start();
    const answer = await page.post(`${pathOf(id)}/${action}`, fields);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(sentence);
  });
});
