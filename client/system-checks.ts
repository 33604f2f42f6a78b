import type { AccountConfig, CommerceConfig, ErpConfig } from '../config/config';
import { createCommercePort } from '../integrations/commerce/client';
import { CommerceAccessError } from '../integrations/commerce/errors';
import { createWebhookErp } from '../integrations/erp/webhook';
import { advise, variablePart } from './check-error';

// Each check answers with what works, and throws with what to do.

export async function checkCommerce(
  shop: CommerceConfig,
  { marketplaces }: AccountConfig,
  timeoutMs: number,
): Promise<string> {
  const own = marketplaces.filter(({ policy }) => policy.commerce === shop.name);
  const codes = [...new Set(own.map(({ policy }) => policy.store))];
  const port = createCommercePort(shop, { timeoutMs });
  for (const code of codes) await port.store(code).catch(advise(CommerceAccessError, accessAdvice(shop)));
  const now = new Date().toISOString();
  await port.recentShipments(now).catch(advise(CommerceAccessError, accessAdvice(shop)));
  const views = codes.length === 1 ? 'store view' : 'store views';
  return `The credentials are accepted; ${views} ${codes.join(', ')} found, shipments can be read.`;
}

function accessAdvice({ edition, name }: CommerceConfig): string {
  const secrets = `COMMERCE_${variablePart(name)}_… secrets`;
  return edition === 'paas'
    ? `Check the four ${secrets}, and in Commerce the resources of the integration.`
    : `Check the three ${secrets}, and in the Adobe Developer Console that the credential may use this Commerce instance.`;
}

export async function checkErp(erp: ErpConfig, timeoutMs: number): Promise<string> {
  const port = createWebhookErp({ ...erp, timeoutMs });
  if (!port.health) return 'It cannot be asked; the next order will tell.';
  await port.health();
  return 'It answers. Whether it takes the signature, the next order will tell.';
}
