import type { Signing } from '../commerce-client';
import { readRecording, recordingsAreThere } from './replay';
import type { Scenario } from './scenario';

export function authentication({ recorded, given, shop }: Scenario): void {
  const signings: Record<string, Signing> = {
    '07-auth-bad-signature': { tokenSecret: 'wrong' },
    '07-auth-none': { authorization: null },
    '07-auth-integration-token-as-bearer': { authorization: 'Bearer sandboxaccesstoken00000000000001' },
    '07-auth-sha1': { method: 'HMAC-SHA1' },
    '07-auth-timestamp-plus700s': { timestampOffsetS: 700 },
    '07-auth-unknown-consumer': { consumerKey: 'x'.repeat(32) },
    '07-auth-nonce-reused': { nonce: 'used-before' },
  };
  given('a nonce that was used', async () => {
    const query = 'searchCriteria%5BpageSize%5D=1&fields=total_count';
    await shop().send({ method: 'GET', path: '/rest/V1/orders', query, signing: { nonce: 'used-before' } });
  });
  for (const [name, signing] of Object.entries(signings)) recorded(name, { signing });
  given('an integration without the right to customers', async () => {
    await shop().command('PATCH', '/settings', { deniedResources: ['Magento_Customer::customer'] });
  });
  recorded('07-acl-missing');
  given('its right restored', async () => {
    await shop().command('PATCH', '/settings', { deniedResources: [] });
  });
  recorded('07-query-equals-raw');
  recorded('07-query-key-without-equals');
  recorded('07-query-lowercase-hex');
  recorded('07-query-plus-signed-literally', { ignore: ['total_count'] });
  recorded('07-query-space-as-percent20', { ignore: ['total_count'] });
  const spaced = (readable: string): [string, string][] =>
    [...new URLSearchParams(readable)].map(([name, value]) => [name, value]);
  recorded('07-query-space-as-plus', {
    signing: recordingsAreThere
      ? { parameters: spaced(readRecording('07-query-space-as-plus').request.query ?? '') }
      : {},
  });
}
