import { checkCommerce } from '../../client/system-checks';
import type { CommerceConfig } from '../../config/config';
import { accountConfig } from '../support/account-config';
import { type CommerceService, openCommerceService } from '../support/commerce-service';
import { shopStock } from '../support/stock';

let service: CommerceService;
beforeEach(async () => {
  service = await openCommerceService();
});
afterEach(() => service.close());

const waits = {
  shipmentsEveryMs: 1_000,
  shipmentsWithoutNumber: 'wait',
  concurrency: 2,
  stock: shopStock,
} as const;
const shop = (edition: 'paas' | 'cloudService'): CommerceConfig => {
  const { paas, cloudService } = service.connections;
  return edition === 'paas' ? { ...waits, edition, ...paas } : { ...waits, ...cloudService };
};
const account = accountConfig('acme', {
  endpoint: 'http://127.0.0.1:9',
  tokenEndpoint: 'http://127.0.0.1:9',
  credentials: { clientId: 'x', clientSecret: 'x', refreshToken: 'x' },
});

describe.each([
  [
    'paas',
    { oauth: { tokenSecret: 'exchanged' } },
    /401: The signature is invalid\. .*four COMMERCE_MAIN_… secrets, and in Commerce the resources/,
  ],
  [
    'cloudService',
    { ims: { clientSecret: 'exchanged' } },
    /\(invalid_client\)\. Check the three COMMERCE_MAIN_… secrets, and in the Adobe Developer Console/,
  ],
] as const)('the check of Commerce of edition %s', (edition, exchanged, advice) => {
  it('finds the store view', async () => {
    expect(await checkCommerce(shop(edition), account, 1_000)).toBe(
      'The credentials are accepted; store view amazon_us found, shipments can be read.',
    );
  });

  it('says what to do where the integration may not read shipments', async () => {
    service.misbehave({ path: '/shipments$', kind: 'status', status: 403, times: 2 });
    const check = checkCommerce(shop(edition), account, 1_000);
    await expect(check).rejects.toThrow(
      /list recent shipments .*403.*Check the (four|three) COMMERCE_MAIN_… secrets/,
    );
    expect(service.exchanges.filter(({ path }) => path.endsWith('/shipments'))).toHaveLength(1);
  });

  it('says what to do where the credentials are not accepted', async () => {
    service.sandbox.settings.change(exchanged);
    await expect(checkCommerce(shop(edition), account, 1_000)).rejects.toThrow(advice);
  });
});
