import type { AmazonOrder } from '../../../domain/order';

export const account = 'acme-us';
export const amazonOrderId = '111-0000001-0000001';
export const orderKey = `${account}/${amazonOrderId}`;

/** Words of the buyer that must stand in no error text. */
export const buyerWords = /Ada|Sample|Seattle|98101|555-0100|Happy/;

/** Two lines, to be shipped by the merchant. */
export const order: AmazonOrder = {
  amazonOrderId,
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'UNSHIPPED',
  fulfilledBy: 'MERCHANT',
  purchasedAt: '2026-10-01T08:00:00.000Z',
  lastUpdatedAt: '2026-10-01T08:30:00.000Z',
  programs: [],
  serviceLevel: 'STANDARD',
  shipBy: '2026-10-03T06:59:59.000Z',
  currency: 'USD',
  totalMinor: 5047,
  lines: [
    {
      orderItemId: '70000000000001',
      sku: 'MUG-BLUE-350',
      title: 'Stoneware mug, blue, 350 ml',
      quantityOrdered: 2,
      quantityFulfilled: 0,
      quantityUnfulfilled: 2,
      charges: [{ type: 'ITEM', subtotalMinor: 2998, details: [] }],
      totalMinor: 2998,
    },
    {
      orderItemId: '70000000000002',
      sku: 'MUG-SAND-350',
      title: 'Stoneware mug, sand, 350 ml',
      quantityOrdered: 1,
      quantityFulfilled: 0,
      quantityUnfulfilled: 1,
      charges: [
        { type: 'ITEM', subtotalMinor: 1499, details: [] },
        { type: 'SHIPPING', subtotalMinor: 399, details: [] },
        { type: 'TAX', subtotalMinor: 151, details: [] },
      ],
      totalMinor: 2049,
      giftMessage: 'Happy birthday',
    },
  ],
  orderCharges: [],
  packages: [],
  buyer: { name: 'Ada Sample', email: 'ada.sample@marketplace.amazon.com' },
  shipTo: {
    name: 'Ada Sample',
    lines: ['1 Sample Street'],
    city: 'Seattle',
    stateOrRegion: 'WA',
    postalCode: '98101',
    countryCode: 'US',
    phone: '+1 206-555-0100',
  },
};
