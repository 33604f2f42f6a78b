import type { OrderLine } from '../../domain/order';
import { amazonOrder, line } from '../support/orders';
import { commerceShop, inShop, parcel } from './commerce-shop';

const shop = commerceShop();

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
      shop.run((activities) => activities.shipOrder({ ...ref, itemIds, parcel: parcel(order, parcelId, 1) }));
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
