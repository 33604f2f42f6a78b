import { MockActivityEnvironment } from '@temporalio/testing';
import type { FindWaitingOrders } from '../../activities/waiting-orders';
import {
  CommerceAccessError,
  CommerceAnswerError,
  CommerceUnreachableError,
} from '../../integrations/commerce/errors';
import type { CommercePort } from '../../integrations/commerce/port';
import { amazonOrder } from '../support/orders';
import { twoMugs } from './commerce-shop';
import { itemIdOf, shopWithWaitingOrders } from './waiting-orders';

const { shop, waitingOrder, look, ship, asked } = shopWithWaitingOrders();

/** An order without a workflow. */
const nobody = (entityId: number, settles = false) => ({
  workflowId: `amazon-order/nobody/${entityId}`,
  entityId,
  seen: '',
  settles,
});

/** As visibility lists them: in no order. */
const waiting =
  (count: number, settles = false): FindWaitingOrders =>
  async () =>
    Array.from({ length: count }, (_, index) => nobody(1 + ((index * 7) % count), settles));

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
    const older = await shop.placed(amazonOrder());
    const placed = await shop.placed(twoMugs());
    expect(placed.entityId).toBeGreaterThan(older.entityId);
    const order = await waitingOrder(placed);
    await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
    const own = { ...nobody(placed.entityId), workflowId: order.workflowId };
    const strangers = Array.from({ length: 299 }, (_, index) => nobody(placed.entityId + 1 + index));
    await look({ findOrders: async () => [nobody(older.entityId), ...strangers, own] });
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
      after: 200,
      trouble: { busy: true, retryAfterMs: 90_000, problem: expect.stringContaining('429') },
    });
    const before = asks().length;
    const rest = await look({ findOrders: waiting(500), after: 200 });
    expect(rest).toEqual({ waiting: 500, signalled: 0, tookMs: expect.any(Number) });
    expect(
      asks()
        .slice(before)
        .map((ids) => [ids[0], ids.at(-1)]),
    ).toEqual([
      [201, 300],
      [301, 400],
      [401, 500],
    ]);
  });

  it('where it goes on again is behind that, so that no batch holds up the others', async () => {
    expect(await look({ findOrders: waiting(500), port: failing(0), after: 200 })).toMatchObject({
      after: 300,
      trouble: { busy: true },
    });
    expect(asks()).toHaveLength(1);
  });

  it('at its last orders begins a new round, so that nothing passes for looked at', async () => {
    expect(await look({ findOrders: waiting(50), port: failing(0) })).not.toHaveProperty('after');
    const last = await look({ findOrders: waiting(500), port: failing(0), after: 400 });
    expect(last).toMatchObject({ trouble: { busy: true } });
    expect(last).not.toHaveProperty('after');
  });

  it('before it has asked for any order loses nothing of its place', async () => {
    shop.service.misbehave({ path: '/shipments$', kind: 'status', status: 503 });
    expect(await look({ findOrders: waiting(500), after: 300 })).toMatchObject({
      after: 300,
      trouble: { busy: true },
    });
  });

  it('among new shipments goes on with all orders in their turn, new ones too', async () => {
    const createdAt = '2026-10-01T15:00:00.000Z';
    const recent = Array.from({ length: 150 }, (_, index) => ({ orderId: 51 + index, createdAt }));
    const port = { ...failing(0), recentShipments: async () => recent };
    const broken = await look({ findOrders: waiting(200), port });
    expect(broken).toMatchObject({ after: 0, newestAt: createdAt, trouble: { busy: true } });
    const before = asks().length;
    const rest = await look({
      findOrders: waiting(200),
      port: { ...shop.commerce, recentShipments: port.recentShipments },
      after: 0,
    });
    expect(rest).toEqual({ waiting: 200, signalled: 0, tookMs: expect.any(Number) });
    expect(
      asks()
        .slice(before)
        .map((ids) => [ids[0], ids.at(-1)]),
    ).toEqual([
      [1, 100],
      [101, 200],
    ]);
  });

  it('is no sign of load where the keys are refused', async () => {
    shop.service.misbehave({ path: '/shipments$', kind: 'status', status: 401, times: 2 });
    expect(await look({ findOrders: waiting(5) })).toMatchObject({ trouble: { busy: false } });
  });
});

describe('an order that Commerce cannot answer for', () => {
  /** Commerce breaks off, or answers what cannot be read, where one of these is asked for. */
  const failingFor = (ids: (id: number) => boolean, status?: number) => {
    const asked: number[][] = [];
    const port: CommercePort = {
      ...shop.commerce,
      shipments: async (entityIds, options) => {
        asked.push([...entityIds]);
        if (!entityIds.some(ids)) return shop.commerce.shipments(entityIds, options);
        const call = { commerce: 'main', operation: 'list shipments', method: 'GET', path: '/V1/shipments' };
        if (status === undefined) throw new CommerceAnswerError({ ...call, status: 200 }, 'unexpected items');
        if (status === 403) throw new CommerceAccessError({ ...call, status }, 'check the rights');
        throw new CommerceUnreachableError({ ...call, status }, 'not now', { outcomeUnknown: true });
      },
    };
    return { port, asked };
  };

  it.each([undefined, 500])('is named and left out, and the others are seen (%s)', async (status) => {
    const placed = await shop.placed(twoMugs());
    const order = await waitingOrder(placed);
    await ship(placed.entityId, itemIdOf(placed), 2, '1Z1');
    const bad = placed.entityId + 1;
    const { port, asked: batches } = failingFor((id) => id === bad, status);
    const own = { ...nobody(placed.entityId), workflowId: order.workflowId };
    const others = Array.from({ length: 98 }, (_, index) => nobody(bad + 1 + index));
    const seen = await look({ port, findOrders: async () => [own, nobody(bad), ...others] });
    expect(seen).toEqual({
      waiting: 100,
      signalled: 1,
      newestAt: expect.any(String),
      tookMs: expect.any(Number),
      untold: expect.stringContaining(
        `Order amazon-order/nobody/${bad} could not be looked at: Commerce main`,
      ),
    });
    expect(batches.length).toBeLessThanOrEqual(15);
    expect(await order.reports()).toHaveLength(1);
    await order.end();
  });

  it.each([403, 429, 502, 503])('is not looked for where the answer is %i', async (status) => {
    const { port, asked: batches } = failingFor(() => true, status);
    const { trouble } = await look({ port, findOrders: waiting(50) });
    expect(trouble).toMatchObject({ busy: status !== 403 });
    expect(batches).toHaveLength(1);
  });

  it('is no single one where there are more than ten: then something else is wrong', async () => {
    const { port, asked: batches } = failingFor(() => true);
    const seen = await look({ port, findOrders: waiting(500) });
    expect(seen).toMatchObject({ after: 100, trouble: { busy: false } });
    expect(batches.length).toBeLessThanOrEqual(30);
  });
});
