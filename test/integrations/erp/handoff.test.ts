import fc from 'fast-check';
import { parseMinor } from '../../../domain/money';
import type { OrderLine } from '../../../domain/order';
import { handoffOrder } from '../../../integrations/erp/handoff';
import { account, amazonOrderId, order, orderKey } from './orders';

const [first, second] = order.lines as [OrderLine, OrderLine];

it('tells the ERP what to send where, with amounts as decimal strings', () => {
  expect(handoffOrder(account, order, '000000001')).toEqual({
    orderKey,
    account,
    amazonOrderId,
    marketplaceId: 'ATVPDKIKX0DER',
    purchasedAt: '2026-10-01T08:00:00.000Z',
    currency: 'USD',
    total: '50.47',
    commerceOrderNumber: '000000001',
    serviceLevel: 'STANDARD',
    shipBy: '2026-10-03T06:59:59.000Z',
    giftMessage: 'Happy birthday',
    shipTo: {
      name: 'Ada Sample',
      lines: ['1 Sample Street'],
      city: 'Seattle',
      region: 'WA',
      postalCode: '98101',
      countryCode: 'US',
      phone: '+1 206-555-0100',
    },
    buyer: { name: 'Ada Sample', email: 'ada.sample@marketplace.amazon.com' },
    lines: [
      { lineKey: '70000000000001', sku: 'MUG-BLUE-350', title: first.title, quantity: 2, total: '29.98' },
      { lineKey: '70000000000002', sku: 'MUG-SAND-350', title: second.title, quantity: 1, total: '20.49' },
    ],
  });
});

it('leaves out what Amazon does not give, and fills the address with empty strings', () => {
  const { serviceLevel: _, shipBy: __, buyer: ___, shipTo: ____, ...bare } = order;
  const handoff = handoffOrder(account, { ...bare, lines: [first] });
  expect(Object.keys(handoff)).toEqual(
    expect.not.arrayContaining(['serviceLevel', 'shipBy', 'buyer', 'giftMessage', 'commerceOrderNumber']),
  );
  expect(handoff.shipTo).toEqual({ name: '', lines: [], city: '', postalCode: '', countryCode: '' });
});

it('tells the purchase order of a business buyer, and whose tax Amazon remits', () => {
  const business = {
    ...order,
    purchaseOrderNumber: 'PO-7',
    lines: [{ ...first, taxCollectedByAmazon: true }, second],
  };
  const handoff = handoffOrder(account, business);
  expect(handoff).toMatchObject({ purchaseOrderNumber: 'PO-7', lines: [{ taxCollectedByAmazon: true }, {}] });
  expect(handoff.lines[1]).not.toHaveProperty('taxCollectedByAmazon');
});

it('adds up the charges of a line without a sum', () => {
  const lines = [{ ...second, totalMinor: null }];
  expect(handoffOrder(account, { ...order, lines }).lines[0]?.total).toBe('20.49');
});

it('says what has left before, and leaves out lines of which nothing is wanted', () => {
  const lines = [
    { ...first, quantityFulfilled: 1, quantityUnfulfilled: 1 },
    { ...second, quantityOrdered: 0, quantityUnfulfilled: 0 },
  ];
  expect(handoffOrder(account, { ...order, lines }).lines).toEqual([
    expect.objectContaining({ lineKey: '70000000000001', quantity: 2, quantityShipped: 1 }),
  ]);
});

it('tells a gift message once, however many lines repeat it', () => {
  const gift = (message: string) => ({ ...first, giftMessage: message });
  const lines = [gift('Happy birthday'), gift('Happy birthday'), gift('And many more')];
  expect(handoffOrder(account, { ...order, lines }).giftMessage).toBe('Happy birthday\nAnd many more');
});

it('refuses orders that are not for an ERP, without a word about the buyer', () => {
  const refused = (changes: object) => () => handoffOrder(account, { ...order, ...changes });
  expect(refused({ fulfilledBy: 'AMAZON' })).toThrow(`Order ${amazonOrderId} is fulfilled by Amazon`);
  expect(refused({ totalMinor: null })).toThrow(`Order ${amazonOrderId} has no prices`);
  expect(refused({ currency: null })).toThrow(RangeError);
});

it('keeps every amount to the cent, also in currencies without cents', () => {
  const amounts = fc.array(fc.integer({ min: -99_999, max: 99_999_999 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(amounts, fc.constantFrom('USD', 'EUR', 'JPY'), (totals, currency) => {
      const totalMinor = totals.reduce((sum, total) => sum + total, 0);
      const lines = totals.map((total) => ({ ...first, totalMinor: total }));
      const handoff = handoffOrder(account, { ...order, currency, totalMinor, lines });
      expect(parseMinor(handoff.total, currency)).toBe(totalMinor);
      expect(handoff.lines.map(({ total }) => parseMinor(total, currency))).toEqual(totals);
    }),
  );
});
