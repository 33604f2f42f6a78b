import { type OrderLine, quantityToShip } from '../../domain/order';
import type { Parcel } from '../../domain/parcel';
import { demoRates } from '../../sandbox/seed-features';
import { amazonOrder, line } from '../support/orders';
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

  it('takes the shipment that somebody made by hand without a number, where it holds the same', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const itemId = itemIds[order.lines[0]?.orderItemId ?? ''] ?? 0;
    const byHand = await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity: 1 }],
      comment: 'by hand',
    });
    const ship = (parcelId: string, takenShipmentIds: string[] = []) =>
      shop.run((activities) =>
        activities.shipOrder({
          ...inShop,
          entityId,
          itemIds,
          parcel: parcel(order, parcelId, 1),
          takenShipmentIds,
        }),
      );
    expect(await ship('p1')).toEqual({ shipmentId: byHand });
    // Once only, though another parcel holds the same.
    const { shipmentId } = await ship('p2', [byHand]);
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments.map(({ entity_id }) => String(entity_id))).toEqual([byHand, shipmentId]);
  });

  it('takes the shipment that another tool made under the parcel’s number, where it holds the same', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const itemId = itemIds[order.lines[0]?.orderItemId ?? ''] ?? 0;
    const made = await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity: 1 }],
      track: { number: '1z p-1', carrierCode: 'ups', title: 'UPS' },
      comment: '',
    });
    const ship = (parcelId: string, takenShipmentIds: string[] = []) =>
      shop.run((activities) =>
        activities.shipOrder({
          ...inShop,
          entityId,
          itemIds,
          parcel: { ...parcel(order, parcelId, 1), trackingNumber: '1ZP1' },
          takenShipmentIds,
        }),
      );
    expect(await ship('p1')).toEqual({ shipmentId: made, trackingNumber: '1z p-1' });
    // Two boxes can travel under one number.
    const { shipmentId } = await ship('p2', [made]);
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments.map(({ entity_id }) => String(entity_id))).toEqual([made, shipmentId]);
  });

  it('takes the shipments that somebody made by hand in other boxes, once all is shipped there', async () => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const itemId = itemIds[order.lines[0]?.orderItemId ?? ''] ?? 0;
    const shipByHand = () =>
      shop.commerce.ship(entityId, { source: 'default', lines: [{ itemId, quantity: 1 }], comment: '' });
    const ship = (takenShipmentIds: string[] = []) =>
      shop.run((activities) =>
        activities.shipOrder({
          ...inShop,
          entityId,
          itemIds,
          parcel: parcel(order, 'p1', 2),
          takenShipmentIds,
        }),
      );
    const first = await shipByHand();
    await expect(ship()).rejects.toThrow('2 × MUG-BLUE-350, but 1 are left to ship');
    const second = await shipByHand();
    expect(await ship([first])).toEqual({ shipmentId: second });
    expect(await ship([first, second])).toEqual({ shipmentId: first });
    const [{ shipments } = { shipments: [] }] = await shop.booked();
    expect(shipments).toHaveLength(2);
  });

  describe('virtual products', () => {
    const voucher = line({ orderItemId: 'voucher', sku: 'TEAPOT-IRON-08' });
    beforeEach(() => shop.service.changeProduct(voucher.sku, { typeId: 'virtual' }));
    const ordered = (...lines: OrderLine[]) =>
      amazonOrder({ lines, totalMinor: lines.reduce((sum, each) => sum + (each.totalMinor ?? 0), 0) });

    it('are left out of the shipment of a parcel, and found again without them', async () => {
      const order = ordered(line(), voucher);
      const { entityId, itemIds } = await shop.placed(order);
      const ref = { ...inShop, entityId };
      const ship = () =>
        shop.run((activities) => activities.shipOrder({ ...ref, itemIds, parcel: parcel(order, 'p1', 1) }));
      expect([await ship(), await ship()]).toEqual([
        { shipmentId: '1', trackingNumber: '1Zp1' },
        { shipmentId: '1', trackingNumber: '1Zp1' },
      ]);
      expect(await shop.run(({ invoiceOrder }) => invoiceOrder(ref))).toEqual({ state: 'complete' });
      expect(await shop.booked()).toMatchObject([
        { items: [{ qty_shipped: 1 }, { qty_shipped: 0 }], shipments: [{ items: [{ qty: 1 }] }] },
      ]);
    });

    it('alone need no shipment, and each parcel of them counts for itself', async () => {
      const order = ordered({ ...voucher, quantityOrdered: 2, quantityUnfulfilled: 2 });
      const { entityId, itemIds } = await shop.placed(order);
      const ref = { ...inShop, entityId };
      const ship = (parcelId: string) =>
        shop.run((activities) =>
          activities.shipOrder({ ...ref, itemIds, parcel: parcel(order, parcelId, 1) }),
        );
      expect([await ship('p1'), await ship('p2')]).toEqual([
        { shipmentId: 'virtual-p1' },
        { shipmentId: 'virtual-p2' },
      ]);
      expect(await shop.run(({ invoiceOrder }) => invoiceOrder(ref))).toEqual({ state: 'complete' });
      expect(await shop.booked()).toMatchObject([{ shipments: [] }]);
    });

    it('are no obstacle where the rest was shipped by hand in other boxes', async () => {
      const mugs = { ...line(), quantityOrdered: 2, quantityUnfulfilled: 2 };
      const order = ordered(mugs, voucher);
      const { entityId, itemIds } = await shop.placed(order);
      const itemId = itemIds[mugs.orderItemId] ?? 0;
      const byHand = { source: 'default', lines: [{ itemId, quantity: 1 }], comment: '' };
      const made = [await shop.commerce.ship(entityId, byHand), await shop.commerce.ship(entityId, byHand)];
      const lines = [
        { orderItemId: mugs.orderItemId, quantity: 2 },
        { orderItemId: voucher.orderItemId, quantity: 1 },
      ];
      const whole = { ...parcel(order, 'p1', 1), lines };
      const { shipmentId } = await shop.run((activities) =>
        activities.shipOrder({ ...inShop, entityId, itemIds, parcel: whole }),
      );
      expect(made).toContain(shipmentId);
    });
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
