import type { Fault } from '../../sandbox/faults';
import { openSandbox } from '../../sandbox/sandbox';
import { openShop, type Shop } from './amazon-shop';

const path = '/orders/2026-01-01/orders';
let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

const arm = (fault: Fault) => shop.command('POST', '/faults', fault);
const statuses = async (requests: number) => {
  const answers: number[] = [];
  for (let request = 0; request < requests; request += 1)
    answers.push((await shop.request('GET', path)).status);
  return answers;
};
/** Of a request without a token. */
const untouched = 403;

it('strikes each third request without end', async () => {
  await arm({ path, kind: 'status', every: 3 });
  expect(await statuses(7)).toEqual([untouched, untouched, 500, untouched, untouched, 500, untouched]);
});

it('strikes in bursts, as often as told, after letting some pass', async () => {
  await arm({ path, kind: 'status', status: 429, skip: 1, every: 4, burst: 2, times: 3 });
  const pass = untouched;
  expect(await statuses(11)).toEqual([pass, pass, pass, 429, 429, pass, pass, 429, pass, pass, pass]);
});

it('still strikes once by itself', async () => {
  await arm({ path, kind: 'status' });
  expect(await statuses(3)).toEqual([500, untouched, untouched]);
});

it.each([
  ['a page that is cut off', 200, 'application/json', '{"orders":[{"orderId":"902-'],
  ['a page in HTML', 503, 'text/html', '<html><body>Service Unavailable</body></html>'],
])('answers with %s', async (_, status, contentType, body) => {
  await arm({ path, kind: 'body', status, contentType, body });
  const answer = await shop.request('GET', path);
  expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
    status,
    contentType,
    body,
  ]);
  expect(await statuses(1)).toEqual([untouched]);
});

it('refuses a fault that it does not know', async () => {
  expect((await shop.request('POST', '/_sandbox/faults', { path, kind: 'random' })).status).toBe(400);
});

it('cuts each third connection', async () => {
  const sandbox = await openSandbox();
  const fault: Fault = { path, kind: 'dropBefore', every: 3 };
  const url = sandbox.urls.amazon;
  await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify(fault) });
  const outcomes: (number | 'cut')[] = [];
  for (let request = 0; request < 6; request += 1)
    outcomes.push(
      await fetch(`${url}${path}`)
        .then(({ status }) => status)
        .catch(() => 'cut' as const),
    );
  expect(outcomes).toEqual([untouched, untouched, 'cut', untouched, untouched, 'cut']);
  await sandbox.close();
});
