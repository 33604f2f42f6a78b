import { commerceAmounts } from '../../../domain/amounts';
import { differences, placedOrder, surplusUnits } from '../../../integrations/commerce/adoption';
import { orderEntity } from '../../../integrations/commerce/order-entity';
import { storedDifferences } from '../../../integrations/commerce/read-back';
import type { CommerceOrder, CommerceOrderItem, Shipment } from '../../../integrations/commerce/records';
import { type SentOrder, sentOrder } from '../../../integrations/commerce/sent-order';
import { amazonOrder, line } from '../../support/orders';

const amounts = { rowTotal: 14.99, tax: 1.24, discount: 0 };
const totals = { subtotal: 14.99, tax: 1.24, shipping: 0, discount: 0, grandTotal: 16.23 };

const item = (changes: Partial<CommerceOrderItem> = {}): CommerceOrderItem => ({
  itemId: 1,
  parentItemId: null,
  sku: 'MUG-BLUE-350',
  isVirtual: false,
  orderItemId: '70000000000001',
  ordered: 1,
  invoiced: 0,
  shipped: 0,
  canceled: 0,
  refunded: 0,
  amounts,
  baseAmounts: amounts,
  ...changes,
});

/** The order of `amazonOrder()` as Commerce has it, but for `changes`. */
const found = (changes: Partial<CommerceOrder> = {}): CommerceOrder => ({
  entityId: 7,
  number: '000000007',
  state: 'processing',
  status: 'processing',
  extOrderId: null,
  currency: 'USD',
  totals,
  baseTotals: totals,
  kept: 0,
  items: [item()],
  ...changes,
});

/** What is sent for `amazonOrder()`. */
function sent(): SentOrder {
  const order = amazonOrder();
  const result = commerceAmounts(order);
  if (result.kind !== 'amounts') throw new Error(result.kind);
  const entity = orderEntity({
    order,
    amounts: result.amounts,
    baseAmounts: result.amounts,
    baseToOrderRate: 1,
    pinned: {
      commerce: 'main',
      store: 'amazon_us',
      incrementId: order.amazonOrderId,
      customer: 'guest',
    },
    store: { id: 2, code: 'amazon_us', websiteId: 2, websiteCode: 'amazon', baseCurrency: 'USD' },
    products: [],
    regions: [],
    orderStatus: 'processing',
  });
  return sentOrder(entity);
}

describe('an order that is in Commerce already', () => {
  it.each<[string, Partial<CommerceOrder>]>([
    ['it is the same', {}],
    [
      'its line is another tool’s, of the same SKU in other letters',
      { items: [item({ orderItemId: null, sku: 'mug-blue-350' })] },
    ],
    [
      'it has charges as lines',
      { items: [item(), item({ itemId: 2, sku: 'AMAZON-GIFT-WRAP', orderItemId: null })] },
    ],
    [
      'units that Amazon has cancelled are cancelled in Commerce',
      { items: [item({ ordered: 2, canceled: 1 })] },
    ],
    ['it is new and not invoiced', { state: 'new' }],
    [
      'it has parts of a bundle',
      { items: [item(), item({ itemId: 2, parentItemId: 1, sku: 'PART', orderItemId: null })] },
    ],
  ])('differs in nothing where %s', (_, changes) => {
    expect(differences(amazonOrder(), found(changes))).toEqual([]);
  });

  it.each<[string, Partial<CommerceOrder>]>([
    ['The grand total is 16.24 USD, Amazon’s is 16.23 USD.', { totals: { ...totals, grandTotal: 16.24 } }],
    ['The grand total is 16.23 EUR, Amazon’s is 16.23 USD.', { currency: 'EUR' }],
    ['The order is canceled in Commerce.', { state: 'canceled' }],
    ['The order is on hold in Commerce.', { state: 'holded' }],
    ['The order is in payment review in Commerce.', { state: 'payment_review' }],
    ['The order is closed in Commerce.', { state: 'closed' }],
    ['The order has no state in Commerce.', { state: '' }],
    ['Commerce has no line for 1 × MUG-BLUE-350.', { items: [] }],
    ['Of MUG-BLUE-350, 2 are ordered in Commerce and 1 at Amazon.', { items: [item({ ordered: 2 })] }],
    ['Commerce has MUG-SAND-350 where Amazon has MUG-BLUE-350.', { items: [item({ sku: 'MUG-SAND-350' })] }],
    [
      'Commerce has 1 × PEN, which Amazon’s order has not.',
      { items: [item(), item({ itemId: 2, sku: 'PEN', orderItemId: null })] },
    ],
  ])('%s', (sentence, changes) => {
    expect(differences(amazonOrder(), found(changes))).toEqual([sentence]);
  });

  it('is compared with what Amazon still wants of each line', () => {
    const lines = [
      line({ quantityOrdered: 3, quantityUnfulfilled: 1 }),
      line({ orderItemId: '2', sku: 'PEN', quantityUnfulfilled: 0, charges: [], totalMinor: null }),
    ];
    expect(differences(amazonOrder({ lines }), found())).toEqual([]);
  });
});

describe('an order that is in Commerce already, of which Amazon has cancelled a line since', () => {
  const none = { quantityUnfulfilled: 0, charges: [], totalMinor: null };
  const order = amazonOrder({ lines: [line(), line({ orderItemId: '2', sku: 'PEN', ...none })] });
  const pen = (changes: Partial<CommerceOrderItem> = {}) =>
    found({ items: [item(), item({ itemId: 2, sku: 'PEN', orderItemId: null, ...changes })] });

  it.each<[string, Partial<CommerceOrderItem>, number]>([
    ['by its SKU in an order of another tool', {}, 1],
    ['by Amazon’s id in one of ours', { orderItemId: '2' }, 1],
    ['not where it is canceled in Commerce, too', { canceled: 1 }, 0],
    ['not where it is refunded in Commerce', { refunded: 1 }, 0],
  ])('has that line and what of it is too much: %s', (_, changes, quantity) => {
    expect(placedOrder(order, pen(changes), []).itemIds).toEqual({ '70000000000001': 1, '2': 2 });
    expect(surplusUnits(order, pen(changes))).toEqual(quantity > 0 ? [{ sku: 'PEN', quantity }] : []);
    expect(differences(order, pen(changes))).toEqual(
      quantity > 0 ? ['Of PEN, 1 are ordered in Commerce and 0 at Amazon.'] : [],
    );
  });

  it('gives its Commerce line to one of the same SKU that Amazon wants', () => {
    const lines = [line({ orderItemId: '2', ...none }), line()];
    const items = [item({ orderItemId: null })];
    expect(placedOrder(amazonOrder({ lines }), found({ items }), []).itemIds).toEqual({
      '70000000000001': 1,
    });
    expect(surplusUnits(amazonOrder({ lines }), found({ items }))).toEqual([]);
  });
});

it('an order tells which units it counts as shipped and has no shipment of', () => {
  const shipment = (...quantities: number[]): Shipment => ({
    id: 1,
    orderId: 7,
    createdAt: '2026-10-01T12:00:00.000Z',
    lines: quantities.map((quantity) => ({ itemId: 1, quantity })),
    tracks: [],
    comments: [],
  });
  const order = amazonOrder({ lines: [line({ quantityOrdered: 4, quantityUnfulfilled: 4 })] });
  const counted = (...shipments: Shipment[]) =>
    placedOrder(order, found({ items: [item({ ordered: 4, shipped: 3 })] }), shipments).shippedBefore;
  expect(counted()).toEqual({ '70000000000001': 3 });
  expect(counted(shipment(1))).toEqual({ '70000000000001': 2 });
  expect(counted(shipment(1, 1), shipment(1))).toBeUndefined();
});

describe('what Commerce keeps of an order that it was sent', () => {
  const order = sent();
  const kept = (changes: Partial<CommerceOrder> = {}) =>
    storedDifferences(order, found({ number: order.number ?? '', ...changes }));
  const both = (changes: Partial<typeof totals>) => ({
    totals: { ...totals, ...changes },
    baseTotals: { ...totals, ...changes },
  });
  const row = (changes: Partial<typeof amounts>, baseChanges = changes): Partial<CommerceOrder> => ({
    items: [item({ amounts: { ...amounts, ...changes }, baseAmounts: { ...amounts, ...baseChanges } })],
  });

  it('differs in nothing where it is what was sent', () => {
    expect(kept()).toEqual([]);
  });

  it.each<[string, Partial<CommerceOrder>]>([
    ['The state is closed, sent was processing.', { state: 'closed' }],
    ['The tax is 1.2 USD, sent was 1.24.', both({ tax: 1.2 })],
    ['The grand total is 16.2 USD, sent was 16.23.', { baseTotals: { ...totals, grandTotal: 16.2 } }],
    ['The discount is -1 USD, sent was 0.', both({ discount: -1 })],
    ['The row total of MUG-BLUE-350 is 14.98 USD, sent was 14.99.', row({ rowTotal: 14.98 })],
    ['The tax of MUG-BLUE-350 is 0 USD, sent was 1.24.', row({ tax: 0 })],
    ['The discount of MUG-BLUE-350 is 1 USD, sent was 0.', row({ discount: 1 })],
    ['The tax of MUG-BLUE-350 is 1 USD, sent was 1.24.', row({}, { tax: 1 })],
    [
      'The order has no status instead of "processing": see that Commerce has this status for the state processing.',
      { status: '' },
    ],
  ])('is told: %s', (sentence, changes) => {
    expect(kept(changes)).toEqual([sentence]);
  });

  it('is told of the number and of units that count as shipped', () => {
    const shipped = { ...order, lines: order.lines.map((one) => ({ ...one, shipped: 1 })) };
    expect(storedDifferences(shipped, found({ number: '9' }))).toEqual([
      `The number is 9, sent was ${order.number}.`,
      'Of MUG-BLUE-350, 0 are shipped in Commerce, sent were 1.',
    ]);
  });

  it('may count more units as shipped, because they left since', () => {
    const shipped = { ...order, lines: order.lines.map((one) => ({ ...one, shipped: 1 })) };
    const items = [item({ shipped: 2, amounts: order.lines[0]?.amounts ?? amounts })];
    expect(storedDifferences(shipped, found({ number: order.number ?? '', items }))).toEqual([]);
  });

  it('may be a row total net of the line’s discount, and may not be another one', () => {
    const discounted = { rowTotal: 14.99, tax: 1.24, discount: 2 };
    const line = { sku: 'MUG-BLUE-350', orderItemId: '70000000000001' };
    const lines = [{ ...line, amounts: discounted, baseAmounts: discounted }];
    const told = (rowTotal: number) =>
      storedDifferences(
        { ...order, lines },
        found({ number: order.number ?? '', ...row({ rowTotal, discount: 2 }) }),
      );
    expect(told(12.99)).toEqual([]);
    expect(told(14.99)).toEqual([]);
    expect(told(12.98)).toEqual(['The row total of MUG-BLUE-350 is 12.98 USD, sent was 14.99.']);
  });

  it('has the charges of the order as lines', () => {
    const wrap = { sku: 'AMAZON-GIFT-WRAP', amounts, baseAmounts: amounts };
    const wrapped = { ...order, lines: [...order.lines, wrap] };
    const told = (...items: CommerceOrderItem[]) =>
      storedDifferences(wrapped, found({ number: order.number ?? '', items: [item(), ...items] }));
    const charge = item({ itemId: 2, sku: 'AMAZON-GIFT-WRAP', orderItemId: null });
    expect(told(charge)).toEqual([]);
    expect(told()).toEqual(['Commerce has no line for AMAZON-GIFT-WRAP.']);
    expect(told({ ...charge, amounts: { ...amounts, tax: 0 } })).toEqual([
      'The tax of AMAZON-GIFT-WRAP is 0 USD, sent was 1.24.',
    ]);
  });
});
