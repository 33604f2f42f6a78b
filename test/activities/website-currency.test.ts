import { createCommercePort } from '../../integrations/commerce/client';
import { CommerceRefusedError } from '../../integrations/commerce/errors';
import { amazonOrder } from '../support/orders';
import { commerceShop } from './commerce-shop';

const shop = commerceShop();
const euros = (rates: Record<string, number>) =>
  shop.service.changeCurrencies('amazon', { base: 'EUR', rates });
const stored = (entityId: number) => shop.commerce.readOrder(entityId);

describe('an order in another currency than its website', () => {
  it('is written in both, at the rate of Commerce, in one call more at the first order', async () => {
    await euros({ USD: 1.0854 });
    await shop.placed(amazonOrder());
    const spent = shop.service.exchanges.length;
    const { entityId } = await shop.placed(amazonOrder());
    expect(shop.service.exchanges.length - spent).toBe(5);
    expect(await stored(entityId)).toMatchObject({
      currency: 'USD',
      totals: { subtotal: 14.99, tax: 1.24, grandTotal: 16.23 },
      baseTotals: { subtotal: 13.81, tax: 1.14, grandTotal: 14.95 },
    });
  });

  it('tells what its website’s amounts are in the currency of all websites', async () => {
    await euros({ USD: 1.0854, GBP: 0.87 });
    const columns = async () => {
      const { entityId } = await shop.placed(amazonOrder());
      return shop.service.sandbox.shop.orders.get(entityId)?.columns;
    };
    expect(await columns()).toMatchObject({
      global_currency_code: 'USD',
      base_to_global_rate: 1.0854,
      base_currency_code: 'EUR',
      order_currency_code: 'USD',
    });
  });

  it('keeps the rate that it was created with, whatever Commerce’s is at the next attempt', async () => {
    await euros({ USD: 1.0854 });
    const order = amazonOrder();
    shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'dropAfter', times: 1 });
    shop.service.misbehave({ method: 'GET', path: '/V1/orders$', kind: 'status', status: 503, skip: 1 });
    await shop.place(order).catch(() => {});
    await euros({ USD: 1.2 });
    const port = createCommercePort(shop.service.connection);
    const again = await shop.place(order, {}, port);
    expect(again).toMatchObject({ kind: 'placed', adopted: true, differences: [] });
    expect(await shop.booked()).toHaveLength(1);
    if (again.kind !== 'placed') throw new Error(again.kind);
    expect((await stored(again.commerce.entityId)).baseTotals.grandTotal).toBe(14.95);
  });

  it.each([
    ['has none', {}],
    ['has not set one', { USD: 0 }],
  ])('is refused before anything is written where Commerce %s', async (_, rates) => {
    await euros(rates);
    const placing = shop.place(amazonOrder());
    await expect(placing).rejects.toThrow(CommerceRefusedError);
    await expect(placing).rejects.toThrow('allow USD in that store view and set its rate');
    expect(await shop.booked()).toEqual([]);
  });

  it('is refused in the cloud service, which tells no rates', async () => {
    await euros({ USD: 1.0854 });
    const cloud = createCommercePort(shop.service.connections.cloudService);
    await expect(shop.place(amazonOrder(), {}, cloud)).rejects.toThrow('tells no rate');
    expect(await shop.booked()).toEqual([]);
  });
});

it('writes nothing of an order without prices', async () => {
  const [line] = amazonOrder().lines;
  const lines = line ? [{ ...line, charges: [], totalMinor: null }] : [];
  const order = amazonOrder({ currency: null, totalMinor: null, lines });
  await expect(shop.place(order)).rejects.toThrow('Amazon shows no prices of this order');
  expect(await shop.booked()).toEqual([]);
});

it('counts its website’s currency as that of all websites where Commerce tells no rate to another one', async () => {
  await euros({});
  const { entityId } = await shop.placed(amazonOrder({ currency: 'EUR' }));
  expect(shop.service.sandbox.shop.orders.get(entityId)?.columns).toMatchObject({
    global_currency_code: 'EUR',
    base_to_global_rate: 1,
  });
});
