import type { OrderLine } from '../../domain/order';
import { amazonOrder, line } from '../support/orders';
import { commerceShop, inShop, parcel, twoMugs } from './commerce-shop';

const shop = commerceShop();

describe('a parcel of which Commerce’s people have shipped units by hand', () => {
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
    // These show other parcels, which Amazon has beside this one.
    await expect(ship([first, second])).rejects.toThrow('0 are left to ship');
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

  it.each([
    [
      'has a number, which Amazon has to be told',
      2,
      [{ carrierCode: 'ups', title: 'UPS', number: '1ZHAND' }],
    ],
    ['holds more', 2, []],
  ])('takes no shipment that %s', async (_, quantity, tracks) => {
    const order = twoMugs();
    const { entityId, itemIds } = await shop.placed(order);
    const itemId = itemIds[order.lines[0]?.orderItemId ?? ''] ?? 0;
    const [track] = tracks;
    await shop.commerce.ship(entityId, {
      source: 'default',
      lines: [{ itemId, quantity }],
      comment: '',
      ...(track && { track }),
    });
    const units = track ? quantity : 1;
    const asked = { ...inShop, entityId, itemIds, parcel: parcel(order, 'p1', units) };
    await expect(shop.run((activities) => activities.shipOrder(asked))).rejects.toThrow('0 are left to ship');
  });
});
