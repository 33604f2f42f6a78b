import type { OrderSpec } from '../../sandbox/amazon';
import { minutes, openShop, type Shop } from './amazon-shop';

describe('the money of an order at the sandbox Amazon', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    expect(shop.violations()).toEqual([]);
    await shop.close();
  });

  const line = { sku: 'MUG-BLUE-350', quantity: 2, unitPriceMinor: 1000, taxMinor: 200 };
  const verified = async (spec: OrderSpec) => {
    const { orderId } = shop.place(spec);
    shop.clock.advance(minutes(31));
    return shop.read(orderId);
  };
  const amounts = (breakdowns: readonly { type: string; subtotal: { amount: string } }[] = []) =>
    Object.fromEntries(breakdowns.map(({ type, subtotal }) => [type, subtotal.amount]));

  it.each([
    ['onTop', '22.00'],
    ['included', '20.00'],
    ['withheld', '20.00'],
  ] as const)('lists the tax, and has a tax that is %s in the total of %s', async (tax, total) => {
    const { proceeds, orderItems } = await verified({ tax, lines: [line] });
    expect(proceeds?.grandTotal.amount).toBe(total);
    expect(orderItems[0]?.proceeds?.proceedsTotal.amount).toBe(total);
    expect(amounts(proceeds?.breakdowns)).toEqual({ ITEM: '20.00', TAX: '2.00' });
  });

  it('has fees with their taxes on their line and a tip on the order', async () => {
    const fees = { codFeeMinor: 500, codFeeTaxMinor: 50, otherMinor: 125, otherTaxMinor: 12 };
    const { proceeds, orderItems } = await verified({ tipMinor: 300, lines: [{ ...line, ...fees }] });
    const ofLine = { ITEM: '20.00', COD_FEE: '5.00', OTHER: '1.25', TAX: '2.62' };
    expect(amounts(orderItems[0]?.proceeds?.breakdowns)).toEqual(ofLine);
    expect(amounts(proceeds?.breakdowns)).toEqual({ ...ofLine, DELIVERY_TIP: '3.00' });
    expect(proceeds?.grandTotal.amount).toBe('31.87');
  });

  it('shows a pending tip and leaves it out of the total', async () => {
    const { proceeds } = await verified({ tipMinor: 300, tipStatus: 'PENDING', lines: [line] });
    expect(proceeds?.breakdowns.at(-1)).toMatchObject({ type: 'DELIVERY_TIP', status: 'PENDING' });
    expect(proceeds?.grandTotal.amount).toBe('22.00');
  });

  it('has no decimals in yen', async () => {
    const { proceeds } = await verified({
      marketplaceId: 'A1VC38T7YXB528',
      currency: 'JPY',
      tax: 'included',
      lines: [line],
    });
    expect(proceeds?.grandTotal).toEqual({ amount: '2000', currencyCode: 'JPY' });
  });

  it('charges no cancelled units and wants none of them shipped', async () => {
    const { proceeds, orderItems } = await verified({
      lines: [
        { ...line, cancelledUnits: 1 },
        { sku: 'BOARD-OAK-M', quantity: 1, cancelledUnits: 1 },
      ],
    });
    expect(proceeds?.grandTotal.amount).toBe('12.00');
    expect(orderItems.map(({ fulfillment }) => fulfillment?.quantityUnfulfilled)).toEqual([1, 0]);
    expect(orderItems[1]?.cancellation?.cancellationExecution.cancelledBy).toBe('MERCHANT');
  });

  it('begins as partly shipped where the seller has shipped units by hand', async () => {
    const { fulfillment, packages, orderItems } = await verified({
      lines: [{ ...line, shippedElsewhere: 1 }],
    });
    expect(fulfillment?.fulfillmentStatus).toBe('PARTIALLY_SHIPPED');
    expect(packages).toMatchObject([{ packageReferenceId: 'PKG-1', packageItems: [{ quantity: 1 }] }]);
    expect(orderItems[0]?.fulfillment).toMatchObject({ quantityFulfilled: 1, quantityUnfulfilled: 1 });
  });

  it('names the order that a free replacement replaces', async () => {
    const replaces = '111-1111111-1111111';
    const answer = await verified({
      replaces,
      lines: [{ sku: 'JAR-GLASS-6', quantity: 1, unitPriceMinor: 0 }],
    });
    expect(answer).toMatchObject({
      associatedOrders: [{ orderId: replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }],
      proceeds: { grandTotal: { amount: '0.00' } },
    });
  });
});
