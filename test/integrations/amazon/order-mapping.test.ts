import fc from 'fast-check';
import { readOrder } from '../../../integrations/amazon/order-mapping';
import { breakdown, item, money, orderOf, wireOrder } from './wire-order';

const reasonOf = (wire: unknown): string | undefined => {
  const reading = readOrder(wire);
  return reading.kind === 'unreadable' ? reading.unreadable.reason : undefined;
};

describe('an order of Amazon in our terms', () => {
  it('keeps what we use, drops what we do not know, and takes empty strings for nothing', () => {
    const order = orderOf(
      wireOrder({
        createdTime: '2026-10-01T10:00:00+02:00',
        buyer: { buyerName: 'Ada Sample', buyerEmail: '', buyerPurchaseOrderNumber: 'PO-7', mood: 'good' },
        recipient: {
          deliveryAddress: { name: ' Ada ', addressLine1: '', addressLine2: 'Flat 2', city: null },
        },
        surprise: { of: 'next month' },
      }),
    );
    expect(order).toMatchObject({
      amazonOrderId: '111-2222222-3333333',
      purchasedAt: '2026-10-01T08:00:00.000Z',
      lastUpdatedAt: '2026-10-01T09:00:00.000Z',
      purchaseOrderNumber: 'PO-7',
      currency: 'USD',
      totalMinor: 2000,
    });
    expect(order.buyer).toEqual({ name: 'Ada Sample' });
    expect(order.shipTo).toEqual({ name: 'Ada', lines: ['Flat 2'] });
    expect(JSON.stringify(order)).not.toMatch(/surprise|mood/);
  });

  it('has no buyer and no address where Amazon gives empty ones', () => {
    const order = orderOf(wireOrder({ buyer: {}, recipient: { deliveryAddress: { name: '' } } }));
    expect(order).not.toHaveProperty('buyer');
    expect(order).not.toHaveProperty('shipTo');
  });

  it('has a street from Brazil’s extra fields', () => {
    const extendedFields = { streetName: 'Rua Um', streetNumber: '7', neighborhood: 'Centro' };
    const order = orderOf(
      wireOrder({ recipient: { deliveryAddress: { municipality: 'Recife', extendedFields } } }),
    );
    expect(order.shipTo).toEqual({ city: 'Recife', lines: ['Rua Um, 7', 'Centro'] });
  });

  it('tells lines that the buyer asks to cancel', () => {
    const cancellation = { cancellationRequest: { requester: 'BUYER', cancelReason: 'mistake' } };
    const [asked, other] = orderOf(wireOrder({ orderItems: [item({ cancellation }), item()] })).lines;
    expect(asked).toMatchObject({ cancellationRequested: true });
    expect(other).not.toHaveProperty('cancellationRequested');
  });

  it('tells promotions, and lines of which Amazon remits the tax', () => {
    const promotion = { breakdowns: [{ promotionId: 'FALL' }, { promotionId: '' }, {}] };
    const tax = { taxCollections: [{ model: 'MARKETPLACE_FACILITATOR', responsibleParty: 'Amazon' }] };
    const orderItems = [item({ promotion, tax }), item({ promotion: {}, tax: { taxCollections: [{}] } })];
    const [first, second] = orderOf(wireOrder({ orderItems })).lines;
    expect(first).toMatchObject({ promotionIds: ['FALL'], taxCollectedByAmazon: true });
    expect(Object.keys(second ?? {})).toEqual(
      expect.not.arrayContaining(['promotionIds', 'taxCollectedByAmazon']),
    );
  });

  it('costs nothing where it replaces another order and shows no total, once it is verified', () => {
    const bare = {
      associatedOrders: [{ orderId: '111-0000000-0000001', associationType: 'REPLACEMENT_ORIGINAL_ID' }],
      proceeds: undefined,
      orderItems: [item({ proceeds: undefined })],
    };
    const free = { currency: 'USD', totalMinor: 0, replaces: '111-0000000-0000001' };
    expect(orderOf(wireOrder(bare))).toMatchObject(free);
    const pending = { fulfillmentStatus: 'PENDING', fulfilledBy: 'MERCHANT' };
    const unknown = { currency: null, totalMinor: null };
    expect(orderOf(wireOrder({ ...bare, fulfillment: pending }))).toMatchObject(unknown);
    const other = [{ orderId: '111-0000000-0000001', associationType: 'SOMETHING_NEW' }];
    expect(orderOf(wireOrder({ ...bare, associatedOrders: other }))).toMatchObject(unknown);
  });

  it.each([
    [{ stateOrRegion: 'CDMX', districtOrCounty: 'Santa Fe' }, 'CDMX', ['Street 1', 'Santa Fe']],
    [{ districtOrCounty: 'Greater London' }, 'Greater London', ['Street 1']],
    [{ stateOrRegion: 'Kent', districtOrCounty: 'Kent' }, 'Kent', ['Street 1']],
  ])('has the district %j as region, or else in the street', (parts, stateOrRegion, lines) => {
    const recipient = { deliveryAddress: { addressLine1: 'Street 1', city: 'City', ...parts } };
    expect(orderOf(wireOrder({ recipient })).shipTo).toMatchObject({ stateOrRegion, lines });
  });

  it('leaves out packages that were cancelled', () => {
    const one = { packageReferenceId: '1', packageItems: [{ orderItemId: '77', quantity: 1 }] };
    const packages = [
      { ...one, carrier: 'UPS', packageStatus: { status: 'CANCELLED' } },
      { ...one, packageReferenceId: '2', trackingNumber: '1Z', packageStatus: { status: 'IN_TRANSIT' } },
    ];
    expect(orderOf(wireOrder({ packages })).packages).toEqual([
      { packageReferenceId: '2', trackingNumber: '1Z', lines: [{ orderItemId: '77', quantity: 1 }] },
    ]);
  });

  it.each([
    ['SHIPPED', { quantityFulfilled: 2, quantityUnfulfilled: 0 }],
    ['CANCELLED', { quantityFulfilled: 0, quantityUnfulfilled: 0 }],
    ['UNSHIPPED', { quantityFulfilled: 0, quantityUnfulfilled: 2 }],
  ])('takes quantities that are left out from the status %s', (fulfillmentStatus, quantities) => {
    const order = wireOrder({
      fulfillment: { fulfillmentStatus, fulfilledBy: 'MERCHANT' },
      orderItems: [item({ fulfillment: undefined })],
    });
    expect(orderOf(order).lines[0]).toMatchObject(quantities);
  });
});

describe('an order that cannot be read', () => {
  const fulfillment = { fulfillmentStatus: 'UNSHIPPED', fulfilledBy: 'MERCHANT' };
  const product = { title: 'Mug', sellerSku: 'MUG' };
  it.each([
    [
      'an unknown status',
      { fulfillment: { ...fulfillment, fulfillmentStatus: 'BEAMED' } },
      'BEAMED is not known',
    ],
    ['no status', { fulfillment: undefined }, 'fulfillment.fulfillmentStatus: missing'],
    [
      'an unknown fulfilment',
      { fulfillment: { ...fulfillment, fulfilledBy: 'DRONE' } },
      'DRONE is not known',
    ],
    [
      'no fulfilment',
      { fulfillment: { fulfillmentStatus: 'UNSHIPPED' } },
      'fulfillment.fulfilledBy: missing',
    ],
    ['another channel', { salesChannel: { channelName: 'NON_AMAZON' } }, 'NON_AMAZON is not AMAZON'],
    ['no marketplace', { salesChannel: { channelName: 'AMAZON' } }, 'salesChannel.marketplaceId: missing'],
    ['an unknown id', { orderId: 'S01-1' }, 'orderId: not of the form 3-7-7 digits'],
    ['no items', { orderItems: [] }, 'orderItems: '],
    ['no SKU', { orderItems: [item({ product: { ...product, sellerSku: '' } })] }, 'sellerSku: missing'],
    [
      'a measure',
      { orderItems: [item({ measurement: { unit: 'KG', value: 1.5 } })] },
      'orderItems[0].measurement',
    ],
    ['a bound item', { orderItems: [item({ associatedOrderItems: [{}] })] }, 'associatedOrderItems'],
    [
      'two currencies',
      { proceeds: { grandTotal: money('20.00', 'EUR') } },
      'several currencies, EUR and USD',
    ],
    [
      'an unknown currency',
      {
        proceeds: { grandTotal: money('20.00', 'XYZ') },
        orderItems: [item({ proceeds: undefined })],
      },
      'currency XYZ is not known',
    ],
    ['a part of a cent', { proceeds: { grandTotal: money('20.001') } }, 'more decimals than USD allows'],
    [
      'no number',
      { proceeds: { grandTotal: money('20,00') } },
      'proceeds.grandTotal: "20,00" is not a decimal',
    ],
    [
      'an unknown charge',
      { proceeds: { grandTotal: money('20.00'), breakdowns: [breakdown('LEVY', '1.00')] } },
      'charge LEVY is not known',
    ],
    [
      'missing quantities',
      {
        fulfillment: { ...fulfillment, fulfillmentStatus: 'PARTIALLY_SHIPPED' },
        orderItems: [item({ fulfillment: undefined })],
      },
      'orderItems[0].fulfillment: quantities are missing',
    ],
  ])('has %s', (_, changes, reason) => {
    expect(reasonOf(wireOrder(changes))).toContain(reason);
  });

  it('is named by its id if that is one, and quotes nothing personal', () => {
    const buyer = { buyerName: ['Ada Sample'], buyerEmail: 7 };
    const reading = readOrder(wireOrder({ buyer }));
    expect(reading).toMatchObject({ unreadable: { amazonOrderId: '111-2222222-3333333' } });
    expect(reasonOf(wireOrder({ buyer }))).toMatch(/^buyer\.buyerName: /);
    expect(reasonOf(wireOrder({ buyer }))).not.toContain('Ada');
    expect(readOrder(wireOrder({ orderId: 'Ada' }))).not.toHaveProperty('unreadable.amazonOrderId');
  });

  it('never makes the mapping throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, part) => {
        expect(readOrder(value).kind).toBe('unreadable');
        for (const key of Object.keys(wireOrder())) readOrder(wireOrder({ [key]: part }));
      }),
    );
  });
});
