import { MockActivityEnvironment } from '@temporalio/testing';
import type { FindWaitingOrders } from '../../activities/waiting-orders';
import type { CommercePort } from '../../integrations/commerce/port';
import { twoMugs } from './commerce-shop';
import { itemIdOf, shopWithWaitingOrders } from './waiting-orders';

const { shop, waitingOrder, look, ship, asked } = shopWithWaitingOrders();

/** As visibility lists them: in no order. */
const waiting =
  (count: number, settles = false): FindWaitingOrders =>
  async () =>
    Array.from({ length: count }, (_, index) => ({
      workflowId: `amazon-order/nobody/${index}`,
      entityId: 1 + ((index * 7) % count),
      seen: '',
      settles,
    }));

/** Ids that Commerce was asked for, a call each. */
const asks = (): number[][] =>
  shop.service.exchanges.flatMap(({ path, query }) => {
    const value = new URLSearchParams(query).get('searchCriteria[filterGroups][0][filters][0][value]');
    return path.endsWith('/shipments') && value?.includes(',') ? [value.split(',').map(Number)] : [];
  });

describe('a look at thousands of waiting orders', () => {
  it('asks once for new shipments, and twice for each hundred of them', async () => {
    const environment = new MockActivityEnvironment();
    const beats: unknown[] = [];
    environment.on('heartbeat', (details) => beats.push(details));
    const seen = await look({ findOrders: waiting(5_000), environment });
    expect(seen).toEqual({ waiting: 5_000, signalled: 0, tookMs: expect.any(Number) });
    expect(asked(/\/shipments$/)).toBe(1 + 50);
    expect(asked(/\/orders$/)).toBe(50);
    expect(asked(/./)).toBe(101);
    expect(new Set(asks().flat()).size).toBe(5_000);
    expect(beats).toHaveLength(50);
    expect(beats.at(-1)).toEqual({ looked: 5_000, of: 5_000 });
  });

  it('asks for no states of orders that only settle', async () => {
    await look({ findOrders: waiting(200, true), includeSettling: true });
    expect([asked(/\/shipments$/), asked(/\/orders$/)]).toEqual([1 + 2, 0]);
  });

  it('begins with those that have new shipments', async () => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed);
    await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
    const others = await waiting(300)({ commerce: '', includeSettling: false });
    const own = { workflowId: order.workflowId, entityId: placed.entityId, seen: '', settles: false };
    const strangers = others.map((each) => ({ ...each, entityId: each.entityId - 1_000 }));
    await look({ findOrders: async () => [...strangers, own] });
    expect(asks()[0]?.[0]).toBe(placed.entityId);
    expect(await order.reports()).toHaveLength(1);
    await order.end();
  });
});

describe('a look that Commerce breaks off', () => {
  const failing = (batches: number): CommercePort => {
    let calls = 0;
    return {
      ...shop.commerce,
      shipments: async (...args) => {
        calls += 1;
        if (calls > batches) {
          shop.service.misbehave({
            path: '/shipments$',
            kind: 'status',
            status: 429,
            headers: { 'retry-after': '90' },
          });
        }
        return shop.commerce.shipments(...args);
      },
    };
  };

  it('says so and how far it came, and the next one goes on behind that', async () => {
    const broken = await look({ findOrders: waiting(500), port: failing(2) });
    expect(broken).toMatchObject({
      waiting: 500,
      after: 300,
      trouble: { busy: true, retryAfterMs: 90_000, problem: expect.stringContaining('429') },
    });
    const before = asks().length;
    expect(await look({ findOrders: waiting(500), after: 300 })).not.toHaveProperty('after');
    const [first = [], ...others] = asks().slice(before);
    expect(first[0]).toBe(301);
    expect([first, ...others].map((ids) => ids.at(-1))).toEqual([400, 500, 100, 200, 300]);
  });

  it('before it has asked for any order loses nothing of its place', async () => {
    shop.service.misbehave({ path: '/shipments$', kind: 'status', status: 503 });
    expect(await look({ findOrders: waiting(500), after: 300 })).toMatchObject({
      after: 300,
      trouble: { busy: true },
    });
  });

  it('is no sign of load where the keys are refused', async () => {
    shop.service.misbehave({ path: '/shipments$', kind: 'status', status: 401, times: 2 });
    expect(await look({ findOrders: waiting(5) })).toMatchObject({ trouble: { busy: false } });
  });
});
