import { inspect } from 'node:util';
import { createAmazonPort } from '../../../integrations/amazon/client';
import {
  AmazonAccessError,
  AmazonAnswerError,
  AmazonRefusedError,
  AmazonUnreachableError,
} from '../../../integrations/amazon/errors';
import {
  type AmazonService,
  fullOrder,
  longAgo,
  minutes,
  openAmazonService,
} from '../../support/amazon-service';

/** All that an error could tell whoever logs, prints or sends it. */
function allOf(error: unknown): string {
  return `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${String(error)}`;
}

const secrets = ['amzn1.', 'Atza', 'Atzr', 'Ada', 'ada.sample', 'Sample Street', '206-555'];

describe('calling Amazon', () => {
  let amazon: AmazonService;
  beforeEach(async () => {
    amazon = await openAmazonService();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    expect(amazon.violations()).toEqual([]);
    await amazon.close();
  });
  const logins = () => amazon.count('/auth/o2/token');
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );
  const expectFailure = async (work: Promise<unknown>, type: new (...args: never) => Error) => {
    const error = await failureOf(work);
    expect(error).toBeInstanceOf(type);
    for (const secret of secrets) expect(allOf(error)).not.toContain(secret);
    return error as Error;
  };

  it('logs in once for calls that come at the same time', async () => {
    const { orderId } = amazon.place(fullOrder());
    const port = createAmazonPort(amazon.account);
    const orders = await Promise.all(Array.from({ length: 5 }, () => port.getOrder(orderId)));
    expect(orders.map((order) => order?.amazonOrderId)).toEqual(Array(5).fill(orderId));
    expect(logins()).toBe(1);
  });

  it('logs in again before its token expires, without a refused call', async () => {
    const { orderId } = amazon.place(fullOrder());
    await amazon.command('PATCH', '/settings', { accessTokenSeconds: 10 });
    const port = createAmazonPort(amazon.account);
    await port.getOrder(orderId);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now + 8500);
    await port.getOrder(orderId);
    expect(logins()).toBe(1);
    jest.spyOn(Date, 'now').mockReturnValue(now + 9500);
    await port.getOrder(orderId);
    expect(logins()).toBe(2);
    expect(amazon.exchanges.map(({ status }) => status)).not.toContain(403);
  });

  it('logs in again within the call when Amazon says that the token has expired', async () => {
    const { orderId } = amazon.place(fullOrder());
    const port = createAmazonPort(amazon.account);
    await port.getOrder(orderId);
    amazon.clock.advance(minutes(61));
    expect(await port.getOrder(orderId)).toMatchObject({ amazonOrderId: orderId });
    expect(logins()).toBe(2);
    expect(amazon.exchanges.map(({ status }) => status)).toEqual([200, 200, 403, 200, 200]);
  });

  it('gives up after the second token that Amazon does not take', async () => {
    amazon.setTamper(async (path, answer) =>
      path === '/auth/o2/token'
        ? Response.json({ ...((await answer.json()) as object), access_token: 'Atza|forged' })
        : undefined,
    );
    const { orderId } = amazon.place(fullOrder());
    await expectFailure(createAmazonPort(amazon.account).getOrder(orderId), AmazonAccessError);
    expect(logins()).toBe(2);
  });

  it('does not log in again where a right is missing', async () => {
    amazon.setTamper(async (path) =>
      path.startsWith('/orders')
        ? Response.json(
            { errors: [{ code: 'Unauthorized', message: 'Access to requested resource is denied.' }] },
            { status: 403, headers: { 'x-amzn-RequestId': 'd7b1-42' } },
          )
        : undefined,
    );
    const error = await expectFailure(
      createAmazonPort(amazon.account).getOrder('111-0000000-0000001'),
      AmazonAccessError,
    );
    expect(error).toMatchObject({
      message:
        'Amazon: getOrder GET /orders/2026-01-01/orders/{orderId} answered 403: ' +
        'Access to requested resource is denied. (request d7b1-42)',
      call: { operation: 'getOrder', status: 403, requestId: 'd7b1-42' },
    });
    expect(logins()).toBe(1);
  });

  it.each([
    ['refreshToken', 'invalid_grant', 400],
    ['clientSecret', 'invalid_client', 401],
  ])('says that access is denied with a wrong %s', async (key, reason, status) => {
    const credentials = { ...amazon.account.credentials, [key]: 'Atzr|revoked' };
    const port = createAmazonPort({ ...amazon.account, credentials });
    const error = await expectFailure(
      port.searchOrders({ window: { lastUpdatedAfter: longAgo } }),
      AmazonAccessError,
    );
    expect(error).toMatchObject({
      message: expect.stringContaining(reason),
      call: { operation: 'logIn', status },
    });
    expect(logins()).toBe(1);
  });

  it.each([
    ['/auth/o2/token', 'logIn'],
    ['/orders/', 'getOrder'],
  ])('gives up waiting for an answer of %s', async (path, operation) => {
    await amazon.command('POST', '/faults', { path, kind: 'delay', delayMs: 4_000 });
    const port = createAmazonPort(amazon.account, { timeoutMs: 1_500 });
    const error = await expectFailure(port.getOrder('111-0000000-0000001'), AmazonUnreachableError);
    expect(error).toMatchObject({
      message: expect.stringContaining('no answer within 1500 ms'),
      call: { operation },
    });
  });

  it('stops when the caller does', async () => {
    await amazon.command('POST', '/faults', { path: '/orders/', kind: 'delay', delayMs: 500 });
    const controller = new AbortController();
    const call = createAmazonPort(amazon.account).getOrder('111-0000000-0000001', {
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(new Error('the worker stops')), 100);
    await expect(call).rejects.toThrow('the worker stops');
  });

  it.each([
    ['dropBefore', undefined],
    ['dropAfter', undefined],
    ['status', 503],
  ])('is unreachable on %s, after one attempt', async (kind, status) => {
    const { orderId } = amazon.place(fullOrder());
    await amazon.command('POST', '/faults', { path: '/orders/', kind, ...(status && { status }) });
    const port = createAmazonPort(amazon.account);
    const error = await expectFailure(port.getOrder(orderId), AmazonUnreachableError);
    expect((error as AmazonUnreachableError).call.status).toBe(status);
    expect(amazon.count(orderId)).toBe(kind === 'dropAfter' ? 1 : 0);
    expect(await port.getOrder(orderId)).not.toBeNull();
  });

  it('is unreachable where nothing listens', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const login = createAmazonPort({ ...amazon.account, tokenEndpoint: `${nowhere}/auth/o2/token` });
    await expectFailure(login.getOrder('111-0000000-0000001'), AmazonUnreachableError);
    const api = createAmazonPort({ ...amazon.account, endpoint: nowhere });
    const error = await expectFailure(api.getOrder('111-0000000-0000001'), AmazonUnreachableError);
    expect(error.message).toContain('ECONNREFUSED');
  });

  it('follows no redirect with its token', async () => {
    amazon.setTamper(async (path) =>
      path.startsWith('/orders') ? Response.redirect('http://127.0.0.1:1/elsewhere', 302) : undefined,
    );
    const port = createAmazonPort(amazon.account);
    const error = await expectFailure(port.getOrder('111-0000000-0000001'), AmazonAnswerError);
    expect(error).toMatchObject({ call: { status: 302 } });
  });

  it.each([
    ['an HTML page', 400, '<html>Ada Sample</html>'],
    ['an HTML page', 200, '<html>Ada Sample</html>'],
    ['cut JSON', 200, '{"order": {"orderId": "Ada Sam'],
    ['no page', 200, '{"orders": "Ada Sample"}'],
  ])('cannot read %s with status %i', async (_, status, body) => {
    amazon.setTamper(async (path) =>
      path.startsWith('/orders') ? new Response(body, { status }) : undefined,
    );
    const port = createAmazonPort(amazon.account);
    const error = await expectFailure(
      port.searchOrders({ window: { lastUpdatedAfter: longAgo } }),
      AmazonAnswerError,
    );
    expect(error).toMatchObject({ call: { operation: 'searchOrders', status } });
  });

  it('takes what is personal out of a refusal', async () => {
    const message = 'Order 111-0000000-0000001 of ada.sample@example.com, +1 206-555-0100, token Atza|abc';
    amazon.setTamper(async (path) =>
      path.startsWith('/orders')
        ? Response.json({ errors: [{ code: 'InvalidInput', message }] }, { status: 400 })
        : undefined,
    );
    const port = createAmazonPort(amazon.account);
    const error = await expectFailure(port.getOrder('111-0000000-0000001'), AmazonRefusedError);
    expect(error).toMatchObject({
      code: 'InvalidInput',
      text: 'Order 111-0000000-0000001 of [e-mail] [phone], token [token]',
    });
  });
});
