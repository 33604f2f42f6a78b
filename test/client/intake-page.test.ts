import { rememberingIntakes } from '../../client/http/remembered-intakes';
import type { IntakeStatus } from '../../client/intake-status';
import { eventually } from '../support/eventually';
import { type List, openList, withStandIn } from '../support/listed-orders';
import { openPages } from '../support/open-pages';
import { newOrderId } from '../support/orders';

describe('the intake on the pages', () => {
  let list: List;
  let account: string;
  let page: ReturnType<typeof openPages>;

  beforeEach(async () => {
    list = await openList();
    account = list.account;
    page = openPages(list);
  });
  afterEach(() => list.close());

  const id = newOrderId().replace(/.$/, '1');
  const parked = [{ amazonOrderId: id, reason: 'Its currency <XYZ> is unknown.' }, { reason: 'Unreadable.' }];
  const alertIn = (text: string) => /<div class="alert" role="alert">(.*?)<\/div>/.exec(text)?.[1];

  it('raises no banner where all is well', async () => {
    await list.startIntake();
    const { text } = await withStandIn(list, () => page.get('/'));
    expect(text).toContain('<div id="intake-alerts" data-live="true"></div>');
  });

  it('raises a banner for parked orders, with the way to them', async () => {
    await list.startIntake({ parked });
    const { text } = await withStandIn(list, () => page.get('/'));
    expect(alertIn(text)).toContain(`<b>Account ${account}</b>2 Amazon orders cannot be imported.`);
    expect(alertIn(text)).toContain(`href="/intake#account-${account}"`);
  });

  it('raises a banner where Amazon is silent, and where the intake is', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    await list.startIntake({ lastAnswerAt: hourAgo });
    const stale = await withStandIn(list, () => page.get('/'));
    expect(alertIn(stale.text)).toContain('Amazon has not answered since');
    const silent = await openPages(list, 500).get('/');
    expect(silent.status).toBe(200);
    expect(alertIn(silent.text)).toContain('does not answer: is the worker running?');
  });

  it('shows all about an intake, and the same as JSON', async () => {
    await list.startIntake({ parked, cursor: '2026-10-01T12:00:00.000Z' });
    await withStandIn(list, async () => {
      const { text } = await page.get('/intake');
      expect(text).toContain('1 Oct 2026, 14:00 (Amazon’s time)');
      expect(text).toContain('Its currency &lt;XYZ&gt; is unknown.');
      expect(text).toContain('An order without a readable id');
      expect(text.match(/Try again/g)).toHaveLength(1);
      const { text: json } = await page.get('/api/intake');
      expect(JSON.parse(json)).toMatchObject({ intakes: [{ account, parkedCount: 2 }] });
    });
  });

  it('tries a parked order again by its button, and says what came of it', async () => {
    await list.startIntake({ parked });
    await withStandIn(list, async () => {
      const answer = await page.post(`/intake/${account}/pull/${id}`, { request: '1', back: '/intake' });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe('/intake');
      const [cookie = ''] = answer.headers.getSetCookie();
      const shown = await page.get('/intake', { cookie: cookie.split(';')[0] ?? '' });
      expect(shown.text).toContain(`role="status">Order ${id} of account ${account} is delivered`);
      expect(shown.text).not.toContain('Try again');
      expect((await page.post(`/intake/${account}/pull/odd`)).status).toBe(404);
    });
  });

  it('reconciles by its button and shows the report', async () => {
    await list.startIntake();
    await withStandIn(list, async () => {
      const answer = await page.post(`/intake/${account}/reconcile`, { request: '1', back: '/intake' });
      expect(answer.headers.getSetCookie().join()).toContain(
        encodeURIComponent(`Account ${account}: The reconciliation has begun.`),
      );
      const { text } = await eventually(
        () => page.get('/intake'),
        (seen) => seen.text.includes('Last reports'),
      );
      expect(text).toMatch(
        /3 orders listed on 1 page, purchased since .*1 signalled, 1 started, 1 differing/,
      );
      expect(text).toContain('Differing: 113-0000000-0000002: SHIPPED at Amazon');
    });
    const refused = await page.post('/intake/nobody/reconcile');
    expect(refused.headers.getSetCookie().join()).toContain(
      encodeURIComponent('Account nobody: No order intake runs for account nobody'),
    );
  });
});

describe('the memory of the pages', () => {
  const silence = 'Nothing is known.';
  const nothing = async () => {
    throw new Error('Not asked for here.');
  };
  /** Answers with the number of the question, when it is let go. */
  function counting() {
    let asked = 0;
    const waiting: (() => void)[] = [];
    const status = async (): Promise<IntakeStatus[]> => {
      asked += 1;
      const account = String(asked);
      await new Promise<void>((go) => waiting.push(go));
      return [{ account, silence }];
    };
    const intakes = {
      status,
      pull: nothing,
      backfill: nothing,
      reconcile: async () => 'Done.',
      mapSkus: nothing,
    };
    const answer = () => {
      for (const go of waiting.splice(0)) go();
    };
    return { intakes, asked: () => asked, answer };
  }

  it('asks once for pages that come at the same time or soon after', async () => {
    const { intakes, asked, answer } = counting();
    const remembering = rememberingIntakes(intakes, { freshMs: 60_000 });
    const both = Promise.all([remembering.status(), remembering.status()]);
    answer();
    expect(await both).toEqual([[{ account: '1', silence }], [{ account: '1', silence }]]);
    expect(await remembering.status()).toEqual([{ account: '1', silence }]);
    expect(asked()).toBe(1);
  });

  it('answers at once with what it knows and asks anew meanwhile, unless that is too old', async () => {
    const { intakes, answer } = counting();
    const first = rememberingIntakes(intakes, { freshMs: 0, usableMs: 60_000 });
    const known = first.status();
    answer();
    expect(await known).toEqual([{ account: '1', silence }]);
    expect(await first.status()).toEqual([{ account: '1', silence }]);
    answer();
    await new Promise(setImmediate);
    expect(await first.status()).toEqual([{ account: '2', silence }]);
    const strict = rememberingIntakes(intakes, { freshMs: 0, usableMs: 0 });
    const asking = strict.status();
    answer();
    expect(await asking).toEqual([{ account: '4', silence }]);
  });

  it('forgets what it knew when something was done, an answer under way included', async () => {
    const { intakes, answer } = counting();
    const remembering = rememberingIntakes(intakes, { freshMs: 60_000 });
    const before = remembering.status();
    await remembering.reconcile('acme');
    answer();
    await before;
    const after = remembering.status();
    answer();
    expect(await after).toEqual([{ account: '2', silence }]);
  });
});
