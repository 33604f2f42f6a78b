import { quantityToShip } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { demoRates } from '../../sandbox/seed-features';
import { line } from '../support/orders';
import { readSeededOrders } from '../support/seeded-orders';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const shop = commerceShop();

describe('shipping and invoicing', () => {
  it('completes an order, whichever comes first, and says nothing to the buyer', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const ref = { ...inShop, entityId };
    expect(await shop.run((activities) => activities.invoiceOrder(ref))).toEqual({ state: 'processing' });
    await shop.run((activities) => activities.shipOrder({ ...ref, itemIds, parcel: parcel(order, 'p1', 2) }));
    expect(await shop.run((activities) => activities.invoiceOrder(ref))).toEqual({ state: 'complete' });
    expect(await shop.booked()).toMatchObject([{ state: 'complete', total_paid: 29.98 }]);
    expect(await shop.service.books()).toMatchObject({ mails: 0 });
  });

  it('ends every demo order as complete, paid to the cent, charges without a slot included', async () => {
    await shop.service.changeCurrencies('amazon', { rates: demoRates });
    const orders = (await readSeededOrders('all paid', 24)).filter(({ status }) => status === 'UNSHIPPED');
    for (const order of orders) {
      const { entityId, itemIds } = await shop.placed(order);
      const quantities = order.lines
        .map((line) => ({ orderItemId: line.orderItemId, quantity: quantityToShip(line) }))
        .filter(({ quantity }) => quantity > 0);
      const whole = { ...parcel(order, order.amazonOrderId, 1), lines: quantities };
      const ref = { ...inShop, entityId };
      await shop.run((activities) => activities.shipOrder({ ...ref, itemIds, parcel: whole }));
      expect(await shop.run((activities) => activities.invoiceOrder(ref))).toEqual({ state: 'complete' });
    }
    const books = await shop.booked();
    expect(books.length).toBeGreaterThan(10);
    for (const each of books) expect(each.total_paid).toBe(each.grand_total);
  });

  it('makes one shipment of a parcel, however often it is asked', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const ship = (parcelId: string) =>
      shop.run((activities) =>
        activities.shipOrder({ ...inShop, entityId, itemIds, parcel: parcel(order, parcelId, 1) }),
      );
    shop.service.misbehave({ method: 'POST', path: '/ship$', kind: 'dropAfter' });
    expect([await ship('p1'), await ship('p1'), await ship('p2')]).toEqual([
      { shipmentId: '1', trackingNumber: '1Zp1' },
      { shipmentId: '1', trackingNumber: '1Zp1' },
      { shipmentId: '2', trackingNumber: '1Zp2' },
    ]);
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments.map(({ items, tracks }) => [items[0]?.qty, tracks[0]?.track_number])).toEqual([
      [1, '1Zp1'],
      [1, '1Zp2'],
    ]);
  });

  it('refuses a parcel that holds more than is left, or nothing', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const ship = (each: Parcel) =>
      shop.run((activities) => activities.shipOrder({ ...inShop, entityId, itemIds, parcel: each }));
    await expect(ship(parcel(order, 'p1', 3))).rejects.toThrow('3 × MUG-BLUE-350, but 2 are left to ship');
    await expect(ship({ ...parcel(order, 'p1', 1), lines: [] })).rejects.toThrow('The parcel is empty');
    expect(await shop.booked()).toMatchObject([{ shipments: [] }]);
  });

  it('invoices once although the answer is lost', async () => {
    const { entityId } = await shop.placed(twoMugs());
    shop.service.misbehave({ method: 'POST', path: '/invoice$', kind: 'dropAfter' });
    expect(await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }))).toEqual({
      state: 'processing',
    });
    expect(await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }))).toEqual({
      state: 'processing',
    });
    expect(await shop.booked()).toMatchObject([{ total_paid: 29.98, items: [{ qty_invoiced: 2 }] }]);
  });

  it('ships exactly the rest of an order that was shipped in part before', async () => {
    const [mug = line()] = twoMugs().lines;
    const order = twoMugs({
      status: 'PARTIALLY_SHIPPED',
      lines: [{ ...mug, quantityFulfilled: 1, quantityUnfulfilled: 1 }],
    });
    const { entityId, itemIds } = await shop.placed(order);
    const stock = shop.service.stock('MUG-BLUE-350') ?? 0;
    await shop.run((activities) =>
      activities.shipOrder({ ...inShop, entityId, itemIds, parcel: parcel(order, 'p1', 1) }),
    );
    expect(await shop.run((activities) => activities.invoiceOrder({ ...inShop, entityId }))).toEqual({
      state: 'complete',
    });
    expect(shop.service.stock('MUG-BLUE-350')).toBe(stock - 1);
  });
});
