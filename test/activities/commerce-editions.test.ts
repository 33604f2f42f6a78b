import { editions } from '../support/commerce-service';
import { amazonOrder } from '../support/orders';
import { commerceShop, inShop, parcel, pinnedFor, twoMugs } from './commerce-shop';

describe.each(editions)('a shop of edition %s', (edition) => {
  const shop = commerceShop(edition);

  it('takes an order in five calls, its parcel and its invoice, and the order is complete', async () => {
    await shop.placed(amazonOrder());
    const spent = shop.service.exchanges.length;
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    expect(shop.service.exchanges.length - spent).toBe(5);
    const ref = { ...inShop, entityId };
    await shop.run((activities) => activities.shipOrder({ ...ref, itemIds, parcel: parcel(order, 'p1', 2) }));
    expect(await shop.run((activities) => activities.invoiceOrder(ref))).toEqual({ state: 'complete' });
    expect((await shop.booked()).at(-1)).toMatchObject({
      ext_order_id: order.amazonOrderId,
      store_id: 2,
      state: 'complete',
      total_paid: 29.98,
      shipments: [{ tracks: [{ track_number: '1Zp1' }] }],
    });
    expect(await shop.service.books()).toMatchObject({ mails: 0 });
  });

  it('makes one order although the answer to its creation is lost', async () => {
    shop.service.misbehave({ method: 'POST', path: '/V1/orders$', kind: 'dropAfter' });
    expect(await shop.place(twoMugs())).toMatchObject({ kind: 'placed', adopted: false, differences: [] });
    expect(await shop.booked()).toHaveLength(1);
  });

  it('creates the customer on the website of the store view', async () => {
    for (const order of [amazonOrder(), amazonOrder()])
      await shop.placed(order, { pinned: { ...pinnedFor(order), customer: 'newAccount' } });
    expect(await shop.booked()).toMatchObject([{ customer_id: 1 }, { customer_id: 1 }]);
    expect(shop.service.sandbox.shop.customers.get(1)).toMatchObject({
      columns: { website_id: 2, store_id: 2 },
    });
  });

  it('cancels an order that nothing was done for', async () => {
    const { entityId } = await shop.placed(twoMugs());
    const cancelled = await shop.run((activities) => activities.cancelOrder({ ...inShop, entityId }));
    expect(cancelled).toEqual({ kind: 'canceled', state: 'canceled' });
    expect(await shop.booked()).toMatchObject([{ state: 'canceled', items: [{ qty_canceled: 2 }] }]);
  });
});
