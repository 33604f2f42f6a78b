import { tempFolders } from '../support/temp-folder';
import { bodyOf, queueArn } from './amazon-queue';
import { openShop, type Shop } from './amazon-shop';

const api = '/notifications/v1';
const typed = `${api}/subscriptions/ORDER_CHANGE`;
const destination = (arn: string) => ({ name: 'orders', resourceSpecification: { sqs: { arn } } });

interface Answer {
  payload?: { destinationId?: string; subscriptionId?: string };
  errors?: { code: string; message: string; details: string }[];
}

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  expect(shop.violations('answer')).toEqual([]);
  await shop.close();
});

const read = async (answer: Response) => {
  const { payload, errors } = (await answer.json()) as Answer;
  return { status: answer.status, payload, error: errors?.[0] };
};
const grantless = async (method: string, path: string, body?: unknown) =>
  read(await shop.callGrantless(method, path, body));
const seller = async (method: string, path: string, body?: unknown) =>
  read(await shop.call(method, path, body));
const newDestination = async (name = 'orders') =>
  (await grantless('POST', `${api}/destinations`, destination(queueArn(name)))).payload?.destinationId ?? '';

describe('destinations', () => {
  it('are made, listed, read and deleted with a grantless token', async () => {
    expect((await grantless('GET', `${api}/destinations`)).payload).toEqual([]);
    const destinationId = await newDestination();
    const made = { destinationId, name: 'orders', resource: { sqs: { arn: queueArn('orders') } } };
    expect((await grantless('GET', `${api}/destinations`)).payload).toEqual([made]);
    expect((await grantless('GET', `${api}/destinations/${destinationId}`)).payload).toEqual(made);
    expect((await grantless('DELETE', `${api}/destinations/${destinationId}`)).status).toBe(200);
    expect((await grantless('GET', `${api}/destinations/${destinationId}`)).status).toBe(404);
    expect(shop.violations()).toEqual([]);
  });

  it('are made once for each queue', async () => {
    await newDestination();
    expect(await grantless('POST', `${api}/destinations`, destination(queueArn('orders')))).toMatchObject({
      status: 409,
      error: { code: 'Conflict', details: expect.stringContaining('already exists') },
    });
    expect(await newDestination('others')).not.toBe('');
  });

  it('stay while a subscription uses them', async () => {
    const destinationId = await newDestination();
    const { payload } = await seller('POST', typed, bodyOf(destinationId));
    const path = `${api}/destinations/${destinationId}`;
    expect(await grantless('DELETE', path)).toMatchObject({
      status: 403,
      error: { details: 'Destination has subscriptions' },
    });
    await grantless('DELETE', `${typed}/${payload?.subscriptionId}`);
    expect((await grantless('DELETE', path)).status).toBe(200);
  });

  it.each([
    ['nothing', undefined],
    ['no queue', { name: 'orders', resourceSpecification: {} }],
    ['what is no queue', destination('arn:aws:sns:us-east-1:000000000000:orders')],
  ])('are refused for %s', async (_, body) => {
    expect(await grantless('POST', `${api}/destinations`, body)).toMatchObject({
      status: 400,
      error: { code: 'InvalidInput' },
    });
  });
});

describe('a subscription to ORDER_CHANGE', () => {
  it('is made and read by the seller, read by id and deleted with a grantless token', async () => {
    expect((await seller('GET', typed)).status).toBe(404);
    const wanted = bodyOf(await newDestination(), {
      orderChangeTypes: ['OrderStatusChange', 'BuyerRequestedChange'],
    });
    const made = await seller('POST', typed, wanted);
    expect(made).toMatchObject({ status: 200, payload: wanted });
    const id = made.payload?.subscriptionId;
    expect((await seller('GET', typed)).payload).toEqual(made.payload);
    expect((await seller('GET', `${api}/subscriptions?notificationTypes=ORDER_CHANGE`)).payload).toEqual({
      subscriptions: [made.payload],
    });
    expect((await grantless('GET', `${typed}/${id}`)).payload).toEqual(made.payload);
    expect((await grantless('DELETE', `${typed}/${id}`)).status).toBe(200);
    expect((await grantless('GET', `${typed}/${id}`)).status).toBe(404);
    expect((await seller('GET', typed)).status).toBe(404);
    expect(shop.violations()).toEqual([]);
  });

  it('is the only one', async () => {
    const destinationId = await newDestination();
    await seller('POST', typed, bodyOf(destinationId));
    expect(await seller('POST', typed, bodyOf(destinationId))).toMatchObject({
      status: 409,
      error: { code: 'StateConflict' },
    });
  });

  it('needs a processing directive, whatever the description says', async () => {
    const { processingDirective: _, ...body } = bodyOf(await newDestination());
    const refused = {
      status: 400,
      error: { code: 'InvalidInput', details: 'Processing Directive eventFilter must not be empty' },
    };
    expect(await seller('POST', typed, body)).toMatchObject(refused);
    expect(await seller('POST', typed, { ...body, processingDirective: {} })).toMatchObject(refused);
  });

  it('needs a destination that there is, and a known type, version and filter', async () => {
    expect(await seller('POST', typed, bodyOf('none'))).toMatchObject({
      status: 400,
      error: { details: expect.stringContaining('No destination with id none') },
    });
    const body = bodyOf(await newDestination());
    const wrong = [
      seller('POST', `${api}/subscriptions/ANY_OFFER_CHANGED`, body),
      seller('POST', typed, { ...body, payloadVersion: '2.0' }),
      seller('POST', typed, bodyOf(body.destinationId, { eventFilterType: 'ANY_OFFER_CHANGED' })),
      seller('POST', typed, '{"payloadVersion":'),
    ];
    for (const answer of wrong) expect((await answer).status).toBe(400);
  });
});

describe('tokens', () => {
  it('of the application come for the scope of notifications, without a refresh token', async () => {
    const scope = 'sellingpartnerapi::notifications';
    const { status, body } = await shop.authorize({ grant_type: 'client_credentials', scope });
    expect([status, body.refresh_token]).toEqual([200, undefined]);
    const refused = await shop.authorize({ grant_type: 'client_credentials', scope: 'profile' });
    expect(refused).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  it.each([
    ['GET', `${api}/destinations`],
    ['POST', `${api}/destinations`],
    ['GET', `${api}/destinations/1`],
    ['DELETE', `${api}/destinations/1`],
    ['GET', `${typed}/1`],
    ['DELETE', `${typed}/1`],
  ])('of a seller do not open %s %s', async (method, path) => {
    expect(await seller(method, path)).toMatchObject({ status: 403, error: { code: 'Unauthorized' } });
  });

  it.each([
    ['POST', typed],
    ['GET', typed],
    ['GET', `${api}/subscriptions?notificationTypes=ORDER_CHANGE`],
    ['GET', '/orders/2026-01-01/orders?createdAfter=2026-09-01T00:00:00Z'],
  ])('of the application do not open %s %s', async (method, path) => {
    expect(await grantless(method, path)).toMatchObject({ status: 403, error: { code: 'Unauthorized' } });
  });
});

it('lets each operation be called five times at once, and once a second from then on', async () => {
  const list = async () => shop.callGrantless('GET', `${api}/destinations`);
  for (let call = 0; call < 5; call += 1) {
    const answer = await list();
    expect([answer.status, answer.headers.get('x-amzn-RateLimit-Limit')]).toEqual([200, '1']);
  }
  expect((await list()).status).toBe(429);
  expect((await shop.callGrantless('GET', `${api}/destinations/1`)).status).toBe(404);
  shop.clock.advance(1_000);
  expect((await list()).status).toBe(200);
  expect((await shop.books()).operations.getDestinations).toEqual({ calls: 7, violations: 1 });
});

describe('after a restart', () => {
  const newFolder = tempFolders();

  it('destinations and subscriptions are still there', async () => {
    const folder = newFolder();
    const before = await openShop(folder);
    const made = await before.callGrantless('POST', `${api}/destinations`, destination(queueArn('orders')));
    const { payload } = (await made.json()) as Answer;
    const subscribed = await before.call('POST', typed, bodyOf(payload?.destinationId ?? ''));
    await before.close();
    const after = await openShop(folder);
    expect(await (await after.call('GET', typed)).json()).toEqual(await subscribed.json());
    await after.close();
  });
});
