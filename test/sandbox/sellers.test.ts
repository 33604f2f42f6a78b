import { openSandbox, type Sandbox } from '../../sandbox/sandbox';
import { type Sqs, startSqs } from '../../sandbox/sqs';
import { eventually } from '../support/eventually';
import { tempFolders } from '../support/temp-folder';
import { bodyOf, openQueue } from './amazon-queue';

const newFolder = tempFolders();
const order = { lines: [{ sku: 'JAR-GLASS-6', quantity: 1 }] };
let sqs: Sqs;
let sandbox: Sandbox;

beforeAll(async () => {
  sqs = await startSqs();
});
afterAll(() => sqs.close());
afterEach(() => sandbox.close());

/** The further seller's sandbox and address. */
function europe() {
  const [amazon, url] = [sandbox.amazons.eu, sandbox.amazonUrls.eu];
  if (!amazon || url === undefined) throw new Error('There is no Amazon of that name');
  return { amazon, url };
}

async function tokenAt(url: string, changes: object = {}): Promise<string> {
  const { clientId, clientSecret, refreshToken } = sandbox.amazon.settings.current();
  const form = { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken };
  const answer = await fetch(`${url}/auth/o2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'refresh_token', ...form, ...changes }),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}

const listAt = (url: string, token: string) =>
  fetch(`${url}/orders/2026-01-01/orders?createdAfter=2020-01-01T00:00:00Z`, {
    headers: { 'x-amz-access-token': token },
  });

describe('two sellers at Amazon', () => {
  it('have orders, quotas, settings and tokens of their own, and one clock', async () => {
    sandbox = await openSandbox({ moreAmazons: ['eu'], speed: 1 });
    const { amazon, url } = europe();
    const [here, there] = [sandbox.amazon.addOrder(order), amazon.addOrder(order)];
    expect(there.orderId).not.toBe(here.orderId);
    expect(amazon.orders().map(({ orderId }) => orderId)).toEqual([there.orderId]);
    expect(amazon.settings.current().sellerId).toBe('A1SANDBOXEU');

    amazon.settings.change({ rates: { searchOrders: { perSecond: 0.001, burst: 1 } } });
    const token = await tokenAt(url);
    expect((await listAt(sandbox.urls.amazon, token)).status).toBe(403);
    expect((await listAt(url, token)).status).toBe(200);
    expect((await listAt(url, token)).status).toBe(429);
    const own = await tokenAt(sandbox.urls.amazon);
    sandbox.clock.advance(10 * 60_000);
    const page = await listAt(sandbox.urls.amazon, own);
    expect(await page.json()).toMatchObject({ orders: [{ orderId: here.orderId }] });
  });

  it('go on where they were', async () => {
    const folder = newFolder();
    sandbox = await openSandbox({ folder, moreAmazons: ['eu'] });
    const { orderId } = europe().amazon.addOrder(order);
    await sandbox.close();
    sandbox = await openSandbox({ folder, moreAmazons: ['eu', 'fe'] });
    expect(europe().amazon.orders()).toMatchObject([{ orderId }]);
    expect(sandbox.amazon.orders()).toEqual([]);
    expect(sandbox.amazons.fe?.orders()).toEqual([]);
  });

  it('publish by themselves, each under its own id', async () => {
    sandbox = await openSandbox({ moreAmazons: ['eu'] });
    const queue = await openQueue(sqs.endpoint, 'both');
    const sellers = [{ amazon: sandbox.amazon, url: sandbox.urls.amazon }, europe()];
    for (const { amazon, url } of sellers) {
      amazon.settings.change({ sqsEndpoint: sqs.endpoint });
      await subscribeAt(url, queue.arn);
      amazon.addOrder(order);
    }
    const received: string[] = [];
    await eventually(
      async () => {
        const bodies = await queue.receive();
        received.push(...bodies.map(({ Payload }) => Payload.OrderChangeNotification.SellerId));
        return received.length;
      },
      (count) => count >= 2,
    );
    expect(received.sort()).toEqual(['A1SANDBOXEU', 'A1SANDBOXSELLER']);
    queue.close();
  });
});

async function subscribeAt(url: string, arn: string): Promise<void> {
  const send = async (path: string, token: string, body: object) => {
    const headers = { 'x-amz-access-token': token, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/notifications/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { payload: { destinationId: string } };
  };
  const grant = { grant_type: 'client_credentials', scope: 'sellingpartnerapi::notifications' };
  const named = { name: 'orders', resourceSpecification: { sqs: { arn } } };
  const { payload } = await send('/destinations', await tokenAt(url, grant), named);
  await send('/subscriptions/ORDER_CHANGE', await tokenAt(url), bodyOf(payload.destinationId));
}
