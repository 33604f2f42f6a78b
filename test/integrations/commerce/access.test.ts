import { type CommerceConnection, createCommercePort } from '../../../integrations/commerce/client';
import {
  CommerceAccessError,
  CommerceAnswerError,
  CommerceUnreachableError,
} from '../../../integrations/commerce/errors';
import { sandboxImsClient } from '../../../sandbox/commerce';
import { type CommerceService, openCommerceService } from '../../support/commerce-service';

let service: CommerceService;
beforeEach(async () => {
  service = await openCommerceService();
});
afterEach(async () => {
  expect(service.violations()).toEqual([]);
  await service.close();
});

const anOrder = '113-0000000-0000000';
const asked = (part: string) => service.exchanges.filter(({ path }) => path.includes(part)).length;
const failure = async (work: Promise<unknown>): Promise<Error> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it went well');
  return error;
};

describe('a signature', () => {
  const signing = (changes: Partial<CommerceService['connections']['paas']['credentials']>) => {
    const { credentials, ...connection } = service.connections.paas;
    return createCommercePort({ ...connection, credentials: { ...credentials, ...changes } });
  };

  it('that Commerce does not accept is made anew once', async () => {
    const refused = await failure(signing({ accessTokenSecret: 'wrong' }).findOrders(anOrder));
    expect(refused).toBeInstanceOf(CommerceAccessError);
    expect(asked('/V1/')).toBe(2);
  });

  it('of an integration that Commerce does not know is not made anew', async () => {
    const refused = await failure(signing({ consumerKey: 'x'.repeat(32) }).findOrders(anOrder));
    expect(refused).toBeInstanceOf(CommerceAccessError);
    expect(asked('/V1/')).toBe(1);
  });
});

describe('a token of the cloud service', () => {
  const { clientSecret } = sandboxImsClient;
  const port = (changes: Partial<CommerceConnection & { edition: 'cloudService' }> = {}) =>
    createCommercePort({ ...service.connections.cloudService, ...changes });
  const withdrawAll = () => service.sandbox.shop.tokens.clear();

  it('is asked for once by all who wait, and kept', async () => {
    const commerce = port({ concurrency: 5 });
    await Promise.all([1, 2, 3, 4, 5].map(() => commerce.findOrders(anOrder)));
    await commerce.findOrders(anOrder);
    expect([asked('/ims/'), asked('/V1/')]).toEqual([1, 6]);
    expect(new URLSearchParams(service.exchanges[0]?.requestBody).get('scope')).toBe(
      'openid,AdobeID,email,profile,additional_info.roles,additional_info.projectedProductContext,commerce.accs',
    );
  });

  it('is asked for anew before it ends', async () => {
    service.sandbox.settings.change({ ims: { tokenLifeS: 1 } });
    const commerce = port();
    await commerce.findOrders(anOrder);
    await new Promise((passed) => setTimeout(passed, 950));
    await commerce.findOrders(anOrder);
    expect([asked('/ims/'), asked('/V1/')]).toEqual([2, 2]);
  });

  it('that was withdrawn is asked for anew once, for each call alone', async () => {
    const commerce = port();
    await commerce.findOrders(anOrder);
    withdrawAll();
    await Promise.all([1, 2, 3].map(() => commerce.findOrders(anOrder)));
    expect([asked('/ims/'), asked('/V1/')]).toEqual([2, 7]);
  });

  it('that is refused again is a matter for a person', async () => {
    service.misbehave({ path: '/V1/orders', kind: 'status', status: 401, times: 2 });
    const refused = await failure(port().findOrders(anOrder));
    expect(refused).toBeInstanceOf(CommerceAccessError);
    expect(refused.message).toBe(
      'Commerce main: look up order (GET /V1/orders) answered 401: check the keys and rights of the integration',
    );
    expect([asked('/ims/'), asked('/V1/')]).toEqual([2, 2]);
  });

  it('is needed for what anyone may read elsewhere', async () => {
    expect(await port().regions('US')).not.toEqual([]);
    const { url } = service.connections.cloudService;
    expect((await fetch(`${url}/V1/directory/countries/US`)).status).toBe(401);
    expect((await fetch(`${service.connections.paas.url}/rest/V1/directory/countries/US`)).status).toBe(200);
  });

  it('of another organisation opens nothing', async () => {
    const refused = await failure(
      port({ credentials: { ...sandboxImsClient, orgId: 'x' } }).findOrders(anOrder),
    );
    expect(refused).toBeInstanceOf(CommerceAccessError);
    expect(refused.message).toContain('answered 403: The organization of the token is another one');
    expect(asked('/V1/')).toBe(1);
  });

  it('is not given for wrong credentials, which nothing repeats', async () => {
    const credentials = { ...sandboxImsClient, clientSecret: 'wrong-and-hidden' };
    const refused = await failure(port({ credentials }).findOrders(anOrder));
    expect(refused).toBeInstanceOf(CommerceAccessError);
    expect(refused.message).toBe(
      'Commerce main: log in (POST /ims/token/v3) answered 400: Adobe does not accept the credentials (invalid_client)',
    );
    expect(JSON.stringify(refused) + refused.stack).not.toContain('hidden');
    expect(asked('/V1/')).toBe(0);
  });

  it.each([
    [{ kind: 'status', status: 503, headers: { 'retry-after': '7' } }, CommerceUnreachableError],
    [{ kind: 'status', status: 302, headers: { location: '/elsewhere' } }, CommerceUnreachableError],
    [{ kind: 'dropAfter' }, CommerceUnreachableError],
    [{ kind: 'body', body: '<html>' }, CommerceAnswerError],
  ] as const)('that does not come for %j leaves Commerce unasked', async (fault, kind) => {
    service.misbehave({ path: '/ims/token/v3', ...fault });
    const commerce = port();
    const error = await failure(commerce.invoice(7));
    expect(error).toBeInstanceOf(kind);
    if (error instanceof CommerceUnreachableError) expect(error.outcomeUnknown).toBe(false);
    expect(asked('/V1/')).toBe(0);
    expect(await commerce.findOrders(anOrder)).toEqual([]);
  });

  it('stands in no error', async () => {
    const refused = await failure(port().readOrder(404));
    expect(JSON.stringify(refused) + refused.stack).not.toMatch(/Bearer|sandbox\.access/);
    expect(JSON.stringify(refused)).not.toContain(clientSecret);
  });
});
