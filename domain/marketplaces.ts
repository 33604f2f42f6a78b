interface Marketplace {
  readonly country: string;
  readonly currency: string;
}

/**
 * Country (ISO 3166) and currency (ISO 4217) of each of Amazon’s marketplaces
 * (https://developer-docs.amazon.com/sp-api/docs/marketplace-ids).
 */
const marketplaces: Readonly<Record<string, Marketplace>> = {
  A2EUQ1WTGCTBG2: { country: 'CA', currency: 'CAD' },
  ATVPDKIKX0DER: { country: 'US', currency: 'USD' },
  A1AM78C64UM0Y8: { country: 'MX', currency: 'MXN' },
  A2Q3Y263D00KWC: { country: 'BR', currency: 'BRL' },
  A28R8C7NBKEWEA: { country: 'IE', currency: 'EUR' },
  A1RKKUPIHCS9HS: { country: 'ES', currency: 'EUR' },
  A1F83G8C2ARO7P: { country: 'GB', currency: 'GBP' },
  A13V1IB3VIYZZH: { country: 'FR', currency: 'EUR' },
  AMEN7PMS3EDWL: { country: 'BE', currency: 'EUR' },
  A1805IZSGTT6HS: { country: 'NL', currency: 'EUR' },
  A1PA6795UKMFR9: { country: 'DE', currency: 'EUR' },
  APJ6JRA9NG5V4: { country: 'IT', currency: 'EUR' },
  A2NODRKZP88ZB9: { country: 'SE', currency: 'SEK' },
  AE08WJ6YKNBMC: { country: 'ZA', currency: 'ZAR' },
  A1C3SOZRARQ6R3: { country: 'PL', currency: 'PLN' },
  ARBP9OOSHTCHU: { country: 'EG', currency: 'EGP' },
  A33AVAJ2PDY3EV: { country: 'TR', currency: 'TRY' },
  A17E79C6D8DWNP: { country: 'SA', currency: 'SAR' },
  A2VIGQ35RCS4UG: { country: 'AE', currency: 'AED' },
  A21TJRUUN4KGV: { country: 'IN', currency: 'INR' },
  A19VAU5U5O7RUS: { country: 'SG', currency: 'SGD' },
  A39IBJ37TRP1C6: { country: 'AU', currency: 'AUD' },
  A1VC38T7YXB528: { country: 'JP', currency: 'JPY' },
};

/** "US"; undefined for a marketplace that is newer than this list. */
export function marketplaceCountry(marketplaceId: string): string | undefined {
  return marketplaces[marketplaceId]?.country;
}

/** "USD"; undefined for a marketplace that is newer than this list. */
export function marketplaceCurrency(marketplaceId: string): string | undefined {
  return marketplaces[marketplaceId]?.currency;
}

/** Where buyers see prices without the tax, which comes on top. */
const withoutTax: readonly string[] = ['US', 'CA'];

/** Whether a price can contain its tax, as it does in the EU, the United Kingdom or Japan. */
export function mayIncludeTax(marketplaceId: string): boolean {
  return !withoutTax.includes(marketplaceCountry(marketplaceId) ?? '');
}
