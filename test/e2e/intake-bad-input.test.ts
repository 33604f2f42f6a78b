import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode } from '@temporalio/worker';
import type { FailureType } from '../../domain/failures';
import type { OrderSpec } from '../../sandbox/amazon';
import { type IntakeState, intakeSnapshotQuery } from '../../workflows/intake/contract';
import {
  type AmazonService,
  fullOrder,
  minutes,
  openAmazonService,
  opening,
  type Tamper,
} from '../support/amazon-service';
import { eventually } from '../support/eventually';
import { orderPolicy } from '../support/orders';
import { connectToTestServer } from '../support/temporal';
import { openIntakeWorld } from './intake-world';

let env: TestWorkflowEnvironment;
let bundle: Awaited<ReturnType<typeof bundleWorkflowCode>>;
beforeAll(async () => {
  env = await connectToTestServer();
  bundle = await bundleWorkflowCode({ workflowsPath: require.resolve('./intake-world-workflows') });
});
afterAll(() => env.teardown());

let amazon: AmazonService;
let world: Awaited<ReturnType<typeof openIntakeWorld>>;
beforeEach(async () => {
  amazon = await openAmazonService();
  await amazon.command('PATCH', '/settings', {
    mostPerPage: 2,
    rates: { searchOrders: { perSecond: 10, burst: 1_000 }, getOrder: { perSecond: 100, burst: 1_000 } },
  });
});
afterEach(async () => {
  await world.stop();
  await amazon.close();
});

const begin = async () => {
  world = await openIntakeWorld({ env, bundle, amazon, account: `acme-${randomUUID().slice(0, 8)}` });
};
const until = (wanted: (state: IntakeState) => boolean): Promise<IntakeState> =>
  eventually(() => world.handle.query(intakeSnapshotQuery), wanted);
const place = (count: number, changes: Partial<OrderSpec> = {}): string[] => {
  const ids = Array.from({ length: count }, () => amazon.place(fullOrder(changes)).orderId);
  amazon.clock.advance(minutes(3));
  return ids;
};

/** Each order has reached its workflow, once. */
async function expectAll(ids: readonly string[]): Promise<void> {
  for (const id of ids)
    await eventually(
      () => world.toldOf(id),
      (told) => told?.status === 'UNSHIPPED',
    );
  expect(await world.runs()).toBe(ids.length);
}

const isList = (path: string) => path.endsWith('/orders');
const instead =
  (body: string, init: ResponseInit): Tamper =>
  async (path) =>
    isList(path) ? new Response(body, init) : undefined;
const half: Tamper = async (path, answer) => {
  if (!isList(path)) return undefined;
  const text = await answer.text();
  return new Response(text.slice(0, text.length / 2), { headers: { 'content-type': 'application/json' } });
};
const html = { headers: { 'content-type': 'text/html' } };
const denied = JSON.stringify({
  errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.' }],
});

const cases: readonly (readonly [what: string, tamper: Tamper, type: FailureType, sentence: RegExp])[] = [
  ['malformed JSON', instead('{"orders": [', {}), 'UnexpectedAnswer', /answered 200: the answer is not JSON/],
  ['a page that breaks off', half, 'UnexpectedAnswer', /answered 200: the answer is not JSON/],
  ['JSON of another shape', instead('{"payload": {}}', {}), 'UnexpectedAnswer', /answered 200: orders/],
  [
    'the HTML page of a gateway',
    instead('<html>Sorry, Ada</html>', { ...html, status: 400 }),
    'UnexpectedAnswer',
    /answered 400: the answer is none of the API/,
  ],
  ['HTML instead of a page', instead('<html></html>', html), 'UnexpectedAnswer', /not JSON/],
  ['no service', instead('', { status: 503 }), 'Unreachable', /answered 503: no service/],
  [
    '403, as without the role for buyers’ data',
    instead(denied, { status: 403 }),
    'AccessDenied',
    /is denied/,
  ],
];

describe('what Amazon should not answer', () => {
  it.each(cases)(
    '%s is shown with its kind, and nothing is lost by it',
    async (_, tamper, type, sentence) => {
      const ids = place(5);
      amazon.setTamper(tamper);
      await begin();
      const { problem, cursor } = await until((state) => state.problem !== undefined);
      expect(problem).toMatchObject({ type, sentence: expect.stringMatching(sentence) });
      expect(problem?.sentence).not.toMatch(/Ada|html/);
      expect(cursor).toBe(opening.toISOString());
      amazon.setTamper(undefined);
      await expectAll(ids);
      expect(await until((state) => state.sweeps > 0)).not.toHaveProperty('problem');
    },
  );

  it('a broken page in the middle is asked again, not all of the sweep', async () => {
    const ids = place(6);
    let lists = 0;
    amazon.setTamper(async (path) => {
      if (!isList(path)) return undefined;
      lists += 1;
      return lists === 2 ? new Response('{', {}) : undefined;
    });
    await begin();
    await until((state) => state.sweeps > 0);
    await expectAll(ids);
    const tokens = amazon.exchanges
      .filter(({ path }) => isList(path))
      .slice(0, 4)
      .map(({ query }) => new URLSearchParams(query).get('paginationToken'));
    expect(tokens[2]).toBe(tokens[1]);
    expect(tokens[3]).not.toBe(tokens[2]);
  });

  it('an expired page token begins the sweep again', async () => {
    const ids = place(6);
    let lists = 0;
    const expired = { errors: [{ code: 'InvalidInput', message: 'The pagination token has expired.' }] };
    amazon.setTamper(async (path) => {
      if (!isList(path)) return undefined;
      lists += 1;
      return lists === 3 ? Response.json(expired, { status: 400 }) : undefined;
    });
    await begin();
    const { problem } = await until((state) => state.sweeps > 0);
    expect(problem).toBeUndefined();
    await expectAll(ids);
  });
});

describe('what the account does not know', () => {
  it('an order of another marketplace is parked until the settings have it', async () => {
    const [known = ''] = place(1);
    const [foreign = ''] = place(1, { marketplaceId: 'A2EUQ1WTGCTBG2' });
    await begin();
    const { parked } = await until((state) => state.parked.length > 0);
    expect(parked).toEqual([
      { amazonOrderId: foreign, reason: expect.stringContaining('A2EUQ1WTGCTBG2 is not in the account') },
    ]);
    const policy = orderPolicy({});
    const marketplaces = ['ATVPDKIKX0DER', 'A2EUQ1WTGCTBG2'].map((id) => ({ id, policy }));
    world.change({ marketplaces });
    await until((state) => state.parked.length === 0);
    await expectAll([known, foreign]);
  });

  it('an unreadable order is parked, read again after each sweep, and released when it can be read', async () => {
    const [good = '', bad = ''] = place(2);
    const spoil = (order: { orderId: string }) =>
      order.orderId === bad ? { ...order, fulfillment: { fulfillmentStatus: 'TELEPORTED' } } : order;
    amazon.setTamper(async (_, answer) => {
      if (!answer.headers.get('content-type')?.includes('json')) return undefined;
      const body = (await answer.clone().json()) as {
        orders?: { orderId: string }[];
        order?: { orderId: string };
      };
      if (body.orders) return Response.json({ ...body, orders: body.orders.map(spoil) });
      return body.order && Response.json({ order: spoil(body.order) });
    });
    await begin();
    const { parked } = await until((state) => state.parked.length > 0);
    expect(parked).toEqual([{ amazonOrderId: bad, reason: expect.stringContaining('TELEPORTED') }]);
    // Long after any sweep would list it.
    amazon.clock.advance(minutes(24 * 60));
    amazon.setTamper(undefined);
    await until((state) => state.parked.length === 0);
    await expectAll([good, bad]);
  });
});

describe('clocks that differ', () => {
  it('do not matter: Amazon may be years ahead of us', async () => {
    amazon.clock.advance(minutes(3 * 365 * 24 * 60));
    const at = amazon.clock.now().toISOString();
    const ids = place(3, { plan: { placedAt: at, verifiedAt: at } });
    await begin();
    await expectAll(ids);
    const { cursor } = await until((state) => state.sweeps > 1);
    const behind = amazon.clock.now().getTime() - Date.parse(cursor);
    expect(behind).toBeGreaterThanOrEqual(minutes(2));
    expect(behind).toBeLessThan(minutes(4));
  });
});
