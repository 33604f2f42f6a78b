export type Region = 'na' | 'eu' | 'fe';

/** Amazon: "Marketplace IDs". A marketplace that opens later is in no region's list and taken as it is. */
const marketplaces: Readonly<Record<Region, readonly string[]>> = {
  na: ['A2EUQ1WTGCTBG2', 'ATVPDKIKX0DER', 'A1AM78C64UM0Y8', 'A2Q3Y263D00KWC'],
  eu: [
    'A28R8C7NBKEWEA',
    'A1RKKUPIHCS9HS',
    'A1F83G8C2ARO7P',
    'A13V1IB3VIYZZH',
    'AMEN7PMS3EDWL',
    'A1805IZSGTT6HS',
    'A1PA6795UKMFR9',
    'APJ6JRA9NG5V4',
    'A2NODRKZP88ZB9',
    'AE08WJ6YKNBMC',
    'A1C3SOZRARQ6R3',
    'ARBP9OOSHTCHU',
    'A33AVAJ2PDY3EV',
    'A17E79C6D8DWNP',
    'A2VIGQ35RCS4UG',
    'A21TJRUUN4KGV',
  ],
  fe: ['A19VAU5U5O7RUS', 'A39IBJ37TRP1C6', 'A1VC38T7YXB528'],
};

const regions = ['na', 'eu', 'fe'] as const;

/** Undefined for a marketplace that Amazon opened after this list was made. */
export function regionOf(marketplaceId: string): Region | undefined {
  return regions.find((region) => marketplaces[region].includes(marketplaceId));
}

/** Base address of the Selling Partner API. */
export const regionEndpoint = (region: Region) => `https://sellingpartnerapi-${region}.amazon.com`;

/** Login with Amazon, the same for all regions. */
export const loginWithAmazon = 'https://api.amazon.com/auth/o2/token';
