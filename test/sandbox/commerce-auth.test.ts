import { type OpenShop, openShop, type Signing } from './commerce-client';

let shop: OpenShop;

beforeAll(() => {
  shop = openShop();
});
afterAll(() => shop.store.close());

const ask = (signing?: Signing, query = 'searchCriteria%5BpageSize%5D=1') =>
  shop.send({ method: 'GET', path: '/rest/V1/orders', query, ...(signing && { signing }) });

describe('signed requests', () => {
  it('pass with a signature of their own each', async () => {
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  it('pass once per nonce, even if the first use was refused', async () => {
    expect((await ask({ nonce: 'n-1', tokenSecret: 'wrong' })).status).toBe(401);
    expect(await ask({ nonce: 'n-1' })).toMatchObject({
      status: 401,
      body: { message: 'The nonce is already being used by the consumer with ID %1', parameters: ['1'] },
    });
  });

  it('pass with a clock that is behind, and up to ten minutes ahead', async () => {
    const days = 86_400;
    expect((await ask({ timestampOffsetS: -3 * days })).status).toBe(200);
    expect((await ask({ timestampOffsetS: 590 })).status).toBe(200);
    expect((await ask({ timestampOffsetS: 700 })).status).toBe(401);
  });

  it.each<[string, Signing, number, string]>([
    ['another token', { token: 'x'.repeat(32) }, 401, 'Specified token does not exist'],
    [
      'a token of the wrong length',
      { token: 'short' },
      400,
      'The token length is invalid. Check the length and try again.',
    ],
    [
      'a header without its parts',
      { authorization: 'OAuth x="y"' },
      400,
      'One or more input exceptions have occurred.',
    ],
  ])('are refused with %s', async (_, signing, status, message) => {
    expect(await ask(signing)).toMatchObject({ status, body: { message } });
  });

  it('cover the query: a changed or repeated parameter is refused', async () => {
    const query = 'searchCriteria%5BpageSize%5D=1&fields=total_count';
    expect((await ask({ parameters: [['searchCriteria[pageSize]', '1']] }, query)).status).toBe(401);
    expect((await ask({}, 'searchCriteria=&fields=a&fields=b')).status).toBe(401);
  });

  it('are sorted naturally, unlike in RFC 5849, from the tenth filter on', async () => {
    const filters = Array.from(
      { length: 11 },
      (_, index) => `searchCriteria%5BfilterGroups%5D%5B${index}%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=entity_id`,
    );
    expect((await ask({}, filters.slice(0, 10).join('&'))).status).toBe(200);
    expect((await ask({}, filters.join('&'))).status).toBe(401);
  });
});

it('finds no route before it looks at the signature', async () => {
  const answer = await shop.send({ method: 'GET', path: '/rest/V1/nope', signing: { authorization: null } });
  expect(answer).toMatchObject({ status: 404, body: { message: 'Request does not match any route.' } });
});

it('takes new keys from the control plane', async () => {
  await shop.command('PATCH', '/settings', { oauth: { tokenSecret: 'another' } });
  expect((await ask()).status).toBe(401);
  expect((await ask({ tokenSecret: 'another' })).status).toBe(200);
});
