import type { CommerceAmounts } from '../domain/amounts';
import { exchanged } from '../domain/exchange';
import { isKnownCurrency } from '../domain/money';
import { CommerceRefusedError } from '../integrations/commerce/errors';
import type { CommercePort } from '../integrations/commerce/port';
import type { GlobalCurrency, Store } from '../integrations/commerce/records';

/** What an order comes to in the currency of its website, and at which rate. */
export interface WebsiteAmounts {
  readonly baseAmounts: CommerceAmounts;
  /** How many units of the order's currency make one of the website's. */
  readonly baseToOrderRate: number;
  /** In which Commerce's reports add up all websites. */
  readonly global: GlobalCurrency;
}

/**
 * Converts at Commerce's rate of this moment. Nobody has to keep it: the order is created with it or not at all, and
 * carries it from then on; later attempts find that order and never convert again.
 *
 * @throws CommerceRefusedError where Commerce has no rate
 */
export async function websiteAmounts(
  commerce: CommercePort,
  store: Store,
  amounts: CommerceAmounts,
): Promise<WebsiteAmounts> {
  const { baseCurrency } = store;
  const global = await commerce.globalCurrency(store);
  if (baseCurrency === amounts.currency) return { baseAmounts: amounts, baseToOrderRate: 1, global };
  const rate = await commerce.exchangeRate(store, amounts.currency);
  if (rate === null || !isKnownCurrency(baseCurrency)) throw noRate(commerce, store, amounts);
  return { baseAmounts: exchanged(amounts, { currency: baseCurrency, rate }), baseToOrderRate: rate, global };
}

function noRate({ name }: CommercePort, store: Store, { currency }: CommerceAmounts): CommerceRefusedError {
  return new CommerceRefusedError(
    { commerce: name, operation: 'create order', method: 'POST', path: '/V1/orders' },
    `The website of store view ${store.code} calculates in ${store.baseCurrency}, the order is in ${currency}, and Commerce tells no rate between them: allow ${currency} in that store view and set its rate, or use a website that calculates in ${currency}.`,
  );
}
