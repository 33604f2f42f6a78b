import { z } from 'zod';
import type { JsonObject } from './json';
import type { Shop } from './shop';
import { type StoreView, websiteCode } from './stores';

/** What a website calculates in, and what it takes for one unit of that in the other currencies that it allows. */
export interface Currencies {
  website: string;
  base: string;
  rates: Record<string, number>;
}

const code = z.string().regex(/^[A-Z]{3}$/);
const changesSchema = z.strictObject({
  base: code.optional(),
  rates: z.record(code, z.number().nonnegative()).optional(),
});

/** A new website calculates in US dollars and allows no other currency. */
export const currenciesOf = (shop: Shop, website: string): Currencies =>
  shop.currencies.get(website) ?? { website, base: 'USD', rates: {} };

/** Throws a ZodError on unknown or wrong changes. */
export function changeCurrencies(shop: Shop, website: string, changes: unknown): void {
  const { base, rates } = changesSchema.parse(changes);
  const known = currenciesOf(shop, website);
  shop.currencies.put({ website, base: base ?? known.base, rates: rates ?? known.rates });
}

const symbol = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency;

/** `GET /V1/directory/currency`: of the store view in the address. A currency without a rate has the rate 0. */
export function currencyInformation(shop: Shop, store: StoreView): JsonObject {
  const { base, rates } = currenciesOf(shop, websiteCode(store.id));
  const all: Record<string, number> = { ...rates, [base]: 1 };
  return {
    base_currency_code: base,
    base_currency_symbol: symbol(base),
    default_display_currency_code: base,
    default_display_currency_symbol: symbol(base),
    available_currency_codes: Object.keys(all),
    exchange_rates: Object.entries(all).map(([currency, rate]) => ({ currency_to: currency, rate })),
  };
}
