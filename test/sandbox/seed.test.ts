import { type SeededOrder, seedOrders } from '../../sandbox/seed';
import { minutes, opening, openShop } from './amazon-shop';

const ordersOf = (seed: string, count = 24) =>
  seedOrders({ seed, count, startAt: opening, spreadMs: minutes(60) });

type Feature = (order: SeededOrder) => boolean | undefined;
const anyLine = (isSo: (line: SeededOrder['lines'][number]) => unknown): Feature => {
  return ({ lines }) => lines.some((line) => Boolean(isSo(line)));
};

const features: Record<string, Feature> = {
  'in US dollars': ({ currency }) => currency === 'USD',
  'in Canadian dollars': ({ currency }) => currency === 'CAD',
  'in pesos': ({ currency }) => currency === 'MXN',
  'tax on top': (order) => order.tax === 'onTop' && anyLine(({ taxMinor }) => taxMinor)(order),
  'tax in the prices': (order) => order.tax === 'included' && anyLine(({ taxMinor }) => taxMinor)(order),
  'tax withheld': ({ tax }) => tax === 'withheld',
  'tax of the merchant': anyLine(({ taxCollectedByAmazon }) => taxCollectedByAmazon === false),
  shipping: anyLine(({ shippingMinor }) => shippingMinor),
  'free shipping': anyLine(({ shippingDiscountMinor }) => shippingDiscountMinor),
  promotion: anyLine(({ discountMinor, promotionId }) => discountMinor && promotionId),
  'gift wrap and message': anyLine(({ giftWrapMinor, giftMessage }) => giftWrapMinor && giftMessage),
  'cash on delivery': anyLine(({ codFeeMinor }) => codFeeMinor),
  'another charge': anyLine(({ otherMinor }) => otherMinor),
  'all charges on one line': anyLine((line) => line.giftWrapMinor && line.codFeeMinor && line.otherMinor),
  tip: ({ tipMinor = 0, tipStatus }) => tipMinor > 0 && tipStatus === 'FINALIZED',
  'pending tip': ({ tipMinor = 0, tipStatus }) => tipMinor > 0 && tipStatus === 'PENDING',
  'company with purchase order number': ({ buyer }) =>
    Boolean(buyer?.buyerCompanyName && buyer.buyerPurchaseOrderNumber),
  'invoice by Amazon': ({ programs }) => programs?.includes('INVOICE_BY_AMAZON'),
  'free replacement': ({ replaces, lines }) =>
    replaces !== undefined && lines.every(({ unitPriceMinor }) => unitPriceMinor === 0),
  'cancelled units': anyLine(({ cancelledUnits = 0, quantity }) => cancelledUnits > 0 && quantity > 1),
  'cancelled line': anyLine(({ cancelledUnits, quantity }) => cancelledUnits === quantity),
  'partly shipped elsewhere': anyLine(({ shippedElsewhere }) => shippedElsewhere),
  'one SKU on two lines': ({ lines }) => new Set(lines.map(({ sku }) => sku)).size < lines.length,
  'fulfilled by Amazon': ({ fulfilledBy }) => fulfilledBy === 'AMAZON',
  'replacement by Amazon': ({ fulfilledBy, replaces }) => fulfilledBy === 'AMAZON' && replaces !== undefined,
  'cancelled by Amazon': ({ plan }) => plan?.cancelledAt !== undefined,
};

describe('the orders of the demo', () => {
  it.each(['demo', 'features', 'another'])('have every feature within a day of 24, seed %s', (seed) => {
    const orders = ordersOf(seed);
    const missing = Object.entries(features).filter(([, has]) => !orders.some((order) => has(order)));
    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('are the same for the same seed', () => {
    expect(ordersOf('one')).toEqual(ordersOf('one'));
    expect(ordersOf('one')).not.toEqual(ordersOf('two'));
  });

  it('are answered as Amazon describes', async () => {
    const shop = await openShop();
    const orders = ordersOf('features', 40);
    for (const order of orders) shop.place(order);
    shop.clock.advance(minutes(100));
    const { orders: answers } = await shop.find({ lastUpdatedAfter: '2026-09-01T00:00:00.000Z' });
    expect(answers.length).toBe(orders.length);
    expect(shop.violations()).toEqual([]);
    await shop.close();
  });
});
